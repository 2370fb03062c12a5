"""Who is on a plan: shown with name and section, gone when they leave or fall silent, and nobody without the broker."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import redis
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import AccessLog
from accounts.scope import system
from applications import presence
from applications.models import Filing
from applications.selfcheck import page_of
from applications.views import carry
from tests.factories import make_actor, make_filing

pytestmark = pytest.mark.django_db


def beat(actor: Actor, filing: Filing, section: str, **more: str) -> Any:
    """What an open page of the actor says."""
    client = Client()
    client.force_login(actor.person)
    seal = {"person": str(actor.person.pk), "path": page_of(filing, section or "space"), "seen": {}}
    data = {"seal": signing.dumps(seal, salt=carry.SALT), "section": section, "page": "p1", **more}
    return client.post(reverse("applications:presence", args=[filing.pk]), data, headers={"X-Autosave": "1"})


def test_others_are_shown_with_name_office_and_section() -> None:
    first = make_actor(name="王经办")
    second = make_actor(first.organisation, name="李同事")
    filing = make_filing(first)
    assert beat(first, filing, "space").json() == {"others": []}
    office = first.organisation.short_name
    shown = {"name": "王经办", "organisation": office, "section": "功能分区与开发时序"}
    assert beat(second, filing, "leaders").json() == {"others": [shown]}
    assert [one["name"] for one in beat(first, filing, "").json()["others"]] == ["李同事"]
    assert beat(first, filing, "", leave="1").status_code == 204
    assert beat(second, filing, "leaders").json() == {"others": []}


def test_who_falls_silent_is_gone_within_a_minute() -> None:
    first, filing = make_actor(), None
    second = make_actor(first.organisation)
    filing = make_filing(first)
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        beat(first, filing, "space")
        clock.shift(dt.timedelta(seconds=15))
        assert len(beat(second, filing, "leaders").json()["others"]) == 1
        clock.shift(dt.timedelta(seconds=45))
        assert beat(second, filing, "leaders").json() == {"others": []}


def test_strangers_neither_see_nor_are_seen() -> None:
    owner, neighbour = make_actor(), make_actor()
    filing = make_filing(owner)
    beat(owner, filing, "space")
    assert beat(neighbour, filing, "space").status_code == 404
    assert beat(owner, filing, "space").json() == {"others": []}
    client = Client()
    address = reverse("applications:presence", args=[filing.pk])
    assert client.post(address, headers={"X-Autosave": "1"}).status_code == 401
    client.force_login(owner.person)
    assert client.post(address, {"section": "space"}).status_code == 403


def test_beats_do_not_fill_the_access_log() -> None:
    owner = make_actor()
    beat(owner, make_filing(owner), "space")
    with system():
        assert not AccessLog.objects.filter(view="applications:presence").exists()


def test_nobody_is_shown_without_the_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = make_actor()
    filing = make_filing(owner)
    gone = redis.Redis.from_url("redis://127.0.0.1:1/0", socket_connect_timeout=0.2)
    monkeypatch.setattr(presence, "_broker", lambda: gone)
    assert beat(owner, filing, "space").json() == {"others": []}
    assert beat(owner, filing, "space", leave="1").status_code == 204
