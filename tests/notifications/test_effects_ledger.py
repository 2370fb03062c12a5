"""The chain of events: sound as written, and every way of tampering is found."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.scope import system
from tests.notifications.letters import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """An office whose dossier has three events."""
    made = Office()
    made.bring_to("signed")
    return made


def verify() -> tuple[int, str]:
    """Exit code and standard output of the command."""
    out, progress = StringIO(), StringIO()
    try:
        call_command("verify_ledger", stdout=out, stderr=progress)
    except CommandError as error:
        return error.returncode, out.getvalue()
    assert "正在核验" in progress.getvalue()
    return 0, out.getvalue()


def tamper(statement: str, office: Office) -> None:
    """What an owner of the database could do behind the portal's back."""
    with system(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE workflow_event DISABLE TRIGGER append_only")
        cursor.execute(statement, [office.draft.dossier])
        cursor.execute("ALTER TABLE workflow_event ENABLE TRIGGER append_only")


def test_ledger_as_written_is_sound(office: Office) -> None:
    code, text = verify()
    assert code == 0
    assert "完整" in text


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE workflow_event SET reason = 'other' WHERE dossier = %s AND serial = 2", "event 2 pass_on"),
        ("UPDATE workflow_event SET actor_name = 'other' WHERE dossier = %s AND serial = 1", "event 1 send"),
        ("UPDATE workflow_event SET at = at + interval '1 s' WHERE dossier = %s AND serial = 3", "event 3 sign"),
        ("UPDATE workflow_event SET data = '{\"x\": 1}' WHERE dossier = %s AND serial = 1", "event 1 send"),
        ("DELETE FROM workflow_event WHERE dossier = %s AND serial = 2", "event 3 sign"),
        ("DELETE FROM workflow_event WHERE dossier = %s AND serial = 3", "chain of 3"),
        ("UPDATE workflow_chain SET head = repeat('0', 64) WHERE dossier = %s", "chain of 3"),
        ("UPDATE workflow_chain SET length = 2 WHERE dossier = %s", "chain of 2"),
        ("DELETE FROM workflow_chain WHERE dossier = %s", "belongs to no chain"),
    ],
)
def test_tampering_is_found_at_its_place(office: Office, statement: str, found: str) -> None:
    tamper(statement, office)
    code, text = verify()
    assert code == 1
    assert str(office.draft.dossier) in text
    assert found in text


def test_events_cannot_be_changed_through_the_portal(office: Office) -> None:
    for statement in ("UPDATE workflow_event SET reason = 'x'", "DELETE FROM workflow_event"):
        refused = pytest.raises(DatabaseError, match="append-only")
        with system(), connection.cursor() as cursor, refused, transaction.atomic():
            cursor.execute(f"{statement} WHERE dossier = %s", [office.draft.dossier])
