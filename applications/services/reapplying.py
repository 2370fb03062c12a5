"""After a deferral, a refusal, a withdrawal or a revocation: a new filing that says what changed; second filings."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications.enums import FilingStatus
from applications.models import Filing, FilingVersion
from applications.services.about import create_about
from applications.services.creating import create_filing
from applications.services.places import create_for_place
from registry.enums import ParkStatus
from registry.models import Park
from workflow import ledger
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

ENDED = {FilingStatus.DECLINED, FilingStatus.REJECTED, FilingStatus.WITHDRAWN}
SECOND = "acknowledge_second"


def reapplication_obstacles(former: Filing) -> list[str]:
    """Why no new filing can follow this one now; empty when one can."""
    if former.status not in ENDED and not _is_revoked(former):
        return [_("申报当前为“%(status)s”，不能再次申报。") % {"status": former.get_status_display()}]
    running = former.successors.exclude(status__in=[*ENDED, FilingStatus.DISCARDED]).first()
    if running is not None:
        return [_("已有再次申报“%(park)s”（%(status)s）。")
                % {"park": running.park_name, "status": running.get_status_display()}]  # fmt: skip
    return []


def _is_revoked(filing: Filing) -> bool:
    return (
        filing.status == FilingStatus.LISTED
        and Park.objects.filter(dossier=filing.dossier, status=ParkStatus.REVOKED).exists()
    )


@transaction.atomic
def reapply(former: Filing, changes: str, actor: Actor, reason: str = "") -> Filing:
    """A new filing from a former one with its content; `changes` states what is different (must not be empty)."""
    from applications import copying, editing

    if reasons := reapplication_obstacles(former):
        raise Refused(reasons)
    if not changes.strip():
        raise Refused([_("请写明与前次申报相比有哪些变化，前次的问题是怎样解决的。")])
    if former.division is not None:
        filing = create_for_place(actor, former.kind, former=former, changes=changes)
    elif former.park is not None:
        filing = create_about(actor, former.park, former.kind, former=former, changes=changes)
    else:
        filing = create_filing(actor, former.park_name, former.created_in, reason, former=former, changes=changes)
    copying.fill_from(copying.Source(former), filing, actor)
    if filing.second_reason:
        editing.save_fields(filing, {"space.second_zone_reason": filing.second_reason}, actor)
    ledger.append(
        filing,
        "reapply",
        recorded("再次申报"),
        actor,
        dossier=filing.dossier,
        basis="T14; T31",
        reason=changes.strip(),
        data={"former": str(former.pk), "former_number": former.number, "former_status": former.status},
    )
    return filing


@transaction.atomic
def state_changes(filing: Filing, changes: str, actor: Actor) -> None:
    """Change what is said to be different from the former filing, while the plan is in work. Raises Refused."""
    from applications.editing import locked

    if not changes.strip():
        raise Refused([_("请写明与前次申报相比有哪些变化，前次的问题是怎样解决的。")])
    row = locked(filing, actor)
    row.changes_stated = filing.changes_stated = changes.strip()
    row.save(update_fields=["changes_stated"])


def last_version_of(filing: Filing) -> FilingVersion | None:
    """The version of a filing that was submitted last, as far as one may see it."""
    return filing.versions.exclude(submitted_at=None).order_by("-serial").first()


@transaction.atomic
def acknowledge_second(filing: Filing, reason: str, actor: Actor) -> Event:
    """省科技厅 acknowledges a second filing of a host zone in the formal check (P-II.1.2g). Raises Refused."""
    if not (actor.is_lead and actor.is_handler):
        raise Refused([_("只有省科技厅的经办人可以确认再次拓展的理由。")])
    if filing.status != FilingStatus.FORMAL_CHECK or not filing.second_reason:
        raise Refused([_("这份申报现在没有需要确认的再次拓展理由。")])
    if acknowledged_second(filing):
        raise Refused([_("再次拓展的理由已经确认。")])
    if not reason.strip():
        raise Refused([_("请写明依据：已有园区取得了哪些经验与成绩。")])
    return ledger.append(
        filing,
        SECOND,
        recorded("确认取得经验与成绩后再拓展"),
        actor,
        dossier=filing.dossier,
        basis="P-II.1.2g",
        reason=reason.strip(),
    )


def acknowledged_second(filing: Filing) -> Event | None:
    """The acknowledgement of a second filing; None where there is none."""
    return ledger.history(filing.dossier).filter(subject_id=filing.pk, name=SECOND).last()
