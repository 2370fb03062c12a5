"""T12: the departments countersign (会签) the report upward in parallel before 省科技厅 signs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation
from notifications.enums import Topic
from notifications.models import Draft
from notifications.notices import notify
from notifications.rendering.coverage import in_signs_of_papers
from reviews import periods_countersigning as periods
from reviews.models import Case, CountersignAdvice, Countersignature
from reviews.rules_countersigning import countersigners
from reviews.services.asking import ask_office
from reviews.transitions_countersigning import countersignature as machine
from workflow import bars, clocks, ledger, outbox, todo
from workflow.deadlines import due
from workflow.enums import Audience
from workflow.ledger import digest, recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value

Content = dict[str, Any]
# What makes another wording: not the day, the signer or the copies, which change without anybody's pen.
WORDING = ("title", "addressees", "body", "attachments", "note")


def wording_digest(content: Mapping[str, Any]) -> str:
    """The digest of what a department countersigns."""
    return digest(in_signs_of_papers({name: content.get(name) for name in WORDING}))


def countersign_address(row: Countersignature) -> str:
    """Where a department reads the report and countersigns it."""
    return reverse("reviews:countersign", args=[row.pk])


@transaction.atomic
def ask_countersignatures(
    case: Case, draft: Draft, content: Content, actor: Actor, also: list[str] | None = None
) -> list[Countersignature]:
    """Send the report that was passed on to those who countersign it; who signed these very words is not asked again.

    `content` is the paper without what it says of the countersignatures. A changed wording supersedes what was said
    of the former one, whatever it was.
    """
    if not value("countersigning"):
        return []
    now = wording_digest(content)
    offices = countersigners(case, also)
    current = {row.tenant_id: row for row in _current(case)}
    # Who objects is not got rid of by not being asked.
    known = {office.pk for office in offices}
    offices += [row.tenant for row in current.values() if row.status == "objected" and row.tenant_id not in known]
    keep = {row.tenant_id for row in current.values() if row.digest == now and row.draft_id == draft.pk}
    asked = [office for office in offices if office.pk not in keep]
    _put_aside(current.values(), {office.pk for office in offices}, keep, actor)
    if not asked:
        return []
    event = ledger.append(
        case,
        "ask_countersignatures",
        recorded("报审请示送会签"),
        actor,
        dossier=case.dossier,
        basis="T12",
        data={"digest": now, "offices": [office.name for office in asked]},
        audience=Audience.AUTHORITY,
    )
    return [_ask(case, draft, office, content, now, event, actor) for office in asked]


def _current(case: Case) -> list[Countersignature]:
    rows = Countersignature.objects.select_related("tenant", "case__filing", "requested_by")
    return list(rows.filter(case=case).order_by("tenant__order"))


def _put_aside(rows: Any, wanted: set[Any], keep: set[Any], actor: Actor) -> None:
    for row in rows:
        if row.tenant_id not in keep:
            _end(row, "supersede" if row.tenant_id in wanted else "withdraw", actor)


def _end(row: Countersignature, arrow: str, actor: Actor) -> Event:
    event = machine.perform(row, arrow, actor)
    todo.close(row, actor)
    clocks.finish(row, event)
    return event


def _ask(
    case: Case, draft: Draft, office: Organisation, content: Content, now: str, event: Event, actor: Actor
) -> Countersignature:
    rounds = Countersignature.every.filter(case=case, tenant=office).count()
    row = Countersignature.objects.create(
        dossier=case.dossier,
        tenant=office,
        case=case,
        draft=draft,
        requested_by=actor.organisation,
        round=rounds + 1,
        content=content,
        digest=now,
        due_on=due(value("countersign_days")).date,
    )
    again = recorded("文稿已修改，再次会签报审请示：%(park)s") if rounds else recorded("会签报审请示：%(park)s")
    title, address = again % {"park": case.filing.park_name}, countersign_address(row)
    ask_office(row, "countersign", title, address, case, office, actor, row.due_on)
    periods.begin(row, event, address)
    notify(event, office, title, address, topic=Topic.TASK)
    return row


@transaction.atomic
def advise_countersignature(row: Countersignature, text: str, actor: Actor) -> None:
    """The department's handler writes what the signer should say; the signature is then another person's."""
    reasons = bars.reasons(actor, row.dossier)
    if not (actor.is_handler and actor.organisation.pk == row.tenant_id):
        reasons.append(_("只有本部门的经办人可以填写拟办意见。"))
    if not text.strip():
        reasons.append(_("请写明拟办意见。"))
    locked = Countersignature.objects.select_for_update(no_key=True).get(pk=row.pk)
    if locked.status not in {"asked", "lapsed"}:
        reasons.append(_("会签现在的状态是“%(status)s”。") % {"status": locked.get_status_display()})
    if reasons:
        raise Refused(reasons)
    CountersignAdvice.objects.create(
        dossier=locked.dossier,
        tenant_id=locked.tenant_id,
        countersignature=locked,
        text=text.strip(),
        person=actor.person,
        person_name=actor.person.name,
    )
    locked.advised_by = actor.person
    locked.save(update_fields=["advised_by"])
    ledger.append(
        locked, "advise", recorded("填写会签拟办意见"), actor, dossier=locked.dossier, data={"digest": digest(text)},
        audience=Audience.OFFICE,
    )  # fmt: skip
    todo.close(locked, actor, "countersign")
    todo.assign(
        locked,
        "countersign_sign",
        recorded("会签报审请示：%(park)s") % {"park": row.case.filing.park_name},
        countersign_address(locked),
        dossier=locked.dossier,
        organisation=actor.organisation,
        role=PostRole.SIGNER,
        by=actor.organisation,
        clock=clocks.running(locked, periods.COUNTERSIGN),
    )
    row.refresh_from_db()


@transaction.atomic
def countersign(row: Countersignature, agrees: bool, reason: str, actor: Actor) -> Event:
    """The department's signer agrees with the report, or objects and says why; who objected may agree later."""
    if not agrees and not reason.strip():
        raise Refused([_("请写明不同意见和理由。")])
    event = machine.perform(
        row,
        "agree" if agrees else "object",
        actor,
        reason=reason.strip(),
        data={"digest": row.digest},
        changes={
            "reason": reason.strip(),
            "signed_by": actor.person,
            "signer_name": actor.person.name,
            "signed_at": timezone.now(),
        },
    )
    todo.close(row, actor)
    clocks.finish(row, event)
    payload = {"countersignature": str(row.pk), "agrees": agrees}
    outbox.follow(event, "reviews.countersigned", str(event.pk), payload, row.case.tenant)
    return event


