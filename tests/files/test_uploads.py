"""Uploads are taken by content and extension, kept privately under their hash, and served to whom they are open."""

from __future__ import annotations

import hashlib
import io
import zipfile
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

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
OLE = services.OLE_SIGNATURE + b"\0" * 600


@pytest.fixture(autouse=True)
def private_root(settings: Any, tmp_path: Path) -> Path:
    """Uploads of a test go to its temporary folder."""
    settings.PRIVATE_ROOT = tmp_path
    return tmp_path


def package(*members: str) -> bytes:
    """A zip package that holds the members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for member in members:
            archive.writestr(member, "<x/>")
    return made.getvalue()


def store(actor: Actor, name: str, content: bytes, dossier: Any = None) -> Upload:
    """Store in the actor's scope."""
    with of_organisation(actor.organisation.pk, actor.person.pk):
        return services.store(actor, dossier or uuid4(), SimpleUploadedFile(name, content))


GOOD = {
    "规划.pdf": PDF,
    "规划.PDF": PDF,
    "图.png": PNG,
    "图.jpg": JPEG,
    "图.jpeg": JPEG,
    "旧.doc": OLE,
    "旧.xls": OLE,
    "旧.wps": OLE,
    "新.docx": package("[Content_Types].xml", "word/document.xml"),
    "新.xlsx": package("[Content_Types].xml", "xl/workbook.xml"),
    "版式.ofd": package("OFD.xml"),
}


@pytest.mark.parametrize("name", GOOD)
def test_upload_is_kept_with_its_hash(name: str, private_root: Path) -> None:
    upload = store(make_actor(), name, GOOD[name])
    assert upload.path.read_bytes() == GOOD[name]
    assert upload.sha256 == hashlib.sha256(GOOD[name]).hexdigest()
    assert (upload.name, upload.size) == (name, len(GOOD[name]))
    assert upload.path.stat().st_mode & 0o077 == 0
    assert upload.path.is_relative_to(private_root)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.pdf", b"", "空文件"),
        ("脚本.exe", b"MZ", "格式不接受"),
        ("网页.html", b"<html>", "格式不接受"),
        ("图.svg", b"<svg/>", "格式不接受"),
        ("假.pdf", b"<html>", "不符"),
        ("假.pdf", b"MZ" + b"\0" * 100, "不符"),
        ("假.png", PDF, "不符"),
        ("假.doc", package("word/document.xml"), "不符"),
        ("假.docx", package("a.exe"), "不是真正的文档"),
        ("断.docx", GOOD["新.docx"][:60], "已损坏"),
        ("宏.docx", package("word/document.xml", "word/vbaProject.bin"), "含有宏"),
        ("无扩展名", PDF, "格式不接受"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # the bytes of a package hold the time of making it
)
def test_upload_is_refused_with_the_reason(name: str, content: bytes, reason: str, private_root: Path) -> None:
    with pytest.raises(services.UploadRefused, match=reason):
        store(make_actor(), name, content)
    assert [path for path in private_root.rglob("*") if path.is_file()] == []


def test_upload_over_the_limit_is_refused(settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    with pytest.raises(services.UploadRefused, match="有 2 MB，超过上限 1 MB"):
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
