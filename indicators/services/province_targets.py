"""The province's targets (C-III.3, C-IV.2h) of a year: counted from the register, compared from its own figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Max

from indicators import gathering, queries_policy
from indicators.enums import FINAL
from indicators.models import Figure, TargetValue
from indicators.services import target_values
from policy import clauses
from policy.facts import Facts
from policy.judge import Finding, judge
from policy.outcomes import Audience
from registry import titles
from workflow import instants

SET = "province-targets"
# The year from which growth is counted, and the one for which the targets were set (C-III.3).
BASE, AIMED = 2010, target_values.AIMED
# What says by which number of the text a target is judged (AMB-27, AMB-28).
OF_THE_TEXT = ("talent_multiple", "national_city_base")


@dataclass(frozen=True)
class Targets:
    """How a year stands: counted up to `day`, the findings in the order of the text, the digest of the clauses.

    `plans` are the sources of the plan's values by clause; `later` the findings against each later target year,
    and `sources` the rows these rest on by year and clause.
    """

    year: int
    day: dt.date
    findings: tuple[Finding, ...]
    digest: str
    plans: Mapping[str, TargetValue] = field(default_factory=dict)
    later: Mapping[int, tuple[Finding, ...]] = field(default_factory=dict)
    sources: Mapping[int, Mapping[str, TargetValue]] = field(default_factory=dict)


def years() -> list[int]:
    """The years that can be asked for, the newest first: from that of the targets to this one."""
    return list(range(instants.today().year, AIMED - 1, -1))


def newest_known() -> int | None:
    """The newest year of which the province has final figures; None while it has none."""
    rows = Figure.objects.filter(subject=gathering.PROVINCE, year__gt=BASE, level__in=FINAL)
    found: int | None = rows.aggregate(year=Max("year"))["year"]
    return found


def targets_of(year: int) -> Targets:
    """Judge a year by what is final of the province and by the register.

    The running year is counted up to today, any other on its last day. Every year is held against the values of 2015.
    """
    day = min(dt.date(year, 12, 31), instants.today())
    told = _figures(year)
    told |= {code: {str(year): str(count)} for code, count in titles.counts_on(day).items()}
    plan = target_values.values_of(AIMED)
    told |= {code: {str(year): row.value} for code, row in plan.items()}
    facts = Facts.parse({"subject": gathering.PROVINCE, "year": year, "figures": told})
    params = queries_policy.policy_params(day)
    judged = judge(clauses.load(SET), facts, params=params, audience=Audience.PORTAL)
    plans = {one.id: plan[code] for code, one in target_values.planned().items() if code in plan}
    sources = {aimed: target_values.values_of(aimed) for aimed in target_values.later_years()}
    return Targets(year, day, judged.findings, judged.digest, plans, _later(facts, params, sources), sources)


def _later(
    facts: Facts, params: Mapping[str, str], sources: Mapping[int, Mapping[str, TargetValue]]
) -> dict[int, tuple[Finding, ...]]:
    """The same facts against each later target set; its own numbers hold, whatever a parameter says of the text's."""
    own = {name: value for name, value in params.items() if name not in OF_THE_TEXT}
    found = {}
    for aimed, values in sources.items():
        replaced = target_values.held_against(values)
        found[aimed] = judge(replaced, facts, params=own, audience=Audience.PORTAL).findings
    return found


def _figures(year: int) -> dict[str, dict[str, str | None]]:
    """The newest final value of each figure of the province for the year and the base year."""
    rows = Figure.objects.filter(subject=gathering.PROVINCE, year__in=(BASE, year), level__in=FINAL).order_by("vintage")
    found: dict[str, dict[str, str | None]] = {}
    for code, at, value in rows.values_list("code", "year", "value"):
        if gathering.is_number(code):
            found.setdefault(code, {})[str(at)] = value
    return found
