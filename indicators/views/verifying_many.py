"""A department verifies its figures over all returns at once: what is unremarkable together, the rest one by one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import ActorRequest
from indicators import checking, queries, services
from indicators.enums import FINAL, FigureLevel, ReturnStatus, VerificationOutcome
from indicators.models import Figure, Return, Verification
from indicators.parameters_returns import REMARKABLE_CHANGE
from policy import decimals, figures
from workflow import parameters
from workflow.machine import Refused


@dataclass
class Cell:
    """A reported figure that waits for the department, beside last year's."""

    figure: Figure
    last: str | None
    change: Fraction | None
    bound: Fraction

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.figure.report_id}:{self.figure.code}:{self.figure.vintage}"

    @property
    def label(self) -> str:
        """The figure's name."""
        return queries.named(self.figure.code)

    @property
    def unit(self) -> str:
        """Its unit."""
        found = figures.find(self.figure.code)
        return found.unit if found else ""

    @property
    def shown_change(self) -> str:
        """The change from last year in percent; a dash where it cannot be told."""
        if self.change is None:
            return "—"
        return f"{'+' if self.change > 0 else ''}{decimals.show(100 * self.change, places=2)}%"

    @property
    def plain(self) -> bool:
        """Whether it may be confirmed with others: known, near last year's, and without anything to explain."""
        known = self.change is not None and abs(self.change) <= self.bound
        return known and not self.figure.reason


def page(request: ActorRequest) -> HttpResponse:
    """The figures of all returns that wait for one's office; a POST confirms those that are ticked."""
    cells = _waiting(request)
    reasons: list[str] = []
    if request.method == "POST":
        ticked, said = set(request.POST.getlist("confirm")), 0
        for cell in cells:
            if cell.key not in ticked:
                continue
            try:
                services.verify(cell.figure.report, cell.figure.code, VerificationOutcome.CONFIRMED, request.actor)
                said += 1
            except Refused as refused:
                reasons += refused.reasons
        if not said and not reasons:
            reasons = [_("请勾选要确认的数据。")]
        if not reasons:
            messages.success(request, ngettext("已确认 %(n)d 项数据。", "已确认 %(n)d 项数据。", said) % {"n": said})
            return redirect("indicators:verify_many")
        cells = _waiting(request)
    context = {
        "plain": [cell for cell in cells if cell.plain],
        "others": [cell for cell in cells if not cell.plain],
        "bound": decimals.render(100 * _bound()),
        "errors": [{"text": text, "href": ""} for text in reasons],
    }
    return render(request, "indicators/verify_many.html", context, status=422 if reasons else 200)


def _waiting(request: ActorRequest) -> list[Cell]:
    """What one's office has not yet said anything of, in a handful of queries however many returns there are."""
    if not request.actor.is_handler:
        return []
    reports = {row.pk: row for row in Return.objects.filter(status=ReturnStatus.VERIFYING).order_by("-year", "subject")}
    stands: dict[tuple[object, str], Figure] = {}
    for row in Figure.objects.filter(report__in=reports, level=FigureLevel.REPORTED).order_by("vintage"):
        stands[row.report_id, row.code] = row
    for said in Verification.objects.filter(report__in=reports):
        figure = stands.get((said.report_id, said.code))
        if figure is not None and said.said_at >= figure.recorded_at:
            del stands[said.report_id, said.code]
    owners = queries.owners({code for _report, code in stands})
    before: dict[tuple[str, int, str], str | None] = {}
    years = {report.year - 1 for report in reports.values()}
    subjects = {report.subject for report in reports.values()}
    final = Figure.objects.filter(subject__in=subjects, year__in=years, level__in=FINAL).order_by("vintage")
    for subject, year, code, value in final.values_list("subject", "year", "code", "value"):
        before[subject, year, code] = value
    bound = _bound()
    found = []
    for (pk, code), figure in stands.items():
        if owners.get(code) == request.actor.organisation.pk:
            figure.report = reports[pk]  # type: ignore[index]
            last = before.get((figure.subject, figure.year - 1, code))
            found.append(Cell(figure, last, _change(figure.value, last), bound))
    return sorted(found, key=lambda cell: (cell.figure.code, -cell.figure.year, cell.figure.subject))


def _bound() -> Fraction:
    """The change from last year up to which figures may be confirmed together."""
    return Fraction(parameters.value(REMARKABLE_CHANGE.name))


def _change(now: str | None, last: str | None) -> Fraction | None:
    after, before = checking.number(now), checking.number(last)
    return None if after is None or not before else (after - before) / before
