"""Addresses of the portal room."""

from django.urls import URLPattern, path

from portal.views import desk, home, rules
from portal.views import open as open_data

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("desk/", desk.desk, name="desk"),
    path("desk/messages/", desk.messages, name="messages"),
    path("desk/messages/read/", desk.read_all, name="read_all"),
    path("desk/messages/<uuid:pk>/read/", desk.read_message, name="read_message"),
    path("rules/", rules.rules, name="rules"),
    path("open/", open_data.catalogue, name="open"),
    path("open/<slug:code>.<slug:kind>", open_data.file, name="open_file"),
]
