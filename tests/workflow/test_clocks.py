"""Legal periods: started, stopped, continued and finished by acts; who sees them; when they are over."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import transaction

from accounts.enums import GrantLevel, OrganisationKind
from accounts.scope import enter, of_organisation, system
from applications.models import Filing
from tests.factories import make_actor, make_filing, make_organisation
from tests.workflow.conftest import Dossier, again
from workflow import clocks, instants, outbox, parameters, todo
from workflow.enums import Audience
from workflow.models import Clock, ClockStop, Event, Task

pytestmark = pytest.mark.django_db
LENGTH = parameters.declare(parameters.Parameter("test_days", "测试期限", "days", 5, "T0"))
moved: list[uuid.UUID] = []
CHECK = clocks.declare(
    clocks.ClockKind(
        "test_check",
        "测试审查",
        "test_days",
        "T0",
        pauses_with=frozenset({"question"}),
        moved=lambda clock: moved.append(clock.pk),
    )
)
ANSWER = clocks.declare(clocks.ClockKind("test_answer", "测试答复", "test_days", "T0"))


@pytest.fixture(autouse=True)
def _nothing_moved() -> None:
    moved.clear()


def test_period_counts_from_the_day_after_the_event(dossier: Dossier) -> None:
    clock = dossier.start(dt.date(2013, 2, 7))
    assert (clock.started, clock.days, clock.due_on) == (dt.date(2013, 2, 7), 5, dt.date(2013, 2, 19))
    assert [step["day"] for step in clock.path if step["counted"]] == [
        "2013-02-08", "2013-02-16", "2013-02-17", "2013-02-18", "2013-02-19",
    ]  # fmt: skip
    assert {step["why"] for step in clock.path if step["day"] == "2013-02-16"} == {"春节调休上班"}


def test_length_of_a_running_period_stays(dossier: Dossier) -> None:
    clock = dossier.start(dt.date(2013, 3, 4), days=2)
    assert (clock.days, clock.due_on) == (2, dt.date(2013, 3, 6))


def test_stop_gives_back_every_day_of_it(dossier: Dossier) -> None:
    clock = dossier.start(dt.date(2013, 3, 4))
    clocks.stop(dossier.filing.dossier, "question", dossier.event(dossier.lead, dt.date(2013, 3, 6)))
    stopped = again(clock)
    assert (stopped.paused, stopped.is_late(), stopped.due_on) == (True, False, dt.date(2013, 3, 11))
    clocks.go_on(dossier.filing.dossier, "question", dossier.event(dossier.city, dt.date(2013, 3, 12)))
    goes_on = again(clock)
    # 5 March counted; 6 to 12 March stood still; 13, 14, 15 and 18 March count.
    assert (goes_on.paused, goes_on.due_on) == (False, dt.date(2013, 3, 18))
    with system():
        row = ClockStop.objects.get(clock=clock)
        assert (row.since, row.until) == (dt.date(2013, 3, 6), dt.date(2013, 3, 12))
        assert (row.due_before, row.due_after) == (dt.date(2013, 3, 11), dt.date(2013, 3, 18))


def test_other_cause_does_not_stop(dossier: Dossier) -> None:
    clock = dossier.start(dt.date(2013, 3, 4))
    clocks.stop(dossier.filing.dossier, "publicity", dossier.event(dossier.lead, dt.date(2013, 3, 6)))
    assert again(clock).paused is False


def test_stop_after_the_end_changes_nothing(dossier: Dossier) -> None:
    clock = dossier.start(dt.date(2013, 3, 4))
    clocks.stop(dossier.filing.dossier, "question", dossier.event(dossier.lead, instants.today()))
    assert again(clock).paused is False


def ask(dossier: Dossier, day: dt.date) -> tuple[Filing, Event]:
    """A question: any row with an id of its own serves as its subject."""
    question = make_filing(dossier.city)
    event = dossier.event(dossier.lead, day, question)
    clocks.stop(dossier.filing.dossier, "question", event)
    return question, event


def test_period_goes_on_when_the_last_question_is_answered(dossier: Dossier) -> None:
    today = instants.today()
    clock = dossier.start(today, days=30)
    first, _event = ask(dossier, today)
    second, _event = ask(dossier, today)
    clocks.go_on(dossier.filing.dossier, "question", dossier.event(dossier.city, today, first))
    assert again(clock).paused is True
    clocks.go_on(dossier.filing.dossier, "question", dossier.event(dossier.city, today, second))
    assert again(clock).paused is False


def test_new_period_stands_still_while_its_dossier_does(dossier: Dossier) -> None:
    today = instants.today()
    dossier.start(today, days=30)
    clocks.stop(dossier.filing.dossier, "question", dossier.event(dossier.lead, today))
    other = make_filing(dossier.city)
    event = dossier.event(dossier.lead, today, other)
    late_comer = clocks.start(CHECK, other, event, organisation=dossier.lead.organisation, address="/", title="晚到")
    assert again(late_comer).paused is True


def test_tasks_follow_their_clock(dossier: Dossier) -> None:
    clock = dossier.start(instants.today(), days=30)
    with enter(dossier.lead.scope):
        task = todo.assign(
            dossier.filing, "check", "审查", "/x/", dossier=dossier.filing.dossier,
            organisation=dossier.lead.organisation, role="handler", by=dossier.lead.organisation, clock=clock,
        )  # fmt: skip
    assert task.due_on == clock.due_on
    clocks.stop(dossier.filing.dossier, "question", dossier.event(dossier.lead, instants.today()))
    with system():
        assert Task.objects.get(pk=task.pk).due_on is None
    clocks.go_on(dossier.filing.dossier, "question", dossier.event(dossier.city, instants.today()))
    with system():
        assert Task.objects.get(pk=task.pk).due_on == again(clock).due_on


def test_room_follows_a_moved_clock_through_the_outbox(dossier: Dossier) -> None:
    clock = dossier.start(instants.today(), days=30)
    clocks.stop(dossier.filing.dossier, "question", dossier.event(dossier.lead, instants.today()))
    outbox.deliver_all()
    assert moved == [clock.pk]


def test_finish_ends_the_kind_and_its_open_stop(dossier: Dossier) -> None:
    clock = dossier.start(instants.today(), days=30)
    clocks.stop(dossier.filing.dossier, "question", dossier.event(dossier.lead, instants.today()))
    done = dossier.event(dossier.lead, instants.today())
    clocks.finish(dossier.filing, done, ANSWER)
    assert again(clock).finished_at is None
    clocks.finish(dossier.filing, done, CHECK)
    ended = again(clock)
    assert (ended.finished_by_id, ended.paused) == (done.pk, False)
    with system():
        assert ClockStop.objects.filter(until=None).count() == 0


def test_second_start_ends_the_first(dossier: Dossier) -> None:
    first, second = dossier.start(instants.today()), dossier.start(instants.today())
    with system():
        assert clocks.running(dossier.filing, CHECK) == second
        assert Clock.objects.get(pk=first.pk).finished_by_id == second.event_id


def test_period_is_over_at_midnight_in_beijing(dossier: Dossier) -> None:
    clock = dossier.start(dt.date(2013, 2, 7))
    last_instant = dt.datetime(2013, 2, 19, 15, 59, 59, 999999, tzinfo=dt.UTC)
    assert clock.due_at == dt.datetime(2013, 2, 19, 16, tzinfo=dt.UTC)
    assert (clock.is_late(last_instant), clock.is_late(clock.due_at)) == (False, True)


@pytest.mark.parametrize(
    ("audience", "who_sees"),
    [
        (Audience.DOSSIER, {"city", "lead", "reader", "debtor"}),
        (Audience.AUTHORITY, {"lead", "debtor"}),
        (Audience.OFFICE, {"debtor"}),
    ],
)
def test_clock_is_seen_by_its_audience(dossier: Dossier, audience: str, who_sees: set[str]) -> None:
    reader, debtor, stranger = (make_organisation(OrganisationKind.DEPARTMENT) for _n in range(3))
    with system():
        dossier.open_to(reader, GrantLevel.READ)
        dossier.open_to(debtor, GrantLevel.READ)
    dossier.start(instants.today(), organisation=debtor, audience=audience)
    offices = {
        "city": dossier.city.organisation, "lead": dossier.lead.organisation, "reader": reader,
        "debtor": debtor, "stranger": stranger, "neighbour": make_actor().organisation,
    }  # fmt: skip
    seen = set()
    for name, office in offices.items():
        with of_organisation(office.pk):
            if clocks.of(dossier.filing.dossier):
                seen.add(name)
    assert seen == who_sees


def test_no_office_writes_a_clock(dossier: Dossier) -> None:
    clock = dossier.start(instants.today())
    with enter(dossier.lead.scope), transaction.atomic():
        assert Clock.objects.filter(pk=clock.pk).update(days=300) == 0
        assert ClockStop.objects.count() == 0
