"""AMB-08: a boundary changed, so last year's figures are restated on the new one; the ones before stay and stand.

A restated figure is a base for the growth of the year that follows, and nothing else: its own year is not judged anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.queries import the_lead
from indicators import queries, rules
from indicators.enums import FINAL, FigureLevel, ReturnStatus, SubjectKind
from indicators.models import Figure, Return
from indicators.services.writing import read
from notifications.notices import notify
from registry.models import ParkBoundary
from registry.services.changing import REDRAWN
from workflow import ledger, outbox, todo
from workflow.ledger import recorded
from workflow.machine import Refused

TASK = "restate_base"


def redrawn_on(report: Return) -> dt.date | None:
    """Since when the park has another boundary in the year after the return's; None where it has the same one."""
    if report.kind != SubjectKind.PARK:
        return None
    days = list(
        ParkBoundary.objects.filter(park__slug=report.subject)
        .order_by("valid_from", "recorded_at")
        .values_list("valid_from", flat=True)
    )
    later = [day for day in days[1:] if day.year == report.year + 1]
    return later[-1] if later else None


def obstacles(report: Return, actor: Actor) -> list[str]:
    """Why this person may not restate the return's figures now."""
    if not rules.is_statistics_signer(actor, report):
        return [_("基期数据由省统计局签发人重报。")]
    if report.status != ReturnStatus.LOCKED:
        return [_("报表尚未锁定，请直接按新范围填报、核定。")]
    if redrawn_on(report) is None:
        return [_("园区范围在下一年度没有调整，不用重报基期数据。")]
    return []


def stated(report: Return) -> dict[str, Figure]:
    """What holds of the return on the old boundary, by code."""
    return queries.newest(report, *FINAL)


def restated(report: Return) -> dict[str, Figure]:
    """What was restated on the boundary that holds in the following year, by code."""
    day = redrawn_on(report)
    rows = queries.newest(report, FigureLevel.RESTATED)
    return {code: row for code, row in rows.items() if day and row.note == _basis(day)}


def _basis(day: dt.date) -> str:
    return recorded("按%(day)s起的范围") % {"day": day.isoformat()}


@transaction.atomic
def restate(report: Return, values: Mapping[str, str], reason: str, actor: Actor) -> list[Figure]:
    """Restate every figure of a return on the new boundary, those that stay the same too. Raises Refused.

    `values` are texts by code in the catalogue's unit; an empty one is unknown.
    """
    if against := obstacles(report, actor):
        raise Refused(against)
    if not reason.strip():
        raise Refused([_("请写明重报的依据。")])
    Return.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
    held, newest = stated(report), queries.newest(report)
    if missing := [queries.named(code) for code in held if code not in values]:
        raise Refused([_("还没有重报：%(names)s。") % {"names": "、".join(missing)}])
    day = redrawn_on(report)
    assert day is not None
    made = [
        Figure.follow(
            report, code, newest[code], level=FigureLevel.RESTATED, value=read(code, values[code]), note=_basis(day),
            reason=reason.strip(), recorded_by=actor.person, department_id=held[code].department_id,
            source=held[code].source,
        )
        for code in held
    ]  # fmt: skip
    Figure.objects.bulk_create(made)
    event = ledger.append(
        report, "restate", recorded("按新范围重报基期数据"), actor, dossier=report.dossier, reason=reason.strip(),
        data={"since": day.isoformat(), "figures": len(made)}, basis="AMB-08",
    )  # fmt: skip
    todo.close(report, actor, TASK)
    told = recorded("%(name)s%(year)s年度数据已按%(day)s起的范围重报，作为下一年度增速的基期") % {
        "name": report.name, "year": report.year, "day": day.isoformat()
    }  # fmt: skip
    notify(event, report.tenant, told, report.get_absolute_url(), reason.strip())
    return made


@outbox.effect(REDRAWN)
def ask(payload: dict[str, Any]) -> None:
    """Ask 省统计局 for the base of the year in which a boundary changed, where last year's figures are locked."""
    since = dt.date.fromisoformat(payload["since"])
    report = Return.objects.filter(
        kind=SubjectKind.PARK, subject=payload["slug"], year=since.year - 1, status=ReturnStatus.LOCKED
    ).first()
    if report is not None:
        ask_for(report)


def ask_for(report: Return) -> None:
    """Put the restating of a return on the desk of 省统计局's signer."""
    key = queries.office_of(queries.STATISTICS)
    if key is None or redrawn_on(report) is None:
        return
    office = Organisation.objects.get(pk=key)
    said = {"name": report.name, "year": report.year}
    todo.assign(
        report,
        TASK,
        recorded("%(name)s范围已调整，按新范围重报%(year)s年度数据") % said,
        reverse("indicators:restate", args=[report.pk]),
        dossier=report.dossier,
        organisation=office,
        role=PostRole.SIGNER,
        by=the_lead(),
    )
