"""What a year's computation found of one subject: all findings, and one finding with every figure behind it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.requests import ActorRequest
from indicators import queries, queries_policy, queries_rating, queries_results
from indicators.enums import FINAL, FigureLevel
from indicators.models import Assessment, Figure, Finding
from indicators.services import explaining
from policy import decimals, figures
from policy.judge import Finding as Judged
from policy.outcomes import Outcome, Verdict

PAGE = 50
SHORT = 8
VERDICTS = {Verdict.MET: "done", Verdict.NOT_MET: "warning", Verdict.OPEN: "waiting", Verdict.NOT_APPLICABLE: "ended"}


def own(request: ActorRequest) -> HttpResponse:
    """The final assessments of one's own parks and cities, the newest year first."""
    office = request.actor.organisation.pk
    rows = Assessment.objects.filter(final=True, tenant=office) | Assessment.objects.filter(final=True, reporter=office)
    found = rows.select_related("run__paper").order_by("-year", "subject", "-run__number")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    lines = [{"assessment": one, "tag": VERDICTS.get(one.verdict, "info")} for one in page]  # type: ignore[call-overload]
    return render(request, "indicators/runs/own.html", {"page": page, "rows": lines})


def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One subject's year: verdict, rank, every finding; others of the same year beside it."""
    one = get_object_or_404(Assessment.objects.select_related("run__paper", "tenant"), pk=pk)
    others = Assessment.objects.filter(subject=one.subject, year=one.year).exclude(pk=one.pk).exclude(run__dry=True)
    others = others.select_related("run__paper").order_by("-run__number")
    context: dict[str, Any] = {
        "one": one,
        "tag": VERDICTS.get(one.verdict, "info"),  # type: ignore[call-overload]
        "row": queries_results.Row(one, 0, ()),
        "score": queries_results.shown_score(one),
        "findings": [as_component(finding) for finding in one.findings.order_by("place")],
        "reviews": queries_rating.reviewed(one),
        "reasons": _reads_reasons(request.actor, one),
        "others": others,
        "corrected": corrected_since(one),
        "newer": next((other for other in others if other.final and other.run.number > one.run.number), None),
        "today": timezone.localdate(),
        "is_lead": request.actor.is_lead,
    }
    return render(request, "indicators/runs/assessment.html", context)


def corrected_since(one: Assessment) -> list[dict[str, Any]]:
    """The figures behind a result that were corrected (勘误) after it was computed: what was used, what holds now."""
    used = {row["figure"] for finding in one.findings.all() for row in finding.figures if row.get("figure")}
    rows = list(Figure.objects.select_related("report").filter(pk__in=used))
    reports, codes = {row.report_id for row in rows}, {row.code for row in rows}
    found: dict[tuple[UUID, str], Figure] = {}
    newer = Figure.objects.filter(report__in=reports, code__in=codes, level=FigureLevel.CORRECTED)
    for vintage in newer.order_by("vintage"):
        found[vintage.report_id, vintage.code] = vintage
    lines = []
    for row in sorted(rows, key=lambda row: (row.year, row.subject, row.code)):
        now, figure = found.get((row.report_id, row.code)), figures.find(row.code)
        if now is not None and now.vintage > row.vintage:
            told = {"label": queries.named(row.code), "unit": figure.unit if figure else ""}
            lines.append({"used": row, "now": now, **told})
    return lines


def _reads_reasons(actor: Actor, one: Assessment) -> bool:
    """Why people scored so is for the subject's own offices, 省科技厅 and 省统计局; others see the means."""
    offices = {one.tenant_id, one.reporter_id, queries.office_of(queries.STATISTICS)}
    return actor.is_lead or actor.organisation.pk in offices


def as_component(finding: Finding) -> dict[str, Any]:
    """A stored finding as templates/components/finding.html takes it."""
    return {
        "clause": finding.clause,
        "title": finding.label,
        "outcome": finding.outcome,
        "word": finding.get_outcome_display(),
        "observed": finding.shown,
        "unit": finding.unit,
        "threshold": asked(finding),
        "formula": finding.formula,
        "reason": finding.reason,
        "quote": finding.quote,
        "advice": finding.advice if finding.outcome in (Outcome.NOT_MET, Outcome.NOT_ASSESSABLE) else "",
        "href": reverse("indicators:finding", args=[finding.pk]),
    }


def asked(finding: Finding | Judged) -> str:
    """What the clause asks, with its sign and unit; a long number to as many places as set it apart from the value."""
    signs = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "between": ""}
    if finding.threshold is None:
        return ""
    text = finding.threshold.replace("..", " 至 ")
    if len(text) > SHORT and finding.operator != "between":
        text = _rounded(finding.threshold, finding.observed, finding.shown)
    return f"{signs.get(finding.operator, '')} {text} {finding.unit}".strip()


def _rounded(threshold: str, observed: str | None, shown: str) -> str:
    bound = decimals.parse(threshold)
    if observed is None:
        return decimals.show(bound)
    value, seen, places = decimals.parse(observed), decimals.parse(shown), 2
    while True:
        rounded = decimals.show(bound, [value], places)
        other = decimals.parse(rounded)
        if (seen < other) == (value < bound) and (seen > other) == (value > bound):
            return rounded
        places += 1


def finding(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One finding: quotation, formula with its numbers, threshold, each figure with its vintage and its source."""
    found = get_object_or_404(Finding.objects.select_related("assessment__run"), pk=pk)
    one = found.assessment
    ruled = queries_policy.decisions(one.subject, one.year).get(found.clause) if request.actor.is_lead else None
    context = {
        "finding": found,
        "component": as_component(found) | {"href": ""},
        "one": one,
        "asked": asked(found),
        "proposal": {"met": Outcome.MET, "not_met": Outcome.NOT_MET, "exempt": Outcome.EXEMPT}.get(found.proposal),
        "rows": sources(found),
        "needs_ruling": found.outcome == Outcome.NOT_ASSESSABLE and not found.decided and found.counts,
        "ruled": ruled,
        "readings": explaining.other_readings(found),
        "ruling_url": reverse("rulings:on_finding", args=[found.pk]) if request.actor.is_handler else "",
        "is_lead": request.actor.is_lead,
    }
    return render(request, "indicators/runs/finding.html", context)


def sources(finding: Finding) -> list[dict[str, Any]]:
    """Each figure that the clause asked for, with the vintage that was used as far as the reader may see it."""
    keys = [used["figure"] for used in finding.figures if used.get("figure")]
    rows = Figure.objects.select_related("department", "report", "recorded_by").in_bulk(keys)
    used_rows = {str(pk): row for pk, row in rows.items()}
    later: dict[tuple[UUID, str], Figure] = {}
    newer = Figure.objects.filter(report__in={row.report_id for row in rows.values()}, level__in=FINAL)
    for vintage in newer.filter(code__in={row.code for row in rows.values()}).order_by("vintage"):
        later[vintage.report_id, vintage.code] = vintage
    lines = []
    for used in finding.figures:
        row = used_rows.get(used.get("figure") or "")
        latest = later.get((row.report_id, row.code)) if row else None
        figure = figures.find(used["code"])
        lines.append(
            {
                "code": used["code"],
                "label": queries.named(used["code"]),
                "unit": figure.unit if figure else "",
                "year": used["year"],
                "value": used["value"],
                "vintage": used.get("vintage"),
                "level": dict(FigureLevel.choices).get(used.get("level", ""), ""),
                "from_register": used.get("level") == "register",
                "row": row,
                "verifier": figure.verifier if figure else "",
                "latest": latest if latest and row and latest.vintage > row.vintage else None,
            }
        )
    return lines
