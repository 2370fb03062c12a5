"""A stored run is computed once more from its stored facts, clause text and index version, and compared."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from indicators.models import Assessment, ClauseText, IndexVersion, Run
from indicators.services import computing
from indicators.services.computing import Outcome, Result
from policy import clauses
from policy.clauses import ClauseSet

SCORED = ("score", "rank", "rank_low", "rank_high", "ranked")


class Unreplayable(Exception):
    """A run that has no result, or of which a text or version that it used is no longer there."""


def stored_set(name: str, digest: str) -> ClauseSet:
    """The clause set as it was, from its kept text. Raises Unreplayable."""
    kept = ClauseText.objects.filter(digest=digest).first()
    if kept is None:
        raise Unreplayable(f"{name} {digest}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_bytes(kept.text.encode("utf-8"))
        found = clauses.load_file(path)
    if found.digest != digest:
        raise Unreplayable(f"{name} {digest}")
    return found


def recomputed(run: Run) -> Result:
    """What the stored facts of a run give today. Raises Unreplayable."""
    return computing.scored(_judged(run, run.assessments.all()), _versions(run), run.year)


def stage_files(run: Run, ranking: str) -> dict[str, bytes]:
    """Every stage of a list as `composite --stages` writes it, from the stored facts. Raises Unreplayable."""
    version = _versions(run).get(ranking)
    if version is None:
        raise Unreplayable(ranking)
    return computing.scores_of(_judged(run, run.assessments.filter(list=ranking)), version, run.year).files()


def _judged(run: Run, assessments: QuerySet[Assessment]) -> list[Outcome]:
    if not run.result_hash:
        raise Unreplayable(str(run))
    rows = list(assessments.order_by("list", "subject").values_list("subject", "list", "facts", "reviews"))
    lists = {subject: ranking for subject, ranking, *_given in rows}
    reviews = {subject: given for subject, *_about, given in rows}
    ((name, digest),) = run.clause_sets.items()
    documents = [facts for *_about, facts, _given in rows]
    return computing.judged(lists, documents, stored_set(name, digest), run.params, reviews)


def _versions(run: Run) -> dict[str, IndexVersion]:
    found = {}
    for ranking, told in run.index_versions.items():
        version = IndexVersion.objects.filter(pk=told["id"]).first()
        if version is None or version.content_digest() != told["digest"]:
            raise Unreplayable(f"{ranking} {told['digest']}")
        found[ranking] = version
    return found


def differences(run: Run) -> list[str]:
    """Where a run computed anew differs from what is stored; empty when it is the same to the last digit."""
    result = recomputed(run)
    stored = {one["subject"]: one for one in stored_result(run)}
    told = []
    for outcome in result.outcomes:
        told += list(_differences(outcome, stored[outcome.subject]))
    if not told and result.hash != run.result_hash:
        told.append(f"result_hash: {run.result_hash} → {result.hash}")
    return told


def _differences(outcome: Outcome, stored: Mapping[str, Any]) -> Iterable[str]:
    anew = outcome.as_json()
    for name in ("list", "verdict", "scores", *SCORED):
        if anew[name] != stored[name]:
            yield f"{outcome.subject} {name}: {stored[name]} → {anew[name]}"
    old = {one["clause"]: one for one in stored["findings"]}
    new = {one["clause"]: one for one in anew["findings"]}
    for clause in dict.fromkeys([*old, *new]):
        if old.get(clause) != new.get(clause):
            yield f"{outcome.subject} {clause}: {old.get(clause)} → {new.get(clause)}"


FINDING = ("clause", "outcome", "observed", "threshold", "operator", "unit", "formula", "reason", "proposal")


def stored_result(run: Run) -> list[dict[str, Any]]:
    """What is stored of a run, in the form and order of what was hashed; read in as many queries as it takes parts."""
    rows = run.assessments.order_by("list", "subject").defer("facts").prefetch_related("findings")
    return [as_json(one) for one in rows]


def as_json(one: Assessment) -> dict[str, Any]:
    """One stored assessment with its findings, as `assess` prints it."""
    findings = sorted(one.findings.all(), key=lambda finding: finding.place)
    return {
        "subject": one.subject,
        "list": one.list,
        "verdict": one.verdict,
        "findings": [{name: getattr(finding, name) for name in FINDING} for finding in findings],
        "scores": one.scores,
        **{name: getattr(one, name) for name in SCORED},
    }
