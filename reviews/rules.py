"""Who may act in the joint review, and what stands in an act's way."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.actors import Actor
from reviews.enums import OpinionStatus
from reviews.models import Case, Opinion


def is_lead_signer(actor: Actor, case: Case) -> bool:
    """The signer of 省科技厅."""
    return actor.is_lead and actor.is_signer


def is_government_signer(actor: Actor, case: Case) -> bool:
    """The signer of 省政府办公厅."""
    return actor.is_government and actor.is_signer


def is_department_signer(actor: Actor, opinion: Opinion) -> bool:
    """The signer of the department that was asked."""
    return actor.is_signer and actor.organisation.pk == opinion.tenant_id


def opinions_outstanding(case: Case) -> list[str]:
    """All departments that were asked have to have answered before a conclusion (P-II.1.8c)."""
    waiting = case.opinions.filter(status=OpinionStatus.REQUESTED).select_related("tenant")
    names = "、".join(opinion.tenant.short_name for opinion in waiting)
    return [_("尚未收到%(names)s的意见。") % {"names": names}] if names else []


def questions_open(case: Case) -> list[str]:
    """No conclusion while the city owes an answer."""
    count = case.questions.filter(answered_at=None).count()
    return [_("还有 %(n)d 个询问申报单位尚未答复。") % {"n": count}] if count else []


def conclusion_missing(case: Case) -> list[str]:
    """What goes up to the provincial government rests on a signed conclusion."""
    return [] if hasattr(case, "conclusion") else [_("还没有联审结论。")]
