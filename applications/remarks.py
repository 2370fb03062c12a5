"""The one complete list of remarks (T3): what bars a return, what a remark may point at in a later round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications.comparing import changed_targets
from applications.models import Filing, Remark
from workflow import ledger
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused

ALLOWED = "allow_new_remarks"


def obstacles(filing: Filing, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why the filing cannot be returned with these new remarks now; empty when it can."""
    rows = list(rows)
    if not rows and not filing.remarks.to_answer().exists():
        return [_("补正意见还是空的：请至少写一条，每条对应一个栏目或材料。")]
    reasons = []
    if waiting := filing.remarks.to_judge().count():
        reasons.append(_("还有 %(n)d 条答复没有核对，请逐条核对通过或注明仍须补正。") % {"n": waiting})
    late = late_rows(filing, rows)
    if late and not allowance(filing):
        names = "、".join(dict.fromkeys(str(row.get("label") or row["target"]) for row in late))
        reasons.append(
            _(
                "补正意见须一次性告知：%(names)s自上次退回后没有变化，不能再提新意见；确有必要的，由审核人或签发人写明理由。"
            )
            % {"names": names}
        )
    return reasons


def late_rows(filing: Filing, rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """New remarks on what the city has not changed since the first list (一次性告知); none in the first round."""
    if not filing.remarks.exists():
        return []
    changed = changed_since_return(filing)
    return [row for row in rows if row["target"] not in changed]


def changed_since_return(filing: Filing) -> frozenset[str]:
    """What changed between the version that was returned last and the one submitted last."""
    submitted = list(filing.versions.exclude(submitted_at=None).order_by("-serial")[:2])
    if len(submitted) < 2:
        return frozenset()
    return changed_targets(submitted[1].content, submitted[0].content)


def round_of(filing: Filing) -> int:
    """The round that the next return would open."""
    last = filing.remarks.order_by("-round").values_list("round", flat=True).first()
    return (last or 0) + 1


def allowance(filing: Filing) -> dict[str, str] | None:
    """The leader's reason for new remarks on what did not change, stated for this round: {reason, by}."""
    event = (
        ledger.history(filing.dossier)
        .filter(subject_id=filing.pk, name=ALLOWED, data__round=round_of(filing))
        .order_by("-serial")
        .first()
    )
    return {"reason": event.reason, "by": f"{event.actor_name}（{event.actor_post}）"} if event else None


@transaction.atomic
def allow_new(filing: Filing, reason: str, actor: Actor) -> None:
    """A leader of 省科技厅 states why a remark is made on what did not change; kept in the ledger. Raises Refused."""
    if not (actor.is_lead and (actor.is_reviewer or actor.is_signer)):
        raise Refused([_("只有省科技厅的审核人或签发人可以写明理由，允许对未变更的内容提出新意见。")])
    if filing.status != "formal_check" or not filing.remarks.exists():
        raise Refused([_("只有补正后再次审查时才需要写明理由。")])
    if not reason.strip():
        raise Refused([_("请写明理由。")])
    ledger.append(
        filing,
        ALLOWED,
        recorded("允许对未变更的内容提出新意见"),
        actor,
        dossier=filing.dossier,
        basis="T3",
        reason=reason.strip(),
        data={"round": round_of(filing)},
        audience=Audience.AUTHORITY,
    )


def default_clause(content: Mapping[str, Any], target: str) -> str:
    """The clause under which a target is asked for, as the basis of a remark."""
    kind, _colon, rest = target.partition(":")
    if kind == "material":
        from applications.materials import EVERY

        return next((one.clause for one in EVERY if str(one.number) == rest), "")
    for section in content.get("sections", []):
        for field in section["fields"]:
            if kind == "field" and field["key"] == rest:
                return str(field["clause"])
    return ""


def by_target(rows: Iterable[Remark]) -> dict[str, list[Remark]]:
    """Remarks gathered by what they point at."""
    found: dict[str, list[Remark]] = {}
    for row in rows:
        found.setdefault(row.target, []).append(row)
    return found
