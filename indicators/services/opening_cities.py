"""The returns of cities and counties (C.4): one for each place that takes part in the programme at the year's end."""

from __future__ import annotations

import datetime as dt

from accounts.enums import DivisionLevel, OrganisationKind
from accounts.models import Division, Organisation
from registry import titles
from workflow import instants

GOVERNMENTS = (OrganisationKind.APPLICANT_GOV, OrganisationKind.COUNTY_GOV)


def taking_part(year: int) -> list[Division]:
    """The places that take part in the programme on 31 December of a year, in the order of their codes."""
    codes = titles.taking_part_on(dt.date(year, 12, 31))
    return list(Division.objects.filter(pk__in=codes).select_related("parent").order_by("code"))


def asked_for(year: int) -> list[Division]:
    """Those of them that are asked for their figures of a year: who left since then reports no more (CT-90)."""
    gone = titles.left_on(instants.today())
    return [place for place in taking_part(year) if place.pk not in gone]


def governments_of(places: list[Division]) -> dict[str, tuple[Organisation, Organisation | None]]:
    """By place: the city whose return it is, and the county's government that fills it in, where that works here.

    A city fills in its own; 义乌 is a city of its own here, as it is for the parks. A place of which no government
    works here is left out.
    """
    codes = {place.code for place in places} | {place.parent_id for place in places if place.parent_id}
    offices: dict[tuple[str, str], Organisation] = {}
    for office in Organisation.objects.filter(kind__in=GOVERNMENTS, active=True, division__in=codes):
        offices[office.kind, office.division_id or ""] = office
    found: dict[str, tuple[Organisation, Organisation | None]] = {}
    for place in places:
        own = offices.get((OrganisationKind.APPLICANT_GOV, place.code))
        above = offices.get((OrganisationKind.APPLICANT_GOV, place.parent_id or ""))
        if own is not None:
            found[place.code] = own, None
        elif place.level == DivisionLevel.COUNTY and above is not None:
            found[place.code] = above, offices.get((OrganisationKind.COUNTY_GOV, place.code))
    return found
