"""The running year: what a park is heading to miss, interim figures, and what would be with other figures (N7)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import ActorRequest
from indicators import queries
from indicators.enums import SubjectKind
from indicators.models import Watch
from indicators.services import watching, writing
from policy import decimals, figures
from policy.facts import FactsError
from policy.foresight import MONTHS, Outlook
from policy.judge import Finding, verdict_of
from policy.outcomes import Verdict
from workflow import instants, ledger
from workflow.machine import Refused

PAGE = 50


@dataclass
class Cell:
    """One figure of the form: what it is called, what stands in the input."""

    code: str
    label: str
    unit: str
    values: list[tuple[str, str]]
    told: str = ""


def index(request: ActorRequest) -> HttpResponse:
    """The running years that are open to one's office, those warned of first."""
    calm = Case(When(warned=[], then=1), default=0)
    found = Watch.objects.filter(kind=SubjectKind.PARK).select_related("tenant")
    page = Paginator(found.order_by("-year", calm, "subject"), PAGE).get_page(request.GET.get("page"))
    return render(request, "indicators/outlook/list.html", {"page": page})


def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One running year; a POST writes the interim figures of a month, all or none."""
    watch = the_watch(pk)
    if request.method != "POST":
        return _shown(request, watch)
    typed = {code: request.POST[code] for code in _codes(watch) if code in request.POST}
    month = request.POST.get("month", "")
    try:
        number = int(month) if month.isdecimal() else 0
        written = watching.record(watch, number, typed, request.actor, request.POST.get("source", ""))
    except Refused as refused:
        return _shown(request, watch, typed=typed, month=month, reasons=refused.reasons)
    text = ngettext("已保存 %(n)d 项进度数据。", "已保存 %(n)d 项进度数据。", len(written)) % {"n": len(written)}
    messages.success(request, text)
    return redirect(watch)


def what_if(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What the verdict would be with the figures typed in; nothing is stored."""
    watch = get_object_or_404(Watch.objects.select_related("tenant"), pk=pk, kind=SubjectKind.PARK)
    years = (watch.year - 1, watch.year)
    typed: dict[tuple[str, int], str | None] = {}
    kept: dict[tuple[str, int], str] = {}
    reasons = []
    if request.method == "POST":
        for code in queries.asked():
            for year in years:
                text = kept[code, year] = request.POST.get(f"{code}-{year}", "")
                try:
                    typed[code, year] = writing.read(code, text)
                except Refused as refused:
                    at = {"name": f"{code}-{year}", "href": f"#{code}-{year}"}
                    reasons += [{"text": f"{year}：{reason}", **at} for reason in refused.reasons]
    known = _known(watch)
    cells = []
    for code in queries.asked():
        series = known.get(code, {})
        values = [(f"{code}-{year}", kept.get((code, year), _short(series.get(str(year))))) for year in years]
        cells.append(_cell(code, values))
    context: dict[str, Any] = {"watch": watch, "cells": cells, "years": years, "errors": reasons}
    context["cards"] = watching.cards_before(watch)
    status = 422 if reasons else 200
    if not reasons:
        context |= _judged(watch, typed)
    return render(request, "indicators/outlook/what_if.html", context, status=status)


def _known(watch: Watch) -> dict[str, dict[str, str | None]]:
    """The figures that the targets are judged by, by code and year; none of a park that cannot be judged."""
    try:
        found: dict[str, dict[str, str | None]] = watching.facts_of(watch)["figures"]
    except FactsError:
        return {}
    return found


def the_watch(pk: UUID) -> Watch:
    """The running year, as far as the scope lets one see it."""
    return get_object_or_404(Watch.objects.select_related("tenant", "reporter"), pk=pk)


def _codes(watch: Watch) -> list[str]:
    return [code for code in queries.asked() if queries.kind_of(code) == watch.kind]


def _cell(code: str, values: list[tuple[str, str]], told: str = "") -> Cell:
    figure = figures.find(code)
    return Cell(code, figure.label if figure else code, figure.unit if figure else "", values, told)


def _short(text: str | None) -> str:
    """A carried figure for a form: as it is when it is short, else to four places."""
    if not text:
        return ""
    number = decimals.parse(text)
    return text if len(text.partition(".")[2]) <= 4 else decimals.show(number, places=4)


def _judged(watch: Watch, typed: dict[tuple[str, int], str | None]) -> dict[str, Any]:
    """The outlook for a page: rows of the findings, how many targets are missed."""
    try:
        found = watching.foresee(watch, typed)
    except FactsError as error:
        return {"unusable": str(error), "rows": [], "missed": 0}
    rows = [_row(one) for one in found]
    counts = Counter(row["outcome"] for row in rows)
    verdict = verdict_of([one.finding for one in found])
    return {
        "rows": rows,
        "missed": counts["not_met"],
        "unknown": counts["not_assessable"],
        "verdict": str(verdict),
        "why_not": found[0].finding.reason if verdict is Verdict.NOT_APPLICABLE and found else "",
    }


def _row(one: Outlook) -> dict[str, Any]:
    finding: Finding = one.finding
    row = {
        "clause": finding.clause,
        "title": finding.label,
        "outcome": str(finding.outcome),
        "observed": finding.shown,
        "threshold": finding.threshold,
        "unit": finding.unit,
        "formula": finding.formula,
        "quote": finding.quote,
        "reason": finding.reason,
        "advice": "",
    }
    if one.need:
        figure = figures.find(one.need.code)
        words = {
            "name": figure.label if figure else one.need.code,
            "value": decimals.amount(one.need.value),
            "lacking": decimals.amount(one.need.lacking),
            "unit": figure.unit if figure else "",
        }
        wanted = _("其他数据不变时，全年%(name)s须高于 %(value)s %(unit)s，还差 %(lacking)s %(unit)s以上。")
        if not one.need.above:
            wanted = _("其他数据不变时，全年%(name)s须达到 %(value)s %(unit)s，还差 %(lacking)s %(unit)s。")
        row["advice"] = wanted % words
    return row


def _shown(
    request: ActorRequest,
    watch: Watch,
    *,
    typed: dict[str, str] | None = None,
    month: str = "",
    reasons: list[str] | None = None,
) -> HttpResponse:
    told = watching.interim(watch)
    cells = []
    for code in _codes(watch):
        known = told.get(code)
        said = ""
        if known:
            words = {"month": known.month, "value": decimals.amount(known.value)}
            said = _("截至%(month)s月 %(value)s") % words
        cells.append(_cell(code, [(code, (typed or {}).get(code, ""))], said))
    today = instants.today()
    last = today.month if today.year == watch.year else MONTHS
    context: dict[str, Any] = {
        "watch": watch,
        "cells": cells,
        "writes": watching.writes(request.actor, watch),
        "months": range(1, last + 1),
        "month": month or str(last),
        "errors": [{"text": text, "href": "#interim"} for text in reasons or []],
        "events": ledger.history(watch.dossier),
        "others": _others(watch),
    }
    if watch.kind == SubjectKind.PARK:
        context |= {"cards": watching.cards_before(watch), **_judged(watch, {})}
    return render(request, "indicators/outlook/watch.html", context, status=422 if reasons else 200)


def _others(watch: Watch) -> list[Watch]:
    """Of a park the host zone's running year, of a host zone those of its parks."""
    if watch.kind == SubjectKind.ZONE:
        return watching.watched_parks(watch)
    return watching.zone_of(watch)
