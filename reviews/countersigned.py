"""The countersignatures of a report (会签) as pages show them and as the report itself words them."""

from __future__ import annotations

from typing import Any

from accounts.actors import Actor
from notifications.content import official_name
from reviews.enums import CountersignStatus as S
from reviews.models import Case, Countersignature
from reviews.rules_countersigning import countersigners, countersigning_open
from workflow.clock_face import Faces
from workflow.instants import is_over
from workflow.parameters import value

TAGS = {
    S.ASKED: "waiting",
    S.AGREED: "done",
    S.OBJECTED: "late",
    S.LAPSED: "late",
    S.STATED: "warning",
    S.SUPERSEDED: "ended",
    S.WITHDRAWN: "ended",
}


def paragraphs(case: Case, also: list[str] | None = None) -> list[str]:
    """What the report says: who countersigned, who did not in time, and each difference with both sides' grounds.

    Before it is sent round it names those who will be asked.
    """
    if not value("countersigning"):
        return []
    rows = list(Countersignature.objects.filter(case=case).select_related("tenant").order_by("tenant__order"))
    if not rows:
        names = "、".join(official_name(office) for office in countersigners(case, also))
        return [f"本请示已经{names}会签。"] if names else []
    silent = [row for row in rows if row.status == S.LAPSED]
    apart = [row for row in rows if row.status == S.STATED]
    together = "、".join(official_name(row.tenant) for row in rows if row not in silent and row not in apart)
    text = [f"本请示已经{together}会签。"] if together else []
    if silent:
        text.append(f"{'、'.join(official_name(row.tenant) for row in silent)}逾期未会签，按规定视为同意。")
    for row in apart:
        said, ours = " ".join(row.reason.split()), " ".join(row.position.split())
        text.append(f"{official_name(row.tenant)}有不同意见：{said} 经协商未取得一致，我厅意见：{ours}")
    return text


def panel(case: Case, actor: Actor, also: list[str] | None = None) -> dict[str, Any]:
    """Department × state, person, instant, words, clock, as far as the scope lets one see; empty where none is due."""
    if not value("countersigning"):
        return {"rows": []}
    rows = list(
        Countersignature.objects.filter(case=case).select_related("tenant").order_by("tenant__order").defer("content")
    )
    clocks = Faces.of_subjects([row.pk for row in rows])
    open_ = case.status in {"concluded", "publicity"}
    lead = actor.is_lead and open_
    shown = [
        {
            "row": row,
            "tag": {"kind": TAGS[S(row.status)], "text": row.get_status_display()},
            "clock": clocks(row.pk, row.due_on) if row.status == S.ASKED and open_ else None,
            "is_own": row.tenant_id == actor.organisation.pk,
            "may_lapse": lead and actor.is_handler and row.status == S.ASKED and _may_lapse(row),
            "may_state": lead and actor.is_signer and row.status == S.OBJECTED,
        }
        for row in rows
    ]
    done = sum(row.status not in {S.ASKED, S.OBJECTED} for row in rows)
    asked_of_lead = lead and not rows and case.conclusion is not None
    return {
        "case": case,
        "rows": shown,
        "count": f"{done}/{len(rows)}",
        "planned": [office.short_name for office in countersigners(case, also)] if asked_of_lead else [],
        "missing": countersigning_open(case) if lead and rows else [],
        "own": next((one["row"] for one in shown if one["is_own"]), None),
    }


def _may_lapse(row: Countersignature) -> bool:
    return bool(value("countersign_silence")) and is_over(row.due_on)
