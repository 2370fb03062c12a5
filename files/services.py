"""Storing uploads: type by content and extension, size, hash, and a private place."""

from __future__ import annotations

import hashlib
import os
import tempfile
import unicodedata
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO
from uuid import UUID

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from files.models import Upload

PDF, OLE, ZIP, JPEG, PNG = ".pdf", "ole", "zip", ".jpg", ".png"
OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
OFFICE = "application/vnd.openxmlformats-officedocument."
# Extension: what the content must be, the media type kept, and the member that a package must hold.
TYPES: dict[str, tuple[str, str, str]] = {
    ".pdf": (PDF, "application/pdf", ""),
    ".ofd": (ZIP, "application/ofd", "OFD.xml"),
    ".docx": (ZIP, f"{OFFICE}wordprocessingml.document", "word/document.xml"),
    ".xlsx": (ZIP, f"{OFFICE}spreadsheetml.sheet", "xl/workbook.xml"),
    ".doc": (OLE, "application/msword", ""),
    ".xls": (OLE, "application/vnd.ms-excel", ""),
    ".wps": (OLE, "application/vnd.ms-works", ""),
    ".et": (OLE, "application/vnd.ms-excel", ""),
    ".jpg": (JPEG, "image/jpeg", ""),
    ".jpeg": (JPEG, "image/jpeg", ""),
    ".png": (PNG, "image/png", ""),
}
ACCEPTED = tuple(TYPES)
HEAD = 4096
MAX_NAME = 200


class UploadRefused(ValueError):
    """A file that is not taken; the text says which, what is wrong and what would be right."""


def store(actor: Actor, dossier: UUID, sent: UploadedFile) -> Upload:
    """Check a file that was sent and keep it for the actor's organisation. Raises UploadRefused.

    The bytes reach the disk before the row; a rolled-back row leaves an orphan file, never the reverse.
    """
    name, media_type = check(sent)
    upload = Upload(
        id=uuid.uuid4(),
        tenant=actor.organisation,
        dossier=dossier,
        name=name,
        content_type=media_type,
        size=sent.size or 0,
        uploaded_by=actor.person,
    )
    upload.sha256 = _write(sent.chunks(), upload.path)
    upload.save(force_insert=True)
    return upload


def check(sent: UploadedFile) -> tuple[str, str]:
    """The name and media type under which a file would be kept. Raises UploadRefused."""
    name = clean_name(sent.name or "")
    _check_size(name, sent.size or 0)
    return name, _media_type(name, sent)


def discard(upload: Upload) -> None:
    """Delete an upload that nothing refers to; its bytes go once the deletion is committed."""
    path = upload.path
    upload.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def clean_name(name: str) -> str:
    """The file's own name on one line: no folders, no control characters, at most 200 characters."""
    base = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(c for c in base if unicodedata.category(c)[0] != "C").strip() or _("未命名")
    stem, suffix = os.path.splitext(plain)
    return stem[: MAX_NAME - len(suffix)] + suffix[:20]


def _check_size(name: str, size: int) -> None:
    if size == 0:
        raise UploadRefused(_("“%(name)s”是空文件，请重新选择。") % {"name": name})
    if size > settings.UPLOAD_LIMIT_BYTES:
        raise UploadRefused(
            _("“%(name)s”有 %(size)s MB，超过上限 %(limit)s MB；请压缩图片或分成几个文件。")
            % {
                "name": name,
                "size": -(-size // (1024 * 1024)),
                "limit": settings.UPLOAD_LIMIT_BYTES // (1024 * 1024),
            }
        )


def _media_type(name: str, sent: UploadedFile) -> str:
    suffix = os.path.splitext(name)[1].lower()
    if suffix not in TYPES:
        raise UploadRefused(
            _("“%(name)s”的格式不接受；可用格式：%(types)s。")
            % {"name": name, "types": "、".join(extension.lstrip(".") for extension in ACCEPTED)}
        )
    family, media_type, member = TYPES[suffix]
    sent.seek(0)
    head = sent.read(HEAD)
    sent.seek(0)
    if _family(head) != family:
        raise UploadRefused(
            _("“%(name)s”的内容与扩展名 %(suffix)s 不符；请用原来的软件打开，另存后重新上传。")
            % {"name": name, "suffix": suffix}
        )
    if family == ZIP:
        _check_package(name, sent, member)
    return media_type


def _family(head: bytes) -> str:
    """What the first bytes are: a family of TYPES, or nothing known."""
    if head.startswith(OLE_SIGNATURE):
        return OLE
    if head.startswith(b"PK\x03\x04"):
        return ZIP
    try:
        extension = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    return {".jpeg": JPEG, ".jpg": JPEG, ".jfif": JPEG}.get(extension, extension)


def _check_package(name: str, sent: IO[bytes], member: str) -> None:
    """Raise unless the package is whole, holds what its extension promises, and no macros."""
    try:
        with zipfile.ZipFile(sent) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, UnicodeError, NotImplementedError):
        members = set()
    sent.seek(0)
    if member not in members:
        raise UploadRefused(_("“%(name)s”已损坏或不是真正的文档；请另存后重新上传。") % {"name": name})
    if any(PurePosixPath(one).name.lower() == "vbaproject.bin" for one in members):
        raise UploadRefused(_("“%(name)s”含有宏；请去掉宏，另存后重新上传。") % {"name": name})


def _write(chunks: Iterable[bytes], path: Path) -> str:
    """Write the bytes aside and move them into place; the SHA-256 in hexadecimal."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as target:
            for chunk in chunks:
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    return digest.hexdigest()
