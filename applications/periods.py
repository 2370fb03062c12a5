"""The legal periods of a filing's formal part (T2 to T6), and what is proposed when one of them is over."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.queries import the_government, the_lead
from applications import parameters
from applications.enums import FilingStatus
from applications.kinds import words_of
from applications.models import Filing
from notifications import signoff
from notifications.models import Draft
from workflow import clocks, proposals
from workflow.clocks import ClockKind
from workflow.ledger import in_chinese, recorded
from workflow.models import Clock, Event, Proposal
from workflow.parameters import value
from workflow.proposals import ProposalKind

CHINESE = "zh-hans"


def follow(clock: Clock) -> None:
    """The filing's own column follows its running clock; a check that stands still leaves the supplement's day."""
    runs = Clock.objects.filter(subject_id=clock.subject_id, finished_at=None, paused=False)
    due_on = runs.order_by("due_on").values_list("due_on", flat=True).first()
    Filing.objects.filter(pk=clock.subject_id).exclude(due_on=due_on).update(due_on=due_on)


def _lead(clock: Clock) -> list[Organisation]:
    return [the_lead()]


def _government(clock: Clock) -> list[Organisation]:
    return [the_government()]


def _event_of(clock: Clock) -> Event:
    """The event that said that the period is over."""
    return clock.sent_reminders.select_related("event").latest("sent_at").event


def _reasons(clock: Clock) -> list[str]:
    with override(CHINESE):
        words = {"day": date_format(clock.due_on), "title": clock.title, "days": clock.days}
        reminded = "、".join(date_format(row.sent_at, "DATETIME_FORMAT") for row in clock.sent_reminders.all())
    return [
        recorded("“%(title)s”的期限为%(days)d个工作日，已于%(day)s24时届满。") % words,
        recorded("已催办：%(times)s。") % {"times": reminded or recorded("无")},
    ]


def _propose_withdrawal(clock: Clock) -> None:
    if value("deemed_withdrawal"):
        _propose(WITHDRAWAL, clock, PostRole.SIGNER, recorded("%(park)s%(noun)s申报逾期未补正，视为撤回"))


def _propose_acceptance(clock: Clock) -> None:
    if value("deemed_acceptance"):
        _propose(ACCEPTANCE, clock, PostRole.HANDLER, recorded("%(park)s%(noun)s申报逾期未告知，视为受理"))


def _propose(kind: ProposalKind, clock: Clock, role: str, title: str) -> None:
    filing = Filing.objects.get(pk=clock.subject_id)
    proposals.propose(
        kind,
        filing,
        dossier=clock.dossier,
        organisation=the_lead(),
        role=role,
        reasons=_reasons(clock),
        event=_event_of(clock),
        title=title % words_of(filing),
        clock=clock,
    )


ROUTING = clocks.declare(
    ClockKind("routing", gettext_lazy("交办"), parameters.ROUTING_DAYS.name, "T2", reminders=(1, 0), moved=follow)
)
FORMAL_CHECK = clocks.declare(
    ClockKind(
        "formal_check",
        gettext_lazy("形式审查"),
        parameters.FORMAL_CHECK_DAYS.name,
        "T3; T5",
        reminders=(2, 0),
        pauses_with=frozenset({"supplement"}),
        copy_to=_government,
        lapse=_propose_acceptance,
        moved=follow,
    )
)
SUPPLEMENT = clocks.declare(
    ClockKind(
        "supplement",
        gettext_lazy("补正"),
        parameters.SUPPLEMENT_DAYS.name,
        "T4",
        reminders=(3, 0),
        copy_to=_lead,
        lapse=_propose_withdrawal,
        moved=follow,
    )
)
OPENING = clocks.declare(
    ClockKind(
        "opening",
        gettext_lazy("征求部门意见"),
        parameters.OPENING_DAYS.name,
        "T6",
        reminders=(2, 0),
        copy_to=_government,
        moved=follow,
    )
)
ASSESSMENT = clocks.declare(
    ClockKind(
        "assessment",
        gettext_lazy("第三方测评"),
        parameters.ASSESSMENT_DAYS.name,
        "U3",
        reminders=(10, 2, 0),
        moved=follow,
    )
)


def begin(kind: ClockKind, filing: Filing, event: Event, organisation: Organisation, address: str) -> Clock:
    """Start a period of a filing; the office's open task on the filing follows it."""
    title = recorded("%(label)s：%(park)s") % {"label": in_chinese(kind.label), "park": filing.park_name}
    clock = clocks.start(kind, filing, event, organisation=organisation, address=address, title=title)
    show(filing, clock)
    return clock


