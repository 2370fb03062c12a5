"""The report as data: tables as CSV, all of them as XLSX, the whole as JSON, and the SHA-256 of each."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from registry.open_data import cell, csv_text, encoded

Data = Mapping[str, Any]
Row = Sequence[Any]
CSV, JSON, TEXT = "text/csv; charset=utf-8", "application/json; charset=utf-8", "text/plain; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUMS = "SHA256SUMS.txt"
# The same data give the same bytes: no clock is in the files.
EPOCH = (2012, 1, 1, 0, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(<)")
WIDEST = 40


@dataclass(frozen=True)
class Table:
    """One table of the report: its file's name, its sheet's, the head and the rows."""

    name: str
    title: str
    head: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True)
class File:
    """A file to download: its bytes, as they are hashed, and what it holds in words."""

    name: str
    kind: str
    content: bytes
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def tables(content: Data) -> list[Table]:
    """Every table with exact numbers, in the order of the chapters."""
    return [
        _rankings(content),
        _dimensions(content),
        _indicators(content),
        _figures(content),
        _findings(content),
        _targets(content),
        _parks(content),
    ]


def _rankings(content: Data) -> Table:
    head = ("year", "list", "measure", "code", "name", "rank", "rank_low", "rank_high", "score")
    rows = [
        (content["year"], tier["code"], ranking["measure"], *(row[key] for key in ("code", "name")), *_ranks(row))
        for tier in content["tiers"]
        for ranking in tier["rankings"]
        for row in ranking["rows"]
    ]
    return Table("rankings.csv", "三项排名", head, rows)


def _ranks(row: Data) -> Row:
    return tuple("" if row[key] is None else row[key] for key in ("rank", "low", "high", "exact"))


def _dimensions(content: Data) -> Table:
    rows = [
        (content["year"], tier["code"], row["code"], row["name"], part["code"], part["label"], part["weight"], exact)
        for tier in content["tiers"]
        for row in tier["dimensions"]["rows"]
        for part, exact in zip(tier["dimensions"]["parts"], row["exact"], strict=True)
    ]
    head = ("year", "list", "code", "name", "dimension", "label", "weight", "score")
    return Table("dimensions.csv", "各维度得分", head, rows)


def _indicators(content: Data) -> Table:
    keys = ("code", "label", "weight", "exact")
    rows = [
        (content["year"], one["tier"], one["code"], one["name"], *(row[key] for key in keys))
        for one in content["profiles"]
        for row in one["indicators"]
    ]
    head = ("year", "list", "code", "name", "indicator", "label", "weight", "score")
    return Table("indicators.csv", "各指标得分", head, rows)


def _figures(content: Data) -> Table:
    rows = [
        (content["year"], one["code"], one["name"], row["code"], row["label"], row["unit"], *row["exact"])
        for one in content["profiles"]
        for row in one["figures"]
    ]
    head = ("year", "code", "name", "figure", "label", "unit", "previous_year", "this_year")
    return Table("figures.csv", "主要数据", head, rows)


def _findings(content: Data) -> Table:
    keys = ("clause", "label", "shown", "unit", "threshold", "outcome", "word", "formula", "reason")
    rows = [
        (content["year"], one["code"], one["name"], *(row[key] for key in keys))
        for one in content["profiles"]
        for row in one["findings"]
    ]
    return Table("findings.csv", "年度要求", ("year", "code", "name", *keys), rows)


def _targets(content: Data) -> Table:
    keys = ("clause", "label", "shown", "threshold", "unit", "gap", "outcome", "word", "reason")
    rows = [(content["year"], *(row[key] for key in keys)) for row in content["targets"]["rows"]]
    return Table("targets.csv", "全省目标", ("year", *keys), rows)


def _parks(content: Data) -> Table:
    rows = [
        (content["year"], one["code"], one["name"], row["slug"], row["name"], row["status"], row["rank"] or "")
        for one in content["profiles"]
        for row in one["parks"]
    ]
    head = ("year", "code", "name", "park", "park_name", "status", "rank")
    return Table("parks.csv", "区内高新园区", head, rows)


def made(content: Data, texts: Mapping[str, str]) -> list[File]:
    """All files of a report; the last one is the list of the others' SHA-256."""
    found = tables(content)
    files = [File(one.name, CSV, _csv(one), one.title) for one in found]
    files.append(File("report.xlsx", XLSX, _workbook(found), "全部表格"))
    files.append(File("report.json", JSON, _json(content, texts), "报告全文（数据和文字）"))
    files += [
        File(name, CSV, text.encode(), _about(name)) for name, text in sorted(content.get("recompute", {}).items())
    ]
    sums = "".join(f"{one.checksum}  {one.name}\n" for one in files)
    return [*files, File(SUMS, TEXT, sums.encode(), "以上各文件的 SHA-256")]


def _csv(table: Table) -> bytes:
    return encoded(csv_text(list(table.head), [dict(zip(table.head, row, strict=True)) for row in table.rows]))


def _about(name: str) -> str:
    what = "指标数据" if name.endswith("-data.csv") else "指标、权重和算法"
    tier, measure = name.split("-")[:2]
    names = {
        "city": "设区市",
        "county": "县（市、区）",
        "strength": "综合实力",
        "level": "创新水平",
        "change": "相对上年变化",
    }
    return f"{names.get(tier, tier)}{names.get(measure, measure)}复算：{what}"


def _json(content: Data, texts: Mapping[str, str]) -> bytes:
    rest = {key: value for key, value in content.items() if key != "recompute"} | {"texts": dict(texts)}
    return json.dumps(rest, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _workbook(found: Iterable[Table]) -> bytes:
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for one in found:
        sheet = book.create_sheet(one.title)
        sheet.append(list(one.head))
        for row in one.rows:
            sheet.append([_cell(value) for value in row])
        for heading in sheet[1]:
            heading.font = Font(bold=True)
        for place, name in enumerate(one.head, 1):
            widest = max([len(name), *(len(str(row[place - 1])) * 2 for row in one.rows[:50])])
            sheet.column_dimensions[get_column_letter(place)].width = min(widest + 2, WIDEST)
        sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return _without_clock(written.getvalue())


def _cell(value: Any) -> Any:
    """Numbers as numbers where a sheet can hold them; text that looks like a formula stays text."""
    if isinstance(value, str):
        try:
            return float(value) if value[:1].isdigit() and "." in value and len(value) < 18 else cell(value)
        except ValueError:
            return cell(value)
    return value


def _without_clock(content: bytes) -> bytes:
    """The same workbook with one date everywhere."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name in sorted(given.namelist()):
            part = given.read(name)
            if name == "docProps/core.xml":
                part = MODIFIED.sub(rb"\g<1>2012-01-01T00:00:00Z\g<2>", part)
            book.writestr(zipfile.ZipInfo(name, EPOCH), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()
