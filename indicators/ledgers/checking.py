"""Rows of a table are checked column by column and written as PostgreSQL copies them in; every problem is named."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, repeat, zip_longest
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from indicators.enums import Book
from indicators.ledgers import credit_code
from indicators.ledgers.cells import Column, Wrong, as_text, looked_up, yes
from indicators.ledgers.columns import COLUMNS, FITTING, KEYS, label, whole
from indicators.ledgers.columns import Words as Wording
from indicators.ledgers.reading import Table
from indicators.sheets import SheetRefused

BATCH = 5_000
SHOWN = 60
MANY = 50_000
# A text that needs no second look: short enough for every column, without what the copy would take for its own.
PLAIN = 30
ODD = re.compile(r"[\x00-\x1f\x7f\\]")
NOTHING = "\\N"
PARK = "park"
# Between the parts of a key; no cell may hold it.
BETWEEN = "\t"


def park_label(book: Book) -> str:
    """How the column of the park, or of the city or county, is headed."""
    return _("市、县（市、区）") if book == Book.REGISTERS else _("园区")


class Cells(dict[Any, str]):
    """What each different cell of a column becomes; each is read once. What is wrong stands in `wrong`."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self.wrong: dict[Any, str] = {}

    def __missing__(self, raw: Any) -> str:
        try:
            value = self.column.read(raw)
            if self.column.required and value in (None, ""):
                raise Wrong(_("不能为空"))
        except Wrong as wrong:
            self.wrong[raw] = str(wrong)
            value = None
        found = self[raw] = _copied(value)
        return found

    def of(self, raws: Sequence[Any]) -> list[str]:
        """The cells of a column."""
        return list(map(self.__getitem__, raws))

    def rest(self) -> None:
        """Forget what hardly repeats."""
        if len(self) > MANY:
            self.clear()
        self.wrong.clear()


class Codes(Cells):
    """Social credit codes: all different, so that a whole column is checked at once; one by one what is not plain."""

    def of(self, raws: Sequence[Any]) -> list[str]:
        """The codes of a column."""
        if set(map(type, raws)) == {str} and credit_code.are_valid(raws).all():
            return list(raws)
        return super().of(raws)


class Words(Cells):
    """Texts: looked at as one, and one by one only where a batch is not plain throughout."""

    def of(self, raws: Sequence[Any]) -> list[str]:
        """The texts of a column."""
        if set(map(type, raws)) == {str}:
            texts = list(map(str.strip, raws))
            fits = not self.column.required or "" not in texts
            if fits and max(map(len, texts)) <= PLAIN and not ODD.search("".join(texts)):
                return texts
        return super().of(raws)


def _copied(value: Any) -> str:
    if value is None:
        return NOTHING
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, str):
        return value.replace("\\", "\\\\")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


KINDS = {"credit_code": Codes, "name": Words, "investor": Words, "note": Words, "assessment": Words}


