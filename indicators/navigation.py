"""The sections of the main navigation, each with the pages that an office needs in a row below."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.enums import OrganisationKind
from indicators import rules, rules_evaluating
from indicators.services import fiscal

Needs = Callable[[Actor], bool]
OUTSIDE = (OrganisationKind.EXPERT, OrganisationKind.OPERATOR)


def _works(actor: Actor) -> bool:
    return actor.organisation.kind not in OUTSIDE


def _inside(actor: Actor) -> bool:
    """A third party sees nothing of the year but what it evaluates, and by which index."""
    return _works(actor) and actor.organisation.kind != OrganisationKind.THIRD_PARTY


def _reports(actor: Actor) -> bool:
    return actor.is_applicant or actor.is_helper


def _watches(actor: Actor) -> bool:
    return _reports(actor) or actor.is_lead


def _is_judged(actor: Actor) -> bool:
    return actor.is_applicant or actor.organisation.kind == OrganisationKind.PARK_COMMITTEE


def _follows_places(actor: Actor) -> bool:
    return actor.is_lead or actor.is_government or actor.is_department or actor.may_file_for_place


def _oversees(actor: Actor) -> bool:
    return actor.is_lead or (actor.is_department and rules.oversees(actor))


Pages = tuple[tuple[str, str | Promise, Needs], ...]

YEAR: Pages = (
    ("indicators:list", _("年度报表"), _inside),
    ("indicators:verify_many", _("数据核定"), rules.verifies),
    ("indicators:progress", _("报送进度"), _oversees),
    ("ledgers:index", _("台账"), _inside),
    ("indicators:outlook", _("年度跟踪"), _watches),
    ("indicators:recognition", _("认定条件"), _inside),
    ("indicators:runs", _("年度评价"), lambda actor: actor.is_lead),
    ("indicators:own_assessments", _("评价结果"), _is_judged),
    ("ratings:list", _("定性评分"), lambda actor: actor.is_lead or actor.is_department),
    ("rulings:list", _("裁定"), lambda actor: actor.is_lead),
    ("index_versions:list", _("指标体系"), _works),
    ("sanctions:list", _("黄牌与取消资格"), _inside),
    ("inspections:list", _("督查整改"), _watches),
    ("recommendations:list", _("推荐国家级"), lambda actor: _inside(actor) and not actor.is_helper),
)
CITIES: Pages = (
    ("city_reviews:progress", _("建设进展"), _follows_places),
    ("registry:titles", _("城市称号"), lambda actor: actor.is_lead),
    ("evaluations:list", _("第三方测评"), rules_evaluating.sees),
    ("city_reviews:list", _("测评审核"), lambda actor: actor.is_lead or actor.is_department or actor.is_government),
    ("monitoring:list", _("统计监测报告"), _oversees),
    ("indicators:fiscal_list", _("财政科技经费增幅"), fiscal.reads_list),
    ("indicators:target_values", _("全省目标值"), lambda actor: actor.is_lead),
    ("practices:desk", _("优秀做法"), lambda actor: actor.may_file_for_place or actor.is_lead),
)
SECTIONS: tuple[tuple[str | Promise, Pages], ...] = ((_("年度评价"), YEAR), (_("创新型城市"), CITIES))


@cache
def _address(name: str) -> str:
    """The address of a page: every page of the portal asks for some twenty, and they never change."""
    return reverse(name)


def sections_for(actor: Actor | None, path: str) -> list[dict[str, Any]]:
    """The sections of the main navigation with the pages that the actor needs, the one that is open marked.

    Of all addresses that fit the path the longest is where one is.
    """
    if actor is None or not _works(actor):
        return []
    known: list[list[dict[str, Any]]] = [
        [{"href": _address(name), "label": label} for name, label, needs in pages if needs(actor)]
        for _label, pages in SECTIONS
    ]
    fitting = [page["href"] for pages in known for page in pages if path.startswith(page["href"])]
    here = max(fitting, key=len, default="")
    return [
        {
            "label": label,
            "href": pages[0]["href"],
            "current": any(page["href"] == here for page in pages),
            "pages": [{**page, "current": page["href"] == here} for page in pages],
        }
        for (label, _pages), pages in zip(SECTIONS, known, strict=True)
        if pages
    ]
