"""A department that is silent at the end of its period: what 省科技厅 is asked to confirm (AMB-21)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import override

from accounts.enums import PostRole
from accounts.queries import the_lead
from reviews.models import Countersignature, Opinion
from workflow import proposals
from workflow.models import Clock
from workflow.proposals import ProposalKind

CHINESE = "zh-hans"


def propose(
    kind: ProposalKind, row: Opinion | Countersignature, clock: Clock, title: str, reasons: Sequence[str]
) -> None:
    """Propose to 省科技厅 that silence counts; title and reasons may name %(office)s, %(park)s, %(day)s."""
    with override(CHINESE):
        day = date_format(clock.due_on)
    words = {"office": row.tenant.short_name, "park": row.case.filing.park_name, "day": day}
    proposals.propose(
        kind,
        row,
        dossier=clock.dossier,
        organisation=the_lead(),
        role=PostRole.HANDLER,
        reasons=[reason % words for reason in reasons],
        event=clock.sent_reminders.select_related("event").latest("sent_at").event,
        title=title % words,
        clock=clock,
    )
