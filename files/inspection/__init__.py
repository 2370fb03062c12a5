"""What a file is by its content: the kind its name promises, whole, readable by everybody, and without programs."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import puremagic
from django.conf import settings
from django.utils.translation import gettext as _

from files.inspection import ofd, office, old_office, pdf, picture, shape
from files.inspection.notes import Notes
from files.kinds import ACCEPTED, JPEG, KINDS, OLE, ZIP, in_words
from files.refusals import TooLarge, in_bytes, refused

HEAD = 4096
MAX_NAME = 200
OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
READERS: dict[str, Callable[[str, IO[bytes]], Notes]] = {
    ".pdf": pdf.read,
    ".ofd": ofd.read,
    ".docx": office.read,
    ".xlsx": office.read,
    ".doc": old_office.read,
    ".xls": old_office.read,
    ".wps": old_office.read,
    ".et": old_office.read,
    ".jpg": picture.read,
    ".jpeg": picture.read,
    ".png": picture.read,
    ".zip": shape.read,
}


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept: its harmless name, media type, and what readers should know of it."""

    name: str
    media_type: str
    notes: Notes


def clean_name(name: str) -> str:
    """The file's own name on one line: no folders, no control characters, at most 200 characters."""
    base = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(c for c in base if unicodedata.category(c)[0] != "C").strip() or _("未命名")
    stem, suffix = os.path.splitext(plain)
    return stem[: MAX_NAME - len(suffix)] + suffix[:20]


def check_claim(name: str, size: int, types: tuple[str, ...] = ACCEPTED, limit: int | None = None) -> str:
    """What name and size alone tell; the harmless name. Raises UploadRefused."""
    name = clean_name(name)
    limit = min(limit or settings.UPLOAD_LIMIT_BYTES, settings.UPLOAD_LIMIT_BYTES)
    if size == 0:
        raise refused(name, _("是空文件"), _("请重新选择"))
    if size > limit:
        said = _("有 %(size)s，超过单个文件的上限 %(limit)s") % {"size": in_bytes(size), "limit": in_bytes(limit)}
        error = refused(name, said, _("请压缩图片或分成几个文件"))
        raise TooLarge(str(error))
    suffix = os.path.splitext(name)[1].lower()
    if suffix not in types:
        raise refused(name, _("的格式不接受"), _("可用格式：%(types)s") % {"types": in_words(types)})
    return name


def check_head(name: str, head: bytes) -> None:
    """What the first HEAD bytes tell. Raises UploadRefused."""
    suffix = os.path.splitext(name)[1].lower()
    wanted, found = KINDS[suffix].family, _family(head)
    if wanted == ZIP and found == OLE:
        raise refused(
            name,
            _("设置了打开密码，或者是旧版格式改了扩展名"),
            _("请去掉密码，另存为 %(suffix)s 后重新上传") % {"suffix": suffix},
        )
    if found != wanted:
        raise refused(
            name,
            _("的内容与扩展名 %(suffix)s 不符") % {"suffix": suffix},
            _("请用原来的软件打开，另存后重新上传"),
        )


def inspect(
    name: str, content: IO[bytes], size: int, types: tuple[str, ...] = ACCEPTED, limit: int | None = None
) -> Inspected:
    """Read a whole file, which must be seekable. Raises UploadRefused."""
    name = check_claim(name, size, types, limit)
    suffix = os.path.splitext(name)[1].lower()
    content.seek(0)
    check_head(name, content.read(HEAD))
    content.seek(0)
    notes = READERS[suffix](name, content)
    content.seek(0)
    return Inspected(name, KINDS[suffix].media_type, notes)


def _family(head: bytes) -> str:
    """What the first bytes are: a family of KINDS, or nothing known."""
    if head.startswith(OLE_SIGNATURE):
        return OLE
    if head.startswith(b"PK\x03\x04"):
        return ZIP
    try:
        extension = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    return {".jpeg": JPEG, ".jpg": JPEG, ".jfif": JPEG}.get(extension, extension)
