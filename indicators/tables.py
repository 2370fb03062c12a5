"""A return as a table: each figure with what it was last year, what is written, what the rules and departments say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Organisation
from files.models import Upload
from indicators import checking, queries, units
from indicators.checking import Flaw
from indicators.enums import FINAL, ReturnStatus
from indicators.ledgers.beside import Beside
from indicators.models import Conflict, Entry, Figure, Return, Verification
from indicators.units import Scale
from policy import decimals, figures
from policy.figures import Nature, Type

TURN = 2
LEADING = 3
# What the province finds, not what a park reports.
FOUND = {"P.rank", "P.ranked"}


@dataclass
class Row:
    """One figure of a return; `typed` and `errors` are what a refused form gives back."""

    code: str
    label: str
    unit: str
    nature: str
    needed: bool
    type: Type = Type.DECIMAL
    scale: Scale = field(default_factory=lambda: Scale(""))
    last: Figure | None = None
    median: Fraction | None = None
    entry: Entry | None = None
    reported: Figure | None = None
    final: Figure | None = None
    said: Verification | None = None
    conflict: Conflict | None = None
    owner: Organisation | None = None
    flaws: list[Flaw] = field(default_factory=list)
    ledger: Beside | None = None
    typed: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def value(self) -> str:
        """What stands in the input: what was typed, else what is written, in the unit shown."""
        return self.typed["value"] if "value" in self.typed else self.scale.shown(self._written("value"))

    @property
    def unknown(self) -> bool:
        """Whether it is said that nobody knows it."""
        return bool(self.typed["unknown"]) if "unknown" in self.typed else bool(self.entry and self.entry.unknown)

    @property
    def note(self) -> str:
        """The note beside it."""
        return self._shown("note")

    @property
    def source(self) -> str:
        """The source beside it."""
        return self._shown("source")

    @property
    def explanation(self) -> str:
        """Why a figure is out of the ordinary."""
        return self._shown("explanation")

    @property
    def version(self) -> int:
        """The version that the writer sees."""
        return self.entry.version if self.entry else 0

    @property
    def last_shown(self) -> str:
        """Last year's value in the unit shown; a dash where it is unknown."""
        return self.scale.shown(self.last.value) if self.last and self.last.value else "—"

    @property
    def median_shown(self) -> str:
        """The median of the others in the unit shown; a dash where there are too few."""
        if self.median is None or self.type not in (Type.DECIMAL, Type.COUNT):
            return "—"
        return decimals.amount(self.median * self.scale.factor, places=TURN)

    @property
    def change(self) -> str:
        """The change from last year in percent; empty where either is unknown or last year's is zero."""
        now = self.entry.value if self.entry else self.reported.value if self.reported else None
        after, before = checking.number(now), checking.number(self.last.value if self.last else None)
        if after is None or not before:
            return ""
        share = 100 * (after - before) / before
        return f"{'+' if share > 0 else ''}{decimals.show(share, places=TURN)}%"

    @property
    def why(self) -> str:
        """The explanation as those who check it read it: of what is written, else of what was handed in."""
        return self.entry.explanation if self.entry else self.reported.reason if self.reported else ""

    @property
    def proof(self) -> Upload | None:
        """The evidence that one may open: of what is written, else of what was handed in."""
        stands = self.entry or self.reported
        return stands.evidence if stands and stands.evidence_id else None

    @property
    def is_text(self) -> bool:
        """Whether words are typed."""
        return self.type is Type.TEXT

    @property
    def is_choice(self) -> bool:
        """Whether yes or no is chosen."""
        return self.type is Type.BOOLEAN

    @property
    def needs_explanation(self) -> bool:
        """Whether a warning asks why."""
        return any(not flaw.is_refusal for flaw in self.flaws)

    def _written(self, name: str) -> str:
        return (getattr(self.entry, name) if self.entry else None) or ""

    def _shown(self, name: str) -> str:
        return self.typed[name] if name in self.typed else self._written(name)


