"""How a park stands to the conditions of recognition (认定条件): clause by clause, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.requests import ActorRequest
from indicators import queries
from indicators.enums import ReturnStatus, SubjectKind
from indicators.gathering import PROVINCE
from indicators.models import Return
from indicators.services import recognition
from indicators.services.recognition import Recognition
from indicators.views.assessments import asked
from policy import decimals, figures
from policy.facts import FactsError
from policy.judge import Finding
from policy.outcomes import Kind, Outcome
from registry.enums import ParkStatus
from registry.models import LegalStatus, Park

PAGE = 50


def index(request: ActorRequest) -> HttpResponse:
    """The parks that are being created and whose figures are open to one's office."""
    listed = LegalStatus.objects.filter(park=OuterRef("pk"), status=ParkStatus.CREATING).order_by("-since")
    found = open_parks(request.actor).filter(status=ParkStatus.CREATING).select_related("tenant")
    found = found.annotate(listed_on=listed.values("since")[:1]).order_by("tenant__order", "slug")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "indicators/recognition/list.html", {"page": page})


def open_parks(actor: Actor) -> QuerySet[Park]:
    """Of 省科技厅 all parks; else those of one's own, and those of which the scope lets one see a return."""
    seen = Return.objects.filter(kind=SubjectKind.PARK, subject=OuterRef("slug"))
    office = actor.organisation.pk
    if actor.is_lead:
        return Park.objects.all()
    return Park.objects.filter(Q(tenant=office) | Q(host_zone__committee=office) | Exists(seen))


def page(request: ActorRequest, slug: str) -> HttpResponse:
    """One park: every clause with its outcome, number, threshold, formula and what is missing."""
    park = open_parks(request.actor).select_related("tenant").filter(slug=slug).first()
    if park is None:
        raise Http404
    reports = Return.objects.filter(kind=SubjectKind.PARK, subject=slug, year__lte=recognition.last_full_year())
    by_year = {report.year: report for report in reports.order_by("-year")}
    year = _year(request.GET.get("year", ""), by_year)
    context: dict[str, Any] = {"park": park, "year": year, "years": sorted(by_year, reverse=True)}
    context["report"] = by_year.get(year)
    try:
        found = recognition.assess_recognition(park, year, interim=True)
    except FactsError as error:
        return render(request, "indicators/recognition/park.html", context | {"unusable": str(error)})
    return render(request, "indicators/recognition/park.html", context | shown(found))


def _year(text: str, by_year: Mapping[int, Return]) -> int:
    """The year asked for, else the newest one of which there are figures, else the last."""
    if text.isdecimal() and int(text) in by_year:
        return int(text)
    return next(iter(by_year), recognition.last_full_year())


def shown(found: Recognition) -> dict[str, Any]:
    """What a page shows of a judgement: rows for components/findings.html, counts, and what is not final."""
    measured = [one for one in found.findings if one.kind is not Kind.REVIEW]
    reviewed = [one for one in found.findings if one.kind is Kind.REVIEW]
    locked = Return.objects.filter(kind=SubjectKind.PROVINCE, subject=PROVINCE, status=ReturnStatus.LOCKED)
    years = set(locked.filter(year__in=(found.year - 1, found.year)).values_list("year", flat=True))
    return {
        "found": found,
        "rows": [as_component(one, found) for one in measured],
        "reviewed": [as_component(one, found) for one in reviewed],
        "counts": _counts(measured),
        "interim": len(found.interim),
        "province_missing": [year for year in (found.year - 1, found.year) if year not in years],
    }


def _counts(findings: list[Finding]) -> list[dict[str, Any]]:
    words = {
        Outcome.MET: _("符合"),
        Outcome.NOT_MET: _("不符合"),
        Outcome.NOT_ASSESSABLE: _("尚无法判定"),
    }
    return [{"text": text, "number": sum(one.outcome is key for one in findings)} for key, text in words.items()]


def as_component(finding: Finding, found: Recognition) -> dict[str, Any]:
    """A finding as templates/components/finding.html takes it, with where each figure comes from."""
    yes_or_no = {"0": _("不具备"), "1": _("具备")} if _asks_for_yes(finding) else None
    return {
        "clause": finding.clause,
        "title": finding.label,
        "outcome": str(finding.outcome),
        "decided": finding.decided,
        "observed": yes_or_no.get(finding.shown, "") if yes_or_no else finding.shown,
        "unit": finding.unit,
        "threshold": yes_or_no["1"] if yes_or_no else asked(finding),
        "formula": finding.formula,
        "reason": finding.reason,
        "quote": finding.quote,
        "source": _sources(finding, found.sources),
        "advice": "" if finding.outcome in (Outcome.MET, Outcome.EXEMPT) else finding.advice,
    }


def _asks_for_yes(finding: Finding) -> bool:
    found = [figures.find(used.code) for used in finding.figures]
    return bool(found) and all(figure is not None and figure.type is figures.Type.BOOLEAN for figure in found)


def _sources(finding: Finding, sources: Mapping[tuple[str, int], str]) -> str:
    lines = []
    for used in finding.figures:
        said = {"year": used.year, "name": queries.named(used.code), "value": _("未知")}
        if used.value is not None:
            said["value"] = decimals.render(used.value)
        told = sources.get((used.code, used.year), "")
        line = _("%(year)d 年%(name)s %(value)s") % said
        lines.append(f"{line}（{told}）" if told else line)
    return "；".join(lines)
