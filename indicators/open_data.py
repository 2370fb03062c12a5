"""The years as open data: one dictionary of columns for the files, the catalogue and the interface."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from indicators.enums import RankingList
from indicators.models import Assessment, Finding, Run
from policy.outcomes import Outcome, Verdict
from registry.open_data import Column


def _number(run: Run) -> str:
    return run.paper.number if run.paper and run.paper.published_at else ""


def change_of(one: Assessment) -> int | None:
    """Places up since last year's rank, negative: down; None where there was none."""
    return None if one.rank is None or one.previous_rank is None else one.previous_rank - one.rank


def _verdict_label(one: Assessment) -> str:
    return Verdict(one.verdict).label if one.verdict else ""


RANKING: tuple[Column, ...] = (
    Column("year", _("年度"), _("评价的年度"), lambda a: a.year, kind="integer"),
    Column("subject", _("代码"), _("园区的永久代码，或者城市的 GB/T 2260 代码"), lambda a: a.subject),
    Column("name", _("名称"), _("评价时的名称"), lambda a: a.name),
    Column("list", _("名单"), "、".join(RankingList.values), lambda a: a.list),
    Column("rank", _("位次"), _("空为没有参加排序"), lambda a: a.rank, kind="integer"),
    Column("ranked", _("参加排序数"), _("同一名单参加排序的总数"), lambda a: a.ranked, kind="integer"),
    Column("rank_low", _("位次下限"), _("蒙特卡洛模拟的5%分位"), lambda a: a.rank_low, kind="integer"),
    Column("rank_high", _("位次上限"), _("蒙特卡洛模拟的95%分位"), lambda a: a.rank_high, kind="integer"),
    Column("change", _("较上年升降"), _("正数为上升的位数；空为上年没有位次"), change_of, kind="integer"),
    Column("score", _("综合得分"), _("0至100，未经舍入"), lambda a: a.score, kind="decimal"),
    Column("verdict", _("结论代码"), _("met、not_met、open、not_applicable；空为只排序"), lambda a: a.verdict),
    Column("verdict_label", _("结论"), _("结论的中文"), _verdict_label),
    Column("circular", _("通报文号"), _("发布结果的通报"), lambda a: _number(a.run)),
    Column("run", _("测算次数"), _("该年度第几次测算；次数大的取代次数小的"), lambda a: a.run.number, kind="integer"),
)

FINDINGS: tuple[Column, ...] = (
    Column("year", _("年度"), _("评价的年度"), lambda f: f.assessment.year, kind="integer"),
    Column("subject", _("代码"), _("园区的永久代码，或者城市的 GB/T 2260 代码"), lambda f: f.assessment.subject),
    Column("name", _("名称"), _("评价时的名称"), lambda f: f.assessment.name),
    Column("clause", _("条款"), _("条款编号"), lambda f: f.clause),
    Column("label", _("目标"), _("条款的简称"), lambda f: f.label),
    Column("quote", _("条款原文"), _("政策文件的原文"), lambda f: f.quote),
    Column("outcome", _("结果代码"), "、".join(Outcome), lambda f: f.outcome),
    Column("outcome_label", _("结果"), _("结果的中文"), lambda f: Outcome(f.outcome).label),
    Column("observed", _("实际值"), _("未经舍入；空为无法判定或者不适用"), lambda f: f.observed or ""),
    Column("operator", _("比较"), _("实际值与要求的关系"), lambda f: f.operator),
    Column("threshold", _("要求"), _("条款的要求"), lambda f: f.threshold or ""),
    Column("unit", _("单位"), _("实际值和要求的单位"), lambda f: f.unit),
    Column("formula", _("算式"), _("代入数据的算式"), lambda f: f.formula),
    Column("reason", _("说明"), _("无法判定等的原因"), lambda f: f.reason),
    Column("decided", _("依据裁定"), _("true 为按签发的裁定认定"), lambda f: f.decided, kind="boolean"),
    Column(
        "run",
        _("测算次数"),
        _("该年度第几次测算；次数大的取代次数小的"),
        lambda f: f.assessment.run.number,
        kind="integer",
    ),
)


def finding_row(finding: Finding) -> dict[str, Any]:
    """A finding inside its assessment."""
    inside = ("year", "subject", "name", "run")
    return {one.name: one.value(finding) for one in FINDINGS if one.name not in inside}
