"""Addresses of the public API."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
