"""What several acts on a filing share: tasks, notices, who may see it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.models import Grant, Organisation
from applications.kinds import words_of
from applications.models import Filing
from notifications.enums import Topic
from notifications.notices import notify
from workflow import ledger, todo
from workflow.ledger import recorded
from workflow.models import Clock, Event

ASSESS = "assess"  # the task of 省科技厅 that ends when a first evaluation of the place is arranged (U3)


def open_to(filing: Filing, organisation: Organisation, level: str, actor: Actor) -> None:
    """Open the dossier to an organisation that does not see it yet; the owner and oneself do anyway."""
    if organisation.pk != actor.organisation.pk:
        open_dossier(filing.dossier, filing.tenant_id, organisation, level, actor.organisation)


def close_to(filing: Filing, organisation: Organisation, actor: Actor) -> None:
    """Close the dossier again to an organisation to which the actor's office opened it for reading."""
    Grant.objects.filter(
        dossier=filing.dossier, organisation=organisation, granted_by=actor.organisation, level=GrantLevel.READ
    ).delete()


def authority_address(filing: Filing) -> str:
    """Where the authorities work on a filing's formal part."""
    return reverse("applications:check", args=[filing.pk])


def ask_office(
    filing: Filing, kind: str, title: str, organisation: Organisation, actor: Actor, clock: Clock | None = None
) -> None:
    todo.assign(
        filing,
        kind,
        title % words_of(filing),
        authority_address(filing),
        dossier=filing.dossier,
        organisation=organisation,
        role=PostRole.HANDLER,
        by=actor.organisation,
        due_on=filing.due_on,
        clock=clock,
    )


def ask_for_assessment(filing: Filing, office: Organisation, actor: Actor, clock: Clock | None = None) -> None:
    """省科技厅 is to arrange the first evaluation of the place (U3)."""
    ask_office(filing, ASSESS, recorded("安排第三方测评：%(park)s"), office, actor, clock)


def tell_owner(event: Event, filing: Filing, title: str, topic: str = Topic.PROGRESS) -> None:
    notify(event, filing.tenant, title % words_of(filing), filing.get_absolute_url(), topic=topic)


def filing_of(pk: UUID) -> Filing:
    """The filing that a draft is about, as far as the scope lets one see it."""
    return Filing.objects.select_related("tenant", "host_zone", "request_paper").get(pk=pk)


def received_on(filing: Filing) -> dt.date:
    """The day on which 省科技厅 received the filing: when it was routed, or sent again after a supplement."""
    last = (
        ledger.history(filing.dossier)
        .filter(subject_id=filing.pk, name__in=["route", "lodge", "resubmit"])
        .order_by("-serial")
        .first()
    )
    return timezone.localdate(last.at) if last else timezone.localdate()
