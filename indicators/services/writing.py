"""Figures are written into a return: checked as they are typed and when they are saved, each with its version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from indicators import checking, limits, queries, rules
from indicators.checking import FORMAT, Basis, FigureRefused, Flaw
from indicators.enums import ReturnStatus
from indicators.models import Entry, Return
from indicators.services.confirming import ask_to_confirm
from policy import decimals, figures
from policy.validation import RULES, TYPING, Severity
from workflow.machine import Refused

UNKNOWN = ("未知", "不掌握", "unknown")
LONGEST = {"source": limits.SOURCE, "note": limits.REASON, "explanation": limits.REASON}
__all__ = ["TYPING", "UNKNOWN", "Conflicting", "Saved", "Typed", "read", "save_entries", "save_entry"]


@dataclass
class Conflicting(Exception):
    """Somebody else changed the figure meanwhile: theirs stands, and what was to be written is given back."""

    entry: Entry
    value: str | None


@dataclass(frozen=True)
class Typed:
    """What somebody typed for a figure; None leaves what stands. `version`: that of the entry they saw, 0 for none."""

    code: str
    version: int = 0
    text: str | None = None
    unknown: bool | None = None
    source: str | None = None
    note: str | None = None
    explanation: str | None = None


@dataclass
class Saved:
    """What became of figures: `written` are those that changed, `entries` all that now stand as they were typed."""

    entries: dict[str, Entry] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    refused: dict[str, list[Flaw]] = field(default_factory=dict)
    conflicts: dict[str, Conflicting] = field(default_factory=dict)


def read(code: str, text: str) -> str | None:
    """What was typed for a figure as plain decimal text; None for nothing typed. Raises FigureRefused."""
    figure = figures.find(code)
    if figure is None:
        words = _("没有代码为 %(code)s 的指标") % {"code": code}
        raise FigureRefused([_flaw(code, text, words, _("例如 P.gdp"))])
    typed, text = text.strip(), text.strip().replace(",", "").replace("，", "")
    if len(typed) > limits.VALUE:
        words = _("%(name)s过长，最多 %(n)d 位") % {"name": figure.label, "n": limits.VALUE}
        raise FigureRefused([_flaw(code, typed[:40], words, _("例如 1234.56"))])
    if not text or figure.type is figures.Type.TEXT:
        return typed or None
    try:
        number = decimals.parse(text)
    except ValueError:
        words = _("%(name)s应填写数字，不是“%(text)s”") % {"name": figure.label, "text": typed[:40]}
        raise FigureRefused([_flaw(code, typed, words, _("例如 1234.56；不掌握的选“未知”"))]) from None
    if figure.type is figures.Type.BOOLEAN and text not in ("0", "1"):
        words = _("%(name)s应填写 1（是）或 0（否）") % {"name": figure.label}
        raise FigureRefused([_flaw(code, typed, words, _("例如 1"))])
    if wrong := checking.alone(code, number, timezone.localdate().year):
        raise FigureRefused(wrong)
    return text


def save_entry(
    report: Return,
    code: str,
    text: str,
    actor: Actor,
    *,
    version: int = 0,
    unknown: bool = False,
    source: str | None = None,
    note: str | None = None,
    explanation: str | None = None,
    names: Iterable[str] = tuple(RULES),
) -> Entry:
    """Write one figure, checked by all rules (or by `names`); `version` is that of the entry the writer saw, else 0.

    Raises Refused (FigureRefused with its flaws), or Conflicting where somebody else wrote meanwhile.
    """
    told = Typed(code, version, text, unknown, source, note, explanation)
    saved = save_entries(report, [told], actor, names=names)
    if code in saved.refused:
        raise FigureRefused(saved.refused[code])
    if code in saved.conflicts:
        raise saved.conflicts[code]
    return saved.entries[code]


@transaction.atomic
def save_entries(
    report: Return, typed: Sequence[Typed], actor: Actor, *, names: Iterable[str] = tuple(RULES), whole: bool = False
) -> Saved:
    """Write figures that were typed together and are checked together; what is refused leaves the others.

    `whole`: all or none; then raises FigureRefused with every flaw, or the first Conflicting.
    """
    _may_write(report, typed, actor)
    # Two first writers of one figure wait for each other at the return's row.
    Return.objects.select_for_update(no_key=True).get(pk=report.pk)
    held = {row.code: row for row in report.entries.select_related("changed_by")}
    saved, wanted = Saved(), {}
    for one in typed:
        try:
            wanted[one.code] = _wanted(report, one, held.get(one.code))
        except FigureRefused as refused:
            saved.refused[one.code] = refused.flaws
    versions = {one.code: one.version for one in typed}
    changed = {code: told for code, told in wanted.items() if _differs(held.get(code), told)}
    for code in list(changed):
        row = held.get(code)
        if row is not None and row.version != versions[code]:
            saved.conflicts[code] = Conflicting(row, changed.pop(code)["value"])
    leaps = _drop_refused(report, changed, held, saved, tuple(names))
    if whole and saved.refused:
        raise FigureRefused([flaw for flaws in saved.refused.values() for flaw in flaws])
    if whole and saved.conflicts:
        raise next(iter(saved.conflicts.values()))
    for code, told in wanted.items():
        if code in changed:
            saved.entries[code] = _write(report, code, told, held.get(code), actor)
            saved.written.add(code)
        elif code in held and code not in saved.conflicts and code not in saved.refused:
            saved.entries[code] = held[code]
        elif code not in saved.conflicts and code not in saved.refused:
            saved.entries[code] = Entry(report=report, code=code, version=0)
    if leaps:
        ask_to_confirm(report, actor)
    return saved


def _flaw(code: str, value: str, words: str, example: str, rule: str = FORMAT) -> Flaw:
    return Flaw(code, value, rule, Severity.REFUSAL, words, example, (code,))


def _may_write(report: Return, typed: Sequence[Typed], actor: Actor) -> None:
    if not rules.writes(actor, report):
        raise Refused([_("只有填报单位的经办人可以填写。")])
    foreign = [(one, said) for one in typed for said in rules.may_fill(actor, report, one.code)]
    if foreign:
        raise FigureRefused([_flaw(one.code, one.text or "", said, "") for one, said in foreign])
    if report.status == ReturnStatus.FILLING:
        return
    rule = "V12" if report.status == ReturnStatus.LOCKED else "V11"
    words = _("报表现在“%(status)s”，不能修改") % {"status": report.get_status_display()}
    example = _("例如请审核单位退回后修改") if rule == "V11" else _("例如申请勘误")
    told = typed or [Typed("")]
    raise FigureRefused([_flaw(one.code, one.text or "", words, example, rule) for one in told])


def _wanted(report: Return, typed: Typed, held: Entry | None) -> dict[str, Any]:
    """What an entry should say. Raises FigureRefused where it cannot be read."""
    if queries.kind_of(typed.code) != report.kind:
        read(typed.code, "")
        words = _("%(name)s不是这份报表的指标") % {"name": queries.named(typed.code)}
        raise FigureRefused([_flaw(typed.code, typed.text or "", words, "")])
    told: dict[str, Any] = {
        name: getattr(held, name) if held else default
        for name, default in {"value": None, "unknown": False, **dict.fromkeys(LONGEST, "")}.items()
    }
    for name, longest in LONGEST.items():
        if (text := getattr(typed, name)) is None:
            continue
        told[name] = text.strip()
        if len(told[name]) > longest:
            words = _("文字过长，最多 %(n)d 字") % {"n": longest}
            raise FigureRefused([_flaw(typed.code, told[name][:40], words, "")])
    text, unknown = typed.text, typed.unknown
    if text is not None and text.strip().lower() in UNKNOWN:
        text, unknown = "", True
    if text is not None:
        told["value"] = read(typed.code, text)
        told["unknown"] = bool(unknown) if unknown is not None else told["unknown"] and told["value"] is None
    elif unknown is not None:
        told["unknown"] = unknown
    if told["unknown"] and told["value"] is not None:
        words = _("%(name)s已填数值，不能同时选“未知”") % {"name": queries.named(typed.code)}
        raise FigureRefused([_flaw(typed.code, told["value"], words, _("例如清空数值，或者取消“未知”"))])
    return told


def _differs(held: Entry | None, told: Mapping[str, Any]) -> bool:
    """Whether anything would change; an empty cell that nobody wrote into stays without a row."""
    if held is None:
        return any(told.values())
    return any(getattr(held, name) != wanted for name, wanted in told.items())


def _drop_refused(
    report: Return,
    changed: dict[str, dict[str, Any]],
    held: Mapping[str, Entry],
    saved: Saved,
    names: tuple[str, ...],
) -> bool:
    """Take away what a rule refuses, and then what only stood because of it, until the rest is sound.

    Returns whether something of the rest leaps so far that the city's office has to confirm it.
    """
    basis: Basis | None = None
    while True:
        values = {
            code: told["value"]
            for code, told in changed.items()
            if code not in held or held[code].value != told["value"]
        }
        if not values:
            return False
        basis = basis or checking.basis_of(report)
        found = basis.flaws(checking.numbers(values), names)
        about = [flaw for flaw in found if not values.keys().isdisjoint(flaw.codes)]
        wrong = [flaw for flaw in about if flaw.is_refusal]
        if not wrong:
            return any(flaw.needs_city for flaw in about)
        for flaw in wrong:
            for code in values.keys() & set(flaw.codes):
                saved.refused.setdefault(code, []).append(flaw)
                changed.pop(code, None)


def _write(report: Return, code: str, told: Mapping[str, Any], held: Entry | None, actor: Actor) -> Entry:
    by = {"changed_by": actor.person, "changed_at": timezone.now()}
    if held is None:
        own = {"tenant_id": report.tenant_id, "dossier": report.dossier}
        return Entry.objects.create(report=report, code=code, **own, **told, **by)
    for name, wanted in {**told, **by}.items():
        setattr(held, name, wanted)
    held.version += 1
    held.save(update_fields=[*told, *by, "version"])
    return held
