"""The way of a round's results to departments, circular, province. One row per arrow of docs/workflow.md."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from indicators.models import EvaluationResult
from registry import titles
from registry.enums import CityTitleKind
from reviews.enums_city_review import CityReviewStatus as S
from reviews.models import CityReview
from workflow import instants
from workflow.machine import Machine, Transition, register


def is_signer_of_lead(actor: Actor, row: CityReview) -> bool:
    """The signer of 省科技厅."""
    return actor.is_lead and actor.is_signer


def is_signer_of_government(actor: Actor, row: CityReview) -> bool:
    """The signer of 省政府办公厅."""
    return actor.is_government and actor.is_signer


def opinions_due(row: CityReview) -> list[str]:
    """The departments were asked, and each has answered or let its day pass (C-III.2f)."""
    asked = list(row.opinions.select_related("tenant"))
    if not asked:
        return [_("还没有征求省级有关部门的意见（C-III.2f）。")]
    waiting = [one.tenant.short_name for one in asked if one.signed_at is None and not instants.is_over(one.due_on)]
    return [_("尚未收到%(names)s的意见。") % {"names": "、".join(waiting)}] if waiting else []


def nobody_nominated(row: CityReview) -> list[str]:
    """Something must be asked of the provincial government."""
    return [] if row.nominations.filter(nominated=True).exists() else [_("没有拟报请认定的城市（县、区）。")]


def no_pilots_any_more(row: CityReview) -> list[str]:
    """Only a pilot is recognised, and once (CT-30, CT-50)."""
    return no_longer([one.result for one in row.nominations.filter(nominated=True).select_related("result__place")])


def no_longer(results: Sequence[EvaluationResult]) -> list[str]:
    """Those of these places that cannot be recognised now."""
    standing = titles.standing_on(instants.today(), [one.place_id for one in results])
    reasons = []
    for one in results:
        held = standing.get(one.place_id, {})
        if CityTitleKind.INNOVATIVE in held or CityTitleKind.PILOT not in held:
            reasons.append(_("%(name)s现在不是试点，不能认定。") % {"name": one.name})
    return reasons


reviewing = register(
    Machine(
        "reviews.cityreview",
        S,
        (
            Transition(
                "circulate", gettext_lazy("通报测评结果"), {S.REVIEWING}, S.CIRCULATED, is_signer_of_lead,
                (opinions_due,), basis="C-III.2f; U6",
            ),
            Transition(
                "report", gettext_lazy("报请省政府认定"), {S.CIRCULATED}, S.REPORTED, is_signer_of_lead,
                (nobody_nominated, no_pilots_any_more), basis="C-III.2g; U7",
            ),
            Transition(
                "recognise", gettext_lazy("认定为创新型城市（县、区）"), {S.REPORTED}, S.RECOGNISED,
                is_signer_of_government, basis="C-III.2g; U7",
            ),
            Transition(
                "refuse", gettext_lazy("不予认定"), {S.REPORTED}, S.REFUSED, is_signer_of_government,
                basis="C-III.2g; U7",
            ),
        ),
    )
)  # fmt: skip
