"""Addresses of the departments' side of a case."""

from django.urls import URLPattern, path

from reviews.views import (
    conditions,
    countersigning,
    department,
    discussion,
    expert,
    inviting,
    items,
    questions,
    recusals,
)

departments: list[URLPattern] = [
    path("<uuid:pk>/questions/", questions.ask, name="ask"),
    path("<uuid:pk>/propose/", questions.propose, name="propose"),
    path("<uuid:pk>/invite/<slug:kind>/", inviting.invite, name="invite"),
    path("<uuid:pk>/notes/", discussion.write, name="note"),
    path("<uuid:pk>/recuse/", recusals.declare, name="recuse"),
    path("<uuid:pk>/experts/close/", inviting.close_experts, name="close_experts"),
    path("questions/<uuid:pk>/cancel/", questions.cancel, name="cancel_question"),
    path("proposals/<uuid:pk>/", questions.proposal, name="proposal"),
    path("notes/<uuid:pk>/withdraw/", discussion.withdraw, name="withdraw_note"),
    path("opinions/<uuid:pk>/withdraw/", inviting.withdraw_department, name="withdraw_department"),
    path("opinions/<uuid:pk>/reopen/", inviting.reopen, name="reopen"),
    path("drafts/<uuid:pk>/", department.opinion_draft, name="opinion_draft"),
    path("experts/<uuid:pk>/", expert.expert, name="expert"),
    path("experts/<uuid:pk>/withdraw/", inviting.withdraw_expert, name="withdraw_expert"),
    path("conditions/<uuid:pk>/pass/", conditions.pass_on, name="pass_on"),
    path("requirements/<uuid:pk>/", conditions.requirement, name="requirement"),
    path("requirements/<uuid:pk>/judge/", conditions.judge, name="judge"),
    path("requirements/<uuid:pk>/waive/", conditions.waive, name="waive"),
    path("countersigning/<uuid:pk>/", countersigning.countersign, name="countersign"),
    path("countersigning/<uuid:pk>/lapse/", countersigning.lapse, name="countersign_lapse"),
    path("countersigning/<uuid:pk>/state/", countersigning.state, name="countersign_state"),
    path("<uuid:pk>/items/", items.judge, name="items"),
    path("<uuid:pk>/items/ask/", items.ask, name="ask_reviewer"),
    path("items/<uuid:pk>/withdraw/", items.withdraw, name="withdraw_item"),
    path("recusals/<uuid:pk>/", recusals.recusal, name="recusal"),
]
