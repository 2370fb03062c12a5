"""What a city or county may file for itself: the pilot, a national pilot, to leave; its titles and what was filed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.decorators import only
from accounts.models import Division
from accounts.requests import ActorRequest
from applications import placebook, services
from applications.enums import FilingStatus, KindCode
from applications.models.filing import OF_PLACES
from applications.views.access import filings_of
from applications.views.applicant import TAGS
from registry import dates, titles
from registry.enums import CityTitleKind
from workflow.machine import Refused

STARTS = {
    KindCode.CITY: (
        gettext_lazy("申报创新型城市（县、区）试点"),
        gettext_lazy("自愿申报：制订创建规划和实施方案，对照评价指标体系自评，直接向省科技厅申报。"),
        gettext_lazy("新建申报"),
    ),
    KindCode.NATIONAL: (
        gettext_lazy("申报国家创新型试点"),
        gettext_lazy("试点和已认定的城市（县、区）可以申报；省科技厅审核后，以公函推荐科学技术部。"),
        gettext_lazy("新建国家试点申报"),
    ),
    KindCode.EXIT: (
        gettext_lazy("退出创新型城市（县、区）建设"),
        gettext_lazy("试点由省科技厅决定，已认定的报省政府决定；决定之日起称号终止，不再报送数据，不参加测评和排序。"),
        gettext_lazy("申请退出"),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@only(lambda actor: actor.may_file_for_place)
def place(request: ActorRequest) -> HttpResponse:
    """What is held, what can be filed now or why not, and what was filed; a POST starts one (`kind`)."""
    own = request.actor.organisation.division
    if own is None:
        raise Http404
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        kind = request.POST.get("kind", KindCode.CITY)
        if kind not in OF_PLACES:
            raise Http404
        try:
            filing = services.create_for_place(request.actor, kind)
        except Refused as refused:
            errors = [{"text": text, "href": ""} for text in refused.reasons]
        else:
            messages.success(request, _("申报已建立，可以开始填写。"))
            return redirect(filing)
    context = {
        "place": own,
        "history": [
            (row, CityTitleKind(row.title).of(own.name), dates.in_words(row.since, row.precision))
            for row in titles.history(own)
        ],
        "starts": _starts(request.actor, own),
        "errors": errors,
        "filings": [
            {"filing": one, "tag": TAGS.get(FilingStatus(one.status), "progress")}
            for one in filings_of(request.actor).filter(division=own)
        ],
    }
    return render(request, "applications/place.html", context, status=422 if errors else 200)


def _starts(actor: Actor, own: Division) -> list[dict[str, Any]]:
    """What concerns the place now: the pilot until it is one, from then on the national pilot and the way out."""
    kinds = [KindCode.NATIONAL, KindCode.EXIT] if placebook.held_by(own) else [KindCode.CITY]
    return [
        {
            "kind": kind.value, "title": STARTS[kind][0], "what": STARTS[kind][1], "button": STARTS[kind][2],
            "reasons": services.place_obstacles(actor, kind),
        }
        for kind in kinds
    ]  # fmt: skip
