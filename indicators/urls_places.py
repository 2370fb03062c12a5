"""Addresses of what everybody reads of cities and counties beside their own pages: the comparison."""

from django.urls import URLPattern, path

from indicators.views import places

app_name = "places"
urlpatterns: list[URLPattern] = [
    path("cities/compare/", places.compare, name="compare"),
    path("cities/compare.csv", places.compare_csv, name="compare_csv"),
]
