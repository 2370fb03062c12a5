"""Addresses of the joint review."""

from django.urls import URLPattern, path

from reviews.urls_departments import departments
from reviews.views import adoption, applicant, authority, changes, department, objections, state_answers, visits

app_name = "reviews"
urlpatterns: list[URLPattern] = [
    path("", authority.case_list, name="list"),
    path("<uuid:pk>/", authority.case, name="case"),
    path("<uuid:pk>/paper/<slug:code>/", authority.start_paper, name="start_paper"),
    path("<uuid:pk>/state-answer/", state_answers.keep, name="state_answer"),
    path("<uuid:pk>/state-answer/decide/", state_answers.decide, name="decide_state_answer"),
    path("start/<uuid:pk>/", authority.start_review, name="start_review"),
    path("start/<uuid:pk>/waiver/", authority.start_waiver, name="start_waiver"),
    path("opinions/<uuid:pk>/", department.opinion, name="opinion"),
    path("questions/<uuid:pk>/", applicant.answer, name="answer"),
    path("adoption/<uuid:pk>/", adoption.adoption, name="adoption"),
    path("opinions/<uuid:pk>/lapse/", adoption.lapse, name="lapse"),
    path("objections/<uuid:pk>/", objections.objection, name="objection"),
    path("objections/<uuid:pk>/act/", objections.act, name="objection_act"),
    path("publicity/<uuid:pk>/result/", objections.result, name="publicity_result"),
    path("inquiries/<uuid:pk>/", objections.inquiry, name="inquiry"),
    path("<uuid:pk>/visits/", visits.plan, name="plan_visit"),
    path("visits/<uuid:pk>/", visits.visit, name="visit"),
    path("visits/<uuid:pk>/act/", visits.act, name="visit_act"),
    path("<uuid:pk>/change/", changes.ask, name="request_change"),
    path("changes/<uuid:pk>/", changes.change, name="change"),
    path("changes/<uuid:pk>/adopt/", changes.adopt, name="adopt_change"),
    path("changes/draft/<uuid:pk>/", changes.draft, name="change_draft"),
    *departments,
]
