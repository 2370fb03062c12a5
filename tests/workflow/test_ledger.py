"""Tampering with the ledger does not go unseen."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from accounts.scope import of_organisation, system
from applications.models import Filing
from tests.factories import make_actor, make_filing
from workflow import ledger
from workflow.enums import Audience
from workflow.models import Chain, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing() -> Filing:
    """A filing with five events."""
    actor = make_actor()
    made = make_filing(actor)
    with system():
        for number in range(1, 6):
            ledger.append(made, "note", f"第{number}件", actor, dossier=made.dossier, data={"n": number})
    return made


def run(sql: str, *values: object) -> None:
    """As the owner role under the system scope, with the trigger that forbids it switched off."""
    with system(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE workflow_event DISABLE TRIGGER append_only")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE workflow_event ENABLE TRIGGER append_only")


def found(filing: Filing) -> list[str]:
    """What is wrong with the chain of the filing."""
    with system():
        return [what for where, what in ledger.broken() if where.dossier == filing.dossier]


def test_untouched_chain_holds(filing: Filing) -> None:
    assert found(filing) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("label", "改过"), ("reason", "改过"), ("name", "x"), ("after", "listed"), ("before", "draft"), ("basis", "x"),
        ("audience", "office"), ("actor_name", "别人"), ("actor_post", "x"), ("actor_organisation_name", "x"),
        ("data", '{"n": 9}'), ("at", "2013-01-01T00:00:00Z"), ("subject_type", "x"), ("actor_person_id", None),
        ("actor_organisation_id", None),
    ],
)  # fmt: skip
def test_changed_column_is_found(filing: Filing, column: str, value: str | None) -> None:
    run(f'UPDATE workflow_event SET "{column}" = %s WHERE dossier = %s AND serial = 3', value, filing.dossier)
    assert found(filing) == ["its content does not match its hash"]


def test_event_rehashed_after_a_change_is_found(filing: Filing) -> None:
    with system():
        event = Event.objects.get(dossier=filing.dossier, serial=3)
    event.label = "改过"
    run("UPDATE workflow_event SET label = '改过', hash = %s WHERE id = %s", ledger.hash_of(event), event.pk)
    assert found(filing) == ["does not follow the event before it"]


def test_removed_event_is_found(filing: Filing) -> None:
    run("DELETE FROM workflow_event WHERE dossier = %s AND serial = 3", filing.dossier)
    assert found(filing) == [
        *("serial 4 where 3 is due", "does not follow the event before it", "serial 5 where 4 is due"),
        "the chain's head does not match its last event",
    ]


def test_cut_off_end_is_found(filing: Filing) -> None:
    run("DELETE FROM workflow_event WHERE dossier = %s AND serial = 5", filing.dossier)
    assert found(filing) == ["the chain's head does not match its last event"]


def copied(event: Event, **changes: object) -> Event:
    """A new event with the content of another."""
    made = Event(**{field.attname: getattr(event, field.attname) for field in Event._meta.fields[1:]})
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def test_slipped_in_event_is_found(filing: Filing) -> None:
    with system():
        last = Event.objects.get(dossier=filing.dossier, serial=5)
        made = copied(last, serial=6, previous_hash=last.hash)
        made.hash = ledger.hash_of(made)
        Event.objects.bulk_create([made])
    assert found(filing) == ["the chain's head does not match its last event"]


def test_second_event_with_a_serial_is_refused(filing: Filing) -> None:
    with system():
        made = copied(Event.objects.get(dossier=filing.dossier, serial=5))
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.bulk_create([made])


@pytest.mark.parametrize("audience", Audience.values)
def test_stranger_appends_to_no_chain_and_sees_no_event(filing: Filing, audience: str) -> None:
    stranger = make_actor()
    with of_organisation(stranger.organisation.pk, stranger.person.pk):
        assert list(ledger.history(filing.dossier)) == []
        with pytest.raises(Chain.DoesNotExist):
            ledger.append(filing, "note", "插入", stranger, dossier=filing.dossier, audience=audience)
    assert found(filing) == []
