"""Addresses of the formal check, for the authorities."""

from django.urls import URLPattern, path

from applications.views import authority

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/", authority.check, name="check"),
    path("<uuid:pk>/route/", authority.route, name="route"),
    path("<uuid:pk>/notice/<slug:code>/", authority.start_notice, name="start_notice"),
    path("remarks/<uuid:pk>/", authority.remarks, name="remarks"),
]
