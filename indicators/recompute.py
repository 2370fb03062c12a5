"""What anybody needs to compute a published year again: the files, and the very commands (复算)."""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from indicators import queries_public, queries_rating, scoring
from indicators.enums import RankingList
from indicators.models import Assessment, Finding, Run
from indicators.open_data import FINDINGS, RANKING
from policy.facts import Facts
from registry.open_data import csv_text, encoded, row

CSV, JSON = "text/csv; charset=utf-8", "application/json; charset=utf-8"


@dataclass(frozen=True)
class File:
    """A file to download: its bytes, as they are hashed."""

    name: str
    kind: str
    content: bytes

    @property
    def checksum(self) -> str:
        """SHA-256 in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Command:
    """A command with which one list is computed again, and what it gives."""

    text: str
    gives: str


def lists_of(run: Run) -> list[str]:
    """The lists of a run of which everybody sees somebody."""
    known = [str(one) for one in queries_public.LISTS[run.programme]]  # type: ignore[index]
    told = set(queries_public.shown(run).order_by().values_list("list", flat=True).distinct())
    return [one for one in known if one in told]


def names(run: Run) -> list[str]:
    """The files of a run, in the order in which the page lists them; none where nobody is shown."""
    lists = lists_of(run)
    if not lists:
        return []
    found = ["ranking.csv", "findings.csv"]
    if queries_public.may_list(run):
        if set(lists) - {str(RankingList.RECOGNISED)}:
            found.append("facts.json")
        for one in lists:
            if (run.index_versions or {}).get(one):
                found += [f"{one}-data.csv", f"{one}-meta.csv"]
    return found


def file(run: Run, name: str) -> File | None:
    """One of the files; None where the run has no such file."""
    if name not in names(run):
        return None
    makers: Mapping[str, Callable[[Run], bytes]] = {
        "ranking.csv": _ranking,
        "findings.csv": _findings,
        "facts.json": _facts,
    }
    if name in makers:
        return File(name, JSON if name.endswith(".json") else CSV, makers[name](run))
    ranking, _dash, part = name.removesuffix(".csv").partition("-")
    version = queries_public.index_of(run, ranking)
    if version is None:
        return None
    data, meta = scoring.given(version, [_scored(one) for one in _whole(run, ranking)], run.year)
    return File(name, CSV, data if part == "data" else meta)


def commands(run: Run) -> list[Command]:
    """What to run in the folder of the source, where the files lie; empty where the list is not public as a whole."""
    files, found = names(run), []
    if "facts.json" in files:
        for name in sorted(run.clause_sets or {}):
            params = [f"{key}={value}" for key, value in sorted((run.params or {}).items())]
            more = f" --param {' '.join(map(shlex.quote, params))}" if params else ""
            found.append(Command(f"script/manage judge {name} --facts facts.json{more}", "findings"))
    for one in files:
        if one.endswith("-data.csv"):
            given = f"--data {one} --meta {one.replace('-data', '-meta')}"
            found.append(Command(f"script/manage composite {given}", "scores"))
            draws = f"--draws {scoring.DRAWS} --seed {run.year}"
            found.append(Command(f"script/manage uncertainty {given} {draws}", "intervals"))
    return found


def _whole(run: Run, ranking: str) -> list[Assessment]:
    return list(queries_public.shown(run, ranking).prefetch_related("findings"))


def _scored(one: Assessment) -> scoring.Scored:
    findings: list[Any] = list(one.findings.all())
    given = queries_rating.scores_in(one.reviews)
    return scoring.Scored(one.subject, Facts.parse(one.facts).figures, findings, given)


def _facts(run: Run) -> bytes:
    """The documents that were judged, in the order of their codes, as `judge` takes them."""
    rows = queries_public.shown(run).exclude(list=RankingList.RECOGNISED).order_by("subject")
    documents = [one.facts for one in rows]
    return json.dumps(documents, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _ranking(run: Run) -> bytes:
    rows = queries_public.shown(run).select_related("run__paper")
    return encoded(csv_text([one.name for one in RANKING], [row(RANKING, one) for one in rows]))  # type: ignore[arg-type]


def _findings(run: Run) -> bytes:
    rows = Finding.objects.filter(assessment__in=queries_public.shown(run).order_by()).select_related(
        "assessment__run__paper"
    )
    ordered = rows.order_by("assessment__list", "assessment__subject", "place")
    return encoded(csv_text([one.name for one in FINDINGS], [row(FINDINGS, one) for one in ordered]))  # type: ignore[arg-type]
