"""Look-ups over papers and the drafts they came from."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Organisation
from notifications.enums import DraftStatus
from notifications.kinds import kinds
from notifications.models import Draft, Paper, PaperCopy
from workflow.models import Event


def papers_of(organisation: Organisation) -> QuerySet[Paper]:
    """The papers that an office issued or was sent, newest first."""
    copies = PaperCopy.objects.filter(paper=OuterRef("pk"), organisation=organisation)
    return Paper.objects.filter(Q(tenant=organisation) | Exists(copies)).order_by("-signed_at", "pk")


def paper_of(draft: Draft) -> Paper | None:
    """The paper that a signed draft became.

    The signature holds the dossier's chain until its transaction ends, so the first paper of the kind
    since the event of signing is the one that this signature issued.
    """
    if draft.status != DraftStatus.SIGNED:
        return None
    event = history_of(draft).filter(name="sign").last()
    if event is None:
        return None
    return (
        Paper.objects.filter(
            tenant_id=draft.tenant_id,
            dossier=draft.dossier,
            kind=draft.kind,
            signer_id=draft.signer_id,
            signed_at__gte=event.at,
        )
        .order_by("signed_at")
        .first()
    )


def history_of(draft: Draft) -> QuerySet[Event]:
    """What happened to a draft, oldest first."""
    return Event.objects.filter(subject_type="notifications.draft", subject_id=draft.pk).order_by("serial")


def own_subject_of(draft: Draft) -> Any | None:
    """What a draft is about, where it belongs to the office that drafts and has a page; else None."""
    model = apps.get_model(draft.subject_type)
    subject = model._default_manager.filter(pk=draft.subject_id).first()
    is_own = getattr(subject, "tenant_id", None) == draft.tenant_id
    return subject if is_own and hasattr(subject, "get_absolute_url") else None


def kind_label(code: str) -> str:
    """A kind of paper in words; its code where no room declares it any more."""
    kind = kinds().get(code)
    return str(kind.label) if kind else code
