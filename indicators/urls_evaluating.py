"""Addresses of the rounds in which third parties evaluate cities and counties."""

from django.urls import path

from indicators.views import evaluation_places, evaluation_sheets, evaluations

app_name = "evaluations"
urlpatterns = [
    path("", evaluations.index, name="list"),
    path("open/", evaluations.new, name="open"),
    path("engagements/", evaluation_sheets.engagements, name="engagements"),
    path("engagements/<uuid:pk>/end/", evaluation_sheets.end_engagement, name="end_engagement"),
    path("sheets/<uuid:pk>/", evaluation_sheets.sheet, name="sheet"),
    path("sheets/<uuid:pk>/recuse/", evaluation_sheets.recuse, name="recuse"),
    path("places/<uuid:pk>/", evaluation_places.page, name="place"),
    path("places/<uuid:pk>/seat/", evaluation_places.seat, name="seat"),
    path("seats/<uuid:pk>/<slug:name>/", evaluation_places.act, name="seat_act"),
    path("contracts/<uuid:pk>/report/", evaluations.report, name="report"),
    path("contracts/<uuid:pk>/seats/", evaluation_places.seat_all, name="seat_all"),
    path("results/<uuid:pk>/", evaluations.result, name="result"),
    path("<uuid:pk>/", evaluations.page, name="round"),
    path("<uuid:pk>/contract/", evaluations.contract, name="contract"),
    path("<uuid:pk>/declare/", evaluation_sheets.declare, name="declare"),
    path("<uuid:pk>/act/<slug:name>/", evaluations.act, name="act"),
]