@transaction.atomic
def lapse_countersignature(row: Countersignature, reason: str, actor: Actor) -> Event:
    """After the day, and where the parameter says so, 省科技厅 goes on without a countersignature that did not come."""
    event = machine.perform(row, "lapse", actor, reason=reason)
    clocks.finish(row, event)
    title = recorded("报审请示会签逾期，已按未会签处理；签发前仍可补签：%(park)s")
    notify(event, row.tenant, title % {"park": row.case.filing.park_name}, countersign_address(row), reason)
    return event


@transaction.atomic
def state_difference(row: Countersignature, position: str, actor: Actor) -> Event:
    """What could not be agreed on goes up as it is: the report states the objection and what 省科技厅 says to it."""
    if not position.strip():
        raise Refused([_("请写明协商情况和我厅意见，将与部门的不同意见一并列入请示。")])
    event = machine.perform(row, "state", actor, reason=position.strip(), changes={"position": position.strip()})
    title = recorded("不同意见将列入报审请示，由省政府审定：%(park)s")
    notify(event, row.tenant, title % {"park": row.case.filing.park_name}, countersign_address(row), position.strip())
    return event


@transaction.atomic
def drop_countersignatures(case: Case, actor: Actor) -> None:
    """The report was given up: nobody countersigns it any more."""
    for row in _current(case):
        event = _end(row, "withdraw", actor)
        title = recorded("报审请示已作废，不再会签：%(park)s") % {"park": case.filing.park_name}
        notify(event, row.tenant, title, case.get_absolute_url())
