"""Nobody opens, or writes into, a dossier that is neither theirs nor opened to them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.models import Grant, Organisation
from accounts.scope import of_organisation, system
from applications.models import Filing, FilingVersion
from notifications.models import Paper
from reviews.models import Case, Opinion
from tests.factories import make_actor, make_filing, make_grant, make_organisation, make_paper
from workflow.models import Event

pytestmark = pytest.mark.django_db


class World:
    """A filing of one city, opened to an authority that acts and a department that reads; and a stranger."""

    def __init__(self) -> None:
        self.owner, self.stranger = make_actor(), make_actor()
        self.authority = make_actor(make_organisation(OrganisationKind.LEAD))
        self.reader = make_actor(make_organisation(OrganisationKind.DEPARTMENT))
        self.third = make_organisation(OrganisationKind.DEPARTMENT)
        self.filing: Filing = make_filing(self.owner)
        for actor, level in ((self.authority, GrantLevel.ACT), (self.reader, GrantLevel.READ)):
            make_grant(self.filing.dossier, self.filing.tenant, actor.organisation, self.filing.tenant, level)
        with system():
            version = FilingVersion.objects.create(
                tenant=self.filing.tenant,
                dossier=self.filing.dossier,
                filing=self.filing,
                serial=1,
                content={},
                hash="0" * 64,
                frozen_by=self.owner.person,
            )
            self.case = Case.objects.create(
                dossier=self.filing.dossier,
                tenant=self.filing.tenant,
                filing=self.filing,
                version=version,
                inquiry_paper=make_paper(self.filing.tenant, dossier=self.filing.dossier),
            )


@pytest.fixture
def world() -> World:
    """One dossier."""
    return World()


def writes(actor: Actor, row: Any) -> bool:
    """Whether the actor's scope lets the row in, with every tie checked at once; it is taken back."""
    try:
        with of_organisation(actor.organisation.pk, actor.person.pk), transaction.atomic():
            row.save(force_insert=True)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def grant(world: World, actor: Actor, tenant: Organisation, dossier: uuid.UUID | None = None) -> Grant:
    """The dossier opened to a third office in the actor's name."""
    return Grant(
        dossier=dossier or world.filing.dossier,
        tenant=tenant,
        organisation=world.third,
        granted_by=actor.organisation,
        level=GrantLevel.ACT,
    )


def test_dossier_is_opened_by_its_owner_and_by_who_acts_on_it(world: World) -> None:
    assert writes(world.owner, grant(world, world.owner, world.filing.tenant))
    assert writes(world.authority, grant(world, world.authority, world.filing.tenant))


@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_dossier_is_opened_by_nobody_else(world: World, who: str) -> None:
    actor: Actor = getattr(world, who)
    assert not writes(actor, grant(world, actor, world.filing.tenant))
    assert not writes(actor, grant(world, actor, actor.organisation)), "nor by calling it one's own"


def test_dossier_is_not_opened_in_anothers_name(world: World) -> None:
    assert not writes(world.stranger, grant(world, world.owner, world.filing.tenant))


def event(world: World, actor: Actor, tenant: Organisation) -> Event:
    """An event of the actor's making in the dossier."""
    return Event(
        dossier=world.filing.dossier, tenant=tenant, serial=99, subject_type="x", subject_id=uuid.uuid4(), name="x",
        label="x", actor_organisation=actor.organisation, actor_person=actor.person, hash="0" * 64,
    )  # fmt: skip


def paper(world: World, actor: Actor, tenant: Organisation) -> Paper:
    """A paper of the actor's office in the dossier."""
    return Paper(
        tenant=tenant, dossier=world.filing.dossier, kind="x", code="x", year=2026, serial=1, number="x", title="x",
        issued_on="2026-01-01", issuer_name="x", signer_name="x", template_version="1", data_hash="0" * 64,
        check_code=uuid.uuid4().hex[:20],
    )  # fmt: skip


def opinion(world: World, actor: Actor, tenant: Organisation) -> Opinion:
    """A third office asked for its opinion by the actor's."""
    return Opinion(dossier=world.filing.dossier, tenant=world.third, case=world.case, requested_by=actor.organisation)


@pytest.mark.parametrize("make", [event, paper, opinion])
def test_stranger_writes_nothing_into_a_dossier(world: World, make: Callable[..., Any]) -> None:
    for tenant in (world.stranger.organisation, world.filing.tenant):
        assert not writes(world.stranger, make(world, world.stranger, tenant))


@pytest.mark.parametrize("make", [paper, opinion])
def test_authority_writes_into_a_dossier_opened_to_it(world: World, make: Callable[..., Any]) -> None:
    assert writes(world.authority, make(world, world.authority, world.authority.organisation))


def test_department_asks_nobody_for_an_opinion(world: World) -> None:
    assert not writes(world.reader, opinion(world, world.reader, world.reader.organisation))
    assert writes(world.reader, paper(world, world.reader, world.reader.organisation))


def test_event_is_written_by_who_takes_part(world: World) -> None:
    for actor in (world.owner, world.authority, world.reader):
        assert writes(actor, event(world, actor, world.filing.tenant))
