"""The kinds of files that are taken: by extension, what the content must be and the media type it is kept under."""

from __future__ import annotations

from dataclasses import dataclass

PDF, OLE, ZIP, JPEG, PNG = ".pdf", "ole", "zip", ".jpg", ".png"
OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """What a file with an extension must be; `member` must stand in a package."""

    family: str
    media_type: str
    member: str = ""


KINDS: dict[str, Kind] = {
    ".pdf": Kind(PDF, "application/pdf"),
    ".ofd": Kind(ZIP, "application/ofd", "OFD.xml"),
    ".docx": Kind(ZIP, f"{OFFICE}wordprocessingml.document", "word/document.xml"),
    ".xlsx": Kind(ZIP, f"{OFFICE}spreadsheetml.sheet", "xl/workbook.xml"),
    ".doc": Kind(OLE, "application/msword"),
    ".xls": Kind(OLE, "application/vnd.ms-excel"),
    ".wps": Kind(OLE, "application/vnd.ms-works"),
    ".et": Kind(OLE, "application/vnd.ms-excel"),
    ".jpg": Kind(JPEG, "image/jpeg"),
    ".jpeg": Kind(JPEG, "image/jpeg"),
    ".png": Kind(PNG, "image/png"),
    ".zip": Kind(ZIP, "application/zip", "*.shp"),
}
FIXED = (".pdf", ".ofd")
TEXTS = (".docx", ".doc", ".wps")
SHEETS = (".xlsx", ".xls", ".et")
PICTURES = (".jpg", ".jpeg", ".png")
SHAPES = (".zip",)
ACCEPTED = (*FIXED, *TEXTS, *SHEETS, *PICTURES)


def in_words(types: tuple[str, ...]) -> str:
    """The extensions as people write them."""
    return "、".join(extension.lstrip(".") for extension in types)
