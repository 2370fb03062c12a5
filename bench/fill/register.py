"""A register of many parks, each with statuses, names, industries; one in ten with a boundary."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from accounts.enums import OrganisationKind
from accounts.models import Division, Organisation
from registry.enums import ParkStatus
from registry.models import HostZone, LeadingIndustry, LegalStatus, Park, ParkBoundary, ParkName

INDUSTRIES = [f"示例产业{number}" for number in range(40)]
STATUSES = list(ParkStatus)
BATCH = 2000


def fill(numbers: range) -> None:
    """Parks of these numbers, spread over the cities and their counties."""
    cities = list(Organisation.objects.filter(kind=OrganisationKind.APPLICANT_GOV).select_related("division__parent"))
    counties = list(Division.objects.filter(level="county", valid_to="").order_by("code"))
    zones = list(HostZone.objects.order_by("slug"))
    parks, statuses, names, industries, boundaries = [], [], [], [], []
    for number in numbers:
        city = cities[number % len(cities)]
        county = counties[number % len(counties)]
        place = county.parent or county
        current = uuid.uuid4()
        since = dt.date(1995 + number % 30, 1 + number % 12, 1 + number % 28)
        park = Park(
            slug=f"bench-{number:05d}",
            tenant=city,
            name=f"压测高新技术产业园区{number:05d}",
            status=STATUSES[number % len(STATUSES)],
            current_id=current,
            city=place,
            county=county,
            host_zone=zones[number % len(zones)] if number % 3 else None,
            area_km2=Decimal(500 + number % 4000) / 100,
            four_sides={"east": "东大河", "south": "南环路", "west": "西山", "north": "北塘"},
            sample=True,
        )
        parks.append(park)
        statuses.append(LegalStatus(id=current, park=park, status=park.status, since=since, citation="示例资料"))
        names.append(ParkName(park=park, name=park.name, valid_from=since.isoformat(), source="示例资料"))
        for order in range(1 + number % 3):
            name = INDUSTRIES[(number * 7 + order * 11) % len(INDUSTRIES)]
            industries.append(LeadingIndustry(park=park, order=order + 1, name=name))
        if number % 10 == 0:
            boundaries.append(_boundary(park, number, since))
    Park.objects.bulk_create(parks, batch_size=BATCH)
    LegalStatus.objects.bulk_create(statuses, batch_size=BATCH)
    ParkName.objects.bulk_create(names, batch_size=BATCH)
    LeadingIndustry.objects.bulk_create(industries, batch_size=BATCH)
    ParkBoundary.objects.bulk_create(boundaries, batch_size=BATCH)


def _boundary(park: Park, number: int, since: dt.date) -> ParkBoundary:
    lon, lat = 118.5 + number % 400 / 100, 28.0 + number // 400 % 300 / 100
    ring = [[lon, lat], [lon + 0.04, lat], [lon + 0.05, lat + 0.02], [lon + 0.04, lat + 0.03], [lon, lat + 0.03]]
    geojson = {"type": "MultiPolygon", "coordinates": [[[*ring, ring[0]]]]}
    return ParkBoundary(park=park, geojson=geojson, area_km2=Decimal("14.5"), valid_from=since)
