"""What an evaluation puts on whose desk: until it is arranged."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.scope import enter, system
from indicators.enums_evaluating import EvaluationKind
from indicators.models import EvaluationRound
from indicators.services import evaluation_reminding, evaluation_rounds
from tests.indicators.evaluations import YEAR, World, world
from workflow import instants
from workflow.models import Task

pytestmark = pytest.mark.django_db


def to_open() -> list[str]:
    """The open tasks of opening a biennial round."""
    with system():
        return list(Task.objects.filter(kind=evaluation_rounds.OPEN, done_at=None).values_list("title", flat=True))


def one_round(scene: World, code: str) -> EvaluationRound:
    lead, due = scene.lead(), instants.today() + dt.timedelta(days=30)
    with enter(lead.scope):
        return evaluation_rounds.open_round(EvaluationKind.BIENNIAL, YEAR, [scene.places[code].pk], due, lead)


def test_task_of_opening_stays_with_the_places_that_are_in_no_round() -> None:
    scene = world()
    with system():
        evaluation_reminding.remind_all()
    assert to_open() == [f"发起{YEAR}年度两年一次测评（2个试点到期）"]
    first = one_round(scene, "a")
    assert to_open() == [f"发起{YEAR}年度两年一次测评（1个试点到期）"]
    one_round(scene, "b")
    assert to_open() == []
    with enter(scene.lead().scope):
        evaluation_rounds.drop(EvaluationRound.objects.get(pk=first.pk), "示例：对象有误。", scene.lead())
    assert to_open() == [f"发起{YEAR}年度两年一次测评（1个试点到期）"]


def test_round_of_which_nobody_was_reminded_asks_for_no_other() -> None:
    scene = world()
    one_round(scene, "a")
    assert to_open() == []
