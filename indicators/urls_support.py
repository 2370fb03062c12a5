"""Addresses of the support that parks had, for everybody."""

from django.urls import path

from indicators.views import public_support

app_name = "support"
urlpatterns = [path("", public_support.page, name="page")]
