"""OOXML (docx, xlsx): no macros, nothing fetched from outside when opened; formulas and links are said."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from files.inspection import package
from files.inspection.notes import FORMULAS, OBJECTS, OUTSIDE, Notes
from files.kinds import KINDS
from files.refusals import UploadRefused, refused

TYPES = "[Content_Types].xml"
PROGRAMS = ("vbaproject", "macrosheet", "macroenabled", "activex", "xlmacro")
# What a program fetches when the document is opened; a hyperlink waits for a click.
LOADED = ("attachedtemplate", "frame", "subdocument", "afchunk")
DDE = re.compile(
    rb"<(?:\w+:)?ddeLink|<(?:\w+:)?f[^>]*>[^<]*\bDDE\(|<(?:\w+:)?instrText[^>]*>[^<]*\bDDE(?:AUTO)?\b", re.IGNORECASE
)
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")
SCANNED = 1 << 20


def read(name: str, content: IO[bytes]) -> Notes:
    """Raise UploadRefused unless the document is what its extension says and runs nothing."""
    suffix = os.path.splitext(name)[1].lower()
    with package.opened(name, content) as archive:
        members = set(archive.namelist())
        if KINDS[suffix].member not in members or TYPES not in members:
            raise refused(name, _("已损坏或不是真正的文档"), _("请另存后重新上传"))
        _check_programs(name, archive, members)
        notes = _outside(name, archive, members)
        if any("/embeddings/" in member for member in members):
            notes.append(OBJECTS)
        if _searched(name, archive, members):
            notes.append(FORMULAS)
    return tuple(dict.fromkeys(notes))


def _macros(name: str) -> UploadRefused:
    return refused(name, _("含有宏或控件"), _("请去掉宏和控件，另存为普通格式（docx、xlsx）后重新上传"))


def _check_programs(name: str, archive: zipfile.ZipFile, members: set[str]) -> None:
    if any(PurePosixPath(member).name.lower() == "vbaproject.bin" for member in members):
        raise _macros(name)
    for part in package.xml(name, archive, TYPES):
        said = (part.get("ContentType", "") + part.get("PartName", "")).lower()
        if any(word in said for word in PROGRAMS):
            raise _macros(name)


def _outside(name: str, archive: zipfile.ZipFile, members: set[str]) -> list[str]:
    """What the document takes from elsewhere; what is loaded by opening it is refused."""
    notes = []
    for member in sorted(member for member in members if member.endswith(".rels")):
        for link in package.xml(name, archive, member):
            if link.get("TargetMode") != "External":
                continue
            kind = link.get("Type", "").rsplit("/", 1)[-1].lower()
            if kind in LOADED:
                said = _("打开时会从外部载入内容（%(target)s）") % {"target": link.get("Target", "")[:80]}
                raise refused(name, said, _("请断开外部模板和框架，另存后重新上传"))
            if kind != "hyperlink":
                notes.append(OUTSIDE)
    return notes


def _searched(name: str, archive: zipfile.ZipFile, members: set[str]) -> bool:
    """Whether cells hold formulas; commands to other programs (DDE) are refused."""
    formulas = False
    for member in sorted(members):
        if not member.endswith(".xml") or not member.startswith(("word/", "xl/")):
            continue
        with archive.open(member) as part:
            kept = b""
            while piece := part.read(SCANNED):
                window = kept + piece
                if DDE.search(window):
                    said = _("在“%(part)s”里有调用其他程序的指令（DDE）") % {"part": member}
                    raise refused(name, said, _("请删除该指令，另存后重新上传"))
                formulas = formulas or (member.startswith("xl/worksheets/") and bool(FORMULA.search(window)))
                kept = window[-256:]
    return formulas
