"""The returns of a year are opened: for each park on the list, the host zones of those being created, the cities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accounts.enums import GrantLevel, OrganisationKind, PostRole
from accounts.models import Grant, Organisation
from accounts.queries import sample_is_loaded
from indicators import periods_returns
from indicators.enums import ReturnStatus, SubjectKind
from indicators.models import Return, VerifyingOffice
from indicators.parameters_returns import LATE_RETURN_DAYS
from indicators.services import opening_cities
from indicators.services.asking import ask
from notifications.notices import notify
from registry.enums import ParkStatus
from registry.models import HostZone, Park
from workflow import deadlines, instants, ledger
from workflow.ledger import recorded
from workflow.models import Event
from workflow.parameters import value

REPORTING = (ParkStatus.CREATING, ParkStatus.RECOGNISED)
# Returns of a year are due by the end of March of the next (T15, customary).
DUE_MONTH, DUE_DAY = 3, 31


def open_last_year() -> list[Return]:
    """Open the returns of the year that is over, once the operator has said who verifies; the new ones."""
    if not VerifyingOffice.objects.exists():
        return []
    return open_year(instants.today().year - 1)


@transaction.atomic
def open_year(year: int) -> list[Return]:
    """Open what is not yet open; for the worker, under the system scope. Returns the new ones."""
    parks = Park.objects.filter(status__in=REPORTING).select_related("tenant", "host_zone__committee")
    opened = []
    zones: dict[str, tuple[HostZone, Organisation]] = {}
    for park in parks:
        if park.host_zone and park.status == ParkStatus.CREATING:
            zones[park.host_zone.slug] = (park.host_zone, park.tenant)
        reporter = park.host_zone.committee if park.host_zone else None
        county = county_of(park)
        opened.append(open_return(SubjectKind.PARK, park.slug, park.name, year, park.tenant, reporter, county))
    for zone, tenant in zones.values():
        opened.append(open_return(SubjectKind.ZONE, zone.slug, zone.name, year, tenant, zone.committee))
    opened += _open_cities(year)
    return [report for report in opened if report is not None]


def _open_cities(year: int) -> list[Return | None]:
    places = opening_cities.asked_for(year)
    governments = opening_cities.governments_of(places)
    return [
        open_return(SubjectKind.CITY, place.code, place.name, year, *governments[place.code])
        for place in places
        if place.code in governments
    ]


def county_of(park: Park) -> Organisation | None:
    """The county government in which a park lies, where it works here."""
    if park.county_id is None:
        return None
    counties = Organisation.objects.filter(kind=OrganisationKind.COUNTY_GOV, active=True)
    return counties.filter(division_id=park.county_id).first()


@transaction.atomic
def open_return(
    kind: SubjectKind,
    subject: str,
    name: str,
    year: int,
    tenant: Organisation,
    reporter: Organisation | None = None,
    county: Organisation | None = None,
    *,
    ask_for: bool = True,
) -> Return | None:
    """Open the return of one subject for a year and ask its reporter for it; None where it is open already."""
    if Return.objects.filter(kind=kind, subject=subject, year=year).exists():
        return None
    report = Return.objects.create(
        tenant=tenant,
        kind=kind,
        subject=subject,
        name=name,
        year=year,
        reporter=reporter,
        county=county,
        due_on=_due_on(year, asked=ask_for),
        sample=sample_is_loaded(),
    )
    ledger.open_chain(report.dossier, tenant)
    open_to_helpers([report])
    told = recorded("开始年度填报")
    event = ledger.append(report, "open", told, None, dossier=report.dossier, after=report.status, basis="T15")
    if ask_for:
        _ask_reporter(report, event)
    return report


def _due_on(year: int, *, asked: bool) -> dt.date:
    """The customary day, or where less than a fair term is left until then the end of that term."""
    usual = dt.date(year + 1, DUE_MONTH, DUE_DAY)
    return max(usual, deadlines.due(value(LATE_RETURN_DAYS.name)).date) if asked else usual


def open_to_helpers(reports: Iterable[Return] | None = None) -> int:
    """Open returns (default all that are not handed in) to those who help with them; the number of new grants.

    They are colleagues on the return and read last year's, with which it is compared: an office that joined later too.
    """
    if reports is None:
        reports = Return.objects.filter(status__in=(ReturnStatus.FILLING, ReturnStatus.COUNTY, ReturnStatus.CITY))
    current = list(reports)
    earlier = Return.objects.filter(
        subject__in={one.subject for one in current}, year__in={one.year - 1 for one in current}
    )
    before = {(one.kind, one.subject, one.year + 1): one for one in earlier}
    bureaus: dict[UUID | None, list[UUID]] = {}
    for bureau in Organisation.objects.filter(kind=OrganisationKind.CITY_ST_BUREAU, active=True):
        bureaus.setdefault(bureau.parent_id, []).append(bureau.pk)
    wanted: dict[tuple[UUID, UUID], tuple[UUID, GrantLevel]] = {}
    for report in current:
        last = before.get((report.kind, report.subject, report.year))
        for helper in filter(None, (report.reporter_id, report.county_id, *bureaus.get(report.tenant_id, []))):
            if helper != report.tenant_id:
                wanted[report.dossier, helper] = (report.tenant_id, GrantLevel.COLLEAGUE)
            if last is not None and helper != last.tenant_id:
                wanted.setdefault((last.dossier, helper), (last.tenant_id, GrantLevel.READ))
    known = Grant.objects.filter(dossier__in={dossier for dossier, _helper in wanted})
    for key in known.values_list("dossier", "organisation_id"):
        wanted.pop(key, None)
    rows = [
        Grant(dossier=dossier, organisation_id=helper, tenant_id=tenant, granted_by_id=tenant, level=level)
        for (dossier, helper), (tenant, level) in wanted.items()
    ]
    return len(Grant.objects.bulk_create(rows))


def _ask_reporter(report: Return, event: Event) -> None:
    """The reporter has it on the desk; committee, county and city are told (N5).

    Of a return that is overdue already the reminder tells.
    """
    reporter = report.reporter or report.tenant
    title = recorded("填报%(year)s年度统计报表：%(name)s")
    ask(report, "fill_return", title, reporter, PostRole.HANDLER, report.tenant)
    periods_returns.begin(report, event)
    if report.due_on and not instants.is_over(report.due_on):
        words = {"name": report.name, "year": report.year}
        told = recorded("%(name)s%(year)s年度统计报表开始填报") % words
        for office in {one.pk: one for one in (report.reporter, report.county, report.tenant) if one}.values():
            notify(event, office, told, report.get_absolute_url())
