"""Public addresses of notices and objections."""

from django.urls import URLPattern, path

from reviews.views import publicity

app_name = "publicity"
urlpatterns: list[URLPattern] = [
    path("", publicity.notices, name="list"),
    path("feed/", publicity.feed, name="feed"),
    path("answer/", publicity.answer, name="answer"),
    path("<uuid:pk>/", publicity.notice, name="notice"),
    path("<uuid:pk>/objection/", publicity.object_to, name="object"),
]
