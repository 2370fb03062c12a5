"""N22 and U9: a place's government is told of a gap below what C-V.3a asks; on 30 June 省科技厅 gets the list."""

from __future__ import annotations

import datetime as dt
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.urls import reverse

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from accounts.queries import the_lead
from indicators import queries
from indicators.models import Return
from indicators.services.fiscal import CLAUSE, SPENDING, FiscalFinding, due_on, fiscal_list
from notifications.enums import Topic
from notifications.notices import notify
from workflow import instants, ledger
from workflow.ledger import recorded
from workflow.models import Chain, Event

REMINDED = "fiscal_reminder"
# One dossier of 省科技厅 for the lists of all years.
LISTS = uuid5(NAMESPACE_URL, "chuangyuan:fiscal-lists")


def remind(today: dt.date | None = None) -> int:
    """Tell of the year that is over what nobody was told of yet; how many reminders. Under the system scope."""
    today = today or instants.today()
    if not Organisation.objects.filter(kind=OrganisationKind.LEAD).exists():
        return 0
    year = today.year - 1
    found = fiscal_list(year)
    behind = [one for one in found if one.missed and one.report]
    reports = Return.objects.select_related("tenant", "reporter").in_bulk([one.report for one in behind])
    number = sum(_tell(reports[one.report], one) for one in behind if one.report in reports)
    return number + (_hand_over(year, found) if found and today >= due_on(year) else 0)


@transaction.atomic
def _tell(report: Return, one: FiscalFinding) -> int:
    """The government of the place, and the city above it; once for figures that were handed in, once for final ones."""
    key = f"{one.year}:{'reported' if one.provisional else 'final'}"
    if Event.objects.filter(dossier=report.dossier, name=REMINDED, data__key=key).exists():
        return 0
    words = {"name": one.name, "year": one.year}
    title = recorded("%(name)s%(year)d年度财政科技经费增幅没有达到要求") % words
    data = {"key": key, "observed": one.observed}
    event = ledger.append(
        report, REMINDED, title, None, dossier=report.dossier, reason=one.reason, basis=f"{CLAUSE}; N22", data=data
    )
    body = f"{one.formula}：{one.reason}。{one.advice}"
    for office in {row.pk: row for row in (report.tenant, report.reporter) if row}.values():
        notify(event, office, title, report.get_absolute_url(), body, Topic.REMINDER)
    return 1


@transaction.atomic
def _hand_over(year: int, found: list[FiscalFinding]) -> int:
    """The list of a year to 省科技厅 and the department that verifies fiscal figures, once."""
    if Event.objects.filter(dossier=LISTS, name=REMINDED, data__year=year).exists():
        return 0
    lead = the_lead()
    if not Chain.objects.filter(dossier=LISTS).exists():
        ledger.open_chain(LISTS, lead)
    missed = [one for one in found if one.missed]
    words = {"year": year, "n": len(missed), "total": len(found)}
    title = recorded("%(year)d年度财政科技经费增幅：%(total)d个地方中%(n)d个未达到") % words
    data = {"year": year, "missed": {one.place: one.observed for one in missed}}
    event = ledger.append(lead, REMINDED, title, None, dossier=LISTS, basis=f"{CLAUSE}; U9", data=data)
    body = "；".join(f"{one.name} {one.shown}个百分点" for one in missed) or recorded("没有未达到的地方。")
    keeper = queries.owners([SPENDING]).get(SPENDING)
    for office in Organisation.objects.filter(pk__in=[pk for pk in (lead.pk, keeper) if pk]):
        notify(event, office, title, f"{reverse('indicators:fiscal_list')}?year={year}", body, Topic.REMINDER)
    return 1
