"""The monitoring reports as open data: the three rankings of every standing report, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from indicators.enums import RankingList
from indicators.enums_monitoring import Measure, MonitoringStatus
from indicators.models import MonitoringReport
from registry.open_data import Column

Row = dict[str, Any]
MONITORING: tuple[Column, ...] = (
    Column("year", _("年度"), _("监测的年度"), lambda r: r["year"], kind="integer"),
    Column("list", _("名单代码"), "、".join([RankingList.CITY, RankingList.COUNTY]), lambda r: r["list"]),
    Column("measure", _("排名代码"), "、".join(Measure.values), lambda r: r["measure"]),
    Column(
        "measure_label", _("排名"), _("综合实力、创新水平、相对上年变化"), lambda r: str(Measure(r["measure"]).label)
    ),
    Column("code", _("代码"), _("GB/T 2260 代码"), lambda r: r["code"]),
    Column("name", _("名称"), _("监测时的名称"), lambda r: r["name"]),
    Column("rank", _("位次"), _("空为没有参加排序"), lambda r: r["rank"], kind="integer"),
    Column("rank_low", _("位次下限"), _("蒙特卡洛模拟的5%分位"), lambda r: r["low"], kind="integer"),
    Column("rank_high", _("位次上限"), _("蒙特卡洛模拟的95%分位"), lambda r: r["high"], kind="integer"),
    Column("score", _("得分"), _("0至100，未经舍入"), lambda r: r["exact"], kind="decimal"),
    Column("report", _("文号"), _("发布报告的公文"), lambda r: r["report"]),
    Column("sample", _("示例数据"), _("true 为演示用的虚构数据"), lambda r: r["sample"], kind="boolean"),
)


def _standing() -> QuerySet[MonitoringReport]:
    return MonitoringReport.objects.filter(status=MonitoringStatus.PUBLISHED).select_related("paper")


def published() -> Iterable[Row]:
    """A row for each place and ranking, the newest year first."""
    return [
        {
            **row,
            "year": report.year,
            "list": tier["code"],
            "measure": ranking["measure"],
            "report": report.paper.number if report.paper else "",
            "sample": report.sample,
        }
        for report in _standing().order_by("-year")
        for tier in report.content["tiers"]
        for ranking in tier["rankings"]
        for row in ranking["rows"]
    ]


def changed_at() -> dt.datetime | None:
    """When a report was published last."""
    found: dt.datetime | None = MonitoringReport.objects.aggregate(at=Max("published_at"))["at"]
    return found
