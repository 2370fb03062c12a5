"""What the cities and parks are told when a year is released: each its own findings alone, in one message an office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from accounts.models import Organisation
from indicators import circular_content, released
from indicators.enums import Programme
from indicators.models import Assessment, Finding, Run
from notifications.enums import Topic
from notifications.notices import notify
from policy.outcomes import Outcome, Verdict
from workflow.ledger import recorded
from workflow.models import Event


@released.follows
def tell_subjects(run: Run) -> None:
    """Tell each office of its own parks or places, once per release; what others got is not said."""
    event = Event.objects.filter(dossier=run.dossier, name="release").order_by("-serial").first()
    assert event is not None, "a released run was released by an act"
    missed = _missed(run)
    told: dict[UUID, list[Assessment]] = defaultdict(list)
    for one in run.assessments.filter(final=True).order_by("list", "subject"):
        for office in dict.fromkeys([one.tenant_id, one.reporter_id]):
            if office is not None:
                told[office].append(one)
    offices = Organisation.objects.in_bulk(told)
    for pk, own in told.items():
        notify(event, offices[pk], _title(run, own), _address(own), _body(own, missed), topic=Topic.LEGAL)


def _missed(run: Run) -> dict[UUID, list[str]]:
    """What each did not reach: the clause, its label, the value and what is asked."""
    rows = Finding.objects.filter(assessment__run=run, outcome=Outcome.NOT_MET, counts=True).order_by("place")
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in rows:
        found[row.assessment_id].append(
            f"{row.clause} {row.label}：{row.shown}{row.unit}（要求 {row.operator} {row.threshold}{row.unit}）"
        )
    return found


def _title(run: Run, own: Sequence[Assessment]) -> str:
    said = {"year": run.year, "name": own[0].name, "n": len(own)}
    if run.programme == Programme.CITY:
        one, several = (
            recorded("%(year)d年度监测评价结果：%(name)s"),
            recorded("%(year)d年度监测评价结果（%(n)d个地方）"),
        )
    else:
        one = recorded("%(year)d年度绩效考核评价结果：%(name)s")
        several = recorded("%(year)d年度绩效考核评价结果（%(n)d个园区）")
    return (one if len(own) == 1 else several) % said


def _address(own: Sequence[Assessment]) -> str:
    if len(own) == 1:
        return reverse("indicators:assessment", args=[own[0].pk])
    return reverse("indicators:own_assessments")


def _body(own: Sequence[Assessment], missed: dict[UUID, list[str]]) -> str:
    told = [line for one in own for line in [_summary(one), *missed.get(one.pk, [])]]
    return "\n".join([*told, recorded("逐条结果、算式和条款原文见结果告知，可打印存档。")])


def _summary(one: Assessment) -> str:
    parts = [Verdict(one.verdict).label] if one.verdict else []
    if one.rank:
        parts.append(f"第{one.rank}名（共{one.ranked}个）")
    if one.score:
        parts.append(f"综合得分{circular_content.score_shown(one)}")
    return f"{one.name}：{'，'.join(parts)}" if parts else one.name
