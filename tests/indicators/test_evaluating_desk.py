"""What an evaluation puts on whose desk: until it is arranged, and never before who may not evaluate."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.scope import enter, system
from indicators.enums_evaluating import EngagementKind, EvaluationKind
from indicators.models import EvaluationRound
from indicators.services import evaluation_reminding, evaluation_rounds, evaluation_seats, evaluation_sheets
from notifications.models import Message
from tests.indicators.evaluations import YEAR, World, scoring, world
from workflow import instants, outbox
from workflow.machine import Refused
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


def bar(scene: World, name: str, code: str = "a") -> None:
    """A person who sits at a place declares what ties them to it."""
    actor = scene.people[name]
    with enter(actor.scope):
        evaluation_seats.declare_engagement(
            scene.places[code], EngagementKind.CONTRACT, "示例", dt.date(2020, 1, 1), None, actor, personal=True
        )


def sheets_of(scene: World, name: str) -> list[str]:
    """The places that a person still has to score, by the open tasks."""
    with system():
        rows = Task.objects.filter(kind=evaluation_seats.RATE, assignee=scene.people[name].person, done_at=None)
        return sorted(title.partition("：")[2].partition("（")[0] for title in rows.values_list("title", flat=True))


def test_whoever_is_barred_later_is_asked_and_told_nothing_more_of_the_place() -> None:
    scene = scoring()
    assert sheets_of(scene, "first") == ["示例a市", "示例b市"]
    bar(scene, "first")
    assert (sheets_of(scene, "first"), sheets_of(scene, "second")) == (["示例b市"], ["示例a市", "示例b市"])
    late = scene.place(scene.places["a"].pk).round.due_on + dt.timedelta(days=1)
    with system():
        evaluation_reminding.remind_all(late)
        outbox.deliver_all()
        rows = Message.objects.filter(title__endswith="已到期，还有评分没有提交").select_related("person")
        told = {one.person.name if one.person else "": one.body for one in rows}
    assert told == {"": "示例a市、示例b市", "评价人first": "示例b市", "评价人second": "示例a市、示例b市"}


def test_sheet_of_who_is_barred_is_not_given_back() -> None:
    scene = scoring()
    scene.score("first", "80", "70", "90")
    bar(scene, "first")
    lead = scene.lead()
    with enter(lead.scope), pytest.raises(Refused, match="请更换评价人"):
        evaluation_sheets.give_back(scene.seat("first"), "理由过于笼统", lead)
    with system():
        outbox.deliver_all()
        assert not Message.objects.filter(title__startswith="评分被退回").exists()
    assert sheets_of(scene, "first") == ["示例b市"]


def test_third_who_is_barred_is_not_asked_to_score_more() -> None:
    scene = scoring()
    scene.score("first", "80", "70", "90")
    scene.score("second", "60", "70", "90")
    scene.sit("third", 3)
    scene.declare("third")
    scene.score("third", "75")
    lead = scene.lead()
    with enter(lead.scope):
        evaluation_sheets.give_back(scene.seat("second"), "理由过于笼统", lead)
    bar(scene, "third")
    scene.score("second", "60", "50", "90")
    assert sheets_of(scene, "third") == []
