"""Look-ups over papers and the drafts they came from."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Organisation
from notifications.kinds import kinds
from notifications.models import Draft, Paper, PaperCopy
from workflow.models import Event


def papers_of(organisation: Organisation) -> QuerySet[Paper]:
    """The papers that an office issued or was sent, newest first."""
    copies = PaperCopy.objects.filter(paper=OuterRef("pk"), organisation=organisation)
    return Paper.objects.filter(Q(tenant=organisation) | Exists(copies)).order_by("-signed_at", "pk")


def paper_of(draft: Draft) -> Paper | None:
    """The paper that a signed draft became."""
    return Paper.objects.filter(draft=draft).first()


def history_of(draft: Draft) -> QuerySet[Event]:
    """What happened to a draft, oldest first."""
    return Event.objects.filter(subject_type="notifications.draft", subject_id=draft.pk).order_by("serial")


def place_of(draft: Draft) -> tuple[str, str] | None:
    """The page that a draft belongs to, as words and address: its kind's own, or its subject's where it has one."""
    kind = kinds().get(draft.kind)
    if kind and kind.page:
        return _("案件"), kind.page(draft)
    subject = apps.get_model(draft.subject_type)._default_manager.filter(pk=draft.subject_id).first()
    if getattr(subject, "tenant_id", None) != draft.tenant_id or not hasattr(subject, "get_absolute_url"):
        return None
    return str(subject), subject.get_absolute_url()


def kind_label(code: str) -> str:
    """A kind of paper in words; its code where no room declares it any more."""
    kind = kinds().get(code)
    return str(kind.label) if kind else code
