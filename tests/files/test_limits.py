"""Quotas, a full disk, and what is cleared away when nobody comes back for it."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import resource
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.actors import Actor
from accounts.scope import of_organisation, system
from applications.models import Filing
from files import sweeping
from files.models import Incoming, Upload
from files.services import UploadRefused, accept_upload, store
from tests.factories import make_filing
from tests.files import corpus
from tests.files.sending import Sender
from tests.files.test_tus import CONTENT, HASH

pytestmark = pytest.mark.django_db
DAY = 24 * 3600


def take(sender: Sender, actor: Actor) -> Upload:
    """Keep what arrived."""
    with of_organisation(actor.organisation.pk, actor.person.pk):
        return accept_upload(actor, sender.dossier, Incoming.objects.get(pk=sender.pk))


def age(path: Path, seconds: float = 2 * DAY) -> None:
    """As if the file had been written so long ago."""
    then = time.time() - seconds
    os.utime(path, (then, then))


# -- Quotas ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("setting", "whose"),
    [("UPLOAD_QUOTA_FILING_BYTES", "本申报"), ("UPLOAD_QUOTA_ORGANISATION_BYTES", "本单位")],
)
def test_quota_counts_files_that_are_there_and_those_on_their_way(
    sender: Sender, actor: Actor, filing: Filing, settings: Any, setting: str, whose: str
) -> None:
    with of_organisation(actor.organisation.pk, actor.person.pk):
        store(actor, filing.dossier, corpus.document("一"))
    size = len(corpus.document("一").read())
    setattr(settings, setting, size + 5000)
    assert sender.open("规划.docx", 3000).status_code == 201
    answer = sender.open("规划.docx", 2001)
    assert answer.status_code == 413
    assert f"{whose}的文件已占" in answer.json()["reasons"][0]
    assert "请先删除不用的文件" in answer.json()["reasons"][0]
    assert sender.open("规划.docx", 2000).status_code == 201


def test_quota_of_one_filing_leaves_another_its_own(actor: Actor, filing: Filing, settings: Any) -> None:
    settings.UPLOAD_QUOTA_FILING_BYTES = 5000
    assert Sender.of(actor, filing).open("规划.docx", 4000).status_code == 201
    assert Sender.of(actor, filing).open("规划.docx", 4000).status_code == 413
    assert Sender.of(actor, make_filing(actor)).open("规划.docx", 4000).status_code == 201


def test_largest_file_is_that_of_the_material(actor: Actor, filing: Filing) -> None:
    assert Sender.of(actor, filing, purpose="material.commitment").open("承诺.pdf", 51 << 20).status_code == 413
    assert Sender.of(actor, filing, purpose="material.plan").open("规划.pdf", 51 << 20).status_code == 201
    assert Sender.of(actor, filing, purpose="material.commitment").open("承诺.xlsx", 100).status_code == 422


# -- A full disk ----------------------------------------------------------------------------------
@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_full_disk_keeps_what_arrived_and_goes_on_when_there_is_room(sender: Sender, actor: Actor) -> None:
    sender.open("规划.docx", len(CONTENT))
    sender.send(0, CONTENT[:10_000])
    with largest_file(30_000):
        answer = sender.send(10_000, CONTENT[10_000:])
    assert answer.status_code == 507
    assert "存储空间不足" in answer.json()["reasons"][0]
    offset = sender.offset()
    assert 10_000 <= offset <= 30_000
    assert sender.send(offset, CONTENT[offset:])["Upload-Sha256"] == HASH


def test_full_disk_refuses_a_form_without_leaving_half_a_file(actor: Actor, filing: Filing, private_root: Path) -> None:
    sent = corpus.document("一")
    with (
        largest_file(500),
        pytest.raises(UploadRefused, match="存储空间不足"),
        of_organisation(actor.organisation.pk, actor.person.pk),
    ):
        store(actor, filing.dossier, sent)
    assert [path for path in private_root.rglob("*") if path.is_file()] == []


@pytest.fixture
def small_disk(private_root: Path) -> Iterator[Path]:
    """The place of uploads is a disk of one megabyte."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(private_root)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting takes root")
    yield private_root
    subprocess.run(["umount", str(private_root)], check=True)


def test_disk_that_really_is_full_is_said_at_once_and_in_the_middle(
    small_disk: Path, sender: Sender, settings: Any
) -> None:
    settings.UPLOAD_RESERVE_BYTES = 0
    assert sender.open("规划.docx", 2 << 20).status_code == 507
    assert sender.open("规划.docx", len(CONTENT)).status_code == 201
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * ((1 << 20) - 24_000))
    answer = sender.send(0, CONTENT)
    assert answer.status_code == 507
    offset = sender.offset()
    assert offset < 24_000
    filler.unlink()
    assert sender.send(offset, CONTENT[offset:])["Upload-Sha256"] == HASH


