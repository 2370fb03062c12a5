"""Who keeps the ledgers of which parks, and which years were handed in."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.query import QuerySet

from accounts.actors import Actor
from indicators.enums import Book, SubjectKind
from indicators.models import Enterprise, Ledger, Project, Return


def kept_by(actor: Actor) -> QuerySet[Ledger]:
    """The ledgers that a handler writes: of the parks of their city government, or of their own committee."""
    if not actor.is_handler:
        return Ledger.objects.none()
    own = actor.organisation.pk
    return Ledger.objects.filter(Q(tenant_id=own) | Q(reporter_id=own)).order_by("tenant__order", "park")


def keeps(actor: Actor, ledger: Ledger) -> bool:
    """Whether the actor writes this ledger."""
    return actor.is_handler and actor.organisation.pk in {ledger.tenant_id, ledger.reporter_id}


def seen_by(actor: Actor) -> QuerySet[Ledger]:
    """The ledgers of which the actor may see rows: their own city's or committee's, else all that are handed in.

    省科技厅 is told of single projects of any park (N13).
    """
    if actor.is_lead:
        return Ledger.objects.order_by("tenant__order", "park")
    own = Q(tenant_id=actor.organisation.pk) | Q(reporter_id=actor.organisation.pk)
    handed_in = Return.objects.filter(kind=SubjectKind.PARK).values("subject")
    return Ledger.objects.filter(own | Q(park__in=handed_in)).order_by("tenant__order", "park")


def was_handed_in(row: Project | Enterprise) -> bool:
    """Whether a return that counts the row left the city: a change then says why."""
    returns = Return.objects.filter(kind=SubjectKind.PARK, subject=row.ledger.park, submitted_at__isnull=False)
    if row.book == Book.PROJECTS and isinstance(row, Project):
        returns = returns.filter(year=row.year)
    return returns.exists()
