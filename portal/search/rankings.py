"""Finds published years: a year's ranking by its number and words, a park's year by the park's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from indicators import queries_public
from indicators.circular_content import score_shown
from indicators.models import Assessment, Run
from indicators.views.public import address, subject_address
from portal.search.words import fold

# What a published year is called besides its number; plain Chinese, as people look for it.
WORDS = "年度评价排名 绩效考核评价结果 排序 位次 名次 通报"
OF_YEAR = re.compile(r"(20\d\d)(?:年度?)?(.*)")


@dataclass(frozen=True)
class Wanted:
    """What the terms ask for: years, words that every ranking has, and what must stand in a name or a number."""

    years: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def read(terms: list[str]) -> Wanted:
    """The terms of a search (folded) as they ask for rankings; 2024年排名 is a year and a word."""
    found = Wanted()
    for term in terms:
        of_year = OF_YEAR.fullmatch(term)
        rest = of_year[2] if of_year else term
        if of_year:
            found.years.append(int(of_year[1]))
        if rest:
            (found.words if rest in WORDS else found.names).append(rest)
    return found


def runs(wanted: Wanted) -> list[Run]:
    """The standing runs that the terms find; a name finds one only in the number of its circular."""
    return [run for run in queries_public.standing_runs() if _is_found(run, wanted)]


def _is_found(run: Run, wanted: Wanted) -> bool:
    number = fold(run.paper.number) if run.paper and run.paper.published_at else ""
    return all(run.year == year for year in wanted.years) and all(name in number for name in wanted.names)


def assessments(wanted: Wanted) -> QuerySet[Assessment]:
    """The public years of the parks that are named, the newest first; none where no name is asked for."""
    rows = queries_public.marked()
    if not wanted.names:
        return rows.none()
    for year in wanted.years:
        rows = rows.filter(year=year)
    for name in wanted.names:
        rows = rows.filter(name__icontains=name)
    return rows


def title_of_run(run: Run) -> str:
    """A year's ranking by its name."""
    return _("%(year)d 年度%(programme)s评价排名") % {"year": run.year, "programme": run.get_programme_display()}


def address_of_run(run: Run) -> str:
    """The page of a year."""
    return address(run)


def title_of(one: Assessment) -> str:
    """A park's year."""
    return _("%(name)s %(year)d 年度评价") % {"name": one.name, "year": one.year}


def address_of(one: Assessment) -> str:
    """The page of a park's year; of one that was corrected since, the former page."""
    return subject_address(one.run, one, [] if one.superseded else [one.run])  # type: ignore[attr-defined]


def facts_of(one: Assessment) -> list[str]:
    """Verdict, rank and score in words."""
    facts = [str(one.get_verdict_display()) if one.verdict else _("只排序")]
    if one.rank:
        facts.append(_("第 %(rank)d 名，共 %(ranked)d 个") % {"rank": one.rank, "ranked": one.ranked})
    if one.score:
        facts.append(_("综合得分 %(score)s") % {"score": score_shown(one)})
    if one.superseded:  # type: ignore[attr-defined]
        facts.append(_("已被更正"))
    return facts
