"""How the sample's people act: each under the scope of the own office, through the same services as the pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation, Post
from accounts.scope import enter, system
from notifications import signoff
from notifications.models import Paper
from reviews import services as reviews
from reviews.models import Case, Countersignature


@dataclass(frozen=True)
class Office:
    """An office with the three persons who sign its papers."""

    organisation: Organisation
    handler: Actor
    reviewer: Actor
    signer: Actor

    def as_(self, role: PostRole) -> AbstractContextManager[None]:
        """Act under this office's scope."""
        return enter(self.actor(role).scope)

    def actor(self, role: PostRole) -> Actor:
        """The office's person in a post."""
        return {PostRole.HANDLER: self.handler, PostRole.REVIEWER: self.reviewer, PostRole.SIGNER: self.signer}[role]

    def issue(
        self,
        kind: str,
        subject: models.Model,
        dossier: UUID,
        title: str,
        fields: dict[str, Any] | None = None,
        before: Callable[[], None] | None = None,
    ) -> Paper:
        """Draft, check and sign a paper, each by another person; its act happens with the signature.

        `before` is what other offices do between the check and the signature (会签).
        """
        with self.as_(PostRole.HANDLER):
            draft = signoff.start(kind, subject, dossier, title, self.handler)
            signoff.save_fields(draft, {**draft.fields, **(fields or {})}, self.handler)
            signoff.send(draft, self.handler)
        with self.as_(PostRole.REVIEWER):
            signoff.pass_on(draft, self.reviewer)
        if before is not None:
            before()
        with self.as_(PostRole.SIGNER):
            return signoff.sign(draft, self.signer)


def office(organisation: Organisation) -> Office:
    """The office of an organisation with a person of one post only where there is one."""
    roles = (PostRole.HANDLER, PostRole.REVIEWER, PostRole.SIGNER)
    posts = list(
        Post.objects.in_force()
        .select_related("person", "organisation")
        .filter(organisation=organisation, role__in=roles)
        .annotate(posts=models.Count("person__posts"))
        .order_by("posts", "person__username")
    )
    people: dict[PostRole, Actor] = {}
    for role in roles:
        taken = {actor.person.pk for actor in people.values()}
        post = next((one for one in posts if one.role == role and one.person_id not in taken), None)
        if post is None:
            raise LookupError(f"{organisation} has nobody as {role.label}")
        people[role] = Actor(post.person, post)
    return Office(organisation, people[PostRole.HANDLER], people[PostRole.REVIEWER], people[PostRole.SIGNER])


def countersign(case: Case, objecting: str = "") -> None:
    """Everybody who was asked countersigns the report of a case (会签, T12), but for an office (code) that objects."""
    with system():
        rows = list(Countersignature.objects.select_related("tenant", "case__tenant").filter(case=case, status="asked"))
        offices = [office(row.tenant) for row in rows]
    for row, desk in zip(rows, offices, strict=True):
        agrees = desk.organisation.code != objecting
        with desk.as_(PostRole.SIGNER):
            reviews.countersign(row, agrees, "" if agrees else "示例：红线避让方案还没有批复。", desk.signer)


def state_difference(case: Case, lead: Office) -> None:
    """省科技厅 could not settle what a department objects to: the report states both sides' grounds."""
    with lead.as_(PostRole.SIGNER):
        for row in Countersignature.objects.select_related("tenant", "case__filing").filter(
            case=case, status="objected"
        ):
            reviews.state_difference(row, "示例：已协商两次，建议不列入，避让方案批复后可以再报。", lead.signer)
