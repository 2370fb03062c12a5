"""The period in which a department countersigns (T12), and what is proposed when it does not."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.queries import the_lead
from reviews import parameters_countersigning as parameters
from reviews import silence
from reviews.enums import CountersignStatus
from reviews.models import Countersignature
from workflow import clocks, proposals
from workflow.clocks import ClockKind
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.models import Clock, Event, Proposal
from workflow.parameters import value
from workflow.proposals import ProposalKind


def follow(clock: Clock) -> None:
    """The countersignature's own column follows its clock."""
    Countersignature.objects.filter(pk=clock.subject_id).update(due_on=clock.due_on if clock.is_running else None)


def _lead(clock: Clock) -> list[Organisation]:
    return [the_lead()]


def _propose_lapse(clock: Clock) -> None:
    """Silence lets the report go on only where the parameter says so, and once a person of 省科技厅 confirms it."""
    if not value("countersign_silence"):
        return
    row = Countersignature.objects.select_related("tenant", "case__filing").get(pk=clock.subject_id)
    reasons = [
        recorded("%(office)s应于%(day)s前会签%(park)s报审请示，逾期未会签。"),
        recorded("参数“逾期未会签视为同意”现为打开。"),
    ]
    silence.propose(SILENT, row, clock, recorded("%(office)s逾期未会签%(park)s报审请示，视为同意"), reasons)


COUNTERSIGN = clocks.declare(
    ClockKind(
        "countersign",
        gettext_lazy("会签"),
        parameters.COUNTERSIGN_DAYS.name,
        "T12",
        reminders=(2, 0),
        copy_to=_lead,
        lapse=_propose_lapse,
        moved=follow,
    )
)


def begin(row: Countersignature, event: Event, address: str) -> Clock:
    """T12: the department owes its countersignature; the applicant does not see its clock."""
    title = recorded("会签报审请示：%(park)s") % {"park": row.case.filing.park_name}
    return clocks.start(
        COUNTERSIGN, row, event, organisation=row.tenant, address=address, title=title, audience=Audience.AUTHORITY
    )


def _still_silent(proposal: Proposal) -> list[str]:
    row = Countersignature.every.get(pk=proposal.subject_id)
    if row.status == CountersignStatus.ASKED:
        return []
    return [_("会签现在的状态是“%(status)s”，不需要再作这项决定。") % {"status": row.get_status_display()}]


def _lapse(proposal: Proposal, actor: Actor) -> Event:
    from reviews.services import lapse_countersignature

    row = Countersignature.objects.get(pk=proposal.subject_id)
    return lapse_countersignature(row, "".join(proposal.reasons), actor)


SILENT = proposals.declare(
    ProposalKind(
        "countersign_silence",
        gettext_lazy("逾期未会签，视为同意"),
        "T12; AMB-21",
        confirm=_lapse,
        act=gettext_lazy("确认后该部门按逾期未会签处理；请示签发前部门仍可补签或者提出不同意见。"),
        stale=_still_silent,
    )
)
