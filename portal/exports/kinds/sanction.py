"""Sanction cases: what they rest on, what was stated and answered, the hearing, the offices' opinions, the card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators import casework_sanction as casework
from indicators.models import SanctionArgument, SanctionCase, SanctionOpinion
from indicators.views.sanctions import facts
from portal.exports.affairs import AffairKind, Sheet, register
from portal.exports.words import day, moment, told
from registry.models import Park
from workflow.ledger import recorded


def _readable(actor: Actor) -> QuerySet[SanctionCase]:
    related = ("tenant", "reporter", "park", "card", "decided_by", "received_by", "served_by")
    return SanctionCase.objects.select_related(*related)


def _of_park(rows: QuerySet[SanctionCase], park: Park) -> QuerySet[SanctionCase]:
    return rows.filter(park=park).order_by("year", "proposed_at", "pk")


def _title(case: SanctionCase) -> str:
    return f"{case.name} {case.year} {case.get_kind_display()}"


def _facts(case: SanctionCase) -> list[tuple[str, Any]]:
    rows = [(recorded("事项"), case.get_kind_display()), (recorded("状态"), case.get_status_display())]
    return told(
        [*rows, *((row["key"], row["value"]) for row in facts(case)), (recorded("说明"), "\n".join(case.remarks))]
    )


def _sheets(case: SanctionCase, actor: Actor) -> Iterator[Sheet]:
    grounds = [
        [row["clause"], row["label"], row["shown"], row["threshold"], row["unit"], row["formula"], row["reason"],
         row["quote"], recorded("是") if row["clause"] in case.struck else ""]
        for row in case.grounds
    ]  # fmt: skip
    head = ["条款", "要求", "实际值", "要求值", "单位", "算式", "说明", "条款原文", "复核后不再计入"]
    yield Sheet(recorded("未达到的要求"), head, grounds)
    if arguments := [_argued(row) for row in _arguments(case)]:
        head = ["序号", "提出单位", "提出时间", "理由", "是否采纳", "答复", "答复时间"]
        yield Sheet(recorded("陈述申辩和答复"), head, arguments)
    if hearing := getattr(case, "hearing", None):
        yield Sheet(recorded("听证"), ["项目", "内容"], _hearing(hearing))
    if actor.is_lead or actor.is_department or actor.is_government:
        opinions = SanctionOpinion.objects.filter(case=case).select_related("tenant").order_by("given_at")
        if said := [[o.tenant.name, o.get_stance_display(), o.text, moment(o.given_at)] for o in opinions]:
            yield Sheet(recorded("成员单位意见"), ["单位", "意见", "理由", "时间"], said)
    if card := casework.card_of(case):
        rows = [(recorded("年度"), card.year), (recorded("状态"), card.get_status_display())]
        rows += [(recorded("给予日期"), day(card.issued_on)), (recorded("整改方案"), card.plan)]
        rows += [(recorded("年中检查"), card.check_note), (recorded("终止日期"), day(card.ended_on))]
        yield Sheet(recorded("黄牌"), ["项目", "内容"], told(rows))


def _arguments(case: SanctionCase) -> QuerySet[SanctionArgument]:
    return SanctionArgument.objects.filter(case=case).select_related("answer", "office").order_by("place")


def _argued(row: SanctionArgument) -> list[Any]:
    given = getattr(row, "answer", None)
    said = [given.get_outcome_display(), given.text, moment(given.answered_at)] if given else ["", "", ""]
    return [row.place, row.office.name, moment(row.stated_at), row.text, *said]


def _hearing(hearing: Any) -> list[tuple[str, Any]]:
    return told(
        [
            (recorded("申请理由"), hearing.reasons),
            (recorded("申请时间"), moment(hearing.asked_at)),
            (recorded("撤回时间"), moment(hearing.withdrawn_at)),
            (recorded("听证时间"), moment(hearing.held_at)),
            (recorded("地点"), hearing.place),
            (recorded("听证人员"), hearing.heard_by),
            (recorded("参加人员"), hearing.present),
            (recorded("听证笔录"), hearing.minutes),
            (recorded("记录人"), hearing.recorder),
            (recorded("核对时间"), moment(hearing.checked_at)),
            (recorded("对笔录的意见"), hearing.remark),
        ]
    )


register(AffairKind("sanction", _("黄牌与取消资格"), _readable, _of_park, _title, _facts, _sheets))
