"""A park is listed: its whole entry comes into the register with the signed paper that lists it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import DivisionLevel
from accounts.models import Division, Organisation
from notifications.models import Paper
from registry.enums import ParkStatus
from registry.facts import loader
from registry.models import HostZone, LeadingIndustry, LegalStatus, Park, ParkBoundary, ParkName, ParkZone
from registry.slugs import next_slug
from workflow import ledger
from workflow.machine import Refused


@transaction.atomic
def list_park(
    *,
    tenant: Organisation,
    dossier: UUID,
    name: str,
    city: Division,
    county: Division | None,
    host_zone: HostZone | None,
    area_km2: Decimal,
    four_sides: dict[str, str],
    industries: Sequence[tuple[str, str]],
    geojson: dict[str, Any],
    paper: Paper,
    actor: Actor,
) -> Park:
    """列入创建名单: put a park on the register in the transaction of the paper that lists it (PK-30).

    `area_km2` is the unrounded ellipsoidal area, `geojson` a MultiPolygon in EPSG:4490, `four_sides` has the
    keys east, south, west, north, `industries` are (name, code) in order. A `city` that is a county (义乌) stands
    under its prefecture. Raises Refused unless 省政府办公厅 acts with a paper that confers the status; row
    security and composite keys hold the same line below.
    """
    if not actor.is_government:
        raise Refused([_("只有省政府办公厅可以将园区列入创建名单。")])
    if paper.confers != ParkStatus.CREATING or paper.dossier != dossier:
        raise Refused([_("列入创建名单应依据本案的同意创建文件。")])
    if not industries:
        raise Refused([_("列入创建名单应写明主导产业。")])
    if city.parent is not None and city.level == DivisionLevel.COUNTY:
        city, county = city.parent, county or city
    status_id = uuid4()
    park = Park.objects.create(
        slug=next_slug(pinyin_of(tenant.division_id or city.code), paper.issued_on.year),
        tenant=tenant,
        dossier=dossier,
        name=name,
        status=ParkStatus.CREATING,
        current_id=status_id,
        city=city,
        county=county,
        host_zone=host_zone,
        area_km2=area_km2,
        four_sides=four_sides,
        sample=paper.sample,
    )
    LegalStatus.objects.create(id=status_id, park=park, status=ParkStatus.CREATING, since=paper.issued_on, paper=paper)
    _first_versions(park, geojson, area_km2, paper)
    LeadingIndustry.objects.bulk_create(
        LeadingIndustry(park=park, order=order, name=industry, code=code)
        for order, (industry, code) in enumerate(industries, start=1)
    )
    ledger.append(
        park,
        "list",
        _("列入创建名单"),
        actor,
        dossier=dossier,
        after=ParkStatus.CREATING,
        basis="P-II.1.8d",
        data={"slug": park.slug, "name": name, "paper": str(paper.pk), "number": paper.number},
    )
    return park


def _first_versions(park: Park, geojson: dict[str, Any], area_km2: Decimal, paper: Paper) -> None:
    """The name, the boundary and the host zone with which a park begins."""
    since = paper.issued_on
    ParkName.objects.create(park=park, name=park.name, valid_from=since.isoformat(), source=paper.number, paper=paper)
    ParkBoundary.objects.create(
        park=park, geojson=geojson, area_km2=area_km2, four_sides=park.four_sides, valid_from=since, paper=paper
    )
    ParkZone.objects.create(park=park, zone=park.host_zone, since=since, paper=paper)


def pinyin_of(code: str) -> str:
    """The pinyin of a division by its code; the code itself where the facts do not name it."""
    return next((division.pinyin for division in loader.divisions() if division.code == code), code)
