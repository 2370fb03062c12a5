"""Addresses of the formal check, for the authorities."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
