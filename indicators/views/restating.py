"""Last year's figures are restated on a park's new boundary (AMB-08): both stand side by side."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import ActorRequest
from indicators import queries
from indicators.models import Return
from indicators.services import restating
from indicators.views.returns import the_return
from policy import figures
from workflow.machine import Refused


def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The form for 省统计局's signer; everybody else who may read the return sees what was restated."""
    report = the_return(pk)
    day = restating.redrawn_on(report)
    if day is None:
        raise Http404
    may = not restating.obstacles(report, request.actor)
    errors: list[str] = []
    if request.method == "POST":
        typed = {code: request.POST.get(code, "") for code in restating.stated(report)}
        try:
            made = restating.restate(report, typed, request.POST.get("reason", ""), request.actor)
        except Refused as refused:
            errors = refused.reasons
        else:
            n = len(made)
            messages.success(request, ngettext("已重报 %(n)d 项数据。", "已重报 %(n)d 项数据。", n) % {"n": n})
            return redirect("indicators:restate", report.pk)
    context = {
        "report": report,
        "title": _("按新范围重报%(year)d年度数据") % {"year": report.year},
        "day": day,
        "may": may,
        "rows": _rows(report, request),
        "reason": request.POST.get("reason", ""),
        "errors": [{"text": text, "href": ""} for text in errors],
        "is_done": bool(restating.restated(report)),
    }
    return render(request, "indicators/restate.html", context, status=422 if errors else 200)


def _rows(report: Return, request: ActorRequest) -> list[dict[str, object]]:
    """Each figure as it stands, as it was restated, and what is typed now."""
    again = restating.restated(report)
    rows = []
    for code, figure in restating.stated(report).items():
        known, new = figures.find(code), again.get(code)
        shown = (new or figure).value or ""
        rows.append(
            {
                "code": code,
                "label": queries.named(code),
                "unit": known.unit if known else "",
                "before": figure,
                "after": new,
                "typed": request.POST.get(code, shown),
            }
        )
    return rows