class Checker:
    """Reads the rows of a book. `parks`: keys of ledgers by the park's slug and name; `only`: where none is named."""

    def __init__(self, book: Book, parks: Mapping[str, str], only: str | None = None) -> None:
        self.book, self.parks, self.only = book, parks, only
        self.problems: list[str] = []
        self.more = 0
        self.count = 0
        columns = [looked_up(column) for column in COLUMNS[book]]
        self.cells: dict[str, Cells] = {column.name: KINDS.get(column.name, Cells)(column) for column in columns}
        self.first: dict[str, tuple[str, int]] = {}
        self.named: dict[Any, str | None] = {}
        self.prefix = _prefix()

    def lines(self, table: Table) -> Iterator[str]:
        """The rows of a sheet as text to be copied, a batch at a time; nothing more once something is wrong."""
        places = self._places(table)
        rows, first = iter(table.rows if places else ()), table.first
        while batch := list(islice(rows, BATCH)):
            numbers: Sequence[int] = range(first, first + len(batch))
            first += len(batch)
            if not all(map(any, batch)):
                numbers = [number for number, row in zip(numbers, batch, strict=True) if any(row)]
                batch = [row for row in batch if any(row)]
            if batch:
                copied = self._batch(table.title, places, batch, numbers)
                yield "" if self.problems else copied

    def refuse(self) -> None:
        """Raises SheetRefused with what is wrong, if anything."""
        if self.more:
            self.problems.append(_("还有 %(n)d 处问题没有列出。") % {"n": self.more})
        if self.problems:
            raise SheetRefused(self.problems)

    def _places(self, table: Table) -> dict[str, int]:
        """Where each column stands; empty with a problem noted where the head is not usable."""
        by_head = {label(self.book, column.name): column.name for column in COLUMNS[self.book]} | {
            park_label(self.book): PARK
        }
        names = [by_head.get(head, head.lower()) for head in table.heads]
        places = {name: names.index(name) for name in (PARK, *self.cells) if name in names}
        missing = [column.name for column in COLUMNS[self.book] if column.required and column.name not in places]
        if PARK not in places and self.only is None:
            missing.insert(0, PARK)
        doubled = sorted(
            {head for head, name in zip(table.heads, names, strict=True) if names.count(name) > 1 and head}
        )
        said = {"title": table.title, "heads": "、".join(self._head(name) for name in missing)}
        if missing:
            self._wrong(_("%(title)s：第一行缺少列“%(heads)s”，请用模板填写。") % said)
        if doubled:
            self._wrong(_("%(title)s：列“%(heads)s”出现两次。") % {**said, "heads": "、".join(doubled)})
        return {} if missing or doubled else places

    def _head(self, name: str) -> str:
        return park_label(self.book) if name == PARK else label(self.book, name)

    def _wrong(self, text: str) -> None:
        if len(self.problems) < SHOWN:
            self.problems.append(text)
        else:
            self.more += 1

    def _batch(self, title: str, places: dict[str, int], rows: list[list[Any]], numbers: Sequence[int]) -> str:
        columns = list(zip_longest(*rows, fillvalue=""))
        blank = ("",) * len(rows)

        def raw(name: str) -> Sequence[Any]:
            place = places.get(name)
            return columns[place] if place is not None and place < len(columns) else blank

        # By row and column, as one reads the table; of a cell only what was found first.
        found: dict[tuple[int, int], str] = {}

        def told(name: str, row: int, rule: str) -> None:
            place = places.get(name, 0)
            where = f"{title}!{get_column_letter(place + 1)}{numbers[row]}"
            found.setdefault((row, place), self._said(where, name, raw(name)[row], rule))

        parks = self._parks(raw(PARK))
        if None in parks:
            for row, park in enumerate(parks):
                if park is None:
                    told(PARK, row, _("不是本单位可以填写的%(what)s") % {"what": park_label(self.book)})
        read: dict[str, list[str]] = {}
        for name, cells in self.cells.items():
            values = raw(name)
            read[name] = cells.of(values)
            if cells.wrong:
                for row, cell in enumerate(values):
                    if cell in cells.wrong:
                        told(name, row, cells.wrong[cell])
            cells.rest()
        for row, name, rule in self._unfitting(read):
            told(name, row, rule)
        for row, text in self._doubled(title, parks, read, numbers):
            found[row, len(columns)] = text
        for _place, text in sorted(found.items()):
            self._wrong(text)
        ids = [f"{self.prefix}{number:012x}" for number in range(self.count, self.count + len(rows))]
        self.count += len(rows)
        return "\n".join(map("\t".join, zip(ids, map(str, parks), *read.values(), strict=True))) + "\n"

    def _parks(self, raws: Sequence[Any]) -> list[str | None]:
        for cell in set(raws) - self.named.keys():
            word = cell.strip() if isinstance(cell, str) else str(cell)
            self.named[cell] = self.only if self.only and not word else self.parks.get(word)
        return list(map(self.named.__getitem__, raws))

    def _said(self, where: str, name: str, cell: Any, rule: str) -> str:
        example = next(
            (column.example for column in COLUMNS[self.book] if column.name == name), next(iter(self.parks), "")
        )
        if self.book == Book.REGISTERS and name == "kind":
            example = ""  # every register has kinds of its own, which the rule names
        said = {"where": where, "head": self._head(name), "value": as_text(cell)[:40], "rule": rule, "example": example}
        if example:
            return _("%(where)s：%(head)s“%(value)s”%(rule)s，例如 %(example)s。") % said
        return _("%(where)s：%(head)s“%(value)s”%(rule)s。") % said

    def _unfitting(self, read: dict[str, list[str]]) -> Iterator[tuple[int, str, str]]:
        """What does not fit together within a row."""
        if self.book not in FITTING:
            return
        names = FITTING[self.book].names
        flags = {column.name for column in COLUMNS[self.book] if column.read is yes}
        empty = {"", NOTHING}
        for row, given in enumerate(zip(*(read[name] for name in names), strict=True)):
            if not empty.issuperset(given):
                plain: dict[str, Any] = {
                    n: "" if cell == NOTHING else cell for n, cell in zip(names, given, strict=True)
                }
                plain |= {name: plain[name] == "t" for name in flags.intersection(names)}
                yield from ((row, name, rule) for name, rule in whole(self.book, plain))

    def _doubled(
        self, title: str, parks: Sequence[str | None], read: dict[str, list[str]], numbers: Sequence[int]
    ) -> Iterator[tuple[int, str]]:
        """Rows that say what a row before them said: their place and what is wrong."""
        parts = [read[name] for name in KEYS[self.book]]
        keys = list(map(BETWEEN.join, zip(map(str, parks), *parts, strict=True)))
        fresh = dict(zip(keys, zip(repeat(title), numbers), strict=False))
        if len(fresh) < len(keys) or not self.first.keys().isdisjoint(fresh):
            words = Wording(self.book)
            for row, (key, number) in enumerate(zip(keys, numbers, strict=True)):
                if key in self.first:
                    told = zip(KEYS[self.book], key.split(BETWEEN)[1:], strict=True)
                    said = {"where": f"{title}!{number}", "value": " ".join(words(name, part) for name, part in told)}
                    said["other"] = "{}!{}".format(*self.first[key])
                    yield row, _("%(where)s：“%(value)s”与 %(other)s 行重复（V11），请只留一行。") % said
                self.first.setdefault(key, (title, number))
        else:
            self.first.update(fresh)


def _prefix() -> str:
    """The first twenty digits of keys of version 7: in order of time, so that their index is filled from one end."""
    milliseconds = format(int(dt.datetime.now(dt.UTC).timestamp() * 1000), "012x")
    random = format(secrets.randbits(26), "07x")
    return f"{milliseconds[:8]}-{milliseconds[8:]}-7{random[:3]}-{0x8 + secrets.randbelow(4):x}{random[3:6]}-"
