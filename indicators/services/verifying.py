"""T16: departments verify the figures they own, differences are settled, 省统计局 locks; later only corrections."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.queries import the_lead
from indicators import limits, parameters, queries, rules
from indicators.enums import FINAL, FigureLevel, ReturnStatus, VerificationOutcome
from indicators.models import Conflict, Figure, Return, Verification
from indicators.services import recomputing
from indicators.services.asking import ask
from indicators.services.writing import read
from indicators.transitions import returns
from notifications.notices import notify
from policy import decimals
from workflow import ledger, todo
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value as parameter


def differs(reported: str | None, own: str | None) -> bool:
    """Whether two figures differ by more than the tolerance, measured on the department's own (V9)."""
    if reported == own:
        return False
    if reported is None or own is None:
        return True
    try:
        one, other = decimals.parse(reported), decimals.parse(own)
    except ValueError:
        return True
    return abs(one - other) > Fraction(parameter(parameters.CONFLICT_SHARE.name)) * abs(other)


@transaction.atomic
def verify(
    report: Return,
    code: str,
    outcome: VerificationOutcome,
    actor: Actor,
    *,
    own: str = "",
    source: str = "",
    reason: str = "",
) -> Verification:
    """The owning department confirms a figure, returns it with a reason, or enters its own. Raises Refused."""
    stands = queries.reported(report)
    _may_verify(report, code, stands, actor)
    if outcome == VerificationOutcome.RETURNED and not reason.strip():
        raise Refused([_("退回数据请写明理由。")])
    if outcome == VerificationOutcome.OWN and report.is_of_province:
        raise Refused([_("这项数据由本部门填报，需要修改的请退回，写明理由。")])
    source, reason = limits.limited(source, limits.SOURCE), limits.limited(reason, limits.REASON)
    own_value = read(code, own) if outcome == VerificationOutcome.OWN else None
    said = Verification.objects.create(
        tenant=actor.organisation,
        dossier=report.dossier,
        report=report,
        code=code,
        reported=stands[code].value,
        outcome=outcome,
        own_value=own_value,
        source=source,
        reason=reason,
        said_by=actor.person,
    )
    if outcome == VerificationOutcome.OWN and differs(stands[code].value, own_value):
        _open_conflict(report, code, actor, stands[code].value, own_value)
    _close_tasks(report, stands, actor)
    return said


def _may_verify(report: Return, code: str, stands: Mapping[str, Figure], actor: Actor) -> None:
    if report.status != ReturnStatus.VERIFYING:
        raise Refused([_("报表现在“%(status)s”，不在核定。") % {"status": report.get_status_display()}])
    said = {"name": queries.named(code)}
    if not actor.is_handler or actor.organisation.pk not in {
        queries.owners([code]).get(code),
        queries.office_of(queries.STATISTICS),
    }:
        raise Refused([_("%(name)s由其他部门核定。") % said])
    if code not in stands:
        raise Refused([_("这份报表没有填报%(name)s。") % said])


def _open_conflict(report: Return, code: str, actor: Actor, reported: str | None, own: str | None) -> None:
    if report.conflicts.filter(code=code, settled_at=None).exists():
        return
    Conflict.objects.create(
        tenant_id=report.tenant_id,
        dossier=report.dossier,
        report=report,
        code=code,
        department=actor.organisation,
        reported=reported,
        own=own,
    )
    words = {"name": report.name, "year": report.year, "figure": queries.named(code)}
    data = {"code": code, "reported": reported, "own": own}
    label = recorded("数据冲突：%(figure)s") % words
    event = ledger.append(report, "conflict", label[:120], actor, dossier=report.dossier, basis="N6; V9", data=data)
    told = recorded("%(name)s%(year)s年度数据冲突：%(figure)s") % words
    for office in {the_lead().pk: the_lead(), **_keeper()}.values():
        notify(event, office, told, report.get_absolute_url())


def _keeper() -> dict[UUID, Organisation]:
    """省统计局, which has differences settled."""
    return Organisation.objects.in_bulk(filter(None, [queries.office_of(queries.STATISTICS)]))


def _close_tasks(report: Return, stands: Mapping[str, Figure], actor: Actor) -> None:
    """The department's task is done with its last figure; the last of all puts the lock before 省统计局."""
    waiting = set(stands) - set(queries.newest_verifications(report, stands))
    if actor.organisation.pk not in queries.owners(waiting).values():
        todo.close(report, actor, "verify_return")
    keeper = queries.office_of(queries.STATISTICS)
    if keeper and not waiting:
        office = Organisation.objects.get(pk=keeper)
        title = recorded("锁定%(year)s年度数据：%(name)s")
        ask(report, "lock_return", title, office, PostRole.SIGNER, actor.organisation)


