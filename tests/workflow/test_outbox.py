"""What follows from an act is done once, retried after a pause, and never lost with the broker."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Organisation
from accounts.scope import of_organisation, system
from notifications.models import Message
from notifications.notices import notify
from tests.factories import make_actor, make_filing, make_organisation
from workflow import ledger, outbox, tasks
from workflow.enums import Rank
from workflow.models import Delivery

EFFECT = "tests.count"
done: list[str] = []
failing: set[str] = set()
WAIT = threading.Event()


SLOW_EFFECT = "tests.render"


@outbox.effect(SLOW_EFFECT, Rank.RENDERING)
def render(payload: dict[str, Any]) -> None:
    """Stands for the making of a paper: note that it was done."""
    done.append(payload["name"])


@outbox.effect(EFFECT)
def count(payload: dict[str, Any]) -> None:
    """Write a message, note that it was done, and fail where the test says so, after the write."""
    Message.objects.create(organisation_id=payload["organisation"], title=payload["name"])
    if payload.get("wait"):
        WAIT.wait(0.2)
    if payload["name"] in failing:
        raise RuntimeError("暂时不行")
    done.append(payload["name"])


@pytest.fixture(autouse=True)
def _nothing_done() -> Iterator[None]:
    done.clear()
    failing.clear()
    yield
    done.clear()


def noted(organisation: Organisation, *names: str, **payload: Any) -> None:
    """Deliveries that are due, in one act's transaction."""
    with of_organisation(organisation.pk):
        for name in names:
            outbox.follow(
                None, EFFECT, name, {"organisation": str(organisation.pk), "name": name, **payload}, organisation
            )


def row(name: str) -> Delivery:
    """The delivery of that key."""
    with system():
        return Delivery.objects.get(effect=EFFECT, key=name)


def messages() -> list[str]:
    """The messages that the effect wrote."""
    with system():
        return sorted(Message.objects.values_list("title", flat=True))


@pytest.mark.django_db
def test_delivery_is_done_once() -> None:
    noted(make_organisation(), "a", "b")
    assert outbox.deliver_all() == 2
    assert outbox.deliver_all() == 0
    assert sorted(done) == messages() == ["a", "b"]
    assert row("a").done_at is not None
    assert row("a").attempts == 0


@pytest.mark.django_db
def test_delivery_that_fails_is_retried_after_a_growing_pause_and_leaves_nothing_half_done() -> None:
    noted(make_organisation(), "a")
    failing.add("a")
    pauses = []
    for attempt in range(1, len(outbox.PAUSES) + 2):
        before = timezone.now()
        assert outbox.deliver_all() == 1
        kept = row("a")
        assert (kept.done_at, kept.attempts, kept.last_error) == (None, attempt, "RuntimeError: 暂时不行")
        pauses.append(round((kept.due_at - before).total_seconds()))
        assert outbox.deliver_all() == 0, "not before the pause is over"
        with system():
            Delivery.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1))
    assert pauses == [*outbox.PAUSES, outbox.PAUSES[-1]]
    assert messages() == []
    failing.clear()
    assert outbox.deliver_all() == 1
    assert (done, messages(), row("a").last_error) == (["a"], ["a"], "")
    assert outbox.deliver_all() == 0


@pytest.mark.django_db
def test_failing_delivery_does_not_hold_up_the_others() -> None:
    noted(make_organisation(), "a", "b", "c")
    failing.add("a")
    assert outbox.deliver_all() == 3
    assert sorted(done) == ["b", "c"]


@pytest.mark.django_db
def test_what_an_act_leads_to_is_done_before_papers_and_before_what_nobody_waits_for() -> None:
    organisation = make_organisation()
    noted(organisation, "sample")
    with system():
        outbox.nobody_waits_for(row("sample").due_at)
        outbox.follow(None, SLOW_EFFECT, "paper", {"name": "paper"}, organisation)
    noted(organisation, "act")
    assert outbox.deliver_all() == 3
    assert done == ["act", "paper", "sample"]


@pytest.mark.django_db
def test_what_nobody_waits_for_is_typeset_once_nobody_acted_for_a_moment() -> None:
    organisation = make_organisation()
    with system():
        outbox.follow(None, SLOW_EFFECT, "paper of the sample", {"name": "paper of the sample"}, organisation)
    noted(organisation, "message of the sample")
    with system():
        outbox.nobody_waits_for(row("message of the sample").due_at - dt.timedelta(minutes=1))
    noted(organisation, "act")
    assert outbox.deliver_all() == 2
    assert done == ["act", "message of the sample"]
    with system():
        Delivery.objects.filter(key="act").update(done_at=timezone.now() - outbox.QUIET)
    assert outbox.deliver_all() == 1
    assert done[-1] == "paper of the sample"


@pytest.mark.django_db
def test_effect_follows_once_per_key() -> None:
    organisation = make_organisation()
    noted(organisation, "a")
    with pytest.raises(IntegrityError), transaction.atomic():
        noted(organisation, "a")


@pytest.mark.django_db
def test_notice_is_written_once_per_event_and_office() -> None:
    actor, other = make_actor(), make_organisation()
    filing = make_filing(actor)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        event = ledger.append(filing, "note", "一件事", actor, dossier=filing.dossier)
        notify(event, other, "请阅", "/desk/")
        notify(event, other, "再阅", "/desk/")
    outbox.deliver_all()
    with system():
        assert list(Message.objects.filter(organisation=other).values_list("title", flat=True)) == ["请阅"]


@pytest.mark.django_db
def test_deliveries_are_seen_by_no_office() -> None:
    organisation = make_organisation()
    noted(organisation, "a")
    with of_organisation(organisation.pk):
        assert Delivery.objects.count() == 0


def _together(work: Callable[[], None], times: int) -> None:
    """Run the same work in several connections at once; an error in any of them is raised here."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    if errors:
        raise errors[0]


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_do_each_delivery_once() -> None:
    with system():
        organisation = make_organisation(division=None, kind="kjt")
    names = [f"n{number}" for number in range(6)]
    noted(organisation, *names, wait=True)
    counts: list[int] = []
    _together(lambda: counts.append(outbox.deliver_all()), 2)
    assert sum(counts) == 6
    assert min(counts) > 0, "both worked at the same time"
    assert sorted(done) == messages() == names


@pytest.mark.django_db(transaction=True)
def test_act_holds_when_the_broker_is_gone(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    app = tasks.deliver_due.app
    before = app.conf.broker_url
    with system():
        organisation = make_organisation(kind="kjt")
    try:
        app.conf.broker_url = "redis+socket:///tmp/nobody-listens-here.sock"
        app.set_current()
        app.pool.force_close_all()
        noted(organisation, "a")
    finally:
        app.conf.broker_url = before
        app.pool.force_close_all()
    assert "the broker could not be told" in caplog.text
    assert row("a").done_at is None
    assert outbox.deliver_all() == 1
    assert done == ["a"]


@pytest.mark.django_db(transaction=True)
def test_delivery_of_an_act_that_failed_is_gone_with_it() -> None:
    with system():
        organisation = make_organisation(kind="kjt")
    with transaction.atomic():
        noted(organisation, "a")
        transaction.set_rollback(True)
    assert outbox.deliver_all() == 0


@pytest.mark.django_db(transaction=True)
def test_event_outside_a_transaction_is_refused() -> None:
    organisation = Organisation(pk=uuid.uuid4())
    with pytest.raises(RuntimeError, match="inside the transaction"):
        ledger.append(organisation, "note", "一件事", None, dossier=uuid.uuid4())
