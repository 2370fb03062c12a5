"""Who has a task in hand: taken within the office and post only, handed over when somebody leaves."""

from __future__ import annotations

import pytest

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.scope import enter
from tests.factories import make_actor, make_filing
from workflow import ledger, todo
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db


def task_of(handler: Actor) -> Task:
    filing = make_filing(handler)
    with enter(handler.scope):
        return todo.assign(
            filing, "test", "测试", "/x/", dossier=filing.dossier, organisation=handler.organisation,
            role=PostRole.HANDLER, by=handler.organisation,
        )  # fmt: skip


def test_colleague_of_the_post_takes_a_task() -> None:
    handler = make_actor()
    colleague, task = make_actor(handler.organisation), task_of(handler)
    with enter(handler.scope):
        assert todo.take(task, colleague.person, handler).assignee == colleague.person
        (event,) = ledger.history(task.dossier).filter(name="assign")
        assert (event.after, event.audience) == (colleague.person.name[:30], "office")


def test_person_of_another_post_or_office_cannot_take_it() -> None:
    handler = make_actor()
    signer, stranger, task = make_actor(handler.organisation, PostRole.SIGNER), make_actor(), task_of(handler)
    with enter(handler.scope):
        for person in (signer.person, stranger.person):
            with pytest.raises(Refused, match="不在这个岗位"):
                todo.take(task, person, handler)
    with enter(stranger.scope), pytest.raises(Task.DoesNotExist):
        todo.take(task, stranger.person, stranger)


def test_tasks_go_over_when_somebody_leaves() -> None:
    handler = make_actor()
    heir, signer = make_actor(handler.organisation), make_actor(handler.organisation, PostRole.SIGNER)
    admin = make_actor(handler.organisation, PostRole.ADMIN)
    tasks = [task_of(handler) for _n in range(2)]
    with enter(handler.scope):
        for task in tasks:
            todo.take(task, handler.person, handler)
        with pytest.raises(Refused, match="管理员"):
            todo.hand_over(handler.person, heir.person, heir, handler.organisation)
    with enter(admin.scope):
        assert todo.hand_over(handler.person, heir.person, admin, handler.organisation) == 2
        assert set(Task.objects.values_list("assignee", flat=True)) == {heir.person.pk}
        assert todo.hand_over(heir.person, signer.person, admin, handler.organisation) == 2
        assert set(Task.objects.values_list("assignee", flat=True)) == {None}