@transaction.atomic
def settle(conflict: Conflict, text: str, reason: str, actor: Actor) -> Conflict:
    """A difference is settled on the record: the figure agreed on, and why. Raises Refused."""
    if not rules.is_statistician(actor, conflict.report):
        raise Refused([_("数据冲突由省统计局组织协商确定。")])
    locked = Conflict.objects.select_for_update(no_key=True, of=("self",)).get(pk=conflict.pk)
    if locked.settled_at:
        raise Refused([_("这一数据冲突已经协商确定。")])
    if not reason.strip():
        raise Refused([_("请写明协商的依据。")])
    reason = limits.limited(reason, limits.REASON)
    locked.settled = read(locked.code, text)
    locked.reason, locked.settled_by, locked.settled_at = reason, actor.person, timezone.now()
    locked.save(update_fields=["settled", "reason", "settled_by", "settled_at"])
    ledger.append(
        locked.report,
        "settle",
        recorded("协商确定数据"),
        actor,
        dossier=locked.dossier,
        reason=reason,
        data={"code": locked.code, "reported": locked.reported, "own": locked.own, "settled": locked.settled},
        basis="T16; V9",
    )
    return locked


@transaction.atomic
def lock(report: Return, actor: Actor) -> Event:
    """省统计局 locks: of each figure the verified vintage is written, which is what will be judged."""
    event = returns.perform(report, "lock", actor, changes={"locked_at": timezone.now()})
    reported, stands = queries.reported(report), queries.newest(report)
    said = queries.newest_verifications(report, reported)
    settled = {row.code: row for row in report.conflicts.exclude(settled_at=None).order_by("settled_at")}
    verified = []
    for code, row in reported.items():
        value, reason = _agreed(row, said[code], settled.get(code))
        own = {"value": value, "reason": reason, "department_id": said[code].tenant_id}
        source = said[code].source or row.source
        verified.append(_follow(stands[code], FigureLevel.VERIFIED, actor, **own, source=source, note=row.note))
    Figure.objects.bulk_create(verified)
    todo.close(report, actor, "lock_return")
    told = recorded("%(name)s%(year)s年度数据已核定锁定") % {"name": report.name, "year": report.year}
    for organisation in filter(None, (report.tenant, report.reporter)):
        notify(event, organisation, told, report.get_absolute_url())
    return event


def _agreed(row: Figure, said: Verification, conflict: Conflict | None) -> tuple[str | None, str]:
    """The value that holds, and why: what was settled, else the department's own, else what was reported."""
    if said.outcome != VerificationOutcome.OWN:
        return row.value, ""
    if conflict and conflict.opened_at >= row.recorded_at:
        return conflict.settled, conflict.reason
    return said.own_value, said.reason


def _follow(before: Figure, level: FigureLevel, actor: Actor, **new: object) -> Figure:
    """The next vintage of a figure."""
    held = {name: getattr(before, name) for name in ("department_id", "source", "note", "evidence_id")}
    by = {"level": level, "recorded_by": actor.person}
    return Figure.follow(before.report, before.code, before, **{**held, **new, **by})


@transaction.atomic
def correct(report: Return, code: str, text: str, reason: str, actor: Actor) -> Figure:
    """A locked figure is corrected (勘误): a new vintage; what was published before stands (AMB-33, V12)."""
    if not rules.is_statistics_signer(actor, report):
        raise Refused([_("锁定后的数据由省统计局签发人勘误。")])
    return put_right(report, code, text, reason, actor)


def put_right(report: Return, code: str, text: str, reason: str, actor: Actor) -> Figure:
    """The new vintage of a figure that somebody entitled corrects. Raises Refused."""
    if report.status != ReturnStatus.LOCKED:
        raise Refused([_("报表尚未锁定，请直接退回修改，不用勘误。")])
    if not reason.strip():
        raise Refused([_("请写明勘误的理由。")])
    Return.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
    # Numbers count on over restated vintages; what is put right is the figure of the year itself.
    before, holds = queries.newest(report).get(code), queries.newest(report, *FINAL).get(code)
    if before is None:
        raise Refused([_("这份报表没有填报%(name)s。") % {"name": queries.named(code)}])
    value = read(code, text)
    if value == (holds or before).value:
        raise Refused([_("勘误后的数据与现在的相同。")])
    figure = _follow(before, FigureLevel.CORRECTED, actor, value=value, reason=reason.strip())
    figure.save(force_insert=True)
    event = ledger.append(
        report,
        "correct",
        recorded("勘误"),
        actor,
        dossier=report.dossier,
        reason=reason.strip(),
        data={"code": code, "before": (holds or before).value, "after": value, "vintage": figure.vintage},
        basis="AMB-33; V12",
    )
    recomputing.ask_after(figure, event)
    told = recorded("%(name)s%(year)s年度数据勘误") % {"name": report.name, "year": report.year}
    notify(event, report.tenant, told, report.get_absolute_url(), reason.strip())
    return figure
