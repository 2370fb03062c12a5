"""The pages of the year that each office needs, as a row below the main navigation."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.enums import OrganisationKind
from indicators import rules

Needs = Callable[[Actor], bool]
OUTSIDE = (OrganisationKind.EXPERT, OrganisationKind.OPERATOR)


def _works(actor: Actor) -> bool:
    return actor.organisation.kind not in OUTSIDE


def _reports(actor: Actor) -> bool:
    return actor.is_applicant or actor.is_helper


def _watches(actor: Actor) -> bool:
    return _reports(actor) or actor.is_lead


def _is_judged(actor: Actor) -> bool:
    return actor.is_applicant or actor.organisation.kind == OrganisationKind.PARK_COMMITTEE


PAGES: tuple[tuple[str, str | Promise, Needs], ...] = (
    ("indicators:list", _("年度报表"), _works),
    ("indicators:verify_many", _("数据核定"), rules.verifies),
    ("indicators:progress", _("报送进度"), rules.oversees),
    ("ledgers:index", _("台账"), _works),
    ("indicators:outlook", _("年度跟踪"), _watches),
    ("indicators:recognition", _("认定条件"), _works),
    ("indicators:runs", _("年度评价"), lambda actor: actor.is_lead),
    ("indicators:own_assessments", _("评价结果"), _is_judged),
    ("ratings:list", _("定性评分"), lambda actor: actor.is_lead or actor.is_department),
    ("rulings:list", _("裁定"), lambda actor: actor.is_lead),
    ("index_versions:list", _("指标体系"), _works),
    ("sanctions:list", _("黄牌与取消资格"), _works),
    ("inspections:list", _("督查整改"), _watches),
    ("recommendations:list", _("推荐国家级"), lambda actor: not actor.is_helper),
)


def pages_for(actor: Actor | None, path: str) -> list[dict[str, object]]:
    """The row for who is on one of these pages, the longest address that fits marked; empty elsewhere."""
    if actor is None or not _works(actor):
        return []
    known = [(reverse(name), label, needs) for name, label, needs in PAGES]
    current = max((address for address, _label, _needs in known if path.startswith(address)), key=len, default="")
    if not current:
        return []
    return [
        {"href": address, "label": label, "current": address == current}
        for address, label, needs in known
        if needs(actor)
    ]
