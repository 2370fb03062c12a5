"""Recommendations for national status: what they rest on, what named reviewers judged, the State Council's 批复."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from portal.exports.affairs import AffairKind, Sheet, register
from portal.exports.words import day, moment, told
from registry.models import Park
from reviews.models import Recommendation
from workflow.ledger import recorded


def _readable(actor: Actor) -> QuerySet[Recommendation]:
    return Recommendation.objects.select_related("park", "city", "tenant")


def _of_park(rows: QuerySet[Recommendation], park: Park) -> QuerySet[Recommendation]:
    return rows.filter(park=park).order_by("year", "pk")


def _title(row: Recommendation) -> str:
    return recorded("%s %d 推荐国家级") % (row.park.name, row.year)


def _facts(row: Recommendation) -> list[tuple[str, Any]]:
    return told(
        [
            (recorded("园区"), row.park.name),
            (recorded("所属政府"), row.city.name),
            (recorded("状态"), row.get_status_display()),
            (recorded("评价年度"), row.year),
            (recorded("位次"), f"{row.rank} / {row.ranked}"),
            (recorded("国务院批复文号"), row.council_number),
            (recorded("批复日期"), day(row.council_on)),
            (recorded("升级后的名称"), row.new_name),
        ]
    )


def _sheets(row: Recommendation, actor: Actor) -> Iterator[Sheet]:
    items = [
        [one.get_strength_display(), one.tenant.name, one.get_outcome_display(), one.reason, one.reviewer_name,
         moment(one.judged_at)]
        for one in row.items.select_related("tenant").order_by("requested_at", "strength")
    ]  # fmt: skip
    if items:
        yield Sheet(recorded("评审项"), ["评审项", "评审单位", "评定", "理由", "评审人", "评定时间"], items)


register(AffairKind("recommendation", _("推荐国家级"), _readable, _of_park, _title, _facts, _sheets))
