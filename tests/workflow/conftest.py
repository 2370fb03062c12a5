"""A dossier whose clocks can be started on any day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.models import Grant, Organisation
from accounts.scope import enter, system
from applications.models import Filing
from tests.factories import make_actor, make_filing, make_organisation
from workflow import clocks, instants, ledger
from workflow.models import Clock, Event


class Dossier:
    """A filing of a city, with the lead that works on it; events are counted as of a day."""

    def __init__(self) -> None:
        self.city = make_actor()
        self.lead = make_actor(make_organisation(OrganisationKind.LEAD))
        self.filing: Filing = make_filing(self.city)
        with system():
            self.open_to(self.lead.organisation, GrantLevel.ACT)

    def open_to(self, organisation: Organisation, level: str) -> None:
        """Open the dossier to another office."""
        Grant.objects.create(
            dossier=self.filing.dossier,
            tenant=self.city.organisation,
            organisation=organisation,
            granted_by=self.city.organisation,
            level=level,
        )

    def event(self, actor: Actor, day: dt.date, subject: Any = None) -> Event:
        """An act on a day: its event is written under the actor's scope, its time put back before it counts."""
        with enter(actor.scope):
            event = ledger.append(subject or self.filing, "test", "测试", actor, dossier=self.filing.dossier)
        event.at = instants.end_of(day) - dt.timedelta(hours=8)
        return event

    def start(self, day: dt.date, kind: str = "test_check", **more: Any) -> Clock:
        """A clock that counts from a day."""
        event = self.event(self.city, day)
        words: dict[str, Any] = {"organisation": self.lead.organisation, "address": "/x/", "title": "审查"} | more
        with enter(self.city.scope):
            return clocks.start(kind, self.filing, event, **words)


@pytest.fixture
def dossier() -> Dossier:
    """A dossier of its own."""
    return Dossier()


def again(clock: Clock) -> Clock:
    """The clock as it stands now."""
    with system():
        return Clock.objects.get(pk=clock.pk)
