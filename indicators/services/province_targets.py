"""The province's targets (C-III.3, C-IV.2h) of a year: counted from the register, compared from its own figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from indicators import gathering, queries_policy
from indicators.enums import FINAL
from indicators.models import Figure
from policy import clauses
from policy.facts import Facts
from policy.judge import Finding, judge
from policy.outcomes import Audience
from registry import titles
from workflow import instants

SET = "province-targets"
# The year from which growth is counted, and the one for which the targets were set (C-III.3).
BASE, AIMED = 2010, 2015


@dataclass(frozen=True)
class Targets:
    """How a year stands: counted up to `day`, the findings in the order of the text, the digest of the clauses."""

    year: int
    day: dt.date
    findings: tuple[Finding, ...]
    digest: str


def years() -> list[int]:
    """The years that can be asked for, the newest first: from that of the targets to this one."""
    return list(range(instants.today().year, AIMED - 1, -1))


def targets_of(year: int) -> Targets:
    """Judge a year by what is final of the province and by the register.

    The running year is counted up to today, any other on its last day. Every year is held against the values of 2015.
    """
    day = min(dt.date(year, 12, 31), instants.today())
    told = _figures(year)
    told |= {code: {str(year): str(count)} for code, count in titles.counts_on(day).items()}
    facts = Facts.parse({"subject": gathering.PROVINCE, "year": year, "figures": told})
    judged = judge(clauses.load(SET), facts, params=queries_policy.policy_params(day), audience=Audience.PORTAL)
    return Targets(year, day, judged.findings, judged.digest)


def _figures(year: int) -> dict[str, dict[str, str | None]]:
    """The newest final value of each figure of the province for the year and the base year."""
    rows = Figure.objects.filter(subject=gathering.PROVINCE, year__in=(BASE, year), level__in=FINAL).order_by("vintage")
    found: dict[str, dict[str, str | None]] = {}
    for code, at, value in rows.values_list("code", "year", "value"):
        if gathering.is_number(code):
            found.setdefault(code, {})[str(at)] = value
    return found
