"""What the ledgers count stands beside the figures of a return, and is taken over into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.enums import SubjectKind
from indicators.ledgers.counting import MEASURES
from indicators.models import LedgerCount, Return
from policy import decimals
from workflow.ledger import recorded

if TYPE_CHECKING:
    from indicators.tables import Row

SOURCE = recorded("台账")


@dataclass(frozen=True)
class Beside:
    """A figure as the ledger counts it: in the unit shown, when it was counted, where its rows are, how it differs."""

    value: str
    counted_at: dt.datetime
    address: str
    warning: str


def ledger_counts(report: Return) -> dict[str, LedgerCount]:
    """What the park's ledgers count for a return, by code; only what they do count."""
    if report.kind not in (SubjectKind.PARK, SubjectKind.CITY):
        return {}
    found = LedgerCount.objects.filter(subject=report.subject, year=report.year, value__isnull=False)
    return {row.code: row for row in found}


def rows_address(count: LedgerCount) -> str:
    """Where the rows are that a figure was counted from."""
    query = urlencode({"park": count.subject, "figure": count.code, "year": count.year})
    return f"{reverse('ledgers:list', args=[MEASURES[count.code].book])}?{query}"


def put(report: Return, rows: Iterable[Row]) -> None:
    """Give each row of a return what the ledger counts for it."""
    counts = ledger_counts(report)
    for row in rows:
        if count := counts.get(row.code):
            shown = row.scale.shown(count.value)
            row.ledger = Beside(shown, count.counted_at, rows_address(count), _difference(row, count))


def _difference(row: Row, count: LedgerCount) -> str:
    """How the figure differs from the ledger, in words; empty where it does not, or where V5 says it already."""
    if any(flaw.rule == "V5" and flaw.codes == (row.code,) for flaw in row.flaws):
        return ""
    given = row.entry.value if row.entry else row.reported.value if row.reported else None
    if given is None or count.value is None:
        return ""
    try:
        gap = decimals.parse(given) - decimals.parse(count.value)
    except ValueError:
        return ""
    if not gap:
        return ""
    said = {"given": row.scale.shown(given), "counted": row.scale.shown(count.value)}
    said["gap"] = decimals.amount(abs(gap) * row.scale.factor)
    if gap > 0:
        return _("填报数 %(given)s 比台账数 %(counted)s 多 %(gap)s，请核对，或在口径说明中写明原因。") % said
    return _("填报数 %(given)s 比台账数 %(counted)s 少 %(gap)s，请核对，或在口径说明中写明原因。") % said


def adopt(request: HttpRequest, rows: Iterable[Row]) -> None:
    """Write into a posted form what the ledger counts for the figure whose button was pressed."""
    code = request.POST.get("adopt")
    for row in rows:
        if row.code == code and row.ledger is not None:
            posted = request.POST.copy()
            posted[f"{code}-value"], posted[f"{code}-source"] = row.ledger.value, SOURCE
            posted.pop(f"{code}-unknown", None)
            request.POST = posted  # type: ignore[assignment]
