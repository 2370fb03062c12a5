"""Addresses of sanctions: cases for those who have to do with them, notices for everybody."""

from django.urls import path

from indicators.views import sanctions

app_name = "sanctions"
urlpatterns = [
    path("", sanctions.index, name="list"),
    path("notices/", sanctions.notices, name="notices"),
    path("notices/<uuid:pk>/", sanctions.notice, name="notice"),
    path("<uuid:pk>/", sanctions.page, name="case"),
    path("<uuid:pk>/act/<slug:name>/", sanctions.act, name="act"),
    path("<uuid:pk>/draft/<slug:kind>/", sanctions.start, name="start"),
]
