"""The facts of recognition (认定) and what becomes of its clauses: P-II.3, from what holds of park and province."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from indicators import gathering, queries_policy
from indicators.enums import RankingList
from indicators.gathering import Known, Vintage
from indicators.models import Entry, Figure, Return
from indicators.services import explaining
from indicators.subjects import Subject, life_of, parks_of
from policy import clauses
from policy.facts import Facts
from policy.judge import Finding, judge, verdict_of
from policy.outcomes import Audience, Outcome, Verdict
from registry.enums import ParkStatus
from registry.models import Park
from workflow import instants

SET = "park-recognition"
# What has a level of none but is shown for the time being: handed in or being written, not yet verified.
INTERIM = "interim"


@dataclass(frozen=True)
class Review:
    """What a named reviewer says of a clause that people judge, and why."""

    outcome: Outcome | str
    by: str
    reason: str = ""


@dataclass(frozen=True)
class Recognition:
    """The clauses of recognition as they stand for a park and a year.

    `interim` are the clauses that rest on figures not yet final: what they give is told, and never counts as met.
    `document` replays the judgement (`judge park-recognition --facts`), but for the interim figures and the reviews.
    """

    park: str
    year: int
    applied_on: dt.date
    digest: str
    params: Mapping[str, str]
    document: Mapping[str, Any]
    findings: tuple[Finding, ...]
    verdict: Verdict
    interim: frozenset[str] = frozenset()
    sources: Mapping[tuple[str, int], str] = field(default_factory=dict)

    @property
    def is_final(self) -> bool:
        """Whether every clause rests on final figures alone."""
        return not self.interim

    def finding(self, clause: str) -> Finding:
        """One finding by clause id. Raises KeyError."""
        return {one.clause: one for one in self.findings}[clause]


def last_full_year(on: dt.date | None = None) -> int:
    """The latest year that is over, of which recognition asks (技工贸总收入 of the latest full year)."""
    return (on or instants.today()).year - 1


def recognition_facts(park: Park, year: int, applied_on: dt.date | None = None) -> dict[str, Any]:
    """The document that `judge` takes for `park-recognition`: only what is final, of the year and the one before.

    `applied_on` is the day of the application, else today. The reader's row scope decides which figures of the park
    it sees; the peers are told without their names, the province's figures are public once locked.
    """
    return _known(park, year, applied_on or instants.today()).document


def assess_recognition(
    park: Park,
    year: int,
    applied_on: dt.date | None = None,
    *,
    reviews: Mapping[str, Review] | None = None,
    interim: bool = False,
) -> Recognition:
    """Judge the clauses of recognition, those of review and documents included.

    `reviews` are the reviewers' words by clause, the only way in which a clause of review counts. `interim` takes
    figures that are not final too. Raises policy.facts.FactsError where nobody knows since when it is listed.
    """
    day = applied_on or instants.today()
    known = _known(park, year, day)
    document, weak = dict(known.document), frozenset[tuple[str, int]]()
    if interim:
        told = _not_final(park, year, known)
        weak = frozenset(told)
        document["figures"] = gathering.figures_of({**known.vintages, **told})
    document["decisions"] = {**_as_decisions(reviews or {}), **document.get("decisions", {})}
    params = queries_policy.policy_params(day)
    judged = judge(clauses.load(SET), Facts.parse(document), params=params, audience=Audience.PORTAL)
    found = tuple(_said(one, (reviews or {}).get(one.clause), known.document) for one in judged.findings)
    resting = frozenset(one.clause for one in found if any((used.code, used.year) in weak for used in one.figures))
    findings = tuple(_not_counting(one) if one.clause in resting else one for one in found)
    return Recognition(
        park.slug,
        year,
        day,
        judged.digest,
        judged.params,
        known.document,
        findings,
        verdict_of(findings),
        resting,
        _sources(known.vintages, findings, weak),
    )


def _known(park: Park, year: int, day: dt.date) -> Known:
    """What is final of the park, the province and, nameless, of the year's other parks."""
    parks = parks_of(year).subjects
    subject = next((one for one in parks if one.code == park.slug), None) or _elsewhere(park)
    (known,) = gathering.known([subject], year).values()
    province = gathering.of_province(year)
    known.vintages |= province
    document = known.document
    document["figures"] |= gathering.figures_of(province)
    document["applied_on"] = day.isoformat()
    document.pop("whole_zone", None)
    document.pop("listed_on", None)
    if (listed := listed_on(park)) is not None:
        document["listed_on"] = listed.isoformat()
    known_clauses = {clause.id for clause in clauses.load(SET).clauses}
    ruled = queries_policy.decisions(park.slug, year)
    document["decisions"] = {clause: told for clause, told in ruled.items() if clause in known_clauses}
    document["peers"] = gathering.nameless_peers([one.code for one in parks if one.code != park.slug], year)
    return known


