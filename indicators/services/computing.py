"""A year is judged, scored and ranked, and its result written: all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from indicators import gathering, queries_policy, queries_rating, queries_run, scoring
from indicators.enums import Programme, RankingList
from indicators.gathering import Known, Vintage
from indicators.models import Assessment, ClauseText, Finding, IndexVersion, Run
from indicators.queries_rating import Reviews
from indicators.subjects import Subject, subjects_of
from policy import clauses
from policy.clauses import ClauseSet
from policy.facts import Facts
from policy.judge import Assessment as Judged
from policy.judge import judge
from policy.outcomes import Audience
from workflow.ledger import digest

SETS = {Programme.PARK: "park-annual", Programme.CITY: "city-annual"}
ROOT = Path(__file__).resolve().parents[2]
CHUNK = 200
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Inputs:
    """All that a year is computed from."""

    year: int
    subjects: Sequence[Subject]
    known: Mapping[str, Known]
    params: Mapping[str, str]
    clause_set: ClauseSet
    versions: Mapping[str, IndexVersion]
    previous: Mapping[str, int]
    reviews: Mapping[str, Reviews] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """SHA-256 over facts, decisions, parameters, index versions, reviewers' scores and last year's ranks."""
        return "sha256:" + digest(
            {
                "facts": [[one.code, one.list, self.known[one.code].document] for one in self.subjects],
                "params": dict(self.params),
                "index": self.index_versions,
                "previous": dict(self.previous),
                "reviews": {code: dict(self.reviews[code]) for code in sorted(self.reviews)},
            }
        )

    @property
    def index_versions(self) -> dict[str, dict[str, Any]]:
        """The index version of each list that is scored."""
        return {
            key: {"id": str(one.pk), "number": one.number, "title": one.title, "digest": one.digest}
            for key, one in self.versions.items()
        }

    @property
    def clause_sets(self) -> dict[str, str]:
        """The digest of each clause set by name."""
        return {self.clause_set.name: self.clause_set.digest}


@dataclass
class Outcome:
    """What was found of one subject."""

    subject: str
    list: str
    facts: Facts
    judged: Judged | None
    reviews: Mapping[str, str] = field(default_factory=dict)
    score: scoring.Score | None = None
    ranked: int = 0

    def as_json(self) -> dict[str, Any]:
        """What the result hash is over, and what `assess` prints."""
        score = self.score
        return {
            "subject": self.subject,
            "list": str(self.list),
            "verdict": str(self.judged.verdict) if self.judged else "",
            "findings": [one.as_json() for one in self.judged.findings] if self.judged else [],
            "scores": dict(score.scores) if score else {},
            "score": score.score if score else "",
            "rank": score.rank if score else None,
            "rank_low": score.rank_low if score else None,
            "rank_high": score.rank_high if score else None,
            "ranked": self.ranked,
        }


@dataclass
class Result:
    """What a year's computation gave, in the order of lists and codes."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def hash(self) -> str:
        """SHA-256 over findings, scores and ranks."""
        return "sha256:" + digest([one.as_json() for one in self.outcomes])


@cache
def code_version() -> str:
    """SHA-256 over the program texts that judge and score; the clause texts have digests of their own."""
    files = [
        path
        for path in sorted((ROOT / "policy").rglob("*"))
        if path.suffix in {".py", ".yaml"} and not path.is_relative_to(clauses.FOLDER)
    ]
    hashed = hashlib.sha256()
    for path in [*files, ROOT / "indicators" / "scoring.py"]:
        hashed.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return f"sha256:{hashed.hexdigest()}"


def inputs_of(programme: Programme | str, year: int) -> Inputs:
    """Read all that a programme's year is computed from, in a number of queries that does not hang on how many."""
    subjects = subjects_of(programme, year)
    lists = sorted({one.list for one in subjects})
    versions = {str(key): queries_policy.index_in_force(key, year) for key in lists}
    in_force = {key: version for key, version in versions.items() if version is not None}
    codes = {one.code for one in subjects}
    reviews = queries_rating.reviews_of(in_force.values(), year)
    last = queries_run.standings(year - 1, programme)
    return Inputs(
        year=year,
        subjects=subjects,
        known=gathering.known(subjects, year),
        params=queries_policy.params_of(year),
        clause_set=clauses.load(SETS[Programme(programme)]),
        versions=in_force,
        previous={f"{key}:{code}": rank for key, code, rank in last.values_list("list", "subject", "rank") if rank},
        reviews={code: told for code, told in reviews.items() if code in codes},
    )


def judged(
    lists: Mapping[str, str],
    documents: Sequence[Mapping[str, Any]],
    clause_set: ClauseSet,
    params: Mapping[str, str],
    reviews: Mapping[str, Reviews],
) -> list[Outcome]:
    """Judge some subjects by their facts; recognised parks are not judged. Raises FactsError.

    `reviews` by subject are kept beside the judgement for the score; no clause rests on them.
    """
    found = []
    for document in documents:
        facts = Facts.parse(document)
        ranking = lists[facts.subject]
        verdict = None
        if ranking != RankingList.RECOGNISED:
            verdict = judge(clause_set, facts, params=params, audience=Audience.CONTRACT)
        given = queries_rating.scores_in(reviews.get(facts.subject, {}))
        found.append(Outcome(facts.subject, ranking, facts, verdict, given))
    return found


