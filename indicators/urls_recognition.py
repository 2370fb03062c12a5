"""Addresses of the conditions of recognition."""

from django.urls import URLPattern, path

from indicators.views import recognition

urlpatterns: list[URLPattern] = [
    path("", recognition.index, name="recognition"),
    path("<slug:slug>/", recognition.page, name="recognition_park"),
]
