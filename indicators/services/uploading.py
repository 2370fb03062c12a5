"""A table is read into a return: what it would change and all that is wrong is shown first; all rows or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from indicators import blanks, checking, queries, tables
from indicators.checking import FigureRefused, Flaw
from indicators.models import Entry, Return
from indicators.services.writing import Conflicting, Saved, Typed, save_entries
from indicators.sheets import Line, SheetRefused, wrong_unit
from policy import figures

PASTED = "粘贴"
MOST = 2000
LETTERS = {"code": "A", "value": "B", "source": "C", "note": "D"}


@dataclass(frozen=True)
class Change:
    """One figure that a table changes; `asks` are the warnings that follow."""

    code: str
    label: str
    unit: str
    before: str
    after: str
    asks: tuple[str, ...] = ()


@dataclass
class Preview:
    """What a table would do: its changes, or why it is not taken."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    problems: list[str] = field(default_factory=list)


class _Undo(Exception):
    """What was tried is taken back."""


def pasted(text: str, report: Return, first: str = "") -> list[Line]:
    """Lines of text as a table: code or name, value, source, note; or values alone from the figure `first` on.

    Raises SheetRefused.
    """
    labels = {code: queries.named(code) for code in tables.codes_of(report.kind)}
    by_name = {label: code for code, label in labels.items()}
    found: list[Line] = []
    order = list(labels)
    at = order.index(first) if first in labels else 0
    for number, line in enumerate(text.replace("\r", "").split("\n"), start=1):
        if not line.strip("\t "):
            at += bool(found and first)
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if first:
            code, rest = (order[at] if at < len(order) else ""), cells
            at += 1
        else:
            code, rest = by_name.get(cells[0], cells[0]), cells[1:]
        said = dict(zip(("value", "source", "note"), [*rest, "", "", ""], strict=False))
        own = {"subject": report.subject, "year": str(report.year), "code": code}
        found.append(Line(PASTED, number, {**own, **said}, LETTERS))
    if not found:
        raise SheetRefused([_("没有粘贴任何数据。")])
    return found


def preview(report: Return, lines: Sequence[Line], actor: Actor) -> Preview:
    """What the lines would change, tried and taken back. Raises Refused where the actor may not write at all."""
    before = {entry.code: entry for entry in report.entries.all()}
    found = Preview()
    try:
        with transaction.atomic():
            saved = apply(report, lines, actor, {code: entry.version for code, entry in before.items()})
            flaws = checking.basis_of(report).flaws()
            found.changes = [_change(code, before.get(code), saved.entries[code], flaws) for code in saved.written]
            found.same = len(saved.entries) - len(saved.written)
            raise _Undo
    except _Undo:
        order = list(tables.codes_of(report.kind))
        found.changes.sort(key=lambda change: order.index(change.code))
    except SheetRefused as refused:
        found.problems = refused.problems
    return found


@transaction.atomic
def apply(report: Return, lines: Sequence[Line], actor: Actor, versions: Mapping[str, int]) -> Saved:
    """Write all lines or none. Raises SheetRefused with every problem, Refused where the actor may not write."""
    problems, typed, by_code = _typed(report, lines, versions)
    try:
        saved = save_entries(report, typed, actor, whole=True)
    except FigureRefused as refused:
        if all(flaw.code not in by_code for flaw in refused.flaws):
            raise
        problems += dict.fromkeys(_at(flaw, by_code) for flaw in refused.flaws)
        raise SheetRefused(problems) from refused
    except Conflicting as met:
        said = {
            "where": by_code[met.entry.code].at("value"),
            "person": met.entry.changed_by,
            "value": met.entry.value or _("空白"),
            "own": met.value or _("空白"),
        }
        words = _("%(where)s：%(person)s刚刚把这一项改为“%(value)s”，表中是“%(own)s”。请重新预览。") % said
        raise SheetRefused([*problems, words]) from met
    if problems:
        raise SheetRefused(problems)
    return saved


def _at(flaw: Flaw, by_code: Mapping[str, Line]) -> str:
    line = next((by_code[code] for code in (flaw.code, *flaw.codes) if code in by_code), None)
    return f"{line.at('value')}：{flaw}" if line else str(flaw)


def _typed(
    report: Return, lines: Sequence[Line], versions: Mapping[str, int]
) -> tuple[list[str], list[Typed], dict[str, Line]]:
    """What is wrong with the lines themselves, what the others say, and where each figure stands."""
    if len(lines) > MOST:
        raise SheetRefused([_("表格有 %(n)d 行，最多 %(most)d 行。") % {"n": len(lines), "most": MOST}])
    problems: list[str] = []
    typed: list[Typed] = []
    by_code: dict[str, Line] = {}
    for line in lines:
        if against := _wrong(report, line, by_code):
            problems.append(against)
            continue
        code = line.cells["code"]
        by_code[code] = line
        words = {
            name: blanks.plain(line.cells[name]) for name in ("source", "note", "explanation") if name in line.cells
        }
        typed.append(Typed(code, versions.get(code, 0), line.cells["value"], None, **words))
    return problems, typed, by_code


def _wrong(report: Return, line: Line, by_code: Mapping[str, Line]) -> str:
    """Why a line is not of this return; empty where it is."""
    cells = line.cells
    code, figure = cells["code"], figures.find(cells["code"])
    if cells["subject"] != report.subject or cells["year"] != str(report.year):
        said = {"where": line.at("subject"), "value": f"{cells['subject']} {cells['year']}"}
        words = _("%(where)s：“%(value)s”不是这份报表的对象和年度（V12），例如 %(own)s。")
        return words % {**said, "own": f"{report.subject} {report.year}"}
    if figure is None or queries.kind_of(code) != report.kind:
        words = _("%(where)s：“%(value)s”不是这份报表的指标，例如 %(own)s。")
        return words % {"where": line.at("code"), "value": code, "own": next(iter(tables.codes_of(report.kind)))}
    if code in by_code:
        said = {"where": line.at("code"), "value": code, "other": by_code[code].at("code")}
        return _("%(where)s：%(value)s 与 %(other)s 重复（V11），请只留一行。") % said
    return wrong_unit(line, figure.label, figure.unit)


def _change(code: str, before: Entry | None, after: Entry, flaws: Sequence[Flaw]) -> Change:
    figure = figures.find(code)
    asks = tuple(str(flaw) for flaw in flaws if flaw.code == code and not after.explanation)
    return Change(code, queries.named(code), figure.unit if figure else "", _shown(before), _shown(after), asks)


def _shown(entry: Entry | None) -> str:
    if entry is None or (entry.value is None and not entry.unknown):
        return "—"
    return _("未知") if entry.unknown else str(entry.value)
