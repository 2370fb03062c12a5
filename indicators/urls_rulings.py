"""Addresses of the rulings."""

from django.urls import path

from indicators.views import rulings

app_name = "rulings"
urlpatterns = [
    path("", rulings.index, name="list"),
    path("findings/<uuid:pk>/", rulings.on_finding, name="on_finding"),
    path("omissions/", rulings.on_omission, name="on_omission"),
    path("<uuid:pk>/", rulings.ruling, name="ruling"),
    path("<uuid:pk>/withdrawal/", rulings.withdraw, name="withdraw"),
]
