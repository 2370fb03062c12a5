"""The data of one official paper: what it holds, and the check that names the field that is wrong."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

FORMATS = ("document", "letter", "minutes", "receipt")
BLOCK_KINDS = ("p", "h1", "h2", "h3", "h4", "list", "table")
SHORT_CELL = 6
URGENCIES = ("特急", "加急")
NUMBER = re.compile(r"^[^\s〔〕\[\]第]*〔\d{4}〕[1-9]\d*号$")
# Control characters and direction overrides could hide or reorder what a paper says.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]")


class InvalidPaper(ValueError):
    """The data of a paper cannot be typeset; `field` is the path of the field, `reason` says why."""

    def __init__(self, path: str, reason: str) -> None:
        self.field, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading (`run`: text that follows it on the line), list (`items`) or table (`rows`).

    A table's first row is its head unless `head` is false; `widths` are shares of the type area.
    """

    kind: str
    text: str = ""
    run: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    head: bool = True
    widths: tuple[int, ...] = ()

    @property
    def body_rows(self) -> list[list[tuple[str, bool]]]:
        """Rows of a table below its head; each cell with whether its whole column is short, so centred."""
        rows = self.rows[1:] if self.head else self.rows
        short = [max(map(len, column)) <= SHORT_CELL for column in zip(*rows, strict=True)]
        return [list(zip(row, short, strict=True)) for row in rows]

    @property
    def shares(self) -> tuple[str, ...]:
        """Widths of a table's columns as percentages."""
        return tuple(f"{100 * width / sum(self.widths):.4f}%" for width in self.widths)