def codes_of(kind: str) -> dict[str, figures.Figure]:
    """The figures that a return of a kind asks for, in the order of the catalogue; plan facts stand elsewhere."""
    return {
        code: figure
        for base, figure in figures.catalogue().items()
        if figure.verifier and base not in FOUND and base not in queries.COUNTED
        for code in _codes(base, figure)
        if queries.kind_of(code) == kind
    }


def _codes(base: str, figure: figures.Figure) -> Iterator[str]:
    if figure.index is None:
        yield base
    elif figure.index == "number":
        yield from (f"{base}[{number}]" for number in range(1, LEADING + 1))
    elif isinstance(figure.index, tuple):
        yield from (f"{base}[{key}]" for key in figure.index)


def rows_of(report: Return, *, entries: bool, choice: str = "") -> list[Row]:
    """The figures of a return, the needed ones first; `entries`: with what is being written; `choice`: of units."""
    needed = set(queries.needed(report))
    natures = {Nature.STOCK: _("年末数"), Nature.FLOW: _("全年数")}
    last = queries.final(report.subject, [report.year - 1])
    rows = report.entries.select_related("changed_by", "evidence")
    written = {row.code: row for row in rows} if entries else {}
    reported = queries.reported(report)
    said = queries.newest_verifications(report, reported)
    final = queries.newest(report, *FINAL) if report.status == ReturnStatus.LOCKED else {}
    conflicts = {row.code: row for row in report.conflicts.filter(settled_at=None)}
    medians = queries.medians(report.kind, report.subject, report.year - 1) if entries else {}
    asked = codes_of(report.kind)
    owners = queries.owners(asked)
    offices: dict[UUID, Organisation] = Organisation.objects.in_bulk(set(owners.values()))
    found = [
        Row(
            code=code,
            label=queries.named(code),
            unit=figure.unit,
            nature=natures[figure.nature],
            needed=code in needed,
            type=figure.type,
            scale=units.scale_of(figure.unit, choice),
            last=last.get(code, {}).get(report.year - 1),
            median=medians.get(code),
            entry=written.get(code),
            reported=reported.get(code),
            final=final.get(code),
            said=said.get(code),
            conflict=conflicts.get(code),
            owner=offices.get(owners[code]) if code in owners else None,
        )
        for code, figure in asked.items()
    ]
    if entries:
        put_flaws(found, checking.basis_of(report).flaws())
    return sorted(found, key=lambda row: not row.needed)


def put_flaws(rows: Iterable[Row], flaws: Iterable[Flaw]) -> None:
    """Show what is wrong at the first figure that it is about, as far as somebody wrote into one of them."""
    written = {row.code for row in rows if row.entry}
    by_code: dict[str, list[Flaw]] = {}
    for flaw in flaws:
        if not written.isdisjoint(flaw.codes):
            by_code.setdefault(flaw.code, []).append(flaw)
    for row in rows:
        row.flaws = by_code.get(row.code, [])


def problems(report: Return, flaws: Iterable[Flaw], labels: Mapping[str, str]) -> list[dict[str, str]]:
    """What has to be done before the return may be handed up, each with the place to do it."""
    answered = queries.answered(report)
    missing = [code for code in queries.needed(report) if code not in answered]
    if report.is_of_province:
        # A department mends its own.
        missing = [code for code in missing if code in labels]
        flaws = [flaw for flaw in flaws if flaw.code in labels]
    found = [{"text": str(flaw), "href": f"#{flaw.code}-value"} for flaw in flaws]
    return found + [
        {"text": _("%(name)s没有填写") % {"name": labels.get(code, code)}, "href": f"#{code}-value"} for code in missing
    ]


def progress(rows: Iterable[Row]) -> list[dict[str, object]]:
    """How far the figures of each department are filled in."""
    found: dict[str, list[int]] = {}
    for row in rows:
        counted = found.setdefault(row.owner.short_name if row.owner else _("其他"), [0, 0])
        counted[0] += bool(row.entry and (row.entry.value or row.entry.unknown))
        counted[1] += 1
    return [{"office": office, "done": done, "total": total} for office, (done, total) in found.items()]
