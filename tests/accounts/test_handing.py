"""When a person leaves: what is in hand is shown and handed over, a post is never ended over open work."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import handing, services
from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Post
from accounts.scope import enter, system
from notifications import signoff
from notifications.models import Draft
from tests.factories import make_actor, make_filing, make_grant, make_organisation
from workflow import ledger, todo
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db


class Office:
    """省科技厅 with two handlers, a reviewer and an administrator, and a filing that it works on."""

    def __init__(self) -> None:
        self.organisation = make_organisation(OrganisationKind.LEAD)
        self.leaver, self.heir = (make_actor(self.organisation, PostRole.HANDLER, name) for name in ("甲某", "乙某"))
        self.reviewer = make_actor(self.organisation, PostRole.REVIEWER)
        self.admin = make_actor(self.organisation, PostRole.ADMIN)
        self.filing = make_filing()
        make_grant(self.filing.dossier, self.filing.tenant, self.organisation, self.filing.tenant, "act")
        with enter(self.leaver.scope):
            self.draft = signoff.start("rejection", self.filing, self.filing.dossier, "不予受理通知书", self.leaver)
            self.task = self._task("formal_check", PostRole.HANDLER)
            todo.take(self.task, self.leaver.person, self.leaver)

    def _task(self, kind: str, role: str) -> Task:
        return todo.assign(
            self.filing, kind, f"办理{kind}", "/", dossier=self.filing.dossier, organisation=self.organisation,
            role=role, by=self.organisation,
        )  # fmt: skip

    def end(self, post: Post, to: Actor | None = None) -> int:
        """The administrator ends a post, everything in hand going to one person."""
        with enter(self.admin.scope):
            held = handing.held_in(post)
            chosen = {one.field: to.person for one in held} if to else {}
            return services.end_post(post, timezone.localdate() - dt.timedelta(days=1), self.admin, chosen)


@pytest.fixture
def office() -> Office:
    return Office()


def test_post_is_not_ended_over_work_in_hand(office: Office) -> None:
    with pytest.raises(ValidationError, match="还有 2 件在办事项没有选定接办人"):
        office.end(office.leaver.post)
    office.leaver.post.refresh_from_db()
    assert office.leaver.post.valid_to is None


def test_what_is_in_hand_goes_to_another_of_the_same_post_and_is_recorded(office: Office) -> None:
    assert office.end(office.leaver.post, office.heir) == 2
    with system():
        office.draft.refresh_from_db()
        office.task.refresh_from_db()
        events = ledger.history(office.filing.dossier).filter(name__in=["hand_over", "assign"])
        told = {(event.name, event.before, event.after, event.actor_name) for event in events}
    assert (office.draft.handler, office.task.assignee) == (office.heir.person, office.heir.person)
    by = office.admin.person.name
    assert ("hand_over", "甲某", "乙某", by) in told
    assert ("assign", "甲某", "乙某", by) in told
    office.leaver.post.refresh_from_db()
    assert office.leaver.post.valid_to is not None
    with enter(office.heir.scope):
        signoff.save_fields(office.draft, {"reasons": "接着写"}, office.heir)


def test_work_goes_neither_to_another_post_nor_to_another_office(office: Office) -> None:
    for other in (office.reviewer, make_actor(make_organisation(OrganisationKind.DEPARTMENT))):
        with pytest.raises(ValidationError, match="没有选定接办人"):
            office.end(office.leaver.post, other)
        with enter(office.admin.scope), pytest.raises(Refused, match="不是本单位的经办人"):
            signoff.hand_over(office.draft, other.person, office.admin)


def test_same_person_never_acts_twice_on_a_draft_that_was_handed_over(office: Office) -> None:
    Post.objects.create(person=office.heir.person, organisation=office.organisation, role=PostRole.REVIEWER)
    office.end(office.leaver.post, office.heir)
    both = Actor(office.heir.person, office.heir.person.posts.get(role=PostRole.REVIEWER))
    with enter(office.heir.scope):
        signoff.save_fields(office.draft, {"reasons": "理由"}, office.heir)
    with system():
        Draft.objects.filter(pk=office.draft.pk).update(status="checking")
    with enter(both.scope), pytest.raises(Refused):
        signoff.pass_on(office.draft, both)


def test_only_one_of_a_post_leaves_after_somebody_else_was_invited(office: Office) -> None:
    with enter(office.leaver.scope):
        office._task("check", PostRole.REVIEWER)
    with pytest.raises(ValidationError, match="没有选定接办人"):
        office.end(office.reviewer.post)
    make_actor(office.organisation, PostRole.REVIEWER)
    assert office.end(office.reviewer.post) == 0


def test_person_with_nothing_in_hand_leaves_at_once(office: Office) -> None:
    assert office.end(office.heir.post) == 0


def test_draft_under_check_stays_with_the_office_and_names_who_sent_it(office: Office) -> None:
    with system():
        Draft.objects.filter(pk=office.draft.pk).update(status="checking")
        todo.close(office.task, office.leaver)
    with enter(office.admin.scope):
        assert [one.kind for one in handing.held_in(office.leaver.post)] == ["task"]
        with pytest.raises(Refused, match="已送审"):
            signoff.hand_over(office.draft, office.heir.person, office.admin)


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_administrator_sees_what_is_in_hand_and_hands_it_over(client: Client, office: Office) -> None:
    client.force_login(office.admin.person)
    page = reverse("accounts:end_post", args=[office.leaver.post.pk])
    shown = text_of(client.get(page))
    assert "还有 2 件在办事项" in shown
    assert "不予受理通知书" in shown
    day = timezone.localdate().isoformat()
    refused = client.post(page, {"last_day": day})
    assert "没有选定接办人" in text_of(refused)
    assert client.post(page, {"last_day": day, "everything": str(office.heir.person.pk)}).status_code == 302
    with system():
        office.draft.refresh_from_db()
    assert office.draft.handler == office.heir.person
