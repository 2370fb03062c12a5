"""The province's figures as open data: of each locked year the newest vintage of every figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from indicators import queries
from indicators.enums import FINAL, ReturnStatus, SubjectKind
from indicators.models import Figure
from policy import figures
from registry.open_data import Column


def _unit(row: Figure) -> str:
    figure = figures.find(row.code)
    return figure.unit if figure else ""


PROVINCE: tuple[Column, ...] = (
    Column("year", _("年度"), _("数据所属的年度"), lambda f: f.year, kind="integer"),
    Column("code", _("指标代码"), _("指标目录中的代码"), lambda f: f.code),
    Column("label", _("指标"), _("指标的名称"), lambda f: queries.named(f.code)),
    Column("value", _("数值"), _("空为未知"), lambda f: f.value or "", kind="decimal"),
    Column("unit", _("单位"), _("数值的单位"), _unit),
    Column("vintage", _("版次"), _("勘误后版次加一"), lambda f: f.vintage, kind="integer"),
    Column("source", _("来源"), _("填报部门注明的来源"), lambda f: f.source),
    Column("sample", _("示例数据"), _("true 为演示用的虚构数据"), lambda f: f.report.sample, kind="boolean"),
)


def _locked() -> QuerySet[Figure]:
    kept = {"report__kind": SubjectKind.PROVINCE, "report__status": ReturnStatus.LOCKED, "level__in": FINAL}
    return Figure.objects.filter(**kept)


def published() -> Iterable[Any]:
    """The newest vintage of every figure of the locked years, the newest year first."""
    rows = _locked().select_related("report").order_by("-year", "code", "-vintage")
    return rows.distinct("year", "code")


def changed_at() -> dt.datetime | None:
    """When a figure was verified or corrected last."""
    found: dt.datetime | None = _locked().aggregate(at=Max("recorded_at"))["at"]
    return found
