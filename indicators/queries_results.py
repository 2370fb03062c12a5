"""What the pages of a year's computation show: what is outstanding before it, what came out, what changed since."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, TextField
from django.db.models.functions import MD5, Cast

from indicators import queries, queries_policy, queries_rating
from indicators.enums import FINAL, Programme, ReturnStatus, RunStatus, SubjectKind
from indicators.models import Assessment, Conflict, Figure, FigureObjection, Finding, Return, Run
from indicators.subjects import Subject, parks_of, subjects_of, taking_part
from policy import decimals
from policy.outcomes import Outcome
from registry.models import Park

FULL_MARKS = Fraction(100)
UNDECIDED = Q(outcome=Outcome.NOT_ASSESSABLE, decided=False, counts=True)


@dataclass
class Outstanding:
    """What a year lacks: returns not locked or not there, open conflicts, findings without ruling, people's scores."""

    subjects: list[Subject] = field(default_factory=list)
    unclear: list[Park] = field(default_factory=list)
    unlocked: list[Return] = field(default_factory=list)
    absent: list[Subject] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    objections: list[FigureObjection] = field(default_factory=list)
    undecided: list[Waiting] = field(default_factory=list)
    ratings: list[queries_rating.Lack] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is lacking."""
        missing = (self.unlocked, self.absent, self.conflicts, self.objections, self.undecided, self.ratings)
        return not (self.unclear or any(missing))


def outstanding(programme: Programme | str, year: int) -> Outstanding:
    """Whom a year would be computed for, and what it lacks, in a number of queries that does not hang on how many."""
    found = Outstanding()
    kinds: tuple[str, ...] = (SubjectKind.CITY,)
    if programme == Programme.PARK:
        parks = parks_of(year)
        found.subjects, found.unclear = parks.subjects, parks.unclear
        kinds = (SubjectKind.PARK, SubjectKind.ZONE)
    else:
        found.subjects = subjects_of(programme, year)
    codes = {one.code for one in found.subjects}
    codes |= {one.zone for one in found.subjects if one.zone and one.judged}
    reports = Return.objects.filter(year=year, kind__in=kinds)
    reports = reports.filter(subject__in=codes if programme == Programme.PARK else taking_part(year))
    final = Figure.objects.filter(year=year, level__in=FINAL, subject__in=codes)
    told = set(final.order_by().values_list("subject", flat=True).distinct())
    found.unlocked = [
        one for one in reports.exclude(status=ReturnStatus.LOCKED).order_by("subject") if one.subject not in told
    ]
    opened = {one.subject for one in found.unlocked} | told
    found.absent = [one for one in found.subjects if one.code not in opened]
    conflicts = Conflict.objects.filter(report__in=reports, settled_at=None).select_related("report", "department")
    found.conflicts = list(conflicts.order_by("report__subject", "code"))
    objections = FigureObjection.objects.filter(report__in=reports, answered_at=None).select_related("report")
    found.objections = list(objections.order_by("report__subject", "code"))
    if newest := newest_run(programme, year):
        found.undecided = by_subject(queries_policy.rulings_missing(newest))
    in_force = (queries_policy.index_in_force(key, year) for key in sorted({one.list for one in found.subjects}))
    found.ratings = queries_rating.lacking([one for one in in_force if one is not None], year)
    return found


def newest_run(programme: Programme | str, year: int) -> Run | None:
    """The newest run of a year that came to a result."""
    done = Run.objects.filter(programme=programme, year=year).exclude(result_hash="")
    return done.order_by("-number").first()


@dataclass
class Waiting:
    """What of one subject cannot be assessed yet: findings that want a ruling, and clauses that lack figures."""

    assessment: Assessment
    rulings: list[Finding] = field(default_factory=list)
    lacking: list[Finding] = field(default_factory=list)


def by_subject(findings: Collection[Finding]) -> list[Waiting]:
    """The undecided findings by subject; what only lacks figures is told apart from what people must rule on."""
    found: dict[UUID, Waiting] = {}
    for one in findings:
        waiting = found.setdefault(one.assessment_id, Waiting(one.assessment))
        (waiting.rulings if one.proposal else waiting.lacking).append(one)
    return list(found.values())


@dataclass(frozen=True)
class Row:
    """One line of the result: the assessment, and how many of its findings wait for a ruling or were missed."""

    assessment: Assessment
    undecided: int
    missed: tuple[str, ...]

    @property
    def change(self) -> int | None:
        """How many places up since last year's standing rank; None for who had none."""
        one = self.assessment
        return None if one.rank is None or one.previous_rank is None else one.previous_rank - one.rank

    @property
    def fall(self) -> int:
        """How many places down."""
        return -(self.change or 0)

    @property
    def score(self) -> str:
        """The score to two places."""
        return shown_score(self.assessment)


def shown_score(assessment: Assessment) -> str:
    """The score as a page shows it, to two places or as many as set it apart from full marks; empty without one."""
    return decimals.show(decimals.parse(assessment.score), [FULL_MARKS]) if assessment.score else ""


def ranked(run: Run, ranking: str) -> QuerySet[Assessment]:
    """The assessments of one list, the best first, those without a rank last."""
    return run.assessments.filter(list=ranking).order_by(F("rank").asc(nulls_last=True), "subject")


