"""What the system proposes and a named official decides (拟办事项): nothing of it happens by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from workflow import ledger, todo
from workflow.enums import Audience, ProposalOutcome
from workflow.ledger import in_chinese, recorded
from workflow.machine import Refused
from workflow.models import Clock, Event, Proposal

TASK = "proposal"


@dataclass(frozen=True)
class ProposalKind:
    """A kind of proposal: what confirming it does; `act` says in words what will happen then.

    `stale` gives the reasons why it can no longer be confirmed (the matter has moved on).
    """

    code: str
    label: str | Promise
    basis: str
    confirm: Callable[[Proposal, Actor], Any]
    dismiss: Callable[[Proposal, Actor], Any] | None = None
    act: str | Promise = ""
    stale: Callable[[Proposal], Sequence[str]] | None = None


_kinds: dict[str, ProposalKind] = {}


def declare(kind: ProposalKind) -> ProposalKind:
    """Make a kind known. Raises ValueError where another one has its code."""
    if _kinds.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"proposal {kind.code} is declared twice")
    return kind


def kind_of(proposal: Proposal) -> ProposalKind:
    """The kind of a proposal."""
    return _kinds[proposal.kind]


@transaction.atomic
def propose(
    kind: ProposalKind,
    subject: models.Model,
    *,
    dossier: UUID,
    organisation: Organisation,
    role: str,
    reasons: list[str],
    event: Event,
    title: str = "",
    clock: Clock | None = None,
) -> Proposal:
    """Lay a proposal before a post of an office; an open one of the same kind and subject is kept."""
    if found := Proposal.objects.filter(kind=kind.code, subject_id=subject.pk, outcome=ProposalOutcome.OPEN).first():
        return found
    proposal = Proposal.objects.create(
        tenant_id=event.tenant_id,
        dossier=dossier,
        kind=kind.code,
        subject_type=ledger.subject_type(subject),
        subject_id=subject.pk,
        organisation=organisation,
        role=role,
        title=(title or in_chinese(kind.label))[:200],
        reasons=[str(reason) for reason in reasons],
        event=event,
        clock=clock,
    )
    todo.assign(
        proposal,
        TASK,
        recorded("请决定：%(title)s") % {"title": proposal.title},
        proposal.get_absolute_url(),
        dossier=dossier,
        organisation=organisation,
        role=role,
        by=organisation,
    )
    return proposal


def obstacles(proposal: Proposal, actor: Actor) -> list[str]:
    """Why the actor may not decide a proposal now; empty when they may."""
    if proposal.outcome != ProposalOutcome.OPEN:
        return [_("这项拟办事项已经决定，不能再改。")]
    if actor.organisation.pk != proposal.organisation_id or actor.role != proposal.role:
        return [_("这项拟办事项由%(office)s的%(post)s决定。") % _who(proposal)]
    return []


def _who(proposal: Proposal) -> dict[str, str]:
    return {"office": proposal.organisation.short_name, "post": proposal.get_role_display()}


def stale(proposal: Proposal) -> list[str]:
    """Why a proposal can no longer be confirmed; it can still be dismissed."""
    check = kind_of(proposal).stale
    return [str(reason) for reason in check(proposal)] if check else []


@transaction.atomic
def confirm(proposal: Proposal, actor: Actor, note: str = "") -> Any:
    """Confirm a proposal: its act is performed in the same transaction; what the act gives. Raises Refused."""
    locked = _locked(proposal, actor)
    if reasons := stale(locked):
        raise Refused(reasons)
    done = kind_of(locked).confirm(locked, actor)
    _decide(locked, ProposalOutcome.CONFIRMED, note, actor)
    proposal.refresh_from_db()
    return done


@transaction.atomic
def dismiss(proposal: Proposal, actor: Actor, reason: str) -> None:
    """Dismiss a proposal with a reason; what it proposed does not happen. Raises Refused."""
    locked = _locked(proposal, actor)
    if not reason.strip():
        raise Refused([_("请写明不予采纳的理由。")])
    after = kind_of(locked).dismiss
    if after is not None:
        after(locked, actor)
    _decide(locked, ProposalOutcome.DISMISSED, reason, actor)
    proposal.refresh_from_db()


def _locked(proposal: Proposal, actor: Actor) -> Proposal:
    locked = Proposal.objects.select_for_update(no_key=True, of=("self",)).get(pk=proposal.pk)
    if reasons := obstacles(locked, actor):
        raise Refused(reasons)
    return locked


def _decide(proposal: Proposal, outcome: ProposalOutcome, note: str, actor: Actor) -> None:
    proposal.outcome, proposal.note = outcome, note.strip()
    proposal.decided_by, proposal.decided_at = actor.person, timezone.now()
    proposal.save(update_fields=["outcome", "note", "decided_by", "decided_at"])
    label = recorded("确认：%(title)s") if outcome == ProposalOutcome.CONFIRMED else recorded("不予采纳：%(title)s")
    ledger.append(
        proposal,
        f"proposal_{outcome.value}",
        (label % {"title": proposal.title})[:120],
        actor,
        dossier=proposal.dossier,
        basis=kind_of(proposal).basis,
        reason=proposal.note,
        audience=Audience.AUTHORITY,
    )
    todo.close(proposal, actor, TASK)
