"""What experts score: the qualitative items of a plan, each with its clause and a share of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    """One qualitative item (定性评审项目): what is asked, on which clause it rests."""

    code: str
    label: str | Promise
    clause: str
    help: str | Promise


ITEMS = (
    Item("focus", _("产业方向"), "P-IV.2b", _("主导产业是否突出，与其他园区能否错位发展")),
    Item("bases", _("五类基地"), "P-II.1.4b", _("建设内容、目标和进度是否可行")),
    Item("space", _("空间布局"), "P-II.1.2d", _("范围是否合理、集中连片，用地是否节约集约")),
    Item("innovation", _("创新能力"), "P-II.1.3", _("研发机构、人才和企业创新的基础与潜力")),
    Item("measures", _("政策和管理"), "P-II.1.5; P-II.1.6", _("政策措施、管理机构和人员能否保障实施")),
    Item("targets", _("目标可行性"), "P-II.2", _("分年度目标是否有依据、能否考核")),
)
BEST = 100


def rows_of(scores: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The scored items in order, with their labels, as pages and papers show them."""
    given = {row["code"]: row for row in scores}
    return [
        {"item": item, "score": given[item.code]["score"], "comment": given[item.code].get("comment", "")}
        for item in ITEMS
        if item.code in given
    ]


def mean_of(scores: list[dict[str, Any]]) -> Decimal | None:
    """The mean of the items' scores to two places, for reading; None where nothing was scored."""
    given = [Decimal(row["score"]) for row in scores]
    if not given:
        return None
    return (sum(given, Decimal()) / len(given)).quantize(Decimal("0.01"), ROUND_HALF_UP)
