"""What the worker does when a department has answered."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.queries import the_lead
from notifications import notices
from reviews.enums import OpinionStatus
from reviews.models import Case, Opinion
from reviews.words import conclusion_kept
from workflow.ledger import recorded
from workflow.outbox import effect


def _all_answered(case: Case) -> str:
    return recorded("全部意见已收齐，可以形成%(conclusion)s。") % {"conclusion": conclusion_kept(case)}


@effect("reviews.opinion_signed")
def opinion_signed(payload: dict[str, Any]) -> None:
    """Tell 省科技厅 who has answered, and when the last one has: each once per opinion."""
    opinion = Opinion.objects.select_related("tenant", "case__filing").filter(pk=payload["opinion"]).first()
    if opinion is None:
        return  # asked for once more before the delivery: the answer that counts tells by itself
    opinions = opinion.case.opinions
    # Counted as of this signature, however late the delivery: only the last one says that all have answered.
    signed = opinions.filter(status=OpinionStatus.SIGNED, signed_at__lte=opinion.signed_at).count()
    total = opinions.count()
    title = recorded("%(office)s已回复（%(signed)d/%(total)d）：%(park)s") % {
        "office": opinion.tenant.short_name,
        "signed": signed,
        "total": total,
        "park": opinion.case.filing.park_name,
    }
    notices.write(
        organisation=the_lead(),
        dossier=opinion.dossier,
        title=title,
        body=_all_answered(opinion.case) if signed == total else "",
        address=reverse("reviews:case", args=[opinion.case_id]),
    )
