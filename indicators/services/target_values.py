"""Values of the plan and of later target sets: recorded from a cited source, judged beside those of the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from indicators.models import TargetValue
from policy import clauses, decimals
from policy.clauses import Clause, ClauseSet, Threshold
from policy.outcomes import Audience
from workflow import ledger
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Chain

SET = "province-targets"
# The year for which the text sets its targets; plan values are those of the same five years (C-III.3).
AIMED, LAST = 2015, 2100
RECORDS = uuid5(NAMESPACE_URL, "chuangyuan:province-targets")
BASIS = "C-III.3"


def numbered() -> dict[str, Clause]:
    """The clauses with a number of their own, which a later set may replace."""
    return {one.id: one for one in clauses.load(SET).of(Audience.CONTRACT) if one.thresholds}


def planned() -> dict[str, Clause]:
    """The clauses held against the plan (C-III.3g), by the code of the plan's value."""
    found = [one for one in clauses.load(SET).of(Audience.CONTRACT) if "plan" in one.inputs]
    return {one.inputs["plan"].options[""][0]: one for one in found}


def values_of(aimed: int) -> dict[str, TargetValue]:
    """The values that hold for a target year, by code."""
    return {row.code: row for row in TargetValue.objects.filter(aimed=aimed).order_by("recorded_at")}


def later_years() -> list[int]:
    """The target years after that of the text for which a value is recorded, the earliest first."""
    years = TargetValue.objects.filter(aimed__gt=AIMED).order_by("aimed").values_list("aimed", flat=True)
    return list(dict.fromkeys(years))


def held_against(values: Mapping[str, TargetValue]) -> ClauseSet:
    """The clauses that these values replace, each with its new number."""
    whole = clauses.load(SET)
    return replace(whole, clauses=tuple(_with(one, values[one.id].value) for one in whole.clauses if one.id in values))


def _with(clause: Clause, text: str) -> Clause:
    number = decimals.parse(text)
    # The advice is about the number of the text.
    return replace(clause, thresholds=(Threshold(clause.thresholds[0].since, text, number, number),), advice="")


def is_keeper(actor: Actor) -> bool:
    """Whether the actor records values: a handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


@transaction.atomic
def record_value(aimed: int, code: str, text: str, citation: str, actor: Actor, *, sample: bool = False) -> TargetValue:
    """登记目标值. The plan's values are of 2015, a clause's number of a later year. Raises Refused."""
    if not is_keeper(actor):
        raise Refused([_("目标值由省科技厅的经办人登记。")])
    text = text.strip().replace(",", "")
    if reasons := _against(aimed, code, text, citation):
        raise Refused(reasons)
    row = TargetValue.objects.create(
        aimed=aimed, code=code, value=text, citation=citation.strip(), recorded_by=actor.person, sample=sample
    )
    if not Chain.objects.filter(dossier=RECORDS).exists():
        ledger.open_chain(RECORDS, actor.organisation)
    data = {"aimed": aimed, "code": code, "value": text}
    ledger.append(
        row,
        "record_target",
        recorded("登记目标值"),
        actor,
        dossier=RECORDS,
        reason=row.citation,
        basis=BASIS,
        data=data,
    )
    return row


def _against(aimed: int, code: str, text: str, citation: str) -> list[str]:
    reasons = []
    if code in planned() and aimed != AIMED:
        reasons.append(_("规划目标值是 %(year)d 年的，请按该年登记。") % {"year": AIMED})
    elif code in numbered() and not AIMED < aimed <= LAST:
        reasons.append(_("%(year)d 年的目标值由文件规定，不能改；请填写以后的年度。") % {"year": AIMED})
    elif code not in planned() and code not in numbered():
        reasons.append(_("请选择目标。"))
    try:
        if decimals.parse(text) < 0:
            reasons.append(_("目标值不能为负数。"))
    except ValueError:
        reasons.append(_("目标值应填写数字，例如 60。"))
    if not citation.strip():
        reasons.append(_("请写明依据，如规划或文件的名称和文号。"))
    return reasons
