"""A return as a table: each figure with what it was last year, what is written, what the departments say."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Organisation
from indicators import queries
from indicators.enums import FINAL, ReturnStatus
from indicators.models import Conflict, Entry, Figure, Return, Verification
from policy import decimals, figures
from policy.figures import Nature, Type

TURN = 2


@dataclass
class Row:
    """One figure of a return; `typed` and `errors` are what a refused form gives back."""

    code: str
    label: str
    unit: str
    nature: str
    needed: bool
    last: Figure | None = None
    entry: Entry | None = None
    reported: Figure | None = None
    final: Figure | None = None
    said: Verification | None = None
    conflict: Conflict | None = None
    owner: Organisation | None = None
    typed: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def value(self) -> str:
        """What stands in the input: what was typed, else what is written."""
        return self._shown("value")

    @property
    def note(self) -> str:
        """The note beside it."""
        return self._shown("note")

    @property
    def source(self) -> str:
        """The source beside it."""
        return self._shown("source")

    @property
    def version(self) -> int:
        """The version that the writer sees."""
        return self.entry.version if self.entry else 0

    @property
    def change(self) -> str:
        """The change from last year in percent; empty where either is unknown or last year's is zero."""
        now = self.value if self.entry else self.reported.value if self.reported else None
        if not now or self.last is None or not self.last.value:
            return ""
        try:
            before, after = decimals.parse(self.last.value), decimals.parse(now)
        except ValueError:
            return ""
        if not before:
            return ""
        share = 100 * (after - before) / before
        return f"{'+' if share > 0 else ''}{decimals.show(share, places=TURN)}%"

    def _shown(self, name: str) -> str:
        if name in self.typed:
            return self.typed[name]
        return (getattr(self.entry, name) if self.entry else None) or ""


def rows_of(report: Return, *, entries: bool) -> list[Row]:
    """The figures of a return's kind in the order of the catalogue; `entries`: with what is being written."""
    needed = set(queries.needed(report))
    natures = {Nature.STOCK: _("年末数"), Nature.FLOW: _("全年数")}
    last = queries.final(report.subject, [report.year - 1])
    written = {row.code: row for row in report.entries.select_related("changed_by")} if entries else {}
    reported = queries.reported(report)
    said = queries.newest_verifications(report, reported)
    final = queries.newest(report, *FINAL) if report.status == ReturnStatus.LOCKED else {}
    conflicts = {row.code: row for row in report.conflicts.filter(settled_at=None)}
    asked = {code: figure for code, figure in figures.catalogue().items() if _is_asked(report, code, figure)}
    owners = queries.owners(asked)
    offices: dict[UUID, Organisation] = Organisation.objects.in_bulk(set(owners.values()))
    rows = [
        Row(
            code=code,
            label=figure.label,
            unit=figure.unit,
            nature=natures[figure.nature],
            needed=code in needed,
            last=last.get(code, {}).get(report.year - 1),
            entry=written.get(code),
            reported=reported.get(code),
            final=final.get(code),
            said=said.get(code),
            conflict=conflicts.get(code),
            owner=offices.get(owners[code]) if code in owners else None,
        )
        for code, figure in asked.items()
    ]
    return sorted(rows, key=lambda row: not row.needed)


def _is_asked(report: Return, code: str, figure: figures.Figure) -> bool:
    """Numbers with one value a year; texts, lists and plan facts stand elsewhere."""
    measured = figure.type in (Type.DECIMAL, Type.COUNT) and figure.index is None and bool(figure.verifier)
    return measured and queries.kind_of(code) == report.kind
