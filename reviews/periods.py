"""The legal periods of the joint review (T7 to T14), and what is proposed when an opinion does not come."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.queries import the_government, the_lead
from reviews import parameters, parameters_conclusion, silence
from reviews.enums import OpinionStatus
from reviews.models import (
    Case,
    ChangeRequest,
    ExpertOpinion,
    Inquiry,
    Opinion,
    Publicity,
    Question,
    Requirement,
    Visit,
)
from workflow import clocks, deadlines, instants, proposals
from workflow.clocks import ClockKind
from workflow.enums import Audience
from workflow.ledger import in_chinese, recorded
from workflow.models import Clock, Event, Proposal
from workflow.parameters import value
from workflow.proposals import ProposalKind

OfCase = Opinion | ExpertOpinion | Question | Publicity | Requirement | Inquiry | ChangeRequest | Visit
Subject = Case | OfCase


def follow_case(clock: Clock) -> None:
    """The case's own column follows its clock; while that stands still nothing is due."""
    Case.objects.filter(pk=clock.subject_id).update(due_on=clock.due_on if clock.is_running else None)


def follow_opinion(clock: Clock) -> None:
    """The opinion's own column follows its clock."""
    Opinion.objects.filter(pk=clock.subject_id).update(due_on=clock.due_on if clock.is_running else None)


def _lead(clock: Clock) -> list[Organisation]:
    return [the_lead()]


def _government(clock: Clock) -> list[Organisation]:
    return [the_government()]


def _owner(clock: Clock) -> list[Organisation]:
    return [Organisation.objects.get(pk=clock.tenant_id)]


def _propose_lapse(clock: Clock) -> None:
    """AMB-21: silence is consent only where the parameter says so, and only once a person of 省科技厅 confirms it."""
    if not value("silence_is_consent"):
        return
    opinion = Opinion.objects.select_related("tenant", "case__filing").get(pk=clock.subject_id)
    reasons = [
        recorded("%(office)s对%(park)s的意见应于%(day)s前出具，已经催办，逾期未回复。"),
        recorded("参数“逾期未回复视为无不同意见”现为打开。"),
    ]
    silence.propose(SILENCE, opinion, clock, recorded("%(office)s逾期未回复%(park)s，视为无不同意见"), reasons)


OPINION = clocks.declare(
    ClockKind(
        "opinion",
        gettext_lazy("出具意见"),
        parameters.OPINION_DAYS.name,
        "T7; AMB-21",
        reminders=(2,),
        pauses_with=frozenset({"question"}),
        copy_to=_lead,
        lapse=_propose_lapse,
        moved=follow_opinion,
    )
)
CONCLUSION = clocks.declare(
    ClockKind(
        "conclusion",
        gettext_lazy("联审结论"),
        parameters.CONCLUSION_DAYS.name,
        "T9",
        reminders=(5, 2, 0),
        pauses_with=frozenset({"question", "panel", "publicity", "objection"}),
        copy_to=_government,
        moved=follow_case,
    )
)
CITY_REVIEW = clocks.declare(
    ClockKind(
        "city_review",
        gettext_lazy("部门审核、确定试点"),
        parameters.CITY_REVIEW_DAYS.name,
        "C-III.2d; U4",
        reminders=(5, 2, 0),
        pauses_with=frozenset({"question"}),
        moved=follow_case,
    )
)
ANSWER = clocks.declare(
    ClockKind(
        "answer",
        gettext_lazy("答复询问"),
        parameters.ANSWER_DAYS.name,
        "P-II.1.8c",
        reminders=(2, 0),
        copy_to=_lead,
    )
)
PANEL = clocks.declare(
    ClockKind(
        "panel",
        gettext_lazy("专家论证"),
        parameters_conclusion.PANEL_DAYS.name,
        "T8",
        reminders=(5, 0),
        side=True,
    )
)
VISIT = clocks.declare(
    ClockKind(
        "visit",
        gettext_lazy("现场考察"),
        parameters_conclusion.PANEL_DAYS.name,
        "T8",
        reminders=(5, 0),
    )
)
EXPERT = clocks.declare(
    ClockKind(
        "expert",
        gettext_lazy("提交论证意见"),
        parameters.EXPERT_DAYS.name,
        "T8",
        reminders=(2, 0),
        copy_to=_lead,
        escalates=False,
    )
)
REPORT = clocks.declare(
    ClockKind(
        "report",
        gettext_lazy("报省政府审定"),
        parameters.REPORT_DAYS.name,
        "T12",
        reminders=(3, 0),
        pauses_with=frozenset({"question", "publicity", "objection"}),
        copy_to=_government,
        moved=follow_case,
    )
)
PUBLICITY = clocks.declare(
    ClockKind(
        "publicity",
        gettext_lazy("公示期"),
        parameters_conclusion.PUBLICITY_DAYS.name,
        "T10",
        copy_to=_owner,
        ended=recorded("公示期满"),
    )
)
DECISION = clocks.declare(
    ClockKind(
        "decision",
        gettext_lazy("省政府审定"),
        parameters.DECISION_DAYS.name,
        "T13; T14",
        reminders=(3, 0),
        moved=follow_case,
    )
)


