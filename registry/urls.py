"""Addresses of the registry room."""

from django.urls import URLPattern, path

from registry.views import cities, outlines, parks, titles

app_name = "registry"
urlpatterns: list[URLPattern] = [
    path("parks/", parks.park_list, name="park_list"),
    path("parks.csv", parks.park_export, name="park_export"),
    path("parks.geojson", parks.park_map, name="park_map"),
    path("parks/<slug:slug>/", parks.park, name="park"),
    path("parks/<slug:slug>/boundary.geojson", parks.park_geojson, name="park_geojson"),
    path("parks/<slug:slug>/boundaries.geojson", parks.park_versions, name="park_versions"),
    path("cities/", cities.city_list, name="city_list"),
    path("cities/<code>/", cities.city, name="city"),
    path("titles/", titles.title_list, name="titles"),
    path("titles/<uuid:pk>/", titles.title_proposal, name="title_proposal"),
    path("zones/", outlines.zones, name="zones"),
    path("zones/<slug:slug>/", outlines.zone, name="zone"),
]
