"""Recusal (回避): declared with a reason, confirmed by the head of the office, and somebody else acts instead."""

from __future__ import annotations

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Person, Post
from accounts.queries import the_lead
from notifications import signoff
from notifications.notices import notify
from reviews.enums import ExpertStatus, RecusalStatus
from reviews.models import Case, ExpertOpinion, Recusal
from reviews.services.inviting import withdraw_invitation
from reviews.services.notes import takes_part
from reviews.transitions_departments import recusal as machine
from workflow import ledger, todo
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event


@transaction.atomic
def declare_recusal(case: Case, person: Person, reason: str, actor: Actor) -> Recusal:
    """A person declares a recusal, or the office's handler does it for a colleague; from now on they do not act."""
    reasons = []
    if not takes_part(case, actor):
        reasons.append(_("只有参加本案审查的单位可以申请回避。"))
    if person.pk != actor.person.pk and not actor.is_handler:
        reasons.append(_("只能为自己申请回避；本单位经办人可以代为申请。"))
    if not Post.objects.in_force().filter(person=person, organisation=actor.organisation).exists():
        reasons.append(_("%(name)s不是本单位的人员。") % {"name": person.name})
    if not reason.strip():
        reasons.append(_("请写明回避的原因。"))
    if Recusal.objects.filter(case=case, person=person).exclude(status=RecusalStatus.DISMISSED).exists():
        reasons.append(_("%(name)s已经申请回避。") % {"name": person.name})
    if reasons:
        raise Refused(reasons)
    recusal = Recusal.objects.create(
        dossier=case.dossier,
        tenant=actor.organisation,
        case=case,
        person=person,
        person_name=person.name,
        reason=reason.strip(),
        declared_by=actor.person,
    )
    event = ledger.append(
        recusal,
        "declare",
        recorded("申请回避：%(name)s") % {"name": person.name},
        actor,
        dossier=case.dossier,
        reason=reason.strip(),
        audience=Audience.AUTHORITY,
    )
    _ask_heads(recusal, event, actor)
    return recusal


def _ask_heads(recusal: Recusal, event: Event, actor: Actor) -> None:
    """A task for reviewer and signer of the office; for an expert, who has no head, for those of 省科技厅."""
    office = the_lead() if recusal.tenant.kind == OrganisationKind.EXPERT else recusal.tenant
    title = recorded("确认回避：%(name)s，%(park)s") % {
        "name": recusal.person_name,
        "park": recusal.case.filing.park_name,
    }
    address = reverse("reviews:recusal", args=[recusal.pk])
    for role in (PostRole.REVIEWER, PostRole.SIGNER):
        todo.assign(
            recusal, "recusal", title, address, dossier=recusal.dossier, organisation=office, role=role,
            by=actor.organisation,
        )  # fmt: skip
    notify(event, office, title, address, recusal.reason)


def replacements_for(recusal: Recusal) -> models.QuerySet[Person]:
    """Who of the same office may act instead: whoever holds a post that the recused person holds there."""
    roles = Post.objects.in_force().filter(person_id=recusal.person_id, organisation_id=recusal.tenant_id)
    posts = Post.objects.in_force().filter(organisation_id=recusal.tenant_id, role__in=roles.values("role"))
    out = Recusal.objects.filter(case_id=recusal.case_id).exclude(status=RecusalStatus.DISMISSED)
    return (
        Person.objects.filter(posts__in=posts)
        .exclude(pk__in=out.values("person"))
        .exclude(pk=recusal.person_id)
        .distinct()
        .order_by("username")
    )


@transaction.atomic
def confirm_recusal(recusal: Recusal, actor: Actor, replacement: Person | None = None, note: str = "") -> Event:
    """The head confirms; another person of the office acts instead, where there is one to name.

    With this very act the person's open tasks and drafts of the case go to the other one; what nobody is named for
    goes back to the post, whose colleagues may go on with it. An expert's invitation is withdrawn with it, and
    another expert can be invited.
    """
    if replacement is not None and not replacements_for(recusal).filter(pk=replacement.pk).exists():
        raise Refused([_("%(name)s不能接替：应为本单位同岗位、没有回避的人员。") % {"name": replacement.name}])
    tasks, drafts = _hand_over(recusal, replacement, actor)
    event = machine.perform(
        recusal,
        "confirm",
        actor,
        reason=note,
        data={
            "person": recusal.person_name,
            "replacement": replacement.name if replacement else "",
            "tasks": tasks,
            "drafts": drafts,
        },
        changes={
            "decided_by": actor.person,
            "decided_at": timezone.now(),
            "decision": note.strip(),
            "replacement": replacement,
            "replacement_name": replacement.name if replacement else "",
        },
    )
    _close(recusal, actor)
    if recusal.tenant.kind == OrganisationKind.EXPERT:
        _release_expert(recusal, actor)
    return event


def _hand_over(recusal: Recusal, replacement: Person | None, actor: Actor) -> tuple[int, int]:
    """How many tasks and drafts of the case went over; an expert has neither."""
    if actor.organisation.pk != recusal.tenant_id:
        return 0, 0
    person = recusal.person
    tasks = todo.hand_over_in(recusal.dossier, person, replacement, actor, actor.organisation)
    if replacement is None or not _drafts_for(replacement, recusal):
        return tasks, 0
    return tasks, signoff.hand_over_in(recusal.dossier, person, replacement, actor)


def _drafts_for(person: Person, recusal: Recusal) -> bool:
    posts = Post.objects.in_force().filter(person=person, organisation_id=recusal.tenant_id, role=PostRole.HANDLER)
    return posts.exists()


def _release_expert(recusal: Recusal, actor: Actor) -> None:
    rows = ExpertOpinion.objects.filter(case_id=recusal.case_id, tenant_id=recusal.tenant_id)
    if invited := rows.filter(status=ExpertStatus.INVITED).first():
        withdraw_invitation(invited, recorded("回避：%(reason)s") % {"reason": recusal.reason}, actor)


@transaction.atomic
def dismiss_recusal(recusal: Recusal, reason: str, actor: Actor) -> Event:
    """The head finds that no recusal is needed, and says why; the person may act again."""
    if not reason.strip():
        raise Refused([_("请写明不需回避的理由。")])
    event = machine.perform(
        recusal,
        "dismiss",
        actor,
        reason=reason,
        changes={"decided_by": actor.person, "decided_at": timezone.now(), "decision": reason.strip()},
    )
    _close(recusal, actor)
    return event


def _close(recusal: Recusal, actor: Actor) -> None:
    todo.close(recusal, actor)
