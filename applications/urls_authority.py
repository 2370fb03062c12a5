"""Addresses of the formal check, for the authorities."""

from django.urls import URLPattern, path

from applications.views import authority, remarking

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/", authority.check, name="check"),
    path("<uuid:pk>/second/", authority.acknowledge_second, name="acknowledge_second"),
    path("<uuid:pk>/route/", authority.route, name="route"),
    path("<uuid:pk>/notice/<slug:code>/", authority.start_notice, name="start_notice"),
    path("remarks/<uuid:pk>/", remarking.remarks, name="remarks"),
    path("remarks/<uuid:pk>/allow/", remarking.allow, name="allow_remarks"),
    path("remark/<uuid:remark>/judge/", remarking.judge, name="judge"),
]
