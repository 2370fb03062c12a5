"""The way of a round of evaluation by third parties (测评轮次, U3, U5). One row per arrow of docs/workflow.md."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators import rules_evaluating as rules
from indicators.enums_evaluating import EvaluationStatus as S
from indicators.models import EvaluationRound
from workflow.machine import Machine, Transition, register

BASIS = "C-III.2c; C-III.2e"


def is_handler_of_lead(actor: Actor, row: EvaluationRound) -> bool:
    """A handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


def is_reviewer_of_lead(actor: Actor, row: EvaluationRound) -> bool:
    """A reviewer of 省科技厅, another person than who opened the round."""
    return actor.is_lead and actor.is_reviewer and actor.person.pk != row.opened_by_id


def without_figures(row: EvaluationRound) -> list[str]:
    """Nobody scores a place whose figures of the year are not final: the sheets rest on them."""
    from indicators.sealed import with_figures

    told = with_figures(row)
    words = _("%(place)s %(year)d 年度的数据还没有锁定：由当地政府报送、各部门核定、省统计局锁定后，才能开始评分。")
    return [str(words % {"place": one.name, "year": row.year}) for one in row.places.all() if one.place_id not in told]


evaluations = register(
    Machine(
        "indicators.evaluation",
        S,
        (
            Transition(
                "start",
                _("开始评分"),
                {S.PREPARING},
                S.SCORING,
                is_handler_of_lead,
                (rules.unready, without_figures),
                basis=BASIS,
            ),
            Transition(
                "close", _("完成本轮测评"), {S.SCORING}, S.CLOSED, is_reviewer_of_lead, (rules.unreported,), basis=BASIS
            ),
            Transition("drop", _("撤销本轮测评"), {S.PREPARING, S.SCORING}, S.DROPPED, is_handler_of_lead, basis=BASIS),
        ),
    )
)