def rows_of(assessments: Collection[Assessment]) -> list[Row]:
    """The lines of these assessments, their findings looked up together."""
    waiting: dict[UUID, int] = {}
    missed: dict[UUID, list[str]] = {}
    rows = Finding.objects.filter(assessment__in=[one.pk for one in assessments])
    rows = rows.filter(Q(outcome=Outcome.NOT_MET) | UNDECIDED).order_by("place")
    for assessment, clause, outcome in rows.values_list("assessment_id", "clause", "outcome"):
        if outcome == Outcome.NOT_MET:
            missed.setdefault(assessment, []).append(clause)
        else:
            waiting[assessment] = waiting.get(assessment, 0) + 1
    return [Row(one, waiting.get(one.pk, 0), tuple(missed.get(one.pk, ()))) for one in assessments]


def counts(run: Run) -> dict[str, dict[str, int]]:
    """How many of each list came to each verdict."""
    found: dict[str, dict[str, int]] = {}
    for ranking, verdict, number in run.assessments.order_by().values_list("list", "verdict").annotate(n=Count("pk")):
        found.setdefault(ranking, {})[verdict] = number
    return found


@dataclass
class Changed:
    """What is different of one subject between two runs, and which figures, rulings and clauses made it so."""

    subject: str
    name: str
    before: Assessment | None
    after: Assessment | None
    figures: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def result_differs(self) -> bool:
        """Whether verdict, score or rank are others; input alone may differ too."""
        return self.before is None or self.after is None or _result(self.before) != _result(self.after)


def previous_of(run: Run) -> Run | None:
    """The last run of the year before this one that came to a result."""
    earlier = Run.objects.filter(programme=run.programme, year=run.year, number__lt=run.number)
    return earlier.exclude(result_hash="").order_by("-number").first()


def _result(one: Assessment) -> tuple[str, str, int | None]:
    return one.verdict, one.score, one.rank


def changed_subjects(before: Run, after: Run) -> list[str]:
    """The codes of those whose result or facts differ between two runs."""
    old, new = (_prints(run) for run in (before, after))
    return sorted(code for code in {*old, *new} if old.get(code) != new.get(code))


def _prints(run: Run) -> dict[str, tuple[Any, ...]]:
    prints = {f"{name}_print": MD5(Cast(name, TextField())) for name in ("facts", "reviews")}
    rows = run.assessments.annotate(**prints).order_by()
    columns = ("subject", "verdict", "score", "rank", "facts_print", "reviews_print")
    return {subject: tuple(rest) for subject, *rest in rows.values_list(*columns)}


def changes(before: Run, after: Run, codes: Collection[str]) -> list[Changed]:
    """What differs of these subjects, and why, in the order of their codes."""
    sides = [{one.subject: one for one in run.assessments.filter(subject__in=codes)} for run in (before, after)]
    old, new = sides
    of_finding = ("assessment_id", "clause", "label", "outcome", "observed", "threshold", "shown", "unit")
    rows = Finding.objects.filter(assessment__in=[one.pk for side in sides for one in side.values()]).order_by("place")
    findings: dict[UUID, dict[str, dict[str, Any]]] = {}
    for row in rows.values(*of_finding):
        findings.setdefault(row.pop("assessment_id"), {})[row["clause"]] = row
    found = []
    for code in sorted(codes):
        one, other = old.get(code), new.get(code)
        named = other or one
        change = Changed(code, named.name if named else code, one, other)
        facts = [side.facts if side else {} for side in (one, other)]
        change.figures = _figures(*(fact.get("figures", {}) for fact in facts))
        change.decisions = _decisions(*(fact.get("decisions", {}) for fact in facts))
        change.reviews = _reviews(*(side.reviews if side else {} for side in (one, other)))
        change.findings = _findings(*(findings.get(side.pk, {}) if side else {} for side in (one, other)))
        found.append(change)
    return found


def _figures(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    keys = sorted({(code, year) for side in (before, after) for code, series in side.items() for year in series})
    return [
        {"code": code, "label": queries.named(code), "year": year, "before": one, "after": other}
        for code, year in keys
        if (one := before.get(code, {}).get(year)) != (other := after.get(code, {}).get(year))
    ]


def _decisions(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"clause": clause, "before": before.get(clause), "after": after.get(clause)}
        for clause in sorted({*before, *after})
        if before.get(clause) != after.get(clause)
    ]


def _reviews(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    told = [queries_rating.scores_in(side) for side in (before, after)]
    return [
        {"code": code, "before": one, "after": other}
        for code in sorted({*before, *after})
        if (one := told[0].get(code)) != (other := told[1].get(code))
    ]


def _findings(before: Mapping[str, dict[str, Any]], after: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for clause in dict.fromkeys([*before, *after]):
        one, other = before.get(clause), after.get(clause)
        if one != other:
            found.append({"clause": clause, "label": (other or one or {}).get("label"), "before": one, "after": other})
    return found


def computed_years(limit: int = 200) -> list[Run]:
    """The runs of all years, the newest year and run first."""
    return list(Run.objects.select_related("asked_by", "paper").order_by("-year", "programme", "-number")[:limit])


def is_open(run: Run) -> bool:
    """Whether some of those judged wait for a ruling, so that they can be released only as open."""
    return run.assessments.filter(verdict="open").exists()


UNDER_WAY = (RunStatus.QUEUED, RunStatus.COMPUTING)
