"""The self-check (自查): the clauses of a filing's kind judged from the filing as it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.facts import Dossier
from applications.kinds import kind_of
from applications.models import Filing
from indicators import queries_policy
from policy import clauses, decimals
from policy.judge import Assessment, Finding, judge
from policy.outcomes import Kind, Outcome, Verdict
from workflow import instants

AREA_CLAUSES = clauses.load("park-creation")
AREA_PLACES = 4


@dataclass(frozen=True)
class Row:
    """A finding as the components print it (see templates/components/finding.html)."""

    clause: str
    title: str
    outcome: str
    observed: str
    threshold: str
    unit: str
    formula: str
    reason: str
    quote: str
    advice: str
    href: str
    kind: str


def assess(filing: Filing) -> Assessment:
    """Judge the filing as it stands against the clauses of its kind (all that the portal shows)."""
    return assess_dossier(Dossier.of(filing))


def assess_dossier(dossier: Dossier) -> Assessment:
    """The same of a filing that was read already."""
    kind = kind_of(dossier.filing)
    if not kind.clause_set:
        return _nothing(dossier)
    params = queries_policy.policy_params(instants.today())
    judged = judge(clauses.load(kind.clause_set), kind.facts(dossier), params=params, audience="portal")
    return replace(judged, findings=tuple(one for one in judged.findings if one.clause not in kind.elsewhere))


def _nothing(dossier: Dossier) -> Assessment:
    """What is found where no clause speaks of a filing."""
    subject, day = str(dossier.filing.pk), instants.today()
    return Assessment("", "", subject, day.year, day, {}, (), Verdict.NOT_APPLICABLE)


def failed(assessment: Assessment) -> list[Finding]:
    """The quantitative clauses that are not met; they bar sending for checking (A.3)."""
    return [f for f in assessment.findings if f.kind is Kind.QUANTITATIVE and f.outcome is Outcome.NOT_MET]


def rows(assessment: Assessment, filing: Filing | None = None) -> list[Row]:
    """The findings as rows, with links to the pages of a filing in work."""
    return [_row(finding, filing) for finding in assessment.findings]


def counts(found: list[Row]) -> dict[str, int]:
    """How many clauses are met, not met, and so on."""
    return {outcome.value: sum(row.outcome == outcome for row in found) for outcome in Outcome}


def page_of(filing: Filing, place: str) -> str:
    """The address of a section or page of a filing in work."""
    name, _hash, anchor = place.partition("#")
    if name in {"materials", "boundary", "figures"}:
        address = reverse(f"applications:{name}", args=[filing.pk])
    else:
        address = reverse("applications:section", args=[filing.pk, name])
    return f"{address}#{anchor}" if anchor else address


def area(text: str) -> str:
    """An area in km² for reading: a value below the threshold is never rounded up to it."""
    clause = AREA_CLAUSES.clause("P-II.1.2e")
    bounds = [threshold.low for threshold in clause.thresholds]
    return decimals.show(decimals.parse(text), bounds, places=AREA_PLACES)


def _row(finding: Finding, filing: Filing | None) -> Row:
    place = kind_of(filing).places.get(finding.clause) if filing else None
    observed = finding.observed or ""
    if finding.value is not None and finding.observed is not None:
        places = 0 if finding.value.denominator == 1 else AREA_PLACES
        observed = decimals.show(finding.value, finding.bounds, places=places)
    return Row(
        clause=finding.clause,
        title=finding.label,
        outcome=finding.outcome.value,
        observed=_yes_no(finding, observed),
        threshold=_threshold(finding),
        unit=finding.unit,
        formula=finding.formula,
        reason=finding.reason if finding.outcome is not Outcome.MET else "",
        quote=finding.quote,
        advice=finding.advice if finding.outcome in {Outcome.NOT_MET, Outcome.NOT_ASSESSABLE} else "",
        href=page_of(filing, place) if filing and place else "",
        kind=finding.kind.value,
    )


def read(frozen: dict[str, str]) -> dict[str, str]:
    """Observed value and threshold of a frozen finding, as a page shows them."""
    finding = _Stored(frozen["threshold"] or "", frozen["operator"] or "", frozen["unit"] or "")
    return {"observed": _yes_no(finding, _rounded(frozen["observed"], finding)), "threshold": _threshold(finding)}


class _Stored(NamedTuple):
    threshold: str
    operator: str
    unit: str


def _rounded(observed: str | None, finding: _Stored) -> str:
    if not observed:
        return ""
    value = decimals.parse(observed)
    bounds = [decimals.parse(bound) for bound in finding.threshold.split("..") if bound]
    return decimals.show(value, bounds, places=0 if value.denominator == 1 else AREA_PLACES)


def _is_flag(finding: Finding | _Stored) -> bool:
    return not finding.unit and finding.threshold == "1" and finding.operator != "<="


def _yes_no(finding: Finding | _Stored, observed: str) -> str:
    if not _is_flag(finding):
        return observed
    return {"1": _("具备"), "0": _("不具备")}.get(observed, observed)


def _threshold(finding: Finding | _Stored) -> str:
    if not finding.threshold:
        return ""
    if _is_flag(finding):
        return _("须具备")
    if finding.operator == "between":
        return finding.threshold.replace("..", "–")
    signs: dict[str, Any] = {">=": "≥", "<=": "≤", ">": ">"}
    return f"{signs.get(finding.operator, '')} {finding.threshold}".strip()
