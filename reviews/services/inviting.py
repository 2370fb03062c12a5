"""Further departments (“等”, P-II.1.8c) and experts (T8), invited to a case after it was opened."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind, PostRole
from accounts.models import Organisation
from applications import services as filings
from notifications.enums import Topic
from notifications.models import PaperCopy
from notifications.notices import notify
from reviews import periods
from reviews.enums import CaseStatus, ExpertStatus
from reviews.models import Case, ExpertOpinion, Opinion
from reviews.services.opinions import asked_anew
from reviews.transitions import opinion as opinion_machine
from reviews.transitions_departments import expert as expert_machine
from reviews.words import basis_of, over
from workflow import bars, clocks, ledger, todo
from workflow.deadlines import due
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value

INVITABLE = {str(OrganisationKind.DEPARTMENT), str(OrganisationKind.OTHER_DEPARTMENT)}


def expert_address(opinion: ExpertOpinion) -> str:
    """Where an expert works on the opinion."""
    return reverse("reviews:expert", args=[opinion.pk])


@transaction.atomic
def invite_department(
    case: Case, department: Organisation, reason: str, actor: Actor, due_on: dt.date | None = None
) -> Opinion:
    """Ask a department that was not asked when the case was opened; the dossier opens to it with this act."""
    _may_invite(case, department, reason, actor, INVITABLE)
    if Opinion.objects.filter(case=case, tenant=department).exists():
        raise Refused([_("%(office)s已在征求意见的部门之列。") % {"office": department.short_name}])
    filings.open_to(case.filing, department, GrantLevel.READ, actor)
    opinion = Opinion.objects.create(
        dossier=case.dossier,
        tenant=department,
        case=case,
        requested_by=actor.organisation,
        due_on=due_on or due(value("opinion_days")).date,
        invited=True,
        reason=reason.strip(),
        version=case.version,
    )
    _send_the_letter(case, department)
    asked_anew(opinion, _invited(opinion, department, actor), actor)
    return opinion


def _send_the_letter(case: Case, department: Organisation) -> None:
    """The letter (征求意见函) that the department answers: a copy goes to it too."""
    paper = case.inquiry_paper
    PaperCopy.objects.get_or_create(
        paper=paper, organisation=department, defaults={"tenant_id": paper.tenant_id, "is_main": False}
    )


@transaction.atomic
def invite_expert(
    case: Case, expert: Organisation, reason: str, actor: Actor, due_on: dt.date | None = None
) -> ExpertOpinion:
    """Ask an expert for an opinion on the frozen version; experts do not see each other's until they are closed."""
    _may_invite(case, expert, reason, actor, {OrganisationKind.EXPERT})
    if ExpertOpinion.objects.filter(case=case, tenant=expert).exclude(status=ExpertStatus.WITHDRAWN).exists():
        raise Refused([_("%(expert)s已经受邀。") % {"expert": expert.short_name}])
    if ExpertOpinion.objects.filter(case=case, closed_at__isnull=False).exists():
        raise Refused([_("专家论证已经结束，不能再邀请专家。")])
    filings.open_to(case.filing, expert, GrantLevel.READ, actor)
    opinion = ExpertOpinion.objects.create(
        dossier=case.dossier,
        tenant=expert,
        case=case,
        version=case.version,
        requested_by=actor.organisation,
        due_on=due_on or due(value("expert_days")).date,
        reason=reason.strip(),
    )
    title, address = recorded("专家论证：%(park)s") % {"park": case.filing.park_name}, expert_address(opinion)
    todo.assign(
        opinion,
        "expert",
        title,
        address,
        dossier=case.dossier,
        organisation=expert,
        role=PostRole.SIGNER,
        by=actor.organisation,
        due_on=opinion.due_on,
    )
    event = _invited(opinion, expert, actor)
    _begin_panel(opinion, event, address, actor)
    notify(event, expert, title, address, opinion.reason, Topic.TASK)
    return opinion


def _begin_panel(opinion: ExpertOpinion, event: Event, address: str, actor: Actor) -> None:
    """T8: experts have a clock of their own, and the conclusion's stands still while they are asked."""
    case = opinion.case
    periods.begin_until(periods.EXPERT, opinion, event, address, audience=Audience.AUTHORITY)
    if clocks.running(case, periods.PANEL) is None:
        periods.begin(
            periods.PANEL, case, event, actor.organisation, case.get_absolute_url(), audience=Audience.AUTHORITY
        )
    clocks.stop(case.dossier, "panel", event)


def _may_invite(case: Case, organisation: Organisation, reason: str, actor: Actor, kinds: set[str]) -> None:
    reasons = bars.reasons(actor, case.dossier)
    if not (actor.is_lead and actor.is_handler):
        reasons.append(_("只有省科技厅的经办人可以邀请。"))
    if case.status != CaseStatus.REVIEWING:
        reasons.append(over(case, _("不能再邀请")))
    if case.is_alone:
        reasons.append(_("这类申报由省科技厅直接办理，不征求部门和专家意见。"))
    if organisation.kind not in kinds or not organisation.active:
        reasons.append(_("%(office)s不能受邀参加本案。") % {"office": organisation.short_name})
    if not reason.strip():
        reasons.append(_("请写明邀请的事由。"))
    if reasons:
        raise Refused(reasons)


def _invited(opinion: Opinion | ExpertOpinion, organisation: Organisation, actor: Actor) -> Event:
    return ledger.append(
        opinion,
        "invite",
        recorded("邀请%(office)s") % {"office": organisation.short_name},
        actor,
        dossier=opinion.dossier,
        basis=basis_of(opinion.case, "P-II.1.8c; T8" if isinstance(opinion, ExpertOpinion) else "P-II.1.8c"),
        reason=opinion.reason,
        audience=Audience.AUTHORITY,
    )


@transaction.atomic
def withdraw_invitation(opinion: Opinion | ExpertOpinion, reason: str, actor: Actor) -> Event:
    """Take an invitation back before it is answered; the dossier closes to the office again."""
    if not reason.strip():
        raise Refused([_("请写明撤回邀请的原因。")])
    machine = expert_machine if isinstance(opinion, ExpertOpinion) else opinion_machine
    event = machine.perform(opinion, "withdraw", actor, reason=reason)
    todo.close(opinion, actor)
    clocks.finish(opinion, event)
    if isinstance(opinion, ExpertOpinion):
        clocks.go_on(opinion.dossier, "panel", event)
        if not ExpertOpinion.objects.filter(case=opinion.case_id).exclude(status=ExpertStatus.WITHDRAWN).exists():
            clocks.finish(opinion.case, event, periods.PANEL)
    title = recorded("邀请已撤回：%(park)s") % {"park": opinion.case.filing.park_name}
    notify(event, opinion.tenant, title, reverse("reviews:list"), reason)
    filings.close_to(opinion.case.filing, opinion.tenant, actor)
    return event
