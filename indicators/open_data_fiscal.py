"""C-V.3a of places as open data: growth of spending on science beside that of recurrent revenue, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from indicators.services.fiscal import FiscalFinding, fiscal_findings, fiscal_years
from policy import decimals
from registry.open_data import Column


def _exact(value: Fraction | None) -> str:
    return "" if value is None else decimals.render(value)


FISCAL: tuple[Column, ...] = (
    Column("year", _("年度"), _("评价的年度"), lambda f: f.year, kind="integer"),
    Column("subject", _("代码"), _("GB/T 2260 代码"), lambda f: f.place),
    Column("name", _("名称"), _("评价时的名称"), lambda f: f.name),
    Column("list", _("名单"), _("city 设区市、county 县（市、区）"), lambda f: f.tier),
    Column(
        "spending_growth",
        _("财政科技支出增幅"),
        _("本级财政科学技术支出比上年"),
        lambda f: _exact(f.own),
        kind="decimal",
        unit="%",
    ),
    Column(
        "revenue_growth",
        _("经常性收入增幅"),
        _("本级财政经常性收入比上年"),
        lambda f: _exact(f.other),
        kind="decimal",
        unit="%",
    ),
    Column("observed", _("增幅差"), _("未经舍入；空为无法判定"), lambda f: f.observed or "", kind="decimal", unit="pp"),
    Column("threshold", _("要求"), _("增幅差不低于"), lambda f: f.threshold or "", kind="decimal", unit="pp"),
    Column("outcome", _("结果代码"), _("met 为达到，not_met 为未达到"), lambda f: f.outcome.value),
    Column("outcome_label", _("结果"), _("结果的中文"), lambda f: f.outcome.label),
    Column("formula", _("算式"), _("代入数据的算式"), lambda f: f.formula),
    Column("reason", _("说明"), _("无法判定等的原因"), lambda f: f.reason),
)


def published() -> Iterable[FiscalFinding]:
    """Of every released year what stands, the newest year first."""
    return (one for year in fiscal_years() for one in fiscal_findings(year))
