"""What a third party found of a place (C-III.2c), and whether it reaches the mark of a pilot (AMB-25)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.enums_evaluating import EvaluationKind
from indicators.evaluating import PILOT_MARK
from indicators.models import EvaluationResult
from policy import decimals
from reviews.enums import Outcome
from reviews.models import Case
from workflow.parameters import value


def result_of(case: Case) -> EvaluationResult | None:
    """The result of the first evaluation that a case of a city or county rests on; None for parks."""
    if not case.direct:
        return None
    found = EvaluationResult.objects.filter(
        place=case.filing.of_place.pk, round__kind=EvaluationKind.INITIAL, written_at__lte=case.opened_at
    )
    return found.select_related("round").order_by("written_at").last()


def mark() -> Fraction:
    """The score from which on a place may become a pilot (`pilot_mark`)."""
    return decimals.parse(str(value(PILOT_MARK.name)))


def reaches(result: EvaluationResult) -> bool:
    """Whether the exact score reaches the mark."""
    return decimals.parse(result.score) >= mark()


def shown(case: Case) -> dict[str, Any] | None:
    """The result for the page of a case: score, mark, where it is told in full."""
    result = result_of(case)
    if result is None:
        return None
    return {
        "result": result,
        "score": decimals.show(decimals.parse(result.score)),
        "mark": decimals.render(mark()),
        "reaches": reaches(result),
        "href": reverse("evaluations:result", args=[result.pk]),
    }


def in_minutes(case: Case) -> list[str]:
    """The sentence of the minutes on the evaluation; Chinese, as papers are."""
    result = result_of(case)
    if result is None:
        return []
    score, asked = decimals.show(decimals.parse(result.score)), decimals.render(mark())
    reached = "达到" if reaches(result) else "低于"
    return [f"经第三方机构测评，{result.name}{result.round.year}年度得分{score}分，{reached}试点分数线{asked}分。"]


def unreasoned(case: Case, fields: Mapping[str, Any]) -> list[str]:
    """Below the mark a place is recommended only with a stated reason."""
    result = result_of(case)
    if result is None or reaches(result) or fields.get("outcome") != Outcome.RECOMMEND:
        return []
    if str(fields.get("below", "")).strip():
        return []
    said = {"score": decimals.show(decimals.parse(result.score)), "mark": decimals.render(mark())}
    return [_("测评得分%(score)s低于试点分数线%(mark)s，建议列为试点须写明理由。") % said]
