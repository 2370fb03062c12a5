"""A supplementary change after acceptance: asked for by part, signed by the city, judged again where it matters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.queries import the_lead
from applications import editing, plan
from applications.comparing import Comparison
from applications.freezing import release_files, snapshot
from applications.models import Filing, FilingVersion
from applications.plan_state import opened_on
from applications.rules import opener
from notifications.enums import DraftStatus, Topic
from notifications.models import Draft, Paper
from notifications.notices import notify
from reviews import periods, periods_city
from reviews.enums import CaseStatus, OpinionStatus
from reviews.models import Case, ChangeRequest, Condition, Opinion, SectionRemark
from reviews.services import change_parts as parts
from reviews.services.asking import ask_office
from reviews.services.opinions import reopen_opinion
from reviews.words import basis_of, over
from workflow import bars, clocks, ledger, todo
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value

# While the letter is checked or signed nothing more is changed.
ON_THE_WAY = (DraftStatus.CHECKING, DraftStatus.SIGNING)
BEFORE = (DraftStatus.DRAFTING, DraftStatus.CANCELLED)
LETTER = "change_letter"


@opener
def opened_by_change(filing: Filing) -> frozenset[str]:
    """The boundary and the materials that the city changes in place, until its letter is on its way."""
    change = ChangeRequest.objects.filter(dossier=filing.dossier, answered_at=None).first()
    if change is None or not parts.has_parts_in_place(change.sections):
        return frozenset()
    letter = Draft.objects.filter(kind=LETTER, subject_id=change.pk, status__in=ON_THE_WAY)
    return frozenset() if letter.exists() else parts.keys_opened(change.sections)


@transaction.atomic
def request_change(case: Case, sections: Collection[str], reason: str, actor: Actor) -> ChangeRequest:
    """省科技厅 asks the city to change these sections, and no others."""
    reasons = bars.reasons(actor, case.dossier)
    known = {slug for slug, _title in parts.parts_open(case.version)}
    if not (actor.is_lead and actor.is_handler):
        reasons.append(_("只有省科技厅的经办人可以请申报单位补充修改。"))
    if case.status != CaseStatus.REVIEWING:
        reasons.append(over(case, _("不能再补充修改")))
    if not sections or not set(sections) <= known:
        reasons.append(_("请选择需要修改的栏目。"))
    if not reason.strip():
        reasons.append(_("请写明修改要求。"))
    if case.changes.filter(adopted_at=None).exists():
        reasons.append(_("还有一次补充修改没有办结。"))
    if reasons:
        raise Refused(reasons)
    change = ChangeRequest.objects.create(
        dossier=case.dossier,
        tenant_id=case.tenant_id,
        case=case,
        base_id=case.version_id,
        sections=sorted(sections),
        reason=reason.strip(),
        asked_person=actor.person,
        due_on=due(value("change_days")).date,
    )
    event = ledger.append(
        change, "request_change", recorded("请申报单位补充修改"), actor, dossier=case.dossier,
        basis=basis_of(case, "P-II.1.8c"),
        reason=change.reason, data={"sections": change.sections},
    )  # fmt: skip
    clocks.stop(case.dossier, "question", event)
    title = recorded("补充修改：%(park)s") % {"park": case.filing.park_name}
    address = reverse("reviews:change", args=[change.pk])
    ask_office(change, "change", title, address, case, case.tenant, actor, change.due_on)
    periods.begin_until(periods_city.CHANGE, change, event, address)
    notify(event, case.tenant, title, address, change.reason, Topic.TASK)
    return change


def typed_values(change: ChangeRequest, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Every field of the plan as this change wants it: what was judged, but the draft's values in its sections."""
    content, typed = change.base.content, fields.get("values") or {}
    wanted = {key for section in sections_of(change) for key in section.keys}
    every = plan.sections(opened_on(change.case.filing), change.case.filing.kind)
    kept = {key: content["fields"].get(key) for section in every for key in section.keys if key != editing.NAME}
    return {**kept, **{key: typed[key] for key in wanted & set(typed) if key != editing.NAME}}


def sections_of(change: ChangeRequest) -> list[plan.Section]:
    """The sections, the base figures among them, whose fields the city may change."""
    day = opened_on(change.case.filing)
    return [section for slug in change.sections if (section := parts.plan_section(slug, day))]


def changed_in_place(change: ChangeRequest, fields: Mapping[str, Any]) -> Comparison:
    """How boundary and materials differ from what is judged: in the frozen version, or in the working copy before."""
    if not parts.has_parts_in_place(change.sections):
        return Comparison()
    written = fields.get("version")
    frozen = change.version or (FilingVersion.objects.get(pk=written) if written else None)
    filing = change.case.filing
    on_the_way = Draft.objects.filter(kind=LETTER, subject_id=change.pk).exclude(status__in=BEFORE).exists()
    now = frozen.content if frozen is not None and on_the_way else snapshot(filing)
    found = parts.compared(change.base.content, now)
    return Comparison(files=found.files, area=found.area)


