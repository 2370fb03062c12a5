"""Addresses of the year's computation."""

from django.urls import URLPattern, path

from indicators.views import assessments, circular, running

urlpatterns: list[URLPattern] = [
    path("", running.index, name="runs"),
    path("start/", running.start, name="start_run"),
    path("own/", assessments.own, name="own_assessments"),
    path("<uuid:pk>/", running.page, name="run"),
    path("<uuid:pk>/propose/", running.propose, name="propose_run"),
    path("<uuid:pk>/withdraw/", running.withdraw, name="withdraw_run"),
    path("<uuid:pk>/circular/", circular.start, name="start_circular"),
    path("circulars/<uuid:pk>/", circular.cosign, name="cosign"),
    path("<uuid:pk>/compare/", running.compare, name="compare_run"),
    path("<uuid:pk>/stages/<slug:ranking>.zip", running.stages, name="run_stages"),
    path("assessments/<uuid:pk>/", assessments.page, name="assessment"),
    path("findings/<uuid:pk>/", assessments.finding, name="finding"),
]
