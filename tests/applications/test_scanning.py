"""Scanning never makes the writer wait; readers wait until a file is known to be clean."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.enums import OrganisationKind
from accounts.scope import of_organisation, system
from applications import attaching, completeness, freezing, scanning
from applications.display import material_list
from applications.models import Filing
from files import rules
from files.enums import ScanState
from files.models import Upload
from files.services import store, store_unsigned
from notifications.models import Message
from tests import clamd
from tests.applications.samples import PDF, fill
from tests.factories import make_actor, make_grant, make_organisation
from tests.files.scanners import free_port, scanner
from workflow import ledger, outbox
from workflow.models import Delivery

pytestmark = pytest.mark.django_db
INFECTED = PDF + b"% " + clamd.EICAR + b"\n"


@pytest.fixture
def lead() -> Actor:
    """A handler of 省科技厅."""
    return make_actor(make_organisation(OrganisationKind.LEAD))


def give(filing: Filing, actor: Actor, content: bytes = PDF, released: bool = False) -> Upload:
    """Give a file as the city does."""
    with of_organisation(actor.organisation.pk, actor.person.pk):
        sent = SimpleUploadedFile("规划.pdf", content)
        upload = attaching.attach(filing, "plan", [sent], actor)[0].upload
        if released:
            Upload.objects.filter(pk=upload.pk).update(released_at=timezone.now())
    return upload


def state(upload: Upload) -> str:
    """What is known of it now."""
    with system():
        return Upload.objects.get(pk=upload.pk).scan_state


def make_due() -> None:
    """The waiting time is over."""
    with system():
        Delivery.objects.filter(done_at=None).update(due_at=timezone.now())


def opened(upload: Upload, reader: Actor) -> tuple[int, str]:
    """Status and text of a download."""
    client = Client()
    client.force_login(reader.person)
    answer = client.get(reverse("files:download", args=[upload.pk]))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, content.decode(errors="replace")


def test_reader_waits_for_the_scan_and_the_owner_does_not(
    filing: Filing, actor: Actor, lead: Actor, settings: Any
) -> None:
    make_grant(filing.dossier, actor.organisation, lead.organisation, actor.organisation)
    with scanner() as settings.SCANNER:
        upload = give(filing, actor, released=True)
        assert opened(upload, actor)[0] == 200
        status, text = opened(upload, lead)
        assert status == 403
        assert "文件正在等待查毒，查完即可打开" in text
        outbox.deliver_all()
    assert state(upload) == ScanState.CLEAN
    assert opened(upload, lead)[0] == 200


def test_virus_is_shut_away_and_told_to_the_owner_and_to_whom_the_dossier_is_open(
    filing: Filing, actor: Actor, lead: Actor, settings: Any
) -> None:
    make_grant(filing.dossier, actor.organisation, lead.organisation, actor.organisation)
    with scanner() as settings.SCANNER:
        upload = give(filing, actor, INFECTED, released=True)
        outbox.deliver_all()
    assert state(upload) == ScanState.INFECTED
    for reader in (actor, lead):
        status, text = opened(upload, reader)
        assert status == 403
        assert "发现病毒，已经隔离" in text
    with system():
        told = Message.objects.filter(title="“规划.pdf”中发现病毒，已隔离").values_list("organisation", flat=True)
        assert set(told) == {actor.organisation.pk, lead.organisation.pk}
        event = ledger.history(filing.dossier).get(name="infected")
    assert event.data["signature"] == "Eicar-Test-Signature"
    client = Client()
    client.force_login(actor.person)
    page = client.get(reverse("applications:materials", args=[filing.pk])).content.decode()
    assert "发现病毒" in page
    assert reverse("files:download", args=[upload.pk]) not in page
    with of_organisation(actor.organisation.pk, actor.person.pk):
        assert any("创建规划" in str(gap.text) for gap in completeness.missing(filing))


def test_virus_in_a_draft_is_not_told_to_who_knows_nothing_of_the_draft(
    filing: Filing, actor: Actor, lead: Actor, settings: Any
) -> None:
    with scanner() as settings.SCANNER:
        give(filing, actor, INFECTED)
        outbox.deliver_all()
    with system():
        assert [row.organisation for row in Message.objects.all()] == [actor.organisation]


def test_virus_in_an_offices_own_file_is_told_to_that_office_alone(
    filing: Filing, actor: Actor, lead: Actor, settings: Any
) -> None:
    with scanner() as settings.SCANNER:
        with of_organisation(lead.organisation.pk, lead.person.pk):
            store(lead, filing.dossier, SimpleUploadedFile("踏勘.pdf", INFECTED))
        outbox.deliver_all()
    with system():
        assert [row.organisation for row in Message.objects.all()] == [lead.organisation]
        assert "踏勘" not in str(ledger.history(filing.dossier).get(name="infected").__dict__)
    with of_organisation(actor.organisation.pk, actor.person.pk):
        assert not ledger.history(filing.dossier).filter(name="infected").exists()


def test_scanner_that_is_down_is_waited_for(filing: Filing, actor: Actor, settings: Any) -> None:
    port = free_port()
    settings.SCANNER = f"tcp://127.0.0.1:{port}"
    upload = give(filing, actor)
    assert outbox.deliver_all() == 1
    assert state(upload) == ScanState.PENDING
    with system():
        delivery = Delivery.objects.get(effect=scanning.EFFECT)
    assert (delivery.attempts, delivery.done_at) == (1, None)
    assert dt.timedelta(seconds=20) < delivery.due_at - timezone.now() <= dt.timedelta(seconds=30)
    with system():
        Upload.objects.filter(pk=upload.pk).update(uploaded_at=timezone.now() - dt.timedelta(hours=3))
    make_due()
    outbox.deliver_all()
    with system():
        delivery.refresh_from_db()
    assert dt.timedelta(seconds=590) < delivery.due_at - timezone.now() <= dt.timedelta(seconds=600)
    with scanner(port=port):
        make_due()
        outbox.deliver_all()
    assert state(upload) == ScanState.CLEAN


@pytest.mark.parametrize("mode", ["dies", "babbles"])
def test_scanner_that_fails_leaves_the_file_waiting(filing: Filing, actor: Actor, settings: Any, mode: str) -> None:
    with scanner(mode) as settings.SCANNER:
        upload = give(filing, actor)
        outbox.deliver_all()
    assert state(upload) == ScanState.PENDING


def test_file_too_large_for_the_scanner_stays_shut_for_readers(filing: Filing, actor: Actor, settings: Any) -> None:
    reader = make_actor()
    with scanner("limit") as settings.SCANNER:
        upload = give(filing, actor)
        outbox.deliver_all()
        with system():
            upload.refresh_from_db()
        assert upload.scan_state == ScanState.FAILED
        assert rules.is_readable_by(upload, actor)
        assert "没有能够查毒" in rules.unreadable(upload, reader)


def test_file_of_a_stranger_is_shut_for_the_office_too_until_it_is_scanned(lead: Actor, settings: Any) -> None:
    with scanner() as settings.SCANNER:
        with of_organisation(lead.organisation.pk, lead.person.pk):
            upload = store_unsigned(lead.organisation, lead.organisation.pk, SimpleUploadedFile("异议.pdf", PDF))
        assert opened(upload, lead)[0] == 403
        outbox.deliver_all()
    assert opened(upload, lead)[0] == 200


def test_without_a_scanner_files_are_open_and_the_page_says_so(filing: Filing, actor: Actor) -> None:
    upload = give(filing, actor)
    assert rules.is_readable_by(upload, make_actor())
    with system():
        assert not Delivery.objects.filter(effect=scanning.EFFECT).exists()
    client = Client()
    client.force_login(actor.person)
    page = client.get(reverse("applications:materials", args=[filing.pk])).content.decode()
    assert "没有配置查毒服务，文件未经查毒" in page


def test_files_from_before_the_scanner_are_asked_for_once(filing: Filing, actor: Actor, settings: Any) -> None:
    upload = give(filing, actor)
    with system():
        Upload.objects.filter(pk=upload.pk).update(uploaded_at=timezone.now() - dt.timedelta(hours=1))
        assert scanning.ask_again() == 0
    with scanner() as settings.SCANNER:
        with system():
            assert [scanning.ask_again(), scanning.ask_again()] == [1, 0]
        outbox.deliver_all()
    assert state(upload) == ScanState.CLEAN


def test_version_is_frozen_while_its_files_wait_and_its_readers_wait_too(
    filing: Filing, actor: Actor, settings: Any
) -> None:
    reader = make_actor()
    make_grant(filing.dossier, actor.organisation, reader.organisation, actor.organisation)
    with scanner() as settings.SCANNER:
        fill(filing, actor)
        with of_organisation(actor.organisation.pk, actor.person.pk):
            version = freezing.freeze(filing, actor)
            freezing.release_files(version)
        shown = [file for row in material_list(version.content) for file in row["files"]]
        assert len(shown) == 12
        with system():
            upload = Upload.objects.filter(dossier=filing.dossier).first()
        assert upload is not None
        assert opened(upload, reader)[0] == 403
        outbox.deliver_all()
        assert opened(upload, reader)[0] == 200


def test_scan_files_scans_what_waits_and_what_failed_now(
    filing: Filing, actor: Actor, settings: Any, capsys: Any
) -> None:
    with pytest.raises(CommandError, match="没有配置查毒服务"):
        call_command("scan_files")
    waiting, failed = give(filing, actor), give(filing, actor)
    with system():
        Upload.objects.filter(pk=failed.pk).update(scan_state=ScanState.FAILED)
    settings.SCANNER = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(CommandError, match="没有应答") as error:
        call_command("scan_files")
    assert error.value.returncode == 2
    with scanner() as settings.SCANNER:
        call_command("scan_files")
        assert [state(waiting), state(failed)] == [ScanState.CLEAN, ScanState.FAILED]
        call_command("scan_files", "--failed")
    assert state(failed) == ScanState.CLEAN
    assert capsys.readouterr().out.count("stand-in：已查 1 个，还有 0 个待查。") == 2
