"""Inspections: what was found and ordered, how it was put right (督查整改)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators.models import Inspection
from portal.exports.affairs import AffairKind, register
from portal.exports.words import day, moment, told
from registry.models import Park
from workflow.ledger import recorded


def _readable(actor: Actor) -> QuerySet[Inspection]:
    return Inspection.objects.select_related("park", "city", "committee", "tenant", "paper", "answered_by")


def _of_park(rows: QuerySet[Inspection], park: Park) -> QuerySet[Inspection]:
    return rows.filter(park=park).order_by("inspected_on", "found_at", "pk")


def _title(row: Inspection) -> str:
    return recorded("%s %s 督查整改") % (row.park.name, row.inspected_on)


def _facts(row: Inspection) -> list[tuple[str, Any]]:
    return told(
        [
            (recorded("园区"), row.park.name),
            (recorded("所属政府"), row.city.name),
            (recorded("管理机构"), row.committee.name if row.committee else ""),
            (recorded("状态"), row.get_status_display()),
            (recorded("督查日期"), day(row.inspected_on)),
            (recorded("督查人员"), row.inspectors),
            (recorded("发现的问题"), row.finding),
            (recorded("整改要求"), row.wanted),
            (recorded("整改期限"), recorded("%d个工作日") % row.days),
            (recorded("整改期满"), day(row.due_on)),
            (recorded("整改通知"), row.paper.number if row.paper else ""),
            (recorded("整改情况"), row.answer),
            (recorded("报送时间"), moment(row.answered_at)),
            (recorded("报送人"), row.answered_by.name if row.answered_by else ""),
        ]
    )


register(AffairKind("inspection", _("督查整改"), _readable, _of_park, _title, _facts))
