"""Addresses of inspections and what follows them."""

from django.urls import path

from indicators.views import inspections

app_name = "inspections"
urlpatterns = [
    path("", inspections.index, name="list"),
    path("new/", inspections.new, name="new"),
    path("<uuid:pk>/", inspections.page, name="inspection"),
    path("<uuid:pk>/order/", inspections.order, name="order"),
    path("<uuid:pk>/answer/", inspections.answer, name="answer"),
    path("<uuid:pk>/act/<slug:name>/", inspections.act, name="act"),
]
