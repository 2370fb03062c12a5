"""Addresses of the rounds in which people score indicators."""

from django.urls import path

from indicators.views import ratings

app_name = "ratings"
urlpatterns = [
    path("", ratings.index, name="list"),
    path("open/<slug:ranking>/<int:year>/", ratings.new, name="open"),
    path("<uuid:pk>/", ratings.page, name="round"),
    path("<uuid:pk>/act/<slug:name>/", ratings.act, name="act"),
    path("<uuid:pk>/<slug:code>/", ratings.score, name="score"),
]
