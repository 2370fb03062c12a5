"""Look-ups over cases and the filings before them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from applications import dossier
from applications.enums import OVER, FilingStatus, KindCode
from applications.models import Filing
from applications.services import authority_address
from reviews.enums import CaseStatus, OpinionStatus, Stance
from reviews.enums_state_answer import StateAnswerStatus
from reviews.models import Case, Opinion, StateAnswer
from workflow import todo
from workflow.instants import is_over
from workflow.models import Task


def filings_for(actor: Actor) -> models.QuerySet[Filing]:
    """The submitted filings that the scope opens to an authority: the earliest due date first, what is over last."""
    over = When(status__in=[*OVER, FilingStatus.LISTED], then=1)
    return (
        Filing.objects.exclude(status=FilingStatus.DRAFT)
        .select_related("tenant", "host_zone", "case")
        .alias(over=models.Case(over, default=0))
        .order_by("over", Coalesce("case__due_on", "due_on").asc(nulls_last=True), "-submitted_at", "pk")
    )


def narrowed(rows: models.QuerySet[Filing], choice: dict[str, object], actor: Actor) -> models.QuerySet[Filing]:
    """The filings that the filters keep."""
    if text := choice.get("text"):
        rows = rows.filter(Q(park_name__icontains=text) | Q(number__icontains=text))
    if city := choice.get("city"):
        rows = rows.filter(tenant__code=city)
    if status := choice.get("status"):
        rows = rows.filter(Q(status=status) | Q(case__status=status))
    if choice.get("todo"):
        rows = rows.filter(dossier__in=todo.waiting_for(actor).values("dossier"))
    if choice.get("mine"):
        waiting = Task.objects.filter(organisation=actor.organisation, done_at=None).values("dossier")
        rows = rows.filter(dossier__in=waiting)
    return rows


HIDDEN = {FilingStatus.DRAFT, FilingStatus.DISCARDED, FilingStatus.IN_REVIEW}
# Statuses that the filing and its case share are listed once, with the filing's.
DOUBLE = {CaseStatus.LISTED, CaseStatus.DECLINED, CaseStatus.WITHDRAWN}
# Stages that the kinds of filings call each by another name.
SHARED = {CaseStatus.REVIEWING: _("联审、审核中"), CaseStatus.CONCLUDED: _("结论形成")}


def stage_choices() -> list[tuple[str, str]]:
    """The stages of the list's filter: those of the formal part, then those of the case."""
    formal = [(s.value, str(s.label)) for s in FilingStatus if s not in HIDDEN]
    joint = [(s.value, str(SHARED.get(s, s.label))) for s in CaseStatus if s not in DOUBLE]
    return [*formal, *joint]


def tally(opinions: list[Opinion]) -> list[dict[str, Any]]:
    """How many departments say what, with the shape of its tag; what nobody says is left out."""
    kinds = {
        Stance.AGREE: "done",
        Stance.CONDITIONS: "warning",
        Stance.DISAGREE: "late",
    }
    rows = [
        {"kind": kind, "text": stance.label, "count": sum(opinion.stance == stance for opinion in opinions)}
        for stance, kind in kinds.items()
    ]
    waiting = sum(opinion.status == OpinionStatus.REQUESTED for opinion in opinions)
    lapsed = sum(opinion.status == OpinionStatus.LAPSED for opinion in opinions)
    rows.append({"kind": "waiting", "text": OpinionStatus.REQUESTED.label, "count": waiting})
    rows.append({"kind": "ended", "text": OpinionStatus.LAPSED.label, "count": lapsed})
    return [row for row in rows if row["count"]]


def turn_of(filing: Filing, case: Case | None, count: str) -> str:
    """Whose turn it is, in one sentence; `count`: answers and departments asked, as `Answers.count` gives them."""
    signed, _slash, asked = count.partition("/")
    complete = case is not None and case.status == CaseStatus.REVIEWING and count and signed == asked
    return dossier.turn(filing, "answered" if complete else case.status if case else "")


STAGE_KINDS = {
    CaseStatus.LISTED: "done",
    CaseStatus.DECLINED: "ended",
    CaseStatus.DEFERRED: "ended",
    CaseStatus.WITHDRAWN: "ended",
}


def stage_of(filing: Filing, case: Case | None) -> dict[str, Any]:
    """The stage as a tag: of the case where there is one, else of the filing."""
    if case is not None:
        return {"kind": STAGE_KINDS.get(CaseStatus(case.status), "progress"), "text": case.get_status_display()}
    kinds = {
        FilingStatus.RETURNED: "warning",
        FilingStatus.REJECTED: "ended",
        FilingStatus.WITHDRAWN: "ended",
        FilingStatus.SUBMITTED: "waiting",
    }
    return {"kind": kinds.get(FilingStatus(filing.status), "progress"), "text": filing.get_status_display()}


def with_answer(stage: dict[str, Any], turn: str, answer: StateAnswer | None, case: Case) -> dict[str, Any]:
    """Stage and turn of a case as its page tells them: of a recommendation by what the state answered (CT-56)."""
    if case.filing.kind != KindCode.NATIONAL or case.status != CaseStatus.LISTED:
        return {"stage": stage, "turn": turn}
    if answer is None:
        return {"stage": stage, "turn": _("等待科学技术部答复，由经办人登记。")}
    if answer.status == StateAnswerStatus.REGISTERED:
        return {"stage": stage, "turn": _("科学技术部的答复已登记，等待审核人或签发人核对。")}
    told = ("done", _("科学技术部已批准")) if answer.approved else ("ended", _("科学技术部未批准"))
    return {"stage": {"kind": told[0], "text": told[1]}, "turn": turn}


def filing_address(filing: Filing, actor: Actor) -> str:
    """Where the actor reads a filing: an authority its case or check page, anybody else the filing itself."""
    if not (actor.is_lead or actor.is_government or actor.is_department or actor.is_expert):
        return filing.get_absolute_url()
    case = getattr(filing, "case", None)
    return case.get_absolute_url() if case is not None else authority_address(filing)


def opinions_of(case: Case) -> list[Opinion]:
    """The opinions on a case that the scope lets one see, in the order of the text (P-II.1.8c)."""
    return list(case.opinions.select_related("tenant", "paper").order_by("tenant__order"))


@dataclass(frozen=True)
class Answers:
    """Who has answered in a case: how many of how many, and the departments that are late."""

    signed: int
    asked: int
    late: tuple[str, ...]

    @property
    def count(self) -> str:
        """7/10, as the list and the tabs show it."""
        return f"{self.signed}/{self.asked}"


def answers_to(dossiers: list[UUID]) -> dict[UUID, Answers]:
    """For each of these dossiers who has answered and who is late: one query, however many there are."""
    found: dict[UUID, list[Opinion]] = defaultdict(list)
    for opinion in Opinion.objects.filter(dossier__in=dossiers).select_related("tenant").order_by("tenant__order"):
        found[opinion.dossier].append(opinion)
    return {
        dossier_: Answers(
            sum(opinion.status == OpinionStatus.SIGNED for opinion in opinions),
            len(opinions),
            tuple(opinion.tenant.short_name for opinion in opinions if is_late(opinion)),
        )
        for dossier_, opinions in found.items()
    }


def is_late(opinion: Opinion) -> bool:
    """Whether a department owes an opinion whose day has ended."""
    return opinion.status != OpinionStatus.SIGNED and is_over(opinion.due_on)
