"""Reminders: once per mark and due date, the latest mark only, never for what is done, recorded in the case."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connections, transaction

from accounts.enums import GrantLevel, OrganisationKind
from accounts.models import Organisation
from accounts.scope import of_organisation, system
from notifications.models import Message
from tests.factories import make_organisation
from tests.workflow.conftest import Dossier, again
from workflow import clocks, instants, ledger, parameters, reminders
from workflow.deadlines import calendar, due
from workflow.enums import Audience
from workflow.marks import latest_due, mark_days
from workflow.models import Chain, Clock, Event, Reminder, Task

pytestmark = pytest.mark.django_db
parameters.declare(parameters.Parameter("test_remind_days", "测试期限", "days", 5, "T0"))
lapsed: list[str] = []
KIND = clocks.declare(
    clocks.ClockKind(
        "test_remind",
        "测试期限",
        "test_remind_days",
        "T0",
        reminders=(3, 0),
        lapse=lambda clock: lapsed.append(clock.title),
        copy_to=lambda clock: list(Organisation.objects.filter(kind=OrganisationKind.LEAD)),
        pauses_with=frozenset({"question"}),
    )
)


@pytest.fixture(autouse=True)
def _nothing_lapsed() -> None:
    lapsed.clear()


def due_in(dossier: Dossier, left: int, **more: object) -> Clock:
    """A clock of ten working days with so many of them left."""
    table = calendar()
    day = due(max(left, 0), instants.today(), table=table).date if left > 0 else instants.today()
    while left < 0 or not table.is_workday(day):
        day -= instants.ONE_DAY
        left += table.is_workday(day)
    start, count = day, 10
    while count:
        count -= table.is_workday(start)
        start -= instants.ONE_DAY
    clock = dossier.start(start, "test_remind", days=10, **more)
    assert clock.due_on == day
    return clock


def marks(clock: Clock) -> list[int]:
    with system():
        return list(Reminder.objects.filter(clock=clock).values_list("mark", flat=True))


def messages_of(office: Organisation) -> list[str]:
    with system():
        return list(Message.objects.filter(organisation=office).order_by("created_at").values_list("title", flat=True))


def test_marks_are_working_days_before_the_due_date() -> None:
    with system():
        table = calendar()
    days = mark_days(dt.date(2026, 10, 12), (3, 0), table)
    assert days == {3: dt.date(2026, 10, 8), 0: dt.date(2026, 10, 12), -1: dt.date(2026, 10, 13)}
    assert latest_due(dt.date(2026, 10, 12), (3, 0), dt.date(2026, 10, 7), table) is None
    assert latest_due(dt.date(2026, 10, 12), (3, 0), dt.date(2026, 10, 11), table) == 3


def test_nothing_is_sent_before_the_first_mark(dossier: Dossier) -> None:
    due_in(dossier, 4)
    assert reminders.sweep() == 0


def test_mark_is_sent_once(dossier: Dossier) -> None:
    clock = due_in(dossier, 3)
    assert [reminders.sweep(), reminders.sweep()] == [1, 0]
    assert marks(clock) == [3]
    assert messages_of(dossier.lead.organisation) == ["还有 3 个工作日到期：审查"]


def test_long_silence_sends_the_latest_mark_only(dossier: Dossier) -> None:
    clock = due_in(dossier, -2)
    assert reminders.sweep() == 1
    assert marks(clock) == [-1]
    assert again(clock).remind_on is None


def test_reminder_stands_in_the_case_for_its_audience(dossier: Dossier) -> None:
    due_in(dossier, 3)
    due_in_city = due_in(dossier, 3, organisation=dossier.city.organisation)
    del due_in_city
    reminders.sweep()
    for actor, seen in ((dossier.lead, 1), (dossier.city, 1)):
        with of_organisation(actor.organisation.pk):
            assert ledger.history(dossier.filing.dossier).filter(name="reminder").count() == seen


def test_overdue_goes_up_to_the_lead_and_to_the_office_s_heads(dossier: Dossier) -> None:
    office = make_organisation(OrganisationKind.DEPARTMENT)
    with system():
        dossier.open_to(office, GrantLevel.READ)
    clock = due_in(dossier, -1, organisation=office, audience="authority")
    reminders.sweep()
    assert messages_of(office) == ["已逾期：审查"]
    assert messages_of(dossier.lead.organisation) == [f"督办：{office.short_name}逾期未办理“审查”"]
    assert messages_of(dossier.city.organisation) == []
    assert lapsed == ["审查"]
    with system():
        tasks = Task.objects.filter(clock=clock, done_at=None)
        assert sorted(tasks.values_list("role", flat=True)) == ["reviewer", "signer"]
        clocks.finish(dossier.filing, dossier.event(dossier.lead, instants.today()), KIND)
        assert not tasks.exists()


def test_finished_or_paused_clock_does_not_remind(dossier: Dossier) -> None:
    clock = due_in(dossier, 3)
    clocks.stop(dossier.filing.dossier, "question", dossier.event(dossier.lead, instants.today()))
    assert reminders.sweep() == 0
    clocks.finish(dossier.filing, dossier.event(dossier.lead, instants.today()), KIND)
    assert (reminders.sweep(), marks(clock)) == (0, [])


def test_moved_due_date_is_reminded_of_anew(dossier: Dossier) -> None:
    clock = due_in(dossier, 3)
    reminders.sweep()
    with system():
        Clock.objects.filter(pk=clock.pk).update(days=12)
        moved = Clock.objects.get(pk=clock.pk)
        clocks.keep(moved, calendar())
    assert reminders.sweep() == 0
    assert again(clock).remind_on == mark_days(moved.due_on, (3,), calendar())[3]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_send_one_reminder(dossier: Dossier) -> None:
    clock = due_in(dossier, 3)
    ready, counts = threading.Barrier(2), []

    def sweep() -> None:
        try:
            ready.wait(5)
            counts.append(reminders.sweep())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sweep) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(counts) == [0, 1]
    assert marks(clock) == [3]


@pytest.mark.django_db(transaction=True)
def test_sweep_leaves_a_dossier_that_an_act_holds(dossier: Dossier) -> None:
    clock = due_in(dossier, 3)
    held, done, counts = threading.Event(), threading.Event(), []

    def act() -> None:
        try:
            with transaction.atomic(), system():
                Chain.objects.select_for_update(no_key=True).get(dossier=dossier.filing.dossier)
                event = Event.objects.filter(dossier=dossier.filing.dossier).latest("serial")
                held.set()
                done.wait(10)
                clocks.finish(dossier.filing, event, KIND)
        finally:
            connections.close_all()

    thread = threading.Thread(target=act)
    thread.start()
    assert held.wait(10)
    counts.append(reminders.sweep())
    done.set()
    thread.join(20)
    counts.append(reminders.sweep())
    assert (counts, marks(clock)) == ([0, 0], [])


def test_office_reads_that_it_was_reminded_and_its_neighbour_does_not(dossier: Dossier) -> None:
    department, neighbour = (make_organisation(OrganisationKind.DEPARTMENT) for _n in range(2))
    with system():
        for office in (department, neighbour):
            dossier.open_to(office, GrantLevel.READ)
    due_in(dossier, 3, organisation=department, audience=Audience.AUTHORITY)
    reminders.sweep()
    for office, seen in (
        (department, 1),
        (neighbour, 0),
        (dossier.city.organisation, 0),
        (dossier.lead.organisation, 1),
    ):
        with of_organisation(office.pk):
            assert Event.objects.filter(name="reminder").count() == seen, office
