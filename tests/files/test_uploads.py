"""Uploads are taken by content and extension, kept privately under their hash, and served to whom they are open."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.scope import of_organisation, system
from files import services
from files.models import Upload
from tests.factories import make_actor, make_grant
from tests.files import corpus

pytestmark = pytest.mark.django_db
PDF, GOOD = corpus.PDF, corpus.GOOD


def store(actor: Actor, name: str, content: bytes, dossier: Any = None) -> Upload:
    """Store in the actor's scope."""
    with of_organisation(actor.organisation.pk, actor.person.pk):
        return services.store(actor, dossier or uuid4(), SimpleUploadedFile(name, content))


@pytest.mark.parametrize("name", GOOD)
def test_upload_is_kept_with_its_hash(name: str, private_root: Path) -> None:
    upload = store(make_actor(), name, GOOD[name])
    assert upload.path.read_bytes() == GOOD[name]
    assert upload.sha256 == hashlib.sha256(GOOD[name]).hexdigest()
    assert (upload.name, upload.size) == (name, len(GOOD[name]))
    assert upload.path.stat().st_mode & 0o077 == 0
    assert upload.path.is_relative_to(private_root)


def test_refused_upload_leaves_no_bytes(private_root: Path) -> None:
    with pytest.raises(services.UploadRefused, match="含有宏"):
        store(make_actor(), "宏.docx", corpus.docx(word__vbaProject_dot_bin=b"x"))
    assert [path for path in private_root.rglob("*") if path.is_file()] == []


def test_upload_over_the_limit_is_refused(settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    with pytest.raises(services.UploadRefused, match=r"超过单个文件的上限 1\.0\xa0MB"):
        store(make_actor(), "大.pdf", PDF + b"0" * 1024 * 1024)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\文件\\规划.pdf", "规划.pdf"),
        ("a\r\nb\x00c.pdf", "abc.pdf"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
        ("\u202efdp.exe", "fdp.exe"),
    ],
)
def test_name_is_made_harmless(sent: str, kept: str) -> None:
    assert services.clean_name(sent) == kept


def read(client: Client, upload: Upload) -> tuple[int, bytes]:
    """Status and bytes of a download."""
    answer = client.get(reverse("files:download", args=[upload.pk]))
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else b""


def test_download_is_an_attachment_that_no_browser_sniffs(client: Client) -> None:
    actor = make_actor()
    upload = store(actor, "规划 1.pdf", PDF)
    client.force_login(actor.person)
    answer = client.get(reverse("files:download", args=[upload.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E8%A7%84%E5%88%92%201.pdf"
    assert answer["Cache-Control"] == "private, no-store"


def test_download_is_open_to_the_owner_and_to_helpers_alone_until_released(client: Client) -> None:
    actor, helper, authority, neighbour = (make_actor() for _ in range(4))
    upload = store(actor, "规划.pdf", PDF)
    make_grant(upload.dossier, actor.organisation, helper.organisation, actor.organisation, "colleague")
    make_grant(upload.dossier, actor.organisation, authority.organisation, actor.organisation, "read")

    def seen_by(reader: Actor) -> int:
        client.force_login(reader.person)
        return read(client, upload)[0]

    assert [seen_by(reader) for reader in (actor, helper, authority, neighbour)] == [200, 200, 404, 404]
    with system():
        Upload.objects.filter(pk=upload.pk).update(released_at=upload.uploaded_at)
    assert [seen_by(reader) for reader in (actor, helper, authority, neighbour)] == [200, 200, 200, 404]


def test_download_needs_signing_in(client: Client) -> None:
    upload = store(make_actor(), "规划.pdf", PDF)
    assert read(client, upload)[0] == 302


def test_download_of_lost_bytes_is_not_found(client: Client) -> None:
    actor = make_actor()
    upload = store(actor, "规划.pdf", PDF)
    upload.path.unlink()
    client.force_login(actor.person)
    assert read(client, upload)[0] == 404


def discard_in_vain(actor: Actor, upload: Upload) -> None:
    """Discard in a transaction that is rolled back."""
    with of_organisation(actor.organisation.pk):
        services.discard(upload)
        raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_discard_removes_the_bytes_only_once_committed() -> None:
    actor = make_actor()
    upload = store(actor, "规划.pdf", PDF)
    path = upload.path
    with pytest.raises(RuntimeError):
        discard_in_vain(actor, upload)
    assert path.exists()
    with of_organisation(actor.organisation.pk):
        services.discard(Upload.objects.get(pk=path.name))
    assert not path.exists()


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-20", 206, slice(-20, None)),
        ("bytes=5-999999", 206, slice(5, None)),
        ("bytes=999999-", 416, slice(0, 0)),
        ("bytes=0-1,4-5", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
    ],
)
def test_download_can_be_taken_up_where_it_broke(client: Client, asked: str, status: int, part: slice) -> None:
    actor = make_actor()
    upload = store(actor, "规划.pdf", PDF)
    client.force_login(actor.person)
    answer = client.get(reverse("files:download", args=[upload.pk]), headers={"Range": asked})
    assert answer.status_code == status
    assert (b"".join(answer.streaming_content) if answer.streaming else answer.content) == PDF[part]
    if status == 206:
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Range"].endswith(f"/{len(PDF)}")
    stale = client.get(reverse("files:download", args=[upload.pk]), headers={"Range": asked, "If-Range": '"another"'})
    assert b"".join(stale.streaming_content) == PDF
