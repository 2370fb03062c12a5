"""One subject's year in words: what stands, else the newest result, else what today's figures give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from indicators import gathering, queries_policy, queries_rating, queries_results, queries_run
from indicators.enums import FigureLevel, RankingList
from indicators.models import Assessment, Figure, Finding
from indicators.services.replaying import Unreplayable, stored_set
from policy import clauses
from policy import explain as words
from policy.facts import Facts
from policy.judge import Finding as Judged
from policy.judge import judge
from policy.outcomes import Audience
from policy.parameters import CATALOGUE

Sources = Mapping[tuple[str, int], str]


def explain(subject: str, year: int) -> str:
    """The findings of a subject's year with clause, formula and sources of figures. Raises LookupError, FactsError."""
    found = assessment_of(subject, year)
    if found is None:
        return _from_figures(subject, year)
    return "\n\n".join(filter(None, [_heading(found), _reviews(found), _findings(found)]))


def assessment_of(subject: str, year: int) -> Assessment | None:
    """What stands; where nothing is released yet, what the newest run found."""
    stands = queries_run.standing(subject, year)
    newest = Assessment.objects.filter(subject=subject, year=year).exclude(run__result_hash="")
    return stands or newest.select_related("run__paper").order_by("-run__number").first()


def _heading(found: Assessment) -> str:
    run = found.run
    stand = _("已由 %s 发布") % run.paper.number if found.final and run.paper else _("尚未发布")
    lines = [_("%(name)s，%(year)d 年度第 %(number)d 次测算，%(stand)s") % {
        "name": found.name, "year": found.year, "number": run.number, "stand": stand
    }]  # fmt: skip
    if found.rank is not None:
        said = {"list": RankingList(found.list).label, "ranked": found.ranked, "rank": found.rank}
        said |= {"score": queries_results.shown_score(found), "low": found.rank_low, "high": found.rank_high}
        lines.append(_("%(list)s %(ranked)d 个中居第 %(rank)d 位（%(low)d–%(high)d），得分 %(score)s") % said)
    if found.list == RankingList.RECOGNISED:
        lines.append(_("已认定的园区只参加排序，不作年度目标判定。"))
    return "\n".join(lines)


def _reviews(found: Assessment) -> str:
    """What people scored, who (by office) and why."""
    lines = []
    for one in queries_rating.reviewed(found):
        said = "；".join(f"{given['office']}：{given['reason']}" for given in one.said)
        words = {"label": one.label, "score": one.score, "n": len(one.said), "said": said}
        lines.append(_("定性评分 %(label)s：%(score)s 分（%(n)d 人平均）。%(said)s") % words)
    return "\n".join(lines)


def _findings(found: Assessment) -> str:
    """The stored facts judged by the stored clause text: exactly what was found, with its exact numbers."""
    if not found.clause_set:
        return ""
    clause_set = stored_set(found.clause_set, found.digest)
    assessment = judge(clause_set, Facts.parse(found.facts), params=found.run.params, audience=Audience.CONTRACT)
    used = [one for row in Finding.objects.filter(assessment=found) for one in row.figures]
    keys = {(one["code"], one["year"]): one["figure"] for one in used if one.get("figure")}
    told = sources({key: UUID(pk) for key, pk in keys.items()})
    register = {(one["code"], one["year"]) for one in used if one.get("level") == gathering.REGISTER}
    return words.explain_all(assessment, _source(told, register))


def _from_figures(subject: str, year: int) -> str:
    known = gathering.of_subject(subject, year)
    name = (
        "province-targets" if subject == gathering.PROVINCE else "city-annual" if subject.isdigit() else "park-annual"
    )
    facts = Facts.parse(known.document)
    if name == "park-annual" and facts.listed_on is None:
        raise LookupError(subject)
    params = queries_policy.params_of(year)
    assessment = judge(clauses.load(name), facts, params=params, audience=Audience.CONTRACT)
    keys = {key: one.figure for key, one in known.vintages.items() if one.figure}
    register = {key for key, one in known.vintages.items() if one.figure is None}
    return (
        _("尚未测算，以下按现有数据说明。") + "\n\n" + words.explain_all(assessment, _source(sources(keys), register))
    )


def _source(told: Sources, register: set[tuple[str, int]]) -> Any:
    def source(code: str, year: int) -> str:
        return _("园区名册") if (code, year) in register else told.get((code, year), "")

    return source


@dataclass(frozen=True)
class Reading:
    """What a clause would give under another choice of a parameter; for comparison only."""

    parameter: str
    choice: str
    finding: Judged


def other_readings(finding: Finding) -> list[Reading]:
    """The finding under each other choice of the clause's parameters (AMB-04, AMB-09); none where the text is gone."""
    found = finding.assessment
    try:
        clause_set = stored_set(found.clause_set, found.digest)
    except Unreplayable:
        return []
    facts, used = Facts.parse(found.facts), found.run.params
    readings = []
    for name in clause_set.clause(finding.clause).parameters:
        parameter = CATALOGUE[name]
        for choice in parameter.choices:
            if choice != used.get(name, parameter.default):
                judged = judge(clause_set, facts, params={**used, name: choice}, audience=Audience.CONTRACT)
                readings.append(Reading(parameter.label, choice, judged.finding(finding.clause)))
    return readings


def sources(figures: Mapping[tuple[str, int], UUID]) -> dict[tuple[str, int], str]:
    """Where each figure comes from, in words: vintage, level, who verified it, what it was taken from."""
    rows = Figure.objects.select_related("department", "report").in_bulk(set(figures.values()))
    told = {}
    for key, pk in figures.items():
        if row := rows.get(pk):
            said = {"vintage": row.vintage, "level": FigureLevel(row.level).label, "name": row.report.name}
            parts = [_("第 %(vintage)d 版（%(level)s，%(name)s）") % said]
            parts += [_("%s核定") % row.department.name] if row.department else []
            parts += [row.source] if row.source else []
            told[key] = "，".join(parts)
    return told
