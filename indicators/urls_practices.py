"""Addresses of good practices: for everybody, and on the desks of who writes and publishes them."""

from django.urls import URLPattern, path

from indicators.views import practices, public_practices

app_name = "practices"
urlpatterns: list[URLPattern] = [
    path("", public_practices.index, name="list"),
    path("desk/", practices.index, name="desk"),
    path("desk/new/", practices.new, name="new"),
    path("desk/<uuid:pk>/", practices.page, name="page"),
    path("desk/<uuid:pk>/act/<slug:name>/", practices.act, name="act"),
    path("<uuid:pk>/", public_practices.practice, name="practice"),
    path("<uuid:pk>/file/", public_practices.file, name="file"),
]
