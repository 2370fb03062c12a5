"""P-II.3.1e to P-II.3.5c: what people judge goes to named reviewers, who judge once and say why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Organisation
from accounts.queries import the_lead
from notifications.enums import Topic
from notifications.notices import notify
from reviews import items
from reviews.enums import CaseStatus
from reviews.models import Case, ItemOutcome, ReviewItem
from reviews.words import over
from workflow import bars, ledger, todo
from workflow.deadlines import due
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value


@dataclass(frozen=True)
class Judgement:
    """What a reviewer says of one clause."""

    outcome: ItemOutcome | str
    reason: str


def items_address(case: Case) -> str:
    """Where the reviewers judge."""
    return reverse("reviews:items", args=[case.pk])


@transaction.atomic
def ask_reviewer(case: Case, codes: Sequence[str], office: Organisation, actor: Actor) -> list[ReviewItem]:
    """省科技厅 gives clauses of review to an office or expert of the case. Raises Refused."""
    known = {clause.id: clause for clause in items.clauses_of(case)}
    reasons = _against(case, actor)
    if office not in items.reviewers_for(case):
        reasons.append(_("%(office)s没有参加本案，请先征求其意见或者邀请论证。") % {"office": office.short_name})
    if not codes or not set(codes) <= set(known):
        reasons.append(_("请选择要评审的条款。"))
    taken = items.standing(case).filter(clause__in=codes).values_list("clause", flat=True)
    if taken:
        reasons.append(_("%(clauses)s已经指定评审。") % {"clauses": "、".join(sorted(taken))})
    if reasons:
        raise Refused(reasons)
    day = due(value("opinion_days")).date
    made = [
        ReviewItem.objects.create(
            dossier=case.dossier, tenant=office, case=case, clause=code, requested_by=actor.organisation, due_on=day
        )
        for code in codes
    ]
    event = ledger.append(
        case, "ask_reviewer", recorded("请%(office)s评审") % {"office": office.short_name}, actor,
        dossier=case.dossier, basis="P-II.3.0b", data={"clauses": list(codes)}, audience=Audience.AUTHORITY,
    )  # fmt: skip
    title = recorded("评审认定条款：%(park)s") % {"park": case.filing.park_name}
    role = PostRole.SIGNER if office.kind == OrganisationKind.EXPERT else PostRole.HANDLER
    todo.assign(
        made[0], "items", title, items_address(case),
        dossier=case.dossier, organisation=office, role=role, by=actor.organisation, due_on=day,
    )  # fmt: skip
    if office.pk != actor.organisation.pk:
        body = "、".join(f"{code} {known[code].label}" for code in codes)
        notify(event, office, title, items_address(case), body, Topic.TASK)
    return made


@transaction.atomic
def judge_items(case: Case, said: Mapping[str, Judgement], actor: Actor) -> list[ReviewItem]:
    """The reviewer judges items by clause, each with a reason; what was judged is never changed. Raises Refused."""
    rows = {item.clause: item for item in items.standing(case).filter(tenant=actor.organisation)}
    known = {clause.id: clause for clause in items.clauses_of(case)}
    reasons = bars.reasons(actor, case.dossier)
    if not said:
        reasons.append(_("请至少评定一项。"))
    for code, one in said.items():
        item = rows.get(code)
        if item is None or not items.may_judge(item, actor):
            reasons.append(_("%(clause)s现在不由您评定。") % {"clause": code})
        elif one.outcome not in ItemOutcome.values or not one.reason.strip():
            words = {"clause": code, "label": known[code].label}
            reasons.append(_("%(clause)s %(label)s：请选择评定结果并写明理由。") % words)
    if reasons:
        raise Refused(reasons)
    for code, one in said.items():
        item = rows[code]
        item.outcome, item.reason = one.outcome, one.reason.strip()
        item.reviewer, item.reviewer_name, item.judged_at = actor.person, actor.person.name, timezone.now()
        item.save(update_fields=["outcome", "reason", "reviewer", "reviewer_name", "judged_at"])
        _tell(item, str(known[code].label), actor)
    _close_task(case, actor.organisation, actor)
    return [rows[code] for code in said]


def _tell(item: ReviewItem, label: str, actor: Actor) -> None:
    words = {"who": actor.person.name, "label": label, "outcome": ItemOutcome(item.outcome).label}
    event = ledger.append(
        item, "judge_item", recorded("%(who)s评定%(label)s：%(outcome)s") % words, actor,
        dossier=item.dossier, basis=item.clause, reason=item.reason, data={"outcome": item.outcome},
        audience=Audience.AUTHORITY,
    )  # fmt: skip
    lead = the_lead()
    if lead.pk != actor.organisation.pk:
        title = recorded("%(who)s评定%(label)s：%(outcome)s") % words
        notify(event, lead, title, f"{item.case.get_absolute_url()}?tab=items")


@transaction.atomic
def withdraw_item(item: ReviewItem, reason: str, actor: Actor) -> Event:
    """Take a clause back from its reviewer, judged or not, so that another one judges it. Raises Refused."""
    case = item.case
    reasons = _against(case, actor)
    if item.withdrawn_at is not None:
        reasons.append(_("这一项已经收回。"))
    if not reason.strip():
        reasons.append(_("请写明收回的原因。"))
    if reasons:
        raise Refused(reasons)
    ReviewItem.objects.filter(pk=item.pk).update(withdrawn_at=timezone.now(), withdrawn_reason=reason.strip())
    item.refresh_from_db()
    words = {"clause": item.clause, "office": item.tenant.short_name}
    event = ledger.append(
        item, "withdraw_item", recorded("收回%(clause)s的评审（%(office)s）") % words, actor,
        dossier=item.dossier, basis=item.clause, reason=reason.strip(), audience=Audience.AUTHORITY,
    )  # fmt: skip
    _close_task(case, item.tenant, actor)
    title = recorded("评审事项已收回：%(park)s") % {"park": case.filing.park_name}
    notify(event, item.tenant, title, items_address(case), reason.strip())
    return event


def _close_task(case: Case, office: Organisation, actor: Actor) -> None:
    """The office's tasks are done once nothing that it was asked is left to judge."""
    if items.standing(case).filter(tenant=office, judged_at=None).exists():
        return
    for item in ReviewItem.objects.filter(case=case, tenant=office):
        todo.close(item, actor, "items")


def _against(case: Case, actor: Actor) -> list[str]:
    reasons = bars.reasons(actor, case.dossier)
    if not (actor.is_lead and actor.is_handler):
        reasons.append(_("只有省科技厅的经办人可以指定评审。"))
    if case.status != CaseStatus.REVIEWING:
        reasons.append(over(case, _("不能再指定或收回评审")))
    return reasons
