"""Addresses of the indicators room."""

from django.urls import path

from indicators.views import passing, returns, verifying

app_name = "indicators"
urlpatterns = [
    path("", returns.index, name="list"),
    path("<uuid:pk>/", returns.page, name="return"),
    path("<uuid:pk>/act/<slug:name>/", passing.act, name="act"),
    path("<uuid:pk>/verify/", verifying.verify, name="verify"),
    path("conflicts/<uuid:pk>/", verifying.settle, name="settle"),
]
