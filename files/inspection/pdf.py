"""PDF: whole, and open to everybody without a password."""

from __future__ import annotations

import os
import re
from typing import IO

from django.utils.translation import gettext as _

from files.inspection.notes import Notes
from files.refusals import refused

TAIL = 2048
TRAILER = 1 << 16
STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
ENCRYPT = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
TABLE = re.compile(rb"\s*xref\s")
STREAM = re.compile(rb"\s*\d+\s+\d+\s+obj\s*<<")
PREVIOUS = re.compile(rb"/Prev\s+(\d+)")
MAX_SECTIONS = 50


def read(name: str, content: IO[bytes]) -> Notes:
    """Raise UploadRefused unless the file is whole and unencrypted."""
    size = content.seek(0, os.SEEK_END)
    content.seek(max(0, size - TAIL))
    found = STARTXREF.findall(content.read())
    if not found:
        raise refused(name, _("不完整：文件末尾缺失，可能没有下载或导出完"), _("请重新导出 PDF 后上传"))
    start: int | None = int(found[-1])
    for _section in range(MAX_SECTIONS):
        if start is None:
            break
        trailer, start = _trailer(content, start, size)
        if trailer is None:
            raise refused(name, _("已损坏：目录表读不出"), _("请用原来的软件重新导出 PDF 后上传"))
        if ENCRYPT.search(trailer):
            raise refused(
                name, _("设置了密码或权限保护，审查单位打不开，也无法归档"), _("请去掉密码和权限限制，另存后重新上传")
            )
    return ()


def _trailer(content: IO[bytes], start: int, size: int) -> tuple[bytes | None, int | None]:
    """The dictionary of the cross-reference section at an offset, and where the section before it starts."""
    if not 0 < start < size:
        return None, None
    content.seek(start)
    head = content.read(TRAILER)
    if STREAM.match(head):
        trailer = head.partition(b"stream")[0]
    elif TABLE.match(head):
        trailer = _after_table(content, head)
    else:
        return None, None
    previous = PREVIOUS.search(trailer)
    return trailer, int(previous.group(1)) if previous else None


def _after_table(content: IO[bytes], read_so_far: bytes) -> bytes:
    """What follows the word `trailer` after a table of any length."""
    window = read_so_far
    while b"trailer" not in window:
        more = content.read(TRAILER)
        if not more:
            return b""
        window = window[-16:] + more
    return (window.partition(b"trailer")[2] + content.read(TRAILER)).partition(b"startxref")[0]
