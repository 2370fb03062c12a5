"""Many cases under joint review: filings, versions, opinions, tasks, messages, and what others' offices hold."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.enums import GrantLevel, OrganisationKind, PostRole
from accounts.models import Grant, Organisation, Person
from applications.enums import FilingStatus
from applications.models import Filing, FilingVersion, PlanField
from notifications.models import Message, Paper
from registry.models import HostZone
from reviews.enums import CaseStatus, OpinionStatus, Stance
from reviews.models import Case, Opinion
from workflow.models import Chain, Event, Task

BATCH = 2000
CHUNK = 500
UNREAD = 50  # one message in so many waits to be read
EVENTS = ("submit", "route", "check", "accept", "open")
FIELDS = {"purpose": "依托现有基础发展高新技术产业。", "park_name": "压测高新技术产业园区", "plan.years": "5"}


class Offices:
    """Who takes part in the sample province."""

    def __init__(self) -> None:
        organisations = Organisation.objects.order_by("order", "code")
        self.cities = list(organisations.filter(kind=OrganisationKind.APPLICANT_GOV))
        self.lead = organisations.get(kind=OrganisationKind.LEAD)
        self.government = organisations.get(kind=OrganisationKind.PROV_GOV_OFFICE)
        self.departments = list(organisations.filter(kind=OrganisationKind.DEPARTMENT))
        self.zones = list(HostZone.objects.order_by("slug"))
        handlers = Person.objects.filter(posts__role=PostRole.HANDLER)
        self.handlers = {row.posts.first().organisation_id: row for row in handlers}  # type: ignore[union-attr]


def fill(numbers: range) -> None:
    """Cases of these numbers that 省科技厅 leads, and half as many filings in work that it must not see."""
    offices = Offices()
    for start in range(numbers.start, numbers.stop, CHUNK):
        rows: list[models.Model] = []
        for number in range(start, min(start + CHUNK, numbers.stop)):
            rows += _case(number, offices)
            if number % 2:
                rows += _draft(number, offices)
        _write(rows)


def _write(rows: Iterable[models.Model]) -> None:
    """Every row, table by table in the order in which the tables first come up."""
    tables: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    for model, found in tables.items():
        model._default_manager.bulk_create(found, batch_size=BATCH)


def _case(number: int, offices: Offices) -> list[models.Model]:
    city = offices.cities[number % len(offices.cities)]
    person = offices.handlers[city.pk]
    dossier = uuid.uuid4()
    own: dict[str, Any] = {"tenant": city, "dossier": dossier}
    opened = timezone.now() - dt.timedelta(days=number % 90, minutes=number)
    due = timezone.localdate() + dt.timedelta(days=number % 60 - 20)
    paper = _paper(number, city, dossier)
    inquiry = _paper(number, offices.lead, dossier)
    filing = Filing(
        **own,
        status=FilingStatus.IN_REVIEW,
        park_name=f"压测高新技术产业园区{number:05d}",
        host_zone=offices.zones[number % len(offices.zones)],
        number=f"{opened:%Y}{number:06d}",
        created_by=person,
        created_at=opened,
        submitted_at=opened,
        due_on=due,
        request_paper=paper,
        acceptance_paper=inquiry,
    )
    version = FilingVersion(
        **own, filing=filing, serial=1, content={"park_name": filing.park_name}, hash=_hash(number),
        frozen_by=person, frozen_at=opened, submitted_at=opened,
    )  # fmt: skip
    case = Case(
        **own, filing=filing, version=version, status=CaseStatus.REVIEWING, opened_at=opened, due_on=due,
        inquiry_paper=inquiry,
    )  # fmt: skip
    rows: list[models.Model] = [Chain(**own, length=len(EVENTS), head=_hash(number)), paper, inquiry]
    rows += [filing, version, case, *_grants(dossier, city, offices), *_events(number, case, offices)]
    rows.append(_task(case, offices.lead, offices.lead, "conclude", filing.park_name, due, number))
    for place, office in enumerate(offices.departments):
        rows += _opinion(number * len(offices.departments) + place, case, office, offices, due)
    read = None if number % UNREAD == 0 else opened
    rows += [
        Message(
            organisation=office,
            dossier=dossier,
            title=f"{filing.park_name}有新进展",
            address=f"/cases/{case.pk}/",
            read_at=read,
        )
        for office in (offices.lead, city)
    ]
    return rows


def _grants(dossier: uuid.UUID, city: Organisation, offices: Offices) -> list[models.Model]:
    opened = [(offices.government, city, GrantLevel.ACT), (offices.lead, offices.government, GrantLevel.ACT)]
    opened += [(office, offices.lead, GrantLevel.READ) for office in offices.departments]
    return [
        Grant(dossier=dossier, tenant=city, organisation=office, granted_by=giver, level=level)
        for office, giver, level in opened
    ]


def _events(number: int, case: Case, offices: Offices) -> list[models.Model]:
    return [
        Event(
            dossier=case.dossier,
            tenant_id=case.tenant_id,
            serial=serial,
            at=case.opened_at,
            subject_type="reviews.case",
            subject_id=case.pk,
            name=name,
            label=name,
            actor_organisation=offices.lead,
            actor_organisation_name=offices.lead.name,
            hash=_hash(number),
        )
        for serial, name in enumerate(EVENTS, start=1)
    ]


def _opinion(number: int, case: Case, office: Organisation, offices: Offices, due: dt.date) -> list[models.Model]:
    """One in three has answered."""
    opinion = Opinion(
        dossier=case.dossier, tenant=office, case=case, requested_by=offices.lead, requested_at=case.opened_at,
        due_on=due,
    )  # fmt: skip
    task = _task(opinion, office, offices.lead, "opinion", case.filing.park_name, due, number)
    if number % 3:
        return [opinion, task]
    opinion.paper = _paper(number, office, case.dossier)
    opinion.status, opinion.stance, opinion.reasons = OpinionStatus.SIGNED, Stance.AGREE, "符合条件。"
    opinion.signed_at = task.done_at = timezone.now()
    task.done_by = offices.handlers.get(office.pk)
    return [opinion.paper, opinion, task]


def _task(
    subject: models.Model, office: Organisation, giver: Organisation, kind: str, name: str, due: dt.date, number: int
) -> Task:
    return Task(
        dossier=subject.dossier,  # type: ignore[attr-defined]
        organisation=office,
        role=(PostRole.HANDLER, PostRole.HANDLER, PostRole.REVIEWER, PostRole.SIGNER)[number % 4],
        created_by=giver,
        kind=kind,
        subject_type=f"reviews.{type(subject).__name__.lower()}",
        subject_id=subject.pk,
        title=f"{name}：提出意见",
        address=f"/cases/{subject.pk}/",
        due_on=due,
    )


def _paper(number: int, tenant: Organisation, dossier: uuid.UUID) -> Paper:
    return Paper(
        tenant=tenant, dossier=dossier, kind="consultation", code="测", year=2026, serial=number + 100_000,
        number=f"测〔2026〕{number + 100_000}号", title=f"压测公文{number}", issued_on=timezone.localdate(),
        issuer_name=tenant.name, signer_name="测试人", template_version="1", data_hash=_hash(number),
        check_code=uuid.uuid4().hex[:24],
    )  # fmt: skip


def _draft(number: int, offices: Offices) -> list[models.Model]:
    city = offices.cities[number % len(offices.cities)]
    person = offices.handlers[city.pk]
    dossier = uuid.uuid4()
    own: dict[str, Any] = {"tenant": city, "dossier": dossier}
    zone = offices.zones[number % len(offices.zones)]
    filing = Filing(**own, park_name=f"未报园区{number:05d}", host_zone=zone, created_by=person)
    fields = [PlanField(**own, filing=filing, key=key, value=value, changed_by=person) for key, value in FIELDS.items()]
    return [Chain(**own, length=0), filing, *fields]


def _hash(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()
