"""The real offices of the province with their names then and now, and the governments of its counties."""

from __future__ import annotations

import datetime as dt

from accounts.enums import DivisionLevel, OrganisationKind, PostRole
from accounts.models import Division, Invitation, Organisation, OrganisationName
from accounts.services import invite_to
from registry.facts import loader
from registry.facts import records as facts
from registry.services import applicant_code

GOVERNMENT, LEAD, PROVINCE = "prov-gov-office", "kjt", "330000"
SOURCE_LENGTH = 200


def load_offices(today: dt.date) -> int:
    """The real offices under the names of `today`; how many there are."""
    offices = loader.offices()
    for order, office in enumerate(offices, start=1):
        _enter(office, order, today)
    return len(offices)


def load_counties(order: int) -> int:
    """The governments of today's counties (县、市、区政府), not in use until each is opened; how many there are.

    They apply for themselves in the programme of innovative cities and counties (C-III.2b). 义乌 is there already, as
    one of the twelve that file for parks.
    """
    known = set(Organisation.objects.filter(code__startswith="gov-").values_list("division_id", flat=True))
    counties = Division.objects.filter(level=DivisionLevel.COUNTY, valid_to="").exclude(code__in=known)
    rows = [
        Organisation(
            code=county_code(place.code),
            kind=OrganisationKind.COUNTY_GOV,
            name=f"{place.name}人民政府",
            short_name=f"{place.name}政府",
            division=place,
            parent=Organisation.objects.filter(code=applicant_code(place.parent_id or "")).first(),
            order=order + number,
            active=False,
        )
        for number, place in enumerate(counties.order_by("code"), start=1)
    ]
    Organisation.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def open_operator(name: str, admin: str, email: str) -> Invitation:
    """Enter the operator (平台运维) of the portal and invite its first administrator."""
    operator = Organisation.objects.create(
        code="operator", kind=OrganisationKind.OPERATOR, name=name, short_name=name[:40], division_id=PROVINCE
    )
    return invite_to(operator, None, name=admin, email=email, role=PostRole.ADMIN)


def county_code(division: str) -> str:
    """The code of a county government's organisation."""
    return f"county-{division}"


def code_of(office: facts.Office) -> str:
    """The code of a real office's organisation."""
    if office.kind is facts.OfficeKind.APPLICANT:
        return applicant_code(office.division)
    if office.kind is facts.OfficeKind.GOVERNMENT_OFFICE:
        return GOVERNMENT
    return office.code.replace("_", "-")


def _kind(office: facts.Office) -> OrganisationKind:
    if office.kind is facts.OfficeKind.APPLICANT:
        return OrganisationKind.APPLICANT_GOV
    if office.kind is facts.OfficeKind.GOVERNMENT_OFFICE:
        return OrganisationKind.PROV_GOV_OFFICE
    return OrganisationKind.LEAD if office.code == LEAD else OrganisationKind.DEPARTMENT


def _series(office: facts.Office, today: dt.date) -> dict[str, str]:
    """The codes (机关代字) by kind of paper; those the facts lack follow the custom of such codes."""
    if office.kind is facts.OfficeKind.APPLICANT:
        return {"request": office.series[0].prefix, "letter": f"{office.series[0].prefix}函"}
    if office.kind is facts.OfficeKind.GOVERNMENT_OFFICE:
        return {"request": "浙政", "reply": "浙政函", "letter": "浙政办函"}
    if office.code == LEAD:
        return {"request": "浙科发高", "letter": "浙科函", "minutes": "浙科纪", "place": "浙科发规"}
    valid = [
        series
        for series in office.series
        if (series.since is None or series.since.latest <= today)
        and (series.until is None or today < series.until.latest)
    ]
    return {"letter": next((series.prefix for series in valid if series.prefix.endswith("函")), valid[0].prefix)}


def _enter(office: facts.Office, order: int, today: dt.date) -> None:
    name = office.name_on(today)
    organisation, made = Organisation.objects.get_or_create(
        code=code_of(office),
        defaults={
            "kind": _kind(office),
            "name": name.name,
            "short_name": name.short,
            "division_id": office.division,
            "series": _series(office, today),
            "order": order,
        },
    )
    if made:
        OrganisationName.objects.bulk_create(
            OrganisationName(
                organisation=organisation,
                name=row.name,
                valid_from=str(row.since or ""),
                valid_to=str(row.until or ""),
                source=row.source[:SOURCE_LENGTH],
            )
            for row in office.names
        )
