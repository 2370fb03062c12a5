"""T7: a department's drafts, its signed opinion, and the same asked once more when sections changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications.kinds import topic_of
from notifications import cells, signoff
from notifications.enums import Topic
from notifications.models import Draft, Paper
from notifications.notices import notify
from reviews import periods
from reviews.enums import CaseStatus, Stance
from reviews.models import Condition, Opinion, OpinionDraft, SectionRemark
from reviews.opinion_fields import Row, cells_in, day_in, said_in, with_cells, without_removed
from reviews.services.asking import ask_office, opinion_address
from reviews.transitions import opinion as opinion_machine
from reviews.words import basis_of, over
from workflow import clocks, outbox, todo
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value

# How long one person's own writing goes on before its state is left on record.
PATIENCE = dt.timedelta(minutes=10)


@transaction.atomic
def keep_draft(opinion: Opinion, said: dict[str, Any], actor: Actor) -> Draft:
    """Keep what the handler wrote in the department's draft; each state that differs from the last stays on record."""
    draft = _draft_of(opinion, actor)
    signoff.save_fields(draft, {**draft.fields, **said}, actor)
    record_state(opinion, draft, actor)
    return draft


@transaction.atomic
def keep_cells(
    opinion: Opinion, typed: Mapping[str, Any], shown: Mapping[str, str], actor: Actor, *, by_itself: bool
) -> tuple[Draft, cells.Cells, cells.Cells]:
    """Keep values by their names on the page; what was kept, and what others wrote meanwhile. Raises Refused.

    `shown`: the marks of what the page showed. A page that saves itself (`by_itself`) leaves a state on record when
    another person goes on, and every so often; a state is always left when the page is sent.
    """
    draft = _draft_of(opinion, actor)
    locked = Draft.objects.select_for_update(no_key=True, of=("self",)).get(pk=draft.pk)
    stored = cells_in(locked.fields, typed)
    kept, conflicts = cells.sort(stored, typed, shown, by_itself=by_itself)
    fields = with_cells(locked.fields, kept)
    signoff.save_fields(draft, fields if by_itself else without_removed(fields), actor)
    record_state(opinion, draft, actor, at_once=not by_itself)
    return draft, kept, conflicts


def _draft_of(opinion: Opinion, actor: Actor) -> Draft:
    title = recorded("关于%(topic)s意见的复函") % {"topic": topic_of(opinion.case.filing)}
    return signoff.start("opinion", opinion, opinion.dossier, title, actor)


def record_state(opinion: Opinion, draft: Draft, actor: Actor, *, at_once: bool = True) -> None:
    """Leave the state of a draft on record where it differs from the last one."""
    now, last = said_in(draft.fields), opinion.drafts.order_by("-serial").first()
    if now == (last.fields if last else said_in({})):
        return
    if not at_once and last and last.person_id == actor.person.pk and last.at > timezone.now() - PATIENCE:
        return
    OpinionDraft.objects.create(
        dossier=opinion.dossier,
        tenant_id=opinion.tenant_id,
        opinion=opinion,
        serial=last.serial + 1 if last else 1,
        fields=now,
        person=actor.person,
    )


@transaction.atomic
def give_opinion(
    opinion: Opinion,
    stance: Stance,
    reasons: str,
    conditions: list[Row],
    remarks: list[Row],
    paper: Paper,
    actor: Actor,
) -> Event:
    """T7: the department's signed opinion with its conditions and remarks; the applicant never sees it."""
    event = opinion_machine.perform(
        opinion,
        "sign",
        actor,
        data={"stance": stance, "paper": paper.number},
        changes={
            "stance": stance,
            "reasons": reasons,
            "conditions": [row["text"] for row in conditions],
            "paper": paper,
            "signed_at": timezone.now(),
        },
        basis=basis_of(opinion.case),
    )
    _keep_rows(opinion, conditions, remarks)
    todo.close(opinion, actor)
    clocks.finish(opinion, event)
    outbox.follow(event, "reviews.opinion_signed", str(opinion.pk), {"opinion": str(opinion.pk)}, opinion.case.tenant)
    return event


def _keep_rows(opinion: Opinion, conditions: list[Row], remarks: list[Row]) -> None:
    shared = {
        "dossier": opinion.dossier,
        "tenant_id": opinion.tenant_id,
        "case_id": opinion.case_id,
        "opinion": opinion,
    }
    Condition.objects.bulk_create(
        Condition(
            **shared,
            number=number,
            text=row["text"],
            section=row.get("section", ""),
            due_on=day_in(row),
            answerer=row.get("answerer", "")[:80],
            mandatory=bool(row.get("mandatory", True)),
        )
        for number, row in enumerate(conditions, start=1)
    )
    SectionRemark.objects.bulk_create(
        SectionRemark(**shared, section=row["section"], text=row["text"]) for row in remarks
    )


@transaction.atomic
def reopen_opinion(
    opinion: Opinion, sections: list[str], reason: str, actor: Actor, due_on: dt.date | None = None
) -> Opinion:
    """Ask a department once more about named sections (keys such as `section:purpose`) that have changed.

    The signed opinion stays on record as superseded; the new one names it, the sections and the frozen version
    that is judged now (`case.version`). Raises Refused without sections or reason, or after the conclusion.
    """
    case = opinion.case
    if not sections or not reason.strip():
        raise Refused([_("请写明哪些栏目有变化、为什么重新征求意见。")])
    if case.status != CaseStatus.REVIEWING:
        raise Refused([over(case, _("不能重新征求意见"))])
    event = opinion_machine.perform(
        opinion, "supersede", actor, reason=reason, data={"sections": sections}, basis=basis_of(case)
    )
    clocks.finish(opinion, event)
    again = Opinion.objects.create(
        dossier=opinion.dossier,
        tenant_id=opinion.tenant_id,
        case=case,
        requested_by=actor.organisation,
        due_on=due_on or due(value("opinion_days")).date,
        invited=opinion.invited,
        reason=reason.strip(),
        round=opinion.round + 1,
        sections=sections,
        previous=opinion,
        version=case.version,
    )
    asked_anew(again, event, actor)
    return again


def asked_anew(opinion: Opinion, event: Event, actor: Actor) -> None:
    """The task and the notice of an opinion that is asked for after the case was opened."""
    park = opinion.case.filing.park_name
    once_more = recorded("再次出具意见：%(park)s") if opinion.previous_id else recorded("出具意见：%(park)s")
    title, address = once_more % {"park": park}, opinion_address(opinion)
    ask_office(opinion, "opinion", title, address, opinion.case, opinion.tenant, actor, opinion.due_on)
    periods.ask_opinion(opinion, event, address)
    notify(event, opinion.tenant, title, address, opinion.reason, Topic.TASK)
