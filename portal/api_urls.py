"""Addresses of the public API."""

from django.urls import URLPattern, path
from drf_spectacular.views import SpectacularAPIView

from notifications.api import PaperCheck
from portal import api
from registry import api as registry

urlpatterns: list[URLPattern] = [
    path("parks/", registry.ParkList.as_view(), name="api_parks"),
    path("parks/<slug:slug>/", registry.ParkDetail.as_view(), name="api_park"),
    path("cities/", registry.CityList.as_view(), name="api_cities"),
    path("papers/<str:code>/", PaperCheck.as_view(), name="api_paper"),
    path("datasets/", api.DatasetList.as_view(), name="api_datasets"),
    path("schema/", SpectacularAPIView.as_view(authentication_classes=[]), name="api_schema"),
    path("docs/", api.docs, name="api_docs"),
]