def stop_checking(filing: Filing, event: Event) -> Clock:
    """T3: the check stands still while the city owes its supplement; one that came too late is over with this."""
    clocks.stop(filing.dossier, "supplement", event)
    check = clocks.running(filing, FORMAL_CHECK)
    if check is not None and not check.paused:
        clocks.finish(filing, event, FORMAL_CHECK)
    return begin(SUPPLEMENT, filing, event, filing.tenant, filing.get_absolute_url())


def go_on_checking(filing: Filing, event: Event, lead: Organisation, address: str) -> Clock:
    """T4: the supplement is here; the check goes on with the days it had left, or anew where it was over."""
    clocks.finish(filing, event, SUPPLEMENT)
    clocks.go_on(filing.dossier, "supplement", event)
    check = clocks.running(filing, FORMAL_CHECK)
    if check is None:
        return begin(FORMAL_CHECK, filing, event, lead, address)
    show(filing, check)
    return check


def show(filing: Filing, clock: Clock | None) -> None:
    """Keep the due date beside the filing, as lists sort by it."""
    due_on = clock.due_on if clock is not None and clock.is_running else None
    if filing.due_on != due_on:
        filing.due_on = due_on
        filing.save(update_fields=["due_on"])


def _still_returned(proposal: Proposal) -> list[str]:
    filing = Filing.objects.get(pk=proposal.subject_id)
    return [] if filing.status == FilingStatus.RETURNED else [_moved_on(filing)]


def _still_checked(proposal: Proposal) -> list[str]:
    filing = Filing.objects.get(pk=proposal.subject_id)
    return [] if filing.status == FilingStatus.FORMAL_CHECK else [_moved_on(filing)]


def _moved_on(filing: Filing) -> str:
    return _("申报现在的状态是“%(status)s”，不需要再作这项决定。") % {"status": filing.get_status_display()}


def _withdraw(proposal: Proposal, actor: Actor) -> Event:
    from applications.services import deem_withdrawn

    return deem_withdrawn(Filing.objects.get(pk=proposal.subject_id), "".join(proposal.reasons), actor)


def _draft_acceptance(proposal: Proposal, actor: Actor) -> Draft:
    """The paper is not skipped: the acceptance is drafted, checked and signed like any other."""
    filing = Filing.objects.get(pk=proposal.subject_id)
    title = recorded("%(park)s%(noun)s申请受理通知书") % words_of(filing)
    return signoff.start("acceptance", filing, filing.dossier, title, actor)


WITHDRAWAL = proposals.declare(
    ProposalKind(
        "deemed_withdrawal",
        gettext_lazy("逾期未补正，视为撤回"),
        "T4",
        confirm=_withdraw,
        act=gettext_lazy("确认后申报即告撤回并终止办理，申报单位和各有关单位同时得到通知。"),
        stale=_still_returned,
    )
)
ACCEPTANCE = proposals.declare(
    ProposalKind(
        "deemed_acceptance",
        gettext_lazy("逾期未告知，视为受理"),
        "T5",
        confirm=_draft_acceptance,
        act=gettext_lazy("确认后生成受理通知书文稿，经审核、签发后才受理。"),
        stale=_still_checked,
    )
)
