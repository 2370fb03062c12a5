"""Which filings the pages of the city show: those of the acting organisation, and those it helps to fill in."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.actors import Actor
from accounts.enums import GrantLevel
from accounts.models import Grant
from applications.models import Filing


def helped_by(actor: Actor) -> QuerySet[Grant]:
    """The dossiers that the actor's organisation was asked to help with (协同填报)."""
    return Grant.objects.filter(organisation=actor.organisation, level=GrantLevel.COLLEAGUE)


def filings_of(actor: Actor) -> QuerySet[Filing]:
    """The filings whose work the actor may follow, newest first."""
    mine = Q(tenant=actor.organisation) | Q(dossier__in=helped_by(actor).values("dossier"))
    return Filing.objects.filter(mine).select_related("tenant", "host_zone")


def filing_in_work(actor: Actor, pk: UUID) -> Filing:
    """One of them, or 404: an authority sees frozen versions, never the working copy."""
    filing = get_object_or_404(Filing.objects.select_related("tenant", "host_zone"), pk=pk)
    if filing.tenant_id != actor.organisation.pk and not helped_by(actor).filter(dossier=filing.dossier).exists():
        raise Http404
    return filing
