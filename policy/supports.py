"""The measures of support (政策举措, P-III): six headings and their sub-clauses, each with the sentence it rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policy.yamlfile import DataError, Entry, load, read

FILE = Path(__file__).with_name("supports.yaml")
UNITS = ("项", "人", "家", "个", "件", "m²", "公顷")


@dataclass(frozen=True)
class Heading:
    """One of the six headings, and the role (P-III.0) that the park plays by it."""

    code: str
    label: str
    role: str


@dataclass(frozen=True)
class Measure:
    """A sub-clause; `fund`: a fund that is set up and has to grow (P-III.3d); `unit`: what is usually counted."""

    code: str
    label: str
    quote: str
    unit: str
    fund: bool

    @property
    def clause(self) -> str:
        """The clause without what stands in brackets."""
        return self.code.partition("[")[0]

    @property
    def heading(self) -> str:
        """The heading that it stands under."""
        return self.clause[:-1]


@dataclass(frozen=True)
class Supports:
    """The headings and measures, in the order of the text, and since when they hold."""

    since: dt.date
    headings: dict[str, Heading]
    measures: dict[str, Measure]


@cache
def supports() -> Supports:
    """What the file says. Raises DataError where it is unusable."""
    data = Entry(FILE.name, load(read(FILE), FILE.name))
    data.only("name", "text", "since", "headings", "measures")
    headings = [_heading(Entry(f"{FILE.name}：headings[{n}]", item)) for n, item in enumerate(data.items("headings"))]
    measures = [_measure(Entry(f"{FILE.name}：measures[{n}]", item)) for n, item in enumerate(data.items("measures"))]
    found = Supports(data.day("since"), {one.code: one for one in headings}, {one.code: one for one in measures})
    for measure in measures:
        if measure.heading not in found.headings:
            raise DataError(f"{FILE.name}：{measure.code}：没有标题 {measure.heading}")
    if len(found.headings) < len(headings) or len(found.measures) < len(measures):
        raise DataError(f"{FILE.name}：代码重复")
    return found


def _heading(entry: Entry) -> Heading:
    entry.only("code", "label", "role")
    return Heading(entry.text("code"), entry.text("label"), entry.text("role"))


def _measure(entry: Entry) -> Measure:
    entry.only("code", "label", "quote", "unit", "fund")
    unit = entry.choice("unit", UNITS)
    return Measure(entry.text("code"), entry.text("label"), entry.text("quote"), unit, entry.flag("fund"))