def scores_of(outcomes: list[Outcome], version: IndexVersion, year: int) -> scoring.Scores:
    """Score and rank the subjects of one list, with every stage of it."""
    members = [
        scoring.Scored(one.subject, one.facts.figures, one.judged.findings if one.judged else (), one.reviews)
        for one in outcomes
    ]
    return scoring.score(version, members, year)


def scored(outcomes: list[Outcome], versions: Mapping[str, IndexVersion], year: int) -> Result:
    """Score and rank each list by its index version; a list without one is judged but not scored."""
    for ranking, version in versions.items():
        members = [one for one in outcomes if one.list == ranking]
        scores = scores_of(members, version, year)
        for one in members:
            one.score, one.ranked = scores.by_subject[one.subject], scores.ranked
    return Result(sorted(outcomes, key=lambda one: (one.list, one.subject)))


def computed(inputs: Inputs) -> Iterable[int | Result]:
    """Judge in chunks, telling after each how many are done; the last thing given is the result."""
    lists = {one.code: str(one.list) for one in inputs.subjects}
    documents = [inputs.known[one.code].document for one in inputs.subjects]
    outcomes: list[Outcome] = []
    for first in range(0, len(documents), CHUNK):
        chunk = documents[first : first + CHUNK]
        outcomes += judged(lists, chunk, inputs.clause_set, inputs.params, inputs.reviews)
        yield len(outcomes)
    yield scored(outcomes, inputs.versions, inputs.year)


def store(run: Run, inputs: Inputs, result: Result) -> None:
    """Write the assessments and findings of a run, and keep the clause text they were judged by."""
    clause_set = inputs.clause_set
    text = (clauses.FOLDER / f"{clause_set.name}.yaml").read_bytes().decode("utf-8")
    ClauseText.objects.get_or_create(digest=clause_set.digest, defaults={"name": clause_set.name, "text": text})
    subjects = {one.code: one for one in inputs.subjects}
    assessments, findings = [], []
    for outcome in result.outcomes:
        row = _assessment(run, subjects[outcome.subject], inputs, outcome)
        assessments.append(row)
        findings += _findings(row, outcome, inputs.known[outcome.subject].vintages)
    Assessment.objects.bulk_create(assessments, batch_size=500)
    Finding.objects.bulk_create(findings, batch_size=2000)


def _assessment(run: Run, subject: Subject, inputs: Inputs, outcome: Outcome) -> Assessment:
    score = outcome.score
    return Assessment(
        run=run,
        dossier=run.dossier,
        tenant_id=subject.tenant,
        reporter_id=subject.reporter,
        subject=subject.code,
        name=subject.name,
        year=run.year,
        list=outcome.list,
        clause_set=outcome.judged.set if outcome.judged else "",
        digest=outcome.judged.digest if outcome.judged else "",
        facts=inputs.known[subject.code].document,
        verdict=str(outcome.judged.verdict) if outcome.judged else "",
        reviews=dict(inputs.reviews.get(subject.code, {})),
        scores=dict(score.scores) if score else {},
        score=score.score if score else "",
        rank=score.rank if score else None,
        ranked=outcome.ranked,
        rank_low=score.rank_low if score else None,
        rank_high=score.rank_high if score else None,
        previous_rank=inputs.previous.get(f"{outcome.list}:{subject.code}"),
    )


def _findings(row: Assessment, outcome: Outcome, vintages: Mapping[tuple[str, int], Vintage]) -> list[Finding]:
    found = outcome.judged.findings if outcome.judged else ()
    return [
        Finding(
            assessment=row,
            place=place,
            clause=one.clause,
            label=one.label,
            quote=one.quote,
            outcome=str(one.outcome),
            observed=one.observed,
            shown=one.shown,
            threshold=one.threshold,
            operator=one.operator,
            unit=one.unit,
            formula=one.formula,
            reason=one.reason,
            proposal=str(one.proposal),
            advice=one.advice,
            decided=one.decided,
            counts=one.counts,
            figures=[_used(used.code, used.year, vintages.get((used.code, used.year))) for used in one.figures],
        )
        for place, one in enumerate(found)
    ]


def _used(code: str, year: int, vintage: Vintage | None) -> dict[str, Any]:
    """One figure that a clause asked for, as it is kept beside the finding; None is unknown."""
    used: dict[str, Any] = {"code": code, "year": year, "value": vintage.value if vintage else None}
    if vintage:
        used |= {
            "subject": vintage.subject,
            "figure": str(vintage.figure) if vintage.figure else None,
            "vintage": vintage.vintage,
            "level": vintage.level,
        }
    return used
