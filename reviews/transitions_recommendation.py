"""The way of a recommendation for national status. One row per arrow of the drawing in docs/workflow.md."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from indicators.enums import Programme, RunStatus
from indicators.models import Run
from registry.enums import ParkStatus
from reviews.enums_recommendation import RecommendationStatus as S
from reviews.enums_recommendation import Strength
from reviews.models import Recommendation
from reviews.models.item import ItemOutcome
from workflow.machine import Machine, Transition, register


def is_reviewer_of_lead(actor: Actor, row: Recommendation) -> bool:
    """A reviewer of 省科技厅, who chooses among the best."""
    return actor.is_lead and actor.is_reviewer


def is_signer_of_lead(actor: Actor, row: Recommendation) -> bool:
    """The signer of 省科技厅, whose signature reports upward."""
    return actor.is_lead and actor.is_signer


def is_signer_of_government(actor: Actor, row: Recommendation) -> bool:
    """The signer of 省政府办公厅."""
    return actor.is_government and actor.is_signer


def is_handler_of_government(actor: Actor, row: Recommendation) -> bool:
    """A handler of 省政府办公厅, who registers what the State Council answered."""
    return actor.is_government and actor.is_handler


def park_is_not_recognised(row: Recommendation) -> list[str]:
    """Only a recognised park rises (PK-50 → PK-72)."""
    if row.park.status == ParkStatus.RECOGNISED:
        return []
    return [_("“%(park)s”现在的状态为“%(status)s”，不能推荐。") % _words(row)]


def _words(row: Recommendation) -> dict[str, str]:
    return {"park": row.park.name, "status": str(ParkStatus(row.park.status).label)}


def is_of_an_earlier_year(row: Recommendation) -> list[str]:
    """The newest released ranking counts; a park that it does not have among the best is not taken up (P-II.4g)."""
    released = Run.objects.filter(programme=Programme.PARK, status=RunStatus.RELEASED, year__gt=row.year)
    newest = released.order_by("-year").values_list("year", flat=True).first()
    if newest is None:
        return []
    return [_("在最近一次（%(year)d 年度）评价中，该园区不在优先推荐名单内。") % {"year": newest}]


def items_open(row: Recommendation) -> list[str]:
    """Every one of the five items is judged, and none is found wanting (P-II.4f)."""
    known = {item.strength: item for item in row.items.all()}
    open_items = [one.label for one in Strength if one not in known or not known[one].judged_at]
    reasons = [_("还没有评定：%(items)s。") % {"items": "、".join(map(str, open_items))}] if open_items else []
    missed = [one.label for one in Strength if one in known and known[one].outcome == ItemOutcome.NOT_MET]
    if missed:
        reasons.append(_("评定为未达到：%(items)s。") % {"items": "、".join(map(str, missed))})
    return reasons


BASIS = "P-II.4g; T28"
recommendations = register(
    Machine(
        "reviews.recommendation",
        S,
        (
            Transition(
                "choose", gettext_lazy("拟推荐"), {S.PROPOSED}, S.APPRAISING, is_reviewer_of_lead,
                (park_is_not_recognised, is_of_an_earlier_year), basis=BASIS,
            ),
            Transition(
                "pass_over", gettext_lazy("本年度不推荐"), {S.PROPOSED, S.APPRAISING}, S.PASSED_OVER,
                is_reviewer_of_lead, basis=BASIS,
            ),
            Transition(
                "report", gettext_lazy("报省政府"), {S.APPRAISING}, S.REPORTED, is_signer_of_lead,
                (park_is_not_recognised, items_open), basis=BASIS,
            ),
            Transition(
                "recommend", gettext_lazy("推荐国务院"), {S.REPORTED}, S.RECOMMENDED, is_signer_of_government,
                (park_is_not_recognised,), basis=BASIS,
            ),
            Transition(
                "decline", gettext_lazy("不予推荐"), {S.REPORTED}, S.DECLINED, is_signer_of_government, basis=BASIS
            ),
            Transition(
                "upgrade", gettext_lazy("登记升级"), {S.RECOMMENDED}, S.UPGRADED, is_signer_of_government,
                (park_is_not_recognised,), basis="T29; PK-72",
            ),
            Transition(
                "refuse", gettext_lazy("登记未批准"), {S.RECOMMENDED}, S.REFUSED, is_handler_of_government,
                basis="T29; PK-73",
            ),
        ),
    )
)  # fmt: skip
