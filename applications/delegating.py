"""Who fills in which part of a filing: given to a colleague, the committee, the county or 市科技局, and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind, PostRole
from accounts.models import Grant, Organisation, Person, Post
from applications import editing, rules
from applications.enums import DelegationStatus
from applications.kinds import word
from applications.models import Delegation, Filing
from applications.models.delegation import ACTIVE
from applications.parts import Part, part_of
from applications.plan_state import opened_on
from applications.services import open_to
from applications.transitions_delegation import delegation as machine
from notifications.enums import Topic
from notifications.notices import notify
from workflow import ledger, todo
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

HELPER_KINDS = (OrganisationKind.CITY_ST_BUREAU, OrganisationKind.COUNTY_GOV, OrganisationKind.PARK_COMMITTEE)
FILL, CHECK = "delegation", "delegation_check"


# -- who helps -----------------------------------------------------------------------------------
def helpers_of(filing: Filing) -> models.QuerySet[Organisation]:
    """The offices that help to fill in a filing (协同填报单位)."""
    grants = Grant.objects.filter(dossier=filing.dossier, level=GrantLevel.COLLEAGUE)
    return Organisation.objects.filter(pk__in=grants.values("organisation")).order_by("order", "code")


def possible_helpers(filing: Filing) -> models.QuerySet[Organisation]:
    """Offices of the city that could help and do not yet: its bureau, counties, committees."""
    of_city = models.Q(parent=filing.tenant, kind__in=HELPER_KINDS)
    if filing.host_zone is not None:
        of_city |= models.Q(pk=filing.host_zone.committee_id)
    division = filing.tenant.division_id
    if division:
        of_city |= models.Q(division__parent=division, kind=OrganisationKind.COUNTY_GOV)
    known = Grant.objects.filter(dossier=filing.dossier).values("organisation")
    rows = Organisation.objects.filter(of_city, active=True).exclude(pk__in=known).exclude(pk=filing.tenant_id)
    return rows.order_by("order", "code")


def colleagues_of(filing: Filing) -> models.QuerySet[Person]:
    """The handlers of the applicant's own office."""
    posts = Post.objects.in_force().filter(organisation=filing.tenant, role=PostRole.HANDLER)
    return Person.objects.filter(pk__in=posts.values("person")).order_by("name", "username")


@transaction.atomic
def add_helper(filing: Filing, organisation: Organisation, actor: Actor) -> None:
    """Let an office of the city read the working copy and be given sections. Raises Refused."""
    row = editing.locked(filing, actor)
    if not possible_helpers(row).filter(pk=organisation.pk).exists():
        raise Refused([_("%(name)s不能作为这份申报的协同填报单位。") % {"name": organisation.name}])
    open_to(row, organisation, GrantLevel.COLLEAGUE, actor)
    _tell_of_helper(row, "add_helper", recorded("增加协同填报单位"), organisation, actor)


@transaction.atomic
def remove_helper(filing: Filing, organisation: Organisation, actor: Actor) -> None:
    """End an office's part in a filing: it no longer sees it. Its sections are taken back first. Raises Refused."""
    if not rules.is_handler_of_owner(actor, filing):
        raise Refused(editing.obstacles(filing, actor))
    row = Filing.objects.select_for_update(no_key=True).get(pk=filing.pk)
    grants = Grant.objects.filter(dossier=row.dossier, organisation=organisation, level=GrantLevel.COLLEAGUE)
    if not grants.exists():
        raise Refused([_("%(name)s不是这份申报的协同填报单位。") % {"name": organisation.name}])
    if row.delegations.filter(organisation=organisation, status__in=ACTIVE).exists():
        raise Refused([_("%(name)s还有没办完的分工，请先收回或确认。") % {"name": organisation.name}])
    _tell_of_helper(row, "remove_helper", recorded("移除协同填报单位"), organisation, actor)
    grants.delete()


def _tell_of_helper(filing: Filing, name: str, label: str, organisation: Organisation, actor: Actor) -> None:
    data = {"organisation": organisation.code}
    ledger.append(
        filing,
        name,
        f"{label}：{organisation.short_name}"[:120],
        actor,
        dossier=filing.dossier,
        data=data,
        audience=Audience.COLLEAGUE,
    )


