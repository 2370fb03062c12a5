"""Good and bad files of every kind, made from their formats' rules."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import openpyxl
from PIL import Image

from portal.sample.documents import document

PDF = document("示例文件").read()
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS_OF_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


# -- PDF ------------------------------------------------------------------------------------------
def encrypted_pdf() -> bytes:
    """A PDF whose trailer names an encryption dictionary."""
    return PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 9 0 R")


def encrypted_stream_pdf() -> bytes:
    """The same with a cross-reference stream in place of the table."""
    head = b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    stream = (
        b"5 0 obj\n<< /Type /XRef /Size 6 /Root 1 0 R /Encrypt 4 0 R /W [1 2 1] /Length 4 >>\nstream\nabcd\nendstream"
    )
    return head + stream + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def updated_pdf() -> bytes:
    """A PDF that was encrypted first and then updated: the older trailer says so."""
    old = encrypted_pdf()
    place = old.index(b"xref\n0 ")
    return old + b"xref\n0 0\ntrailer\n<< /Size 8 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (place, len(old))


# -- Packages -------------------------------------------------------------------------------------
def package(*members: str, **contents: bytes) -> bytes:
    """A zip package that holds the members."""
    return packed(dict.fromkeys(members, b"<x/>") | contents)


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip package of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def content_types(*more: str) -> bytes:
    """The list of parts, with the content types of further parts."""
    parts = "".join(f'<Override PartName="/part{n}" ContentType="{one}"/>' for n, one in enumerate(more))
    return f'<Types xmlns="{CONTENT_TYPES}">{parts}</Types>'.encode()


def link(kind: str, target: str = "http://evil.example/x", mode: str = "External") -> bytes:
    """A relationship that leads outside."""
    one = f'<Relationship Id="r1" Type="{KINDS_OF_LINKS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f'<Relationships xmlns="{LINKS}">{one}</Relationships>'.encode()


def docx(text: str = "规划", types: tuple[str, ...] = (), **members: bytes) -> bytes:
    """A small text document; further members by their path, with __ for a slash and _dot_ for a point."""
    body = f'<w:document xmlns:w="{WORDS}"><w:body><w:p><w:r>{text}</w:r></w:p></w:body></w:document>'
    parts = {"[Content_Types].xml": content_types(*types), "word/document.xml": body.encode()}
    parts |= {path.replace("__", "/").replace("_dot_", "."): content for path, content in members.items()}
    return packed(parts)


def xlsx(formula: str = "") -> bytes:
    """A workbook, with a formula where one is given."""
    book, made = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = 1
    book.active["A2"] = formula or 2
    book.save(made)
    return made.getvalue()


def ofd(root: bytes = b'<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>', **members: bytes) -> bytes:
    """A layout document."""
    return packed({"OFD.xml": root} | {path.replace("_dot_", "."): content for path, content in members.items()})


def bomb(megabytes: int = 60) -> bytes:
    """A document of which one part unpacks to very much more than its size."""
    return docx(word__media__a_dot_bin=b"\0" * (megabytes << 20))


def nested(depth: int) -> bytes:
    """A document with a package in a package in a package."""
    inner = packed({"a.txt": b"a" * 10})
    for _level in range(depth):
        inner = packed({"inner.zip": inner}, zipfile.ZIP_STORED)
    return docx(word__embeddings__book_dot_xlsx=inner)


def locked_package() -> bytes:
    """A package whose first member is marked as encrypted."""
    made = bytearray(docx())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(signature) + place] |= 1
    return bytes(made)


def broken_package() -> bytes:
    """A package whose list is right while one member's bytes were altered."""
    content = packed({"[Content_Types].xml": content_types(), "word/document.xml": b"<x>" + b"y" * 500}, 0)
    return content.replace(b"yyyy", b"yyyz", 1)


def shape(*members: str) -> bytes:
    """A zipped Shapefile by the names of its parts."""
    return packed(dict.fromkeys(members, b"\x00" * 100))


# -- Old office files -----------------------------------------------------------------------------
def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams in its root, each padded to 4096 bytes at least."""
    fat: list[int] = []
    body = b""

    def add(content: bytes) -> int:
        nonlocal body
        start, count = len(fat), -(-len(content) // SECTOR)
        fat.extend([*range(start + 1, start + count), END])
        body += content.ljust(count * SECTOR, b"\0")
        return start

    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, content) in enumerate(streams.items(), start=1):
        content = content.ljust(4096, b"\0")
        right = number + 1 if number < len(streams) else FREE
        entries.append(_entry(name, 2, add(content), len(content), right=right))
    directory = add(b"".join(entries))
    table = len(fat)
    fat.append(FAT)
    body += b"".join(struct.pack("<I", one) for one in fat).ljust(SECTOR, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, END, 0, END, 0)
    return head + struct.pack("<I", table) + b"\xff" * 108 * 4 + body


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def doc(flags: int = 0, **streams: bytes) -> bytes:
    """A Word 97 document."""
    return ole({"WordDocument": struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags)} | streams)


def xls(*records: int) -> bytes:
    """An Excel 97 workbook that begins with these records."""
    body = b"".join(struct.pack("<HH4x", kind, 4) for kind in (0x809, *records, 0x0A))
    return ole({"Workbook": body})


# -- Pictures -------------------------------------------------------------------------------------
def picture(kind: str, width: int = 64, height: int = 48) -> bytes:
    """A picture that decodes."""
    made = io.BytesIO()
    Image.effect_noise((width, height), 60).save(made, kind)
    return made.getvalue()


def giant_png(side: int = 100_000) -> bytes:
    """A PNG of a few kilobytes that would take gigabytes of memory."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


GOOD = {
    "规划.pdf": PDF,
    "规划.PDF": PDF,
    "图.png": picture("PNG"),
    "图.jpg": picture("JPEG"),
    "图.jpeg": picture("JPEG"),
    "旧.doc": doc(),
    "旧.xls": xls(),
    "旧.wps": doc(),
    "旧.et": xls(),
    "新.docx": docx(),
    "新.xlsx": xlsx(),
    "版式.ofd": ofd(),
}
