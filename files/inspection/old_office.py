"""Old office files (doc, xls, wps, et): readable without a password, and without macros."""

from __future__ import annotations

import os
import struct
from typing import IO

import olefile
from django.utils.translation import gettext as _

from files.inspection.notes import OLD_FORMAT, Notes
from files.refusals import UploadRefused, refused

TEXT, BOOKS = "WordDocument", ("Workbook", "Book")
MACROS = {"macros", "_vba_project", "_vba_project_cur", "vba"}
ENCRYPTED_PACKAGE = {"encryptedpackage", "encryptioninfo"}
FLAGS, ENCRYPTED_FLAG = 0x0A, 0x0100
FILEPASS, EOF_RECORD = 0x2F, 0x0A
MAX_RECORDS = 200
STREAMS = {".doc": (TEXT,), ".wps": (TEXT,), ".xls": BOOKS, ".et": BOOKS}


def read(name: str, content: IO[bytes]) -> Notes:
    """Raise UploadRefused unless the document is whole, open and without macros."""
    suffix = os.path.splitext(name)[1].lower()
    try:
        with olefile.OleFileIO(content) as document:
            parts = {part.lower() for path in document.listdir(storages=True) for part in path}
            if parts & ENCRYPTED_PACKAGE:
                raise _locked(name)
            main = next((stream for stream in STREAMS[suffix] if document.exists(stream)), "")
            if not main:
                raise refused(name, _("已损坏或不是真正的文档"), _("请另存为 docx、xlsx 或 PDF 后重新上传"))
            data = document.openstream(main).read()
    except UploadRefused:
        raise
    except (OSError, ValueError, IndexError, TypeError, AttributeError, struct.error, RecursionError) as error:
        raise refused(name, _("已损坏或不完整"), _("请另存为 docx、xlsx 或 PDF 后重新上传")) from error
    if _is_encrypted(main, data):
        raise _locked(name)
    if parts & MACROS:
        raise refused(name, _("含有宏"), _("请去掉宏，另存为 docx、xlsx 后重新上传"))
    return (OLD_FORMAT,)


def _locked(name: str) -> UploadRefused:
    return refused(name, _("设置了打开密码"), _("请去掉密码，另存后重新上传"))


def _is_encrypted(main: str, data: bytes) -> bool:
    if main == TEXT:
        return len(data) > FLAGS + 2 and bool(struct.unpack_from("<H", data, FLAGS)[0] & ENCRYPTED_FLAG)
    place = 0
    for _record in range(MAX_RECORDS):
        if place + 4 > len(data):
            return False
        kind, length = struct.unpack_from("<HH", data, place)
        if kind == FILEPASS:
            return True
        if kind == EOF_RECORD:
            return False
        place += 4 + length
    return False