def _elsewhere(park: Park) -> Subject:
    """A park that was neither being created nor recognised at the end of the year, as it stands."""
    return Subject(park.slug, park.name, RankingList.CREATING, park.tenant_id, park=park.pk, area=park.area_km2)


def listed_on(park: Park) -> dt.date | None:
    """Since when the park has been on the list of those being created, for the last time."""
    found = [row.since for row in life_of(park) if row.status == ParkStatus.CREATING and row.since]
    return found[-1] if found else None


def _as_decisions(reviews: Mapping[str, Review]) -> dict[str, dict[str, str]]:
    return {clause: {"outcome": str(one.outcome), "paper": one.by} for clause, one in reviews.items()}


def _said(finding: Finding, review: Review | None, document: Mapping[str, Any]) -> Finding:
    """A reviewer's outcome in the reviewer's own words; a signed ruling goes before it."""
    if review is None or finding.clause in document["decisions"]:
        return finding
    words = _("%(who)s评定：%(outcome)s") % {"who": review.by, "outcome": Outcome(review.outcome).label}
    return replace(finding, reason=f"{words}。{review.reason}" if review.reason else words)


def _not_final(park: Park, year: int, known: Known) -> dict[tuple[str, int], Vintage]:
    """The park's figures that nobody verified yet: what was handed in, else what is being written."""
    found: dict[tuple[str, int], Vintage] = {}
    reports = Return.objects.filter(subject=park.slug, year__in=(year - 1, year))
    years = dict(reports.values_list("pk", "year"))
    rows = Figure.objects.filter(report__in=years).order_by("vintage")
    entries = Entry.objects.filter(report__in=years)
    told: list[tuple[str, UUID, str | None]] = [
        *rows.values_list("code", "report_id", "value"),
        *entries.values_list("code", "report_id", "value"),
    ]
    for code, report, value in told:
        key = (code, years[report])
        if value and key not in known.vintages and gathering.is_number(code):
            found[key] = Vintage(None, park.slug, value, level=INTERIM)
    return found


def _not_counting(finding: Finding) -> Finding:
    """What not yet verified figures give is told and left open."""
    if finding.decided or finding.outcome in (Outcome.NOT_ASSESSABLE, Outcome.NOT_APPLICABLE):
        return finding
    words = _("按未核定的数据暂算：%(outcome)s，待核定锁定后判定") % {"outcome": finding.outcome.label}
    reason = f"{words}。{finding.reason}" if finding.reason else words
    return replace(finding, outcome=Outcome.NOT_ASSESSABLE, reason=reason, proposal="")


def _sources(
    vintages: Mapping[tuple[str, int], Vintage], findings: tuple[Finding, ...], weak: frozenset[tuple[str, int]]
) -> dict[tuple[str, int], str]:
    """Where each figure that a clause used comes from, in words."""
    used = {(one.code, one.year) for finding in findings for one in finding.figures}
    keys = {key: one.figure for key, one in vintages.items() if key in used and one.figure}
    told = explaining.sources(keys)
    for key in used:
        if key in weak:
            told[key] = _("未核定")
        elif key in vintages and vintages[key].figure is None:
            told[key] = _("园区名册")
    return told
