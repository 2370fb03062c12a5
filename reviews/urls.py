"""Addresses of the joint review."""

from django.urls import URLPattern, path

from reviews.views import applicant, authority, department

app_name = "reviews"
urlpatterns: list[URLPattern] = [
    path("", authority.case_list, name="list"),
    path("<uuid:pk>/", authority.case, name="case"),
    path("<uuid:pk>/paper/<slug:code>/", authority.start_paper, name="start_paper"),
    path("<uuid:pk>/questions/", authority.ask, name="ask"),
    path("start/<uuid:pk>/", authority.start_review, name="start_review"),
    path("opinions/<uuid:pk>/", department.opinion, name="opinion"),
    path("questions/<uuid:pk>/", applicant.answer, name="answer"),
]
