"""Addresses of the public API."""

from django.urls import URLPattern, path
from drf_spectacular.views import SpectacularAPIView

from indicators import api as indicators
from indicators import api_returns as returns
from notifications.api import PaperCheck
from portal import api
from registry import api as registry
from reviews import api as reviews

urlpatterns: list[URLPattern] = [
    path("parks/", registry.ParkList.as_view(), name="api_parks"),
    path("parks/<slug:slug>/", registry.ParkDetail.as_view(), name="api_park"),
    path("cities/", registry.CityList.as_view(), name="api_cities"),
    path("publicity/", reviews.NoticeList.as_view(), name="api_notices"),
    path("publicity/<uuid:pk>/", reviews.NoticeDetail.as_view(), name="api_notice"),
    path("rankings/parks/<int:year>/", indicators.ParkRanking.as_view(), name="api_park_ranking"),
    path("rankings/cities/<int:year>/", indicators.CityRanking.as_view(), name="api_city_ranking"),
    path("assessments/", indicators.AssessmentList.as_view(), name="api_assessments"),
    path("returns/", returns.ReturnList.as_view(), name="api_returns"),
    path("returns/<slug:kind>/<slug:subject>/<int:year>/", returns.ReturnDetail.as_view(), name="api_return"),
    path("papers/<str:code>/", PaperCheck.as_view(), name="api_paper"),
    path("datasets/", api.DatasetList.as_view(), name="api_datasets"),
    path("schema/", SpectacularAPIView.as_view(authentication_classes=[]), name="api_schema"),
    path("docs/", api.docs, name="api_docs"),
]
