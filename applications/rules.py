"""Who may act on a filing, and what stands in an act's way."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from applications.enums import FilingStatus
from applications.models import Filing
from notifications.enums import DraftStatus
from notifications.models import Draft

REQUEST = "creation_request"


def is_signatory_of_owner(actor: Actor, filing: Filing) -> bool:
    """The signer (签发人) of the applicant government (P-II.1.8a)."""
    return actor.is_signer and actor.organisation.pk == filing.tenant_id and actor.is_applicant


def is_handler_of_owner(actor: Actor, filing: Filing) -> bool:
    """A handler (经办人) of the applicant government."""
    return actor.is_handler and actor.organisation.pk == filing.tenant_id


def is_government_handler(actor: Actor, filing: Filing) -> bool:
    """A handler of 省政府办公厅, who routes (交办)."""
    return actor.is_government and actor.is_handler


def is_lead_signer(actor: Actor, filing: Filing) -> bool:
    """The signer of 省科技厅."""
    return actor.is_lead and actor.is_signer


def is_government_signer(actor: Actor, filing: Filing) -> bool:
    """The signer of 省政府办公厅, who decides in the provincial government's name."""
    return actor.is_government and actor.is_signer


def is_editable(filing: Filing) -> bool:
    """Whether the plan may be changed: while drafting or owed a supplement, and not under check in the city."""
    if filing.status not in {FilingStatus.DRAFT, FilingStatus.RETURNED}:
        return False
    return not Draft.objects.filter(
        kind=REQUEST, subject_id=filing.pk, status__in=[DraftStatus.CHECKING, DraftStatus.SIGNING]
    ).exists()


def plan_incomplete(filing: Filing) -> list[str]:
    """What the plan still misses (thirteen materials, required fields, boundary, 1–3 industries)."""
    from applications.completeness import missing

    found = missing(filing)
    if not found:
        return []
    head = ngettext("还有 %(n)d 项没有完成：", "还有 %(n)d 项没有完成：", len(found)) % {"n": len(found)}
    return [head + "、".join(str(item.text) for item in found[:5]) + (_("等") if len(found) > 5 else "")]


def remarks_unanswered(filing: Filing) -> list[str]:
    """Remarks of the last return that the city has not answered: no next step with an open remark."""
    count = filing.remarks.filter(answered_at=None).count()
    return [_("还有 %(n)d 条补正意见没有答复。") % {"n": count}] if count else []