def begin(
    kind: ClockKind,
    subject: Subject,
    event: Event,
    organisation: Organisation,
    address: str,
    **more: Any,
) -> Clock:
    """Start a period of a case or of what hangs on it; the office's open task on the subject follows it."""
    case = subject if isinstance(subject, Case) else subject.case
    title = recorded("%(label)s：%(park)s") % {"label": in_chinese(kind.label), "park": case.filing.park_name}
    return clocks.start(kind, subject, event, organisation=organisation, address=address, title=title, **more)


def begin_until(kind: ClockKind, subject: OfCase, event: Event, address: str, **more: Any) -> Clock:
    """Start a period that ends on the day that stands on the subject, which may be one that a person chose."""
    last = subject.ends_on if isinstance(subject, Publicity) else subject.due_on
    days = deadlines.passed(instants.day_of(event.at), last) if last else None
    organisation = more.pop("organisation", None) or subject.tenant
    return begin(kind, subject, event, organisation, address, days=days, **more)


def ask_opinion(opinion: Opinion, event: Event, address: str) -> Clock:
    """T7: the department owes its opinion; the applicant does not see its clock."""
    return begin_until(OPINION, opinion, event, address, audience=Audience.AUTHORITY)


def go_on_reporting(case: Case, notice: Publicity, event: Event, lead: Organisation) -> Clock:
    """T12: after the public notice the report has the days that it had left, or its whole period where it had none."""
    clocks.finish(notice, event, PUBLICITY)
    clocks.go_on(case.dossier, "publicity", event)
    clock = clocks.running(case, REPORT)
    return clock or begin(REPORT, case, event, lead, case.get_absolute_url())


def _still_silent(proposal: Proposal) -> list[str]:
    opinion = Opinion.objects.get(pk=proposal.subject_id)
    if opinion.status == OpinionStatus.REQUESTED:
        return []
    return [_("意见现在的状态是“%(status)s”，不需要再作这项决定。") % {"status": opinion.get_status_display()}]


def _lapse(proposal: Proposal, actor: Actor) -> Event:
    from reviews.services import lapse

    return lapse(Opinion.objects.get(pk=proposal.subject_id), "".join(proposal.reasons), actor)


SILENCE = proposals.declare(
    ProposalKind(
        "silence",
        gettext_lazy("逾期未回复，视为无不同意见"),
        "AMB-21",
        confirm=_lapse,
        act=gettext_lazy("确认后该部门的意见按逾期未回复处理，视为无不同意见；结论形成前部门仍可补签。"),
        stale=_still_silent,
    )
)