# -- parts ---------------------------------------------------------------------------------------
@transaction.atomic
def delegate(
    filing: Filing,
    sections: Sequence[Part],
    actor: Actor,
    *,
    organisation: Organisation,
    person: Person | None = None,
    due_on: dt.date | None = None,
    note: str = "",
) -> list[Delegation]:
    """Give sections and materials to a helping office, or to an own colleague, all or none. Raises Refused."""
    row = editing.locked(filing, actor)
    if reasons := _against(row, sections, organisation, person):
        raise Refused(reasons)
    return [_give(row, section, actor, organisation, person, due_on, note) for section in sections]


def _against(filing: Filing, sections: Sequence[Part], organisation: Organisation, person: Person | None) -> list[str]:
    if not sections:
        return [_("请选择至少一个章节或一项材料。")]
    if organisation.pk == filing.tenant_id:
        if person is None or not colleagues_of(filing).filter(pk=person.pk).exists():
            return [_("请选择本单位的一位经办人。")]
    elif not helpers_of(filing).filter(pk=organisation.pk).exists():
        return [_("%(name)s不是这份申报的协同填报单位，请先增加。") % {"name": organisation.name}]
    out = active_of(filing)
    return [
        _("“%(section)s”已经交给%(who)s，请先收回。") % {"section": section.title, "who": out[section.slug].holder}
        for section in sections
        if section.slug in out
    ]


def _give(
    filing: Filing,
    section: Part,
    actor: Actor,
    organisation: Organisation,
    person: Person | None,
    due_on: dt.date | None,
    note: str,
) -> Delegation:
    made = Delegation.objects.create(
        tenant_id=filing.tenant_id,
        dossier=filing.dossier,
        filing=filing,
        section=section.slug,
        keys=list(section.keys),
        organisation=organisation,
        person=person,
        due_on=due_on,
        note=note.strip(),
        assigned_by=actor.person,
    )
    event = ledger.append(
        made,
        "delegate",
        recorded("分工：%(section)s交%(who)s填写") % {"section": title_of(made), "who": made.holder},
        actor,
        dossier=filing.dossier,
        after=made.status,
        reason=made.note,
        data={"section": section.slug, "organisation": organisation.code},
        audience=Audience.COLLEAGUE,
    )
    _ask_holder(made, actor)
    if organisation.pk != filing.tenant_id:
        words = recorded("请填写%(park)s%(plan)s的“%(section)s”")
        if made.is_material:
            words = recorded("请提供%(park)s的申报材料“%(section)s”")
        plan = ledger.in_chinese(word(filing.kind, "plan", recorded("创建规划")))
        told = words % {"park": filing.park_name, "plan": plan, "section": title_of(made)}
        notify(event, organisation, told, made.get_absolute_url(), made.note, Topic.TASK)
    return made


def _ask_holder(row: Delegation, actor: Actor) -> None:
    words = recorded("填写%(park)s：%(section)s%(who)s")
    who = f"（{row.person.name}）" if row.person else ""
    _task(row, FILL, words % {"park": row.filing.park_name, "section": title_of(row), "who": who}, actor)


def _task(row: Delegation, kind: str, title: str, actor: Actor) -> None:
    to_holder = kind == FILL
    task = todo.assign(
        row,
        kind,
        title,
        row.get_absolute_url() if to_holder else reverse("applications:work", args=[row.filing_id]),
        dossier=row.dossier,
        organisation=row.organisation if to_holder else row.tenant,
        role=PostRole.HANDLER,
        by=actor.organisation,
        due_on=row.due_on if to_holder else None,
    )
    if to_holder and row.person:
        todo.take(task, row.person, actor)


@transaction.atomic
def hand_over(row: Delegation, actor: Actor, note: str = "") -> None:
    """交回: the holder says that the section is done; from now on they do not write in it. Raises Refused."""
    changes = {"handed_by": actor.person, "handed_at": timezone.now(), "handed_note": note.strip()}
    event = _perform(row, "hand_over", actor, reason=note.strip(), data=_data(row), changes=changes)
    todo.close(row, actor, FILL)
    words = recorded("确认%(park)s：%(section)s（%(who)s交回）")
    title = words % {"park": row.filing.park_name, "section": title_of(row), "who": row.holder}
    _task(row, CHECK, title, actor)
    if row.organisation_id != row.tenant_id:
        notify(event, row.tenant, title, reverse("applications:work", args=[row.filing_id]))


