"""Addresses of the review of rounds of pilots."""

from django.urls import path

from reviews.views import city_progress, city_reviewing

app_name = "city_reviews"
urlpatterns = [
    path("", city_reviewing.index, name="list"),
    path("progress/", city_progress.index, name="progress"),
    path("<uuid:pk>/", city_reviewing.one, name="one"),
    path("<uuid:pk>/act/<slug:name>/", city_reviewing.act, name="act"),
    path("<uuid:pk>/paper/<slug:code>/", city_reviewing.draft, name="draft"),
]
