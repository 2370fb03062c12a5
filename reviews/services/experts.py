"""T8: what an expert writes and signs alone, and the end of the round, when experts may read each other."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.queries import the_lead
from notifications.notices import notify
from reviews import expert_paper, experts, periods
from reviews.enums import ExpertStance, ExpertStatus
from reviews.models import Case, ExpertOpinion
from reviews.transitions_departments import expert as machine
from workflow import bars, clocks, ledger, todo
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event


@transaction.atomic
def keep_expert_draft(opinion: ExpertOpinion, fields: dict[str, Any], actor: Actor) -> None:
    """Keep what the expert wrote, complete or not."""
    locked = ExpertOpinion.objects.select_for_update(no_key=True).get(pk=opinion.pk)
    if reasons := machine.reasons_against(locked, "sign", actor):
        raise Refused(reasons)
    locked.fields = fields
    locked.save(update_fields=["fields"])
    opinion.refresh_from_db()


@transaction.atomic
def sign_expert_opinion(
    opinion: ExpertOpinion, scores: list[dict[str, Any]], stance: ExpertStance, text: str, actor: Actor
) -> Event:
    """The expert signs: every item scored from 0 to 100, a conclusion, reasons; the paper carries all of it."""
    given = {row["code"]: row["score"] for row in scores}
    missing = [str(item.label) for item in experts.ITEMS if item.code not in given]
    reasons = [_("还没有评分：%(items)s。") % {"items": "、".join(missing)}] if missing else []
    if any(not 0 <= score <= experts.BEST for score in given.values()):
        reasons.append(_("评分应在 0 到 100 之间。"))
    if not text.strip():
        reasons.append(_("请写明论证意见。"))
    if reasons := reasons or machine.reasons_against(opinion, "sign", actor):
        raise Refused(reasons)
    paper = expert_paper.issue(opinion, scores, stance, text, actor)
    event = machine.perform(
        opinion,
        "sign",
        actor,
        data={"stance": stance, "paper": paper.number},
        changes={"scores": scores, "stance": stance, "text": text, "paper": paper, "signed_at": timezone.now()},
    )
    todo.close(opinion, actor)
    clocks.finish(opinion, event)
    lead, case = the_lead(), opinion.case
    title = recorded("%(expert)s已提交论证意见：%(park)s") % {
        "expert": opinion.tenant.short_name,
        "park": case.filing.park_name,
    }
    notify(event, lead, title, f"{case.get_absolute_url()}?tab=opinions")
    return event


@transaction.atomic
def close_expert_round(case: Case, actor: Actor, reason: str = "") -> Event:
    """End the experts' round: nobody signs any more, and the experts of the case read each other's opinions."""
    rows = ExpertOpinion.objects.select_for_update(no_key=True).filter(case=case, closed_at=None)
    asked = [row for row in rows if row.status != ExpertStatus.WITHDRAWN]
    reasons = bars.reasons(actor, case.dossier)
    if not (actor.is_lead and actor.is_handler):
        reasons.append(_("只有省科技厅的经办人可以结束专家论证。"))
    if not asked:
        reasons.append(_("没有正在进行的专家论证。"))
    waiting = sum(row.status == ExpertStatus.INVITED for row in asked)
    if waiting and not reason.strip():
        reasons.append(_("还有 %(n)d 位专家没有提交；请写明提前结束的原因。") % {"n": waiting})
    if reasons:
        raise Refused(reasons)
    event = ledger.append(
        case,
        "close_experts",
        recorded("专家论证结束"),
        actor,
        dossier=case.dossier,
        basis="T8",
        reason=reason,
        data={"signed": len(asked) - waiting, "invited": len(asked)},
        audience=Audience.AUTHORITY,
    )
    ExpertOpinion.objects.filter(pk__in=[row.pk for row in asked]).update(closed_at=event.at)
    for row in asked:
        todo.close(row, actor)
        clocks.finish(row, event)
    clocks.finish(case, event, periods.PANEL)
    clocks.go_on(case.dossier, "panel", event)
    return event