@transaction.atomic
def confirm(row: Delegation, actor: Actor) -> None:
    """确认: the city takes the section as handed back. Raises Refused."""
    _perform(row, "confirm", actor, data=_data(row))
    todo.close(row, actor, CHECK)


@transaction.atomic
def give_back(row: Delegation, actor: Actor, reason: str) -> None:
    """退回修改: the holder writes in it again; the reason is given. Raises Refused."""
    if not reason.strip():
        raise Refused([_("请写明退回修改的原因。")])
    if not rules.is_editable(row.filing):
        raise Refused(editing.obstacles(row.filing, actor))
    event = _perform(
        row, "give_back", actor, reason=reason.strip(), data=_data(row), changes={"reason": reason.strip()}
    )
    todo.close(row, actor, CHECK)
    _ask_holder(row, actor)
    if row.organisation_id != row.tenant_id:
        words = recorded("%(park)s的“%(section)s”退回修改")
        told = words % {"park": row.filing.park_name, "section": title_of(row)}
        notify(event, row.organisation, told, row.get_absolute_url(), reason.strip(), Topic.TASK)


@transaction.atomic
def take_back(row: Delegation, actor: Actor, reason: str = "") -> None:
    """收回: the city does without it; what was written stays. Raises Refused."""
    event = _perform(row, "take_back", actor, reason=reason.strip(), data=_data(row))
    todo.close(row, actor, FILL, CHECK)
    if row.organisation_id != row.tenant_id:
        words = recorded("%(park)s的“%(section)s”已由申报单位收回")
        told = words % {"park": row.filing.park_name, "section": title_of(row)}
        notify(event, row.organisation, told, row.filing.get_absolute_url())


def _perform(row: Delegation, name: str, actor: Actor, **more: Any) -> Event:
    """Draw an arrow; asked first, since who may only read the row cannot lock it. Raises Refused."""
    if reasons := machine.reasons_against(row, name, actor):
        raise Refused(reasons)
    return machine.perform(row, name, actor, **more)


def _data(row: Delegation) -> dict[str, str]:
    return {"section": row.section, "organisation": row.organisation.code}


# -- looking up ----------------------------------------------------------------------------------
def all_of(filing: Filing) -> list[Delegation]:
    """Every delegation of a filing, the newest first."""
    rows = filing.delegations.select_related("organisation", "person", "assigned_by", "handed_by", "filing", "tenant")
    return list(rows.order_by("-assigned_at"))


def active_of(filing: Filing) -> dict[str, Delegation]:
    """The delegations that are out, by section."""
    return {row.section: row for row in all_of(filing) if row.is_active}


def of_section(filing: Filing, slug: str) -> Delegation | None:
    """The last delegation of a section that was not taken back."""
    rows = filing.delegations.filter(section=slug).exclude(status=DelegationStatus.WITHDRAWN)
    found = rows.select_related("organisation", "person", "handed_by", "assigned_by").order_by("-assigned_at").first()
    if found:
        found.filing = filing
    return found


def title_of(row: Delegation) -> str:
    """The title of what was given, as it is recorded."""
    section = part_of(row.section, opened_on(row.filing), row.filing.kind)
    return ledger.in_chinese(section.title) if section else row.section


def begun(rows: Sequence[Delegation], changes: Mapping[str, tuple[UUID, dt.datetime]]) -> set[UUID]:
    """The open delegations in which their holders wrote since they were asked (填写中), by primary key.

    `changes`: by key of the plan, who wrote last and when.
    """
    offices = {row.organisation_id for row in rows if row.is_writable and row.person_id is None}
    posts = Post.objects.filter(organisation__in=offices).values_list("organisation", "person") if offices else []
    people: dict[UUID, set[UUID]] = {}
    for office, person in posts:
        people.setdefault(office, set()).add(person)
    found = set()
    for row in rows:
        writers = {row.person_id} if row.person_id else people.get(row.organisation_id, set())
        last = [changes[key] for key in row.keys if key in changes]
        if row.is_writable and any(who in writers and at >= row.assigned_at for who, at in last):
            found.add(row.pk)
    return found