@dataclass(frozen=True, slots=True)
class Appendix:
    """An annex (附件) on pages of its own."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    """The drawn seal: its organisation, whether it is a demonstration, its diameter in mm (0: by rank)."""

    organisation: str
    demo: bool = True
    diameter: int = 0


@dataclass(frozen=True, slots=True)
class Attendance:
    """A line of minutes: 出席, 请假 or 列席, and the names."""

    label: str
    names: str


@dataclass(frozen=True, slots=True)
class Check:
    """How anyone checks the paper: the code and the address the QR mark holds."""

    code: str
    url: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, complete and checked; dates are real dates, lists are tuples."""

    format: str
    title: str
    issuer_mark: str = ""
    number: str = ""
    signer: str = ""
    addressees: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    attachments: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    issuers: tuple[str, ...] = ()
    date: dt.date | None = None
    sealed: bool = False
    seal: Seal | None = None
    cc: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: dt.date | None = None
    note: str = ""
    copy_number: str = ""
    urgency: str = ""
    secrecy: str = ""
    attendance: tuple[Attendance, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    check: Check | None = None
    sample: bool = False
    data_sha256: str = ""
    source: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


def from_dict(data: Mapping[str, Any]) -> Paper:
    """Check `data` (JSON-able) and return the Paper; raises InvalidPaper with the path of the field."""
    reader = _Reader(data, "")
    reader.only(set(Paper.__dataclass_fields__) - {"source"})
    paper = Paper(
        format=reader.choice("format", FORMATS),
        title=reader.text("title", lines=True),
        issuer_mark=reader.text("issuer_mark", lines=True),
        number=reader.text("number"),
        signer=reader.text("signer"),
        addressees=reader.texts("addressees"),
        body=reader.each("body", _block),
        attachments=reader.each("attachments", lambda part: part.text("title")),
        appendices=reader.each("appendices", _appendix),
        issuers=reader.texts("issuers"),
        date=reader.date("date"),
        sealed=reader.flag("sealed"),
        seal=reader.part("seal", _seal),
        cc=reader.texts("cc"),
        printed_by=reader.text("printed_by"),
        printed_on=reader.date("printed_on"),
        note=reader.text("note"),
        copy_number=reader.text("copy_number"),
        urgency=reader.text("urgency"),
        secrecy=reader.text("secrecy"),
        attendance=reader.each("attendance", _attendance),
        facts=reader.each("facts", lambda part: (part.text("name"), part.text("value"))),
        check=reader.part("check", lambda part: Check(part.text("code"), part.text("url"))),
        sample=reader.flag("sample"),
        data_sha256=reader.text("data_sha256"),
        source=data,
    )
    _check_whole(paper)
    return paper


def _check_whole(paper: Paper) -> None:
    """What the standard or the drawing needs, beyond the type of each field."""
    needed = {
        "document": ("title", "issuer_mark", "number", "date", "issuers"),
        "letter": ("title", "issuer_mark", "number", "date", "issuers"),
        "minutes": ("issuer_mark", "date"),
        "receipt": ("title", "number", "facts", "data_sha256"),
    }
    for name in needed[paper.format]:
        if not getattr(paper, name):
            raise InvalidPaper(name, f"is needed in a paper of format {paper.format}")
    if paper.number and paper.format in ("document", "letter") and not NUMBER.match(paper.number):
        raise InvalidPaper("number", "must read like 浙政函〔2026〕3号: year in 〔〕, no 第, no leading zero")
    if paper.sealed and (paper.seal is None or len(paper.issuers) != 1):
        raise InvalidPaper("seal", "a sealed paper needs one seal and exactly one issuer")
    if paper.urgency and paper.urgency not in URGENCIES:
        raise InvalidPaper("urgency", f"must be one of {'、'.join(URGENCIES)}")
    if paper.copy_number and not re.fullmatch(r"\d{6}", paper.copy_number):
        raise InvalidPaper("copy_number", "must be six digits")
    if bool(paper.printed_by) != bool(paper.printed_on):
        raise InvalidPaper("printed_on", "printed_by and printed_on go together")
    if paper.data_sha256 and not re.fullmatch(r"[0-9a-f]{64}", paper.data_sha256):
        raise InvalidPaper("data_sha256", "must be 64 hexadecimal digits")


def _block(part: "_Reader") -> Block:
    part.only(set(Block.__dataclass_fields__))
    block = Block(
        kind=part.choice("kind", BLOCK_KINDS),
        text=part.text("text"),
        run=part.text("run"),
        items=part.texts("items"),
        rows=part.rows("rows"),
        head=part.flag("head", default=True),
        widths=part.numbers("widths"),
    )
    content = {"list": "items", "table": "rows"}.get(block.kind, "text")
    if not getattr(block, content):
        raise InvalidPaper(part.at(content), f"is needed in a block of kind {block.kind}")
    if block.widths and len(block.widths) != len(block.rows[0]):
        raise InvalidPaper(part.at("widths"), "must name one width per column")
    return block


def _appendix(part: "_Reader") -> Appendix:
    return Appendix(title=part.text("title", lines=True), blocks=part.each("blocks", _block))


def _seal(part: "_Reader") -> Seal:
    diameter = part.numbers("diameter", single=True)
    seal = Seal(part.text("organisation"), part.flag("demo", default=True), diameter[0] if diameter else 0)
    if not 2 <= len(seal.organisation) <= 30:
        raise InvalidPaper(part.at("organisation"), "must have 2 to 30 characters")
    if seal.diameter and not 30 <= seal.diameter <= 50:
        raise InvalidPaper(part.at("diameter"), "must be 30 to 50 mm")
    return seal


def _attendance(part: "_Reader") -> Attendance:
    return Attendance(part.choice("label", ("出席", "请假", "列席")), part.text("names"))


class _Reader:
    """Reads typed fields out of a mapping and knows the path of each for its errors."""

    def __init__(self, data: object, path: str) -> None:
        self.path = path
        if not isinstance(data, Mapping):
            raise InvalidPaper(path or "paper", "must be an object")
        self.data = data

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def only(self, names: set[str]) -> None:
        for name in self.data:
            if name not in names:
                raise InvalidPaper(self.at(str(name)), "is not a field of a paper")

    def text(self, name: str, lines: bool = False) -> str:
        return self._text(self.data.get(name) or "", self.at(name), lines)

    def _text(self, value: object, path: str, lines: bool = False) -> str:
        if not isinstance(value, str):
            raise InvalidPaper(path, "must be text")
        if found := FORBIDDEN.search(value):
            raise InvalidPaper(path, f"holds the control character U+{ord(found.group()):04X}")
        if "\n" in value and not lines:
            raise InvalidPaper(path, "must be one line")
        return value.strip()

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        if (value := self.text(name)) not in choices:
            raise InvalidPaper(self.at(name), f"must be one of {', '.join(choices)}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        if not isinstance(value := self.data.get(name, default), bool):
            raise InvalidPaper(self.at(name), "must be true or false")
        return value

    def date(self, name: str) -> dt.date | None:
        value = self.data.get(name)
        if value is None or value == "":
            return None
        try:
            return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise InvalidPaper(self.at(name), "must be a date like 2026-03-18") from None

    def _list(self, name: str) -> list[Any]:
        if not isinstance(value := self.data.get(name) or [], (list, tuple)):
            raise InvalidPaper(self.at(name), "must be a list")
        return list(value)

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._text(v, f"{self.at(name)}[{i}]") for i, v in enumerate(self._list(name)))

    def numbers(self, name: str, single: bool = False) -> tuple[int, ...]:
        value = self.data.get(name)
        values = ([value] if value else []) if single else self._list(name)
        if not all(isinstance(v, int) and not isinstance(v, bool) and v > 0 for v in values):
            raise InvalidPaper(self.at(name), "must hold whole numbers above 0")
        return tuple(values)

    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        rows = []
        for i, row in enumerate(self._list(name)):
            if not isinstance(row, (list, tuple)):
                raise InvalidPaper(f"{self.at(name)}[{i}]", "must be a list")
            rows.append(tuple(self._text(cell, f"{self.at(name)}[{i}][{j}]") for j, cell in enumerate(row)))
        if len({len(row) for row in rows}) > 1:
            raise InvalidPaper(self.at(name), "must have rows of the same length")
        return tuple(rows)

    def part(self, name: str, read: Callable[["_Reader"], T]) -> T | None:
        return read(_Reader(self.data[name], self.at(name))) if self.data.get(name) else None

    def each(self, name: str, read: Callable[["_Reader"], T]) -> tuple[T, ...]:
        parts = enumerate(self._list(name))
        return tuple(read(_Reader(value, f"{self.at(name)}[{i}]")) for i, value in parts)
