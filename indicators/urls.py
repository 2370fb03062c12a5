"""Addresses of the indicators room."""

from django.urls import URLPattern, URLResolver, include, path

from indicators.views import (
    figure,
    filling,
    fiscal,
    outlook,
    passing,
    progress,
    province_targets,
    restating,
    returns,
    sheets,
    target_values,
    verifying,
    verifying_many,
)

app_name = "indicators"
figures: list[URLPattern | URLResolver] = [
    path("", returns.index, name="list"),
    path("<uuid:pk>/", filling.page, name="return"),
    path("<uuid:pk>/evidence/<str:code>/", filling.evidence, name="evidence"),
    path("<uuid:pk>/confirm/", filling.confirm, name="confirm"),
    path("<uuid:pk>/sheet/", sheets.sheet, name="sheet"),
    path("<uuid:pk>/template.<slug:kind>", sheets.template, name="template"),
    path("<uuid:pk>/act/<slug:name>/", passing.act, name="act"),
    path("<uuid:pk>/restate/", restating.page, name="restate"),
    path("<uuid:pk>/verify/", verifying.verify, name="verify"),
    path("progress/", progress.page, name="progress"),
    path("fiscal/", fiscal.internal, name="fiscal_list"),
    path("verify/", verifying_many.page, name="verify_many"),
    path("conflicts/<uuid:pk>/", verifying.settle, name="settle"),
    path("recognition/", include("indicators.urls_recognition")),
    path("<uuid:pk>/<str:code>/", figure.page, name="figure"),
    path("outlook/", outlook.index, name="outlook"),
    path("outlook/<uuid:pk>/", outlook.page, name="watch"),
    path("outlook/<uuid:pk>/what-if/", outlook.what_if, name="what_if"),
]
urlpatterns = [
    path("targets/", province_targets.page, name="targets"),
    path("targets/values/", target_values.page, name="target_values"),
    path("cities/fiscal/", fiscal.latest, name="fiscal_latest"),
    path("cities/fiscal/<int:year>/", fiscal.page, name="fiscal"),
    path("figures/", include(figures)),
    path("runs/", include("indicators.urls_run")),
]