def changed_keys(change: ChangeRequest, fields: Mapping[str, Any]) -> list[str]:
    """The fields that the draft changes."""
    before = change.base.content["fields"]
    return [key for key, now in typed_values(change, fields).items() if (now or None) != (before.get(key) or None)]


@transaction.atomic
def write_change(change: ChangeRequest, fields: Mapping[str, Any], actor: Actor) -> None:
    """Bring the working copy to what the draft says, from the version judged: nothing else comes along."""
    filing = Filing.objects.select_for_update(no_key=True).get(pk=change.case.filing_id)
    editing.write(filing, typed_values(change, fields), actor)


@transaction.atomic
def answer_change(change: ChangeRequest, version: FilingVersion, paper: Paper, actor: Actor) -> Event:
    """The city's signer signs the changed version; the authorities read it from now on."""
    locked = ChangeRequest.objects.select_for_update(no_key=True).get(pk=change.pk)
    if locked.answered_at:
        raise Refused([_("这次补充修改已经提交。")])
    version.submitted_at = timezone.now()
    release_files(version)
    version.save(update_fields=["submitted_at"])
    locked.version, locked.paper, locked.answered_at = version, paper, timezone.now()
    locked.save(update_fields=["version", "paper", "answered_at"])
    event = ledger.append(
        locked, "answer_change", recorded("提交补充修改"), actor, dossier=locked.dossier,
        basis=basis_of(locked.case, "P-II.1.8c"),
        data={"paper": paper.number, "version": version.serial, "hash": version.hash},
    )  # fmt: skip
    todo.close(locked, actor)
    clocks.finish(locked, event)
    clocks.go_on(locked.dossier, "question", event)
    case = Case.objects.select_related("filing").get(pk=locked.case_id)
    lead, address = the_lead(), reverse("reviews:change", args=[locked.pk])
    title = recorded("核对补充修改：%(park)s") % {"park": case.filing.park_name}
    ask_office(locked, "adopt_change", title, address, case, lead, actor, due(value("answer_days")).date)
    notify(event, lead, title, address)
    return event


def concerned(change: ChangeRequest) -> dict[Opinion, list[str]]:
    """The departments that answered and that the changed sections concern, each with why."""
    keys = parts.targets_about(change.sections, opened_on(change.case.filing))
    by_task = parts.concerned_by_task(change.sections)
    said = {row.opinion_id for row in SectionRemark.objects.filter(case=change.case, section__in=keys)}
    set_down = {row.opinion_id for row in Condition.objects.filter(case=change.case, section__in=keys)}
    found: dict[Opinion, list[str]] = {}
    for opinion in change.case.opinions.select_related("tenant").order_by("tenant__order"):
        why = []
        if opinion.pk in said:
            why.append(_("对有关栏目提过意见"))
        if opinion.pk in set_down:
            why.append(_("条件涉及有关栏目"))
        if opinion.tenant.code in by_task:
            why.append(_("按职能与有关栏目相关"))
        if why:
            found[opinion] = why
    return found


@transaction.atomic
def adopt_change(change: ChangeRequest, departments: Collection[str], actor: Actor) -> Event:
    """省科技厅 takes the changed version over and asks again only those whom it concerns; the others' word stands."""
    locked = ChangeRequest.objects.select_for_update(no_key=True).get(pk=change.pk)
    reasons = bars.reasons(actor, locked.dossier)
    if not (actor.is_lead and actor.is_handler):
        reasons.append(_("只有省科技厅的经办人可以采用补充修改。"))
    if locked.answered_at is None or locked.adopted_at is not None:
        reasons.append(_("申报单位还没有提交，或者已经采用。"))
    if reasons:
        raise Refused(reasons)
    case = Case.objects.select_related("filing", "tenant").get(pk=locked.case_id)
    assert locked.version_id is not None, "what was answered has its version"
    case.version_id = locked.version_id
    case.save(update_fields=["version"])
    keys = [parts.target_of(slug) for slug in locked.sections]
    answered = {OpinionStatus.SIGNED, OpinionStatus.LAPSED}
    again = []
    for opinion in case.opinions.select_related("tenant", "case__filing", "case__version").order_by("tenant__order"):
        if opinion.tenant.code in departments and opinion.status in answered:
            reopen_opinion(opinion, keys, locked.reason, actor)
            again.append(opinion.tenant.code)
    locked.adopted_at, locked.asked_again = timezone.now(), again
    locked.save(update_fields=["adopted_at", "asked_again"])
    event = ledger.append(
        locked, "adopt_change", recorded("采用补充修改后的版本"), actor, dossier=locked.dossier,
        basis=basis_of(locked.case, "P-II.1.8c"),
        data={"version": locked.version.serial if locked.version else None, "departments": len(again)},
    )  # fmt: skip
    todo.close(locked, actor)
    return event
