"""What support the parks had as open data: sums by heading and year, small cells kept back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from indicators.ledgers.columns import shown
from indicators.models import SupportTotal
from policy.supports import supports
from registry.open_data import Column

HIDDEN = _("空为受益园区太少，不公布")
SUPPORT: tuple[Column, ...] = (
    Column("year", _("年度"), _("已经结束的年度"), lambda t: t.year, kind="integer"),
    Column("heading", _("政策举措代码"), _("P-III.1 至 P-III.6"), lambda t: t.heading),
    Column("label", _("政策举措"), _("“三、政策举措”六个方面的名称"), lambda t: supports().headings[t.heading].label),
    Column("parks", _("受益园区数"), HIDDEN, lambda t: t.parks, "个", kind="integer"),
    Column("measures", _("措施数"), HIDDEN, lambda t: t.measures, "项", kind="integer"),
    Column("amount", _("金额"), HIDDEN, lambda t: shown(t.amount), "万元", kind="decimal"),
)


def published() -> Iterable[Any]:
    """The sums of every year that is over, the newest first."""
    return SupportTotal.objects.filter(heading__in=supports().headings).order_by("-year", "heading")


def changed_at() -> dt.datetime | None:
    """When a sum changed last."""
    found: dt.datetime | None = SupportTotal.objects.aggregate(at=Max("counted_at"))["at"]
    return found
