"""Two to six places of one tier side by side: total, rank, dimensions and indicators of a published year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from indicators import queries_public
from indicators.circular_content import score_shown
from indicators.enums import Programme, RankingList
from indicators.models import Assessment, Run
from indicators.monitoring.sources import FISCAL
from indicators.views.public import subject_address
from policy import decimals
from policy.index import Part

FEWEST, MOST = 2, 6
CSV_HEAD = ("level", "code", "label", "weight")


@dataclass(frozen=True)
class Comparison:
    """What is compared: the run, the list, the places in the order asked for, the parts of the index by level."""

    run: Run
    ranking: RankingList
    places: list[Assessment]
    dimensions: list[Part]
    parts: list[Part]

    @property
    def head(self) -> list[dict[str, Any]]:
        """Of each place its name, page, rank, total and what became of C-V.3a."""
        return [
            {
                "one": one,
                "href": subject_address(self.run, one, [self.run]),
                "score": score_shown(one),
                "fiscal": next((found.outcome for found in one.findings.all() if found.clause == FISCAL), ""),
            }
            for one in self.places
        ]

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Each dimension with its line and those of the indicators below it."""
        return [
            {"dimension": self._line(part), "lines": [self._line(one) for one in self._below(part)]}
            for part in self.dimensions
        ]

    def _below(self, dimension: Part) -> list[Part]:
        return [one for one in self.parts if one.parent == dimension.code]

    def _line(self, part: Part) -> dict[str, Any]:
        values = [_score(one, part.code) for one in self.places]
        known = [value for value in values if value is not None]
        best = max(known) if len(known) > 1 and max(known) > min(known) else None
        return {
            "part": part,
            "cells": [
                {
                    "name": one.name,
                    "text": "" if value is None else decimals.show(value),
                    "best": best is not None and value == best,
                }
                for one, value in zip(self.places, values, strict=True)
            ],
        }

    def rows(self) -> tuple[list[str], list[dict[str, Any]]]:
        """The same as a table of unrounded scores: its columns, and its rows."""
        codes = [one.subject for one in self.places]
        names = {one.subject: one.name for one in self.places}
        found: list[dict[str, Any]] = [
            _plain("", "name", _("名称"), "", names),
            _plain("", "rank", _("位次"), "", {one.subject: one.rank for one in self.places}),
            _plain("", "score", _("综合得分"), "", {one.subject: one.score for one in self.places}),
        ]
        for level, parts in (("dimension", self.dimensions), ("indicator", self._indicators())):
            for part in parts:
                scores = {one.subject: one.scores.get(part.code, "") for one in self.places}
                found.append(_plain(level, part.code, part.label, part.weight, scores))
        return [*CSV_HEAD, *codes], found

    def _indicators(self) -> list[Part]:
        return [one for part in self.dimensions for one in self._below(part)]


def _plain(level: str, code: str, label: str, weight: Any, values: dict[str, Any]) -> dict[str, Any]:
    return {"level": level, "code": code, "label": label, "weight": weight, **values}


def _score(one: Assessment, code: str) -> Fraction | None:
    told = one.scores.get(code)
    return decimals.parse(told) if told else None


def years() -> list[Run]:
    """The standing runs of places, the newest year first."""
    return [run for run in queries_public.standing_runs() if run.programme == Programme.CITY]


def choices(run: Run) -> dict[str, list[Assessment]]:
    """Who can be compared, by list."""
    found: dict[str, list[Assessment]] = {}
    for one in queries_public.shown(run).filter(rank__isnull=False):
        found.setdefault(one.list, []).append(one)
    return found


def problems(run: Run, codes: Sequence[str], known: dict[str, list[Assessment]]) -> list[str]:
    """Why these cannot be compared; nothing where they can."""
    lists = {one.subject: ranking for ranking, rows in known.items() for one in rows}
    if missing := [code for code in codes if code not in lists]:
        return [_("%(year)d 年度没有公布这些代码的结果：%(codes)s。") % {"year": run.year, "codes": "、".join(missing)}]
    if len({lists[code] for code in codes}) > 1:
        return [_("设区市与县（市、区）用不同的指标体系评价，得分不能放在一起比较，请选同一级的地区。")]
    if not FEWEST <= len(codes) <= MOST:
        return [_("请选 %(few)d 至 %(most)d 个地区。") % {"few": FEWEST, "most": MOST}]
    return []


def compared(run: Run, codes: Sequence[str]) -> Comparison:
    """The places of these codes, which have no problems."""
    rows = {
        one.subject: one for one in queries_public.shown(run).filter(subject__in=codes).prefetch_related("findings")
    }
    places = [rows[code] for code in codes]
    version = queries_public.index_of(run, places[0].list)
    dimensions = queries_public.dimensions(version)
    parts = list(version.parts) if version else []
    return Comparison(run, RankingList(places[0].list), places, dimensions, parts)