# -- What nobody comes back for -------------------------------------------------------------------
def test_file_that_is_taken_up_again_is_kept_longer(sender: Sender, actor: Actor, settings: Any) -> None:
    settings.UPLOAD_KEPT_HOURS = 24
    sender.open("规划.docx", len(CONTENT))
    with of_organisation(actor.organisation.pk, actor.person.pk):
        row = Incoming.objects.get(pk=sender.pk)
        Incoming.objects.filter(pk=row.pk).update(expires_at=timezone.now() + dt.timedelta(minutes=1))
        sender.send(0, CONTENT[:10])
        row.refresh_from_db()
    assert row.expires_at > timezone.now() + dt.timedelta(hours=23)


def test_abandoned_file_is_gone_for_its_owner_and_then_from_the_disk(sender: Sender, actor: Actor) -> None:
    sender.open("规划.docx", len(CONTENT))
    sender.send(0, CONTENT[:5000])
    with of_organisation(actor.organisation.pk, actor.person.pk):
        row = Incoming.objects.get(pk=sender.pk)
    with system():
        assert sweeping.sweep() == sweeping.Swept()
        Incoming.objects.filter(pk=row.pk).update(expires_at=timezone.now())
        assert sender.head().status_code == 404
        assert sweeping.sweep(dry_run=True) == sweeping.Swept(1, 0, 5000)
        assert row.path.exists()
        assert sweeping.sweep() == sweeping.Swept(1, 0, 5000)
    assert not row.path.exists()


def test_sweep_takes_old_files_without_a_row_and_nothing_else(
    sender: Sender, actor: Actor, filing: Filing, private_root: Path
) -> None:
    with of_organisation(actor.organisation.pk, actor.person.pk):
        kept = store(actor, filing.dossier, corpus.document("一"))
    sender.open("规划.docx", len(CONTENT))
    with system():
        arriving = Incoming.objects.get(pk=sender.pk)
    other = "11111111-2222-4333-8444-555555555555"
    orphans = [
        kept.path.with_name(other),
        kept.path.with_name(f".incoming-{other}"),
        arriving.path.with_name(other),
    ]
    strange = [private_root / "papers" / other, kept.path.with_name("README"), private_root / other]
    young = kept.path.with_name("66666666-2222-4333-8444-555555555555")
    (private_root / "papers").mkdir()
    for path in (*orphans, *strange, young):
        path.write_bytes(b"x" * 7)
    for path in (*orphans, *strange, kept.path, arriving.path):
        age(path)
    with system():
        assert sweeping.sweep() == sweeping.Swept(0, 3, 21)
    assert not any(path.exists() for path in orphans)
    assert all(path.exists() for path in (*strange, young, kept.path, arriving.path))


def test_file_that_was_taken_long_after_it_arrived_is_not_swept_before_it_is_committed(
    sender: Sender, actor: Actor
) -> None:
    sender.whole("规划.docx", CONTENT)
    with system():
        age(Incoming.objects.get(pk=sender.pk).path)
    upload = take(sender, actor)
    with system():
        Upload.objects.filter(pk=upload.pk).delete()
        assert sweeping.sweep() == sweeping.Swept()
    assert upload.path.exists()


def test_taken_file_is_the_one_that_was_sent(
    sender: Sender, actor: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    sender.whole("规划.docx", CONTENT)
    with system():
        arriving = Incoming.objects.get(pk=sender.pk).path
    with django_capture_on_commit_callbacks(execute=True):
        upload = take(sender, actor)
    assert hashlib.sha256(upload.path.read_bytes()).hexdigest() == upload.sha256 == HASH
    assert (upload.name, upload.size) == ("规划.docx", len(CONTENT))
    assert not arriving.exists()
    assert sender.head().status_code == 404


# -- Whether all is there -------------------------------------------------------------------------
def test_verify_files_names_what_was_altered_or_lost(actor: Actor, filing: Filing, capsys: Any) -> None:
    with of_organisation(actor.organisation.pk, actor.person.pk):
        rows = [store(actor, filing.dossier, corpus.document(name)) for name in ("好", "改", "短", "丢")]
    call_command("verify_files")
    assert "4 个文件完整" in capsys.readouterr().out
    content = bytearray(rows[1].path.read_bytes())
    content[100] ^= 1
    rows[1].path.write_bytes(content)
    rows[2].path.write_bytes(b"x")
    rows[3].path.unlink()
    with pytest.raises(CommandError, match="4 个文件中有 3 个") as error:
        call_command("verify_files")
    assert error.value.returncode == 1
    lines = capsys.readouterr().out.splitlines()
    found = {line.split(" ")[1]: line.rpartition(": ")[2] for line in lines}
    assert found["改.pdf"] == "its bytes do not match its hash"
    assert found["短.pdf"].startswith("1 bytes where")
    assert "好.pdf" not in found
    assert len(lines) == 3


def test_sweep_files_says_what_it_did(sender: Sender, capsys: Any) -> None:
    call_command("sweep_files", "--dry-run")
    assert capsys.readouterr().out == "可清理：未传完 0 个，无登记 0 个，共 0 字节。\n"
