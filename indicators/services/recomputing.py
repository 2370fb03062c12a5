"""AMB-33: a figure corrected after a release puts a new computation before 省科技厅; what was released stands."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.actors import Actor
from accounts.enums import PostRole
from indicators import queries
from indicators.enums import FINAL, Programme, RunStatus, SubjectKind
from indicators.models import Figure, ResultCorrection, Run
from workflow import ledger, outbox, todo
from workflow.ledger import recorded
from workflow.models import Event

TASK = "recompute_year"
EFFECT = "indicators.figure_corrected"
PROGRAMMES = {SubjectKind.PARK: Programme.PARK, SubjectKind.ZONE: Programme.PARK, SubjectKind.CITY: Programme.CITY}


def ask_after(figure: Figure, event: Event) -> None:
    """Have 省科技厅 asked, should a released year rest on the figure."""
    tenant = event.tenant
    outbox.follow(event, EFFECT, str(figure.pk), {"figure": str(figure.pk)}, tenant)


@outbox.effect(EFFECT)
def ask(payload: dict[str, Any]) -> None:
    """Ask for each released year that the figure goes into: its own, and the next one, which grows from it."""
    figure = Figure.objects.select_related("report").get(pk=payload["figure"])
    programme = PROGRAMMES.get(SubjectKind(figure.report.kind))
    for year in (figure.year, figure.year + 1):
        released = Run.objects.filter(programme=programme, year=year, status=RunStatus.RELEASED)
        run = released.select_related("tenant").order_by("-number").first()
        if run is not None:
            _ask(run, figure)


def _note(run: Run, figure: Figure) -> None:
    """Say beside each result that rests on the figure what was used and what holds now."""
    former = Figure.objects.filter(report=figure.report, code=figure.code, vintage__lt=figure.vintage, level__in=FINAL)
    before = former.order_by("-vintage").first()
    if before is None:
        return
    used = [[{"figure": str(pk)}] for pk in former.values_list("pk", flat=True)]
    rests = Q(subject=figure.subject)
    for one in used:
        rests |= Q(findings__figures__contains=one)
    told = {"code": figure.code, "year": figure.year, "subject": figure.subject, "vintage": figure.vintage}
    ResultCorrection.objects.bulk_create(
        (
            ResultCorrection(assessment=assessment, before=before.value, after=figure.value, **told)
            for assessment in run.assessments.filter(rests).distinct()
        ),
        ignore_conflicts=True,
    )


def _ask(run: Run, figure: Figure) -> None:
    _note(run, figure)
    told = {"code": figure.code, "subject": figure.subject, "year": figure.year, "vintage": figure.vintage}
    label = recorded("所用数据已勘误")
    ledger.append(run, "corrected", label, None, dossier=run.dossier, reason=figure.reason, data=told, basis="AMB-33")
    said = {"year": run.year, "name": figure.report.name, "figure": queries.named(figure.code)}
    todo.assign(
        run,
        TASK,
        recorded("重新测算%(year)d年度：%(name)s%(figure)s已勘误") % said,
        f"{reverse('indicators:start_run')}?programme={run.programme}&year={run.year}",
        dossier=run.dossier,
        organisation=run.tenant,
        role=PostRole.HANDLER,
        by=run.tenant,
    )


def close(programme: str, year: int, actor: Actor) -> None:
    """The year is being computed anew."""
    for run in Run.objects.filter(programme=programme, year=year, status=RunStatus.RELEASED):
        todo.close(run, actor, TASK)
