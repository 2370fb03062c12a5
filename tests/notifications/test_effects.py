"""What follows from a signature: the real PDF, retried without its fonts; immutable papers; mail of invitations."""

from __future__ import annotations

import hashlib
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.scope import system
from notifications import signoff
from notifications.models import Paper
from tests.notifications.letters import FIELDS, Office
from workflow import outbox
from workflow.models import Delivery

pytestmark = pytest.mark.django_db


def deliveries(paper: Paper) -> Delivery:
    with system():
        return Delivery.objects.get(effect="notifications.render_paper", key=str(paper.pk))


def verify(path: Path) -> dict[str, object]:
    """What the command prints."""
    out = StringIO()
    call_command("verify_paper", str(path), stdout=out)
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer


def test_paper_is_rendered_with_its_hash() -> None:
    office = Office()
    office.bring_to("signed")
    outbox.deliver_all()
    paper = office.paper()
    assert deliveries(paper).last_error == ""
    content = paper.path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert (paper.file_state, paper.file_hash) == ("ready", hashlib.sha256(content).hexdigest())


def test_minus_of_a_formula_is_printed_and_signed_in_the_sign_of_papers() -> None:
    office = Office()
    with office.scope(office.handler):
        signoff.save_fields(office.draft, {**FIELDS, "subject": "增速 124.999 ÷ 100 − 1 复核"}, office.handler)
    office.bring_to("signed")
    outbox.deliver_all()
    paper = office.paper()
    assert (paper.file_state, paper.title) == ("ready", "关于增速 124.999 ÷ 100 － 1 复核的函")
    assert "\u2212" not in json.dumps(paper.data, ensure_ascii=False)


def test_missing_fonts_postpone_the_file_and_not_the_act(settings: Any, tmp_path: Path) -> None:
    from notifications.rendering import press

    office = Office()
    office.bring_to("signed")
    press._press.cache_clear()
    fonts = settings.FONTS_DIR
    settings.FONTS_DIR = tmp_path
    outbox.deliver_all()
    paper, row = office.paper(), deliveries(office.paper())
    assert (paper.file_state, paper.number != "", office.reload().status) == ("pending", True, "signed")
    assert row.last_error.startswith("FontsMissing")
    assert (row.done_at, row.attempts) == (None, 1)
    settings.FONTS_DIR = fonts
    with system():
        Delivery.objects.filter(pk=row.pk).update(due_at="2000-01-01T00:00Z")
    outbox.deliver_all()
    assert office.paper().file_state == "ready"


@pytest.mark.parametrize("column", ["number", "title", "data", "data_hash", "signer_name", "issued_on", "check_code"])
def test_signed_paper_cannot_be_changed(column: str) -> None:
    office = Office()
    office.bring_to("signed")
    value = {"data": "'{}'", "issued_on": "'1999-01-01'", "data_hash": "repeat('0', 64)"}.get(column, "'other'")
    paper = office.paper()
    statement = f"UPDATE notifications_paper SET {column} = {value} WHERE id = %s"
    with (
        system(),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute(statement, [paper.pk])


def test_signed_paper_cannot_be_deleted() -> None:
    office = Office()
    office.bring_to("signed")
    paper = office.paper()
    with (
        system(),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute("DELETE FROM notifications_paper WHERE id = %s", [paper.pk])


def test_verify_paper_knows_its_own_file_and_a_changed_one(tmp_path: Path) -> None:
    office = Office()
    office.bring_to("signed")
    outbox.deliver_all()
    paper = office.paper()
    answer = verify(paper.path)
    assert (answer["status"], answer["number"], answer["intact"]) == ("valid", paper.number, True)
    assert answer["signature"] == "unsigned"
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(paper.path.read_bytes() + b"\n% one more line")
    answer = verify(changed)
    assert (answer["status"], answer["number"], answer["intact"]) == ("valid", paper.number, False)
    assert answer["issued_sha256"] == paper.file_hash


def test_verify_paper_does_not_know_a_strange_file(tmp_path: Path) -> None:
    strange = tmp_path / "strange.pdf"
    strange.write_bytes(b"%PDF-1.4\nstream\n{broken\nendstream\n")
    answer = verify(strange)
    assert (answer["status"], answer["intact"], answer["number"]) == ("unknown", False, None)


@pytest.mark.parametrize("name", ["absent.pdf", "text.pdf"])
def test_verify_paper_refuses_what_is_no_pdf(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.pdf").write_text("plain text")
    with pytest.raises(CommandError) as refusal:
        verify(tmp_path / name)
    assert refusal.value.returncode == 2


def test_invitation_is_mailed_once_with_its_link(settings: Any) -> None:
    from accounts import services
    from tests.factories import make_actor

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    office = Office()
    actor = make_actor(office.organisation, "admin")
    with office.scope(actor):
        invitation = services.invite(actor, name="新同事", email="new@example.cn", role="handler")
    outbox.deliver_all()
    outbox.deliver_all()
    assert [message.to for message in mail.outbox] == [["new@example.cn"]]
    assert services.link_of(invitation) in mail.outbox[0].body
    with system():
        row = Delivery.objects.get(effect="accounts.invitation_mail")
    assert services.token_of(invitation) not in json.dumps(row.payload)


def test_withdrawn_invitation_is_not_mailed(settings: Any) -> None:
    from accounts import services
    from tests.factories import make_actor

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    office = Office()
    actor = make_actor(office.organisation, "admin")
    with office.scope(actor):
        invitation = services.invite(actor, name="新同事", email="new@example.cn", role="handler")
        services.withdraw(invitation)
    outbox.deliver_all()
    assert mail.outbox == []
