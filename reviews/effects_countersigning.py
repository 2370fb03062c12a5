"""What the worker does when a department has countersigned, or has objected."""

from __future__ import annotations

from typing import Any

from accounts.queries import the_lead
from notifications import notices
from reviews.enums import CountersignStatus
from reviews.models import Countersignature
from workflow.ledger import recorded
from workflow.outbox import effect


@effect("reviews.countersigned")
def countersigned(payload: dict[str, Any]) -> None:
    """Tell 省科技厅 who has countersigned or objected, and when nobody is waited for any more."""
    rows = Countersignature.every.select_related("tenant", "case__filing", "draft")
    row = rows.get(pk=payload["countersignature"])
    others = Countersignature.objects.filter(case=row.case_id)
    done = others.exclude(status__in=[CountersignStatus.ASKED, CountersignStatus.OBJECTED]).count()
    total = others.count()
    words = {"office": row.tenant.short_name, "done": done, "total": total, "park": row.case.filing.park_name}
    title = (
        recorded("%(office)s已会签报审请示（%(done)s/%(total)s）：%(park)s")
        if payload["agrees"]
        else recorded("%(office)s对报审请示有不同意见：%(park)s")
    )
    notices.write(
        organisation=the_lead(),
        dossier=row.dossier,
        title=title % words,
        body=recorded("会签已全部办结，可以签发。") if done == total else row.reason,
        address=row.draft.get_absolute_url(),
    )
