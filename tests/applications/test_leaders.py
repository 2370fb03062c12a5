"""Who answers for a park by its plan stands in its ledger from the day of listing on."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.scope import system
from applications.models import Filing, FilingVersion
from indicators.models import Leader
from indicators.services import ledgers
from tests.factories import make_actor, make_park

pytestmark = pytest.mark.django_db


def test_ledger_begins_with_the_leaders_of_the_plan() -> None:
    park, other = make_park(), make_park()
    assert other.dossier != park.dossier
    fields = {
        "leader.main.name": "甲",
        "leader.main.post": "市长",
        "leader.deputy.name": "乙",
        "leader.deputy.post": " ",
    }
    with system():
        person = make_actor(park.tenant).person
        own = {"tenant": park.tenant, "dossier": park.dossier}
        filing = Filing.objects.create(**own, park_name=park.name, host_zone=park.host_zone, created_by=person)
        for serial, name in enumerate(("旧人", "甲"), start=1):
            told = {"serial": serial, "hash": "", "submitted_at": timezone.now(), "frozen_by": person}
            content = {"fields": {**fields, "leader.main.name": name}}
            FilingVersion.objects.create(**own, **told, filing=filing, content=content)
        assert len(ledgers.open_ledgers()) == 2
        [row] = Leader.objects.all()
    assert (row.role, row.name, row.post) == ("main", "甲", "市长")
    assert (row.since.isoformat(), row.note) == ("2026-03-02", "列入创建名单时的创建规划")
