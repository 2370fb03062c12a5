"""Zip packages, read without trusting what they say of themselves."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from files.refusals import UploadRefused, in_bytes, refused

MAX_MEMBERS = 10_000
MAX_EXPANDED = 1 << 30
MAX_RATIO = 200
# A small package may shrink as much as it likes: text does.
RATIO_FROM = 50 << 20
MAX_NESTED = 64 << 20
MAX_XML = 64 << 20
ENCRYPTED = 0x1
PIECE = 1 << 16
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    UnicodeError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@contextmanager
def opened(name: str, content: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """The package once it proved to be whole, harmless to unpack and unencrypted. Raises UploadRefused."""
    try:
        with zipfile.ZipFile(content) as archive:
            _check_entries(name, archive)
            _expand(name, archive, _size_of(content), nested=0)
            yield archive
    except UploadRefused:
        raise
    except DAMAGED as error:
        raise refused(name, _("已损坏或不是真正的文档"), _("请另存后重新上传")) from error


def xml(name: str, archive: zipfile.ZipFile, member: str) -> Element:
    """One XML part. Raises UploadRefused."""
    if archive.getinfo(member).file_size > MAX_XML:
        raise refused(name, _("中的部件“%(part)s”过大") % {"part": member}, _("请精简内容，另存后重新上传"))
    try:
        return fromstring(archive.read(member))
    except (ParseError, DefusedXmlException) as error:
        raise refused(
            name, _("已损坏：部件“%(part)s”读不出") % {"part": member}, _("请用原来的软件打开，另存后重新上传")
        ) from error


def _size_of(content: IO[bytes]) -> int:
    here = content.tell()
    size = content.seek(0, io.SEEK_END)
    content.seek(here)
    return size


def _check_entries(name: str, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_MEMBERS:
        said = _("里有 %(n)s 个文件，超过 %(limit)s 个") % {"n": len(entries), "limit": MAX_MEMBERS}
        raise refused(name, said, _("请精简后重新上传"))
    seen = set()
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename.split("/")[0]:
            said = _("里的“%(part)s”指向文件之外") % {"part": entry.filename[:80]}
            raise refused(name, said, _("请用原来的软件重新生成"))
        if entry.flag_bits & ENCRYPTED:
            said = _("里的“%(part)s”加了密码") % {"part": entry.filename[:80]}
            raise refused(name, said, _("请去掉密码后重新上传"))
        if entry.filename in seen:
            said = _("里有两个“%(part)s”") % {"part": entry.filename[:80]}
            raise refused(name, said, _("请用原来的软件重新生成"))
        seen.add(entry.filename)


def _expand(name: str, archive: zipfile.ZipFile, packed: int, nested: int) -> int:
    """Unpack every member into nothing, counting; the bytes it took."""
    total = 0
    for entry in archive.infolist():
        head = b""
        with archive.open(entry) as member:
            while piece := member.read(PIECE):
                head = head or piece[:4]
                total += len(piece)
                _check_expanded(name, total, packed)
        if head == b"PK\x03\x04":
            total += _expand_nested(name, archive, entry, packed, nested + 1)
            _check_expanded(name, total, packed)
    return total


def _check_expanded(name: str, total: int, packed: int) -> None:
    if total > MAX_EXPANDED or (total > RATIO_FROM and total > packed * MAX_RATIO):
        said = _("解开后超过 %(size)s，疑似压缩炸弹") % {"size": in_bytes(min(total, MAX_EXPANDED))}
        raise refused(name, said, _("请精简内容或压缩图片后重新上传"))


def _expand_nested(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, packed: int, depth: int) -> int:
    """A package in a package, such as a workbook embedded in a document; none inside that again."""
    said = {"part": entry.filename[:80]}
    if depth > 1 or entry.file_size > MAX_NESTED:
        raise refused(name, _("里的“%(part)s”层层嵌套或过大") % said, _("请把其中的文件单独上传"))
    try:
        with zipfile.ZipFile(io.BytesIO(archive.read(entry))) as inner:
            _check_entries(name, inner)
            return _expand(name, inner, packed, depth)
    except DAMAGED as error:
        if isinstance(error, UploadRefused):
            raise
        raise refused(name, _("里的“%(part)s”已损坏") % said, _("请去掉这个对象，另存后重新上传")) from error
