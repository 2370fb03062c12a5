"""Figures that a place wrote of itself in its application are put into its returns, for its reporter to look at."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.models import Person
from indicators import checking, queries
from indicators.checking import FigureRefused
from indicators.enums import ReturnStatus, SubjectKind
from indicators.models import Entry, Return
from indicators.services.writing import read
from workflow import ledger
from workflow.ledger import recorded


@transaction.atomic
def propose_entries(place: str, year: int, values: Mapping[str, str], writer: Person, source: str) -> list[str]:
    """Write what is not in the place's return yet, and give the codes; the reporter may change all of it.

    Nothing is written over: a figure that was entered, said to be unknown, imported or handed in stays. What a rule
    refuses is left out. Nothing happens where the return is not open, or is with somebody else already.
    Called under the system scope (`sealed.propose_entries`).
    """
    found = Return.objects.select_for_update(no_key=True).filter(kind=SubjectKind.CITY, subject=place, year=year)
    report = found.filter(status=ReturnStatus.FILLING).first()
    if report is None:
        return []
    taken = {*report.entries.values_list("code", flat=True), *report.figures.values_list("code", flat=True)}
    wanted = _sound(report, {code: text for code, text in values.items() if code not in taken})
    own = {"report": report, "tenant_id": report.tenant_id, "dossier": report.dossier, "changed_by": writer}
    Entry.objects.bulk_create(
        [Entry(**own, code=code, value=value, source=source[:200]) for code, value in wanted.items()]
    )
    if wanted:
        said = recorded("按申报自评预填，请核对后报送")
        data = {"codes": sorted(wanted), "source": source}
        ledger.append(report, "prefill", said, None, dossier=report.dossier, basis="C-III.2b", data=data)
    return sorted(wanted)


def _sound(report: Return, values: Mapping[str, str]) -> dict[str, str]:
    """The values as a return stores them, without those that a rule refuses."""
    wanted: dict[str, str] = {}
    for code, text in values.items():
        try:
            value = read(code, text) if queries.kind_of(code) == report.kind else None
        except FigureRefused:
            continue
        if value is not None:
            wanted[code] = value
    basis = checking.basis_of(report)
    while wanted:
        flaws = [flaw for flaw in basis.flaws(checking.numbers(wanted)) if flaw.is_refusal]
        refused = {code for flaw in flaws for code in flaw.codes} & wanted.keys()
        if not refused:
            break
        wanted = {code: value for code, value in wanted.items() if code not in refused}
    return wanted
