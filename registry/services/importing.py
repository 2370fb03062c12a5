"""Real parks enter the register with the sources that tell of them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.enums import DivisionLevel
from accounts.models import Division, Organisation
from registry.enums import ParkStatus, Precision
from registry.facts import records as facts
from registry.models import HostZone, LegalStatus, Park, ParkName, ParkZone

# What in a real park's history is a legal status of the register; the rest stays cited history. A provincial park
# that stood before the policy of 2012 counts as recognised.
ACT_STATUSES = {
    facts.ActKind.LISTED: ParkStatus.CREATING,
    facts.ActKind.PROVINCIAL: ParkStatus.RECOGNISED,
    facts.ActKind.RECOGNISED: ParkStatus.RECOGNISED,
    facts.ActKind.UPGRADED: ParkStatus.NATIONAL,
    facts.ActKind.ENDED: ParkStatus.ENDED,
}
CITATION_LENGTH = 300


@transaction.atomic
def import_park(fact: facts.Park) -> Park | None:
    """Enter a real park with its cited sources as basis; a second import leaves it as it is.

    None for a park whose status is in no source: the register claims no status of its own.
    """
    found = Park.objects.filter(slug=fact.slug).first()
    if found or fact.status is None:
        return found
    place = Division.objects.select_related("parent").get(code=fact.division)
    statuses = _statuses_of(fact)
    park = Park.objects.create(
        slug=fact.slug,
        tenant=Organisation.objects.get(code=applicant_code(fact.applicant)),
        name=fact.name,
        status=fact.status.value,
        current_id=statuses[-1].pk,
        city=(place.parent or place) if place.level == DivisionLevel.COUNTY else place,
        county=place if place.level == DivisionLevel.COUNTY else None,
        host_zone=HostZone.objects.get(slug=fact.host_zone) if fact.host_zone else None,
        facts=_facts_of(fact),
    )
    for status in statuses:
        status.park = park
    LegalStatus.objects.bulk_create(statuses)
    ParkName.objects.bulk_create(_names_of(fact, park))
    ParkZone.objects.create(park=park, zone=park.host_zone, precision=Precision.UNKNOWN, citation=statuses[-1].citation)
    return park


def applicant_code(division: str) -> str:
    """The code of the organisation that is a division's government."""
    return f"gov-{division}"


def _statuses_of(fact: facts.Park) -> list[LegalStatus]:
    """The legal statuses in a park's history; the last one is the status of today."""
    acts = sorted((act for act in fact.acts if act.kind in ACT_STATUSES), key=lambda act: act.date.value)
    rows = [
        LegalStatus(
            status=ACT_STATUSES[act.kind],
            since=act.date.value,
            precision=act.date.precision.value,
            citation=act.source[:CITATION_LENGTH],
            note=act.text[:CITATION_LENGTH],
        )
        for act in acts
    ]
    if not rows or rows[-1].status != fact.status:
        rows.append(
            LegalStatus(
                status=fact.status.value if fact.status else "",
                precision=Precision.UNKNOWN,
                citation=fact.status_source[:CITATION_LENGTH],
            )
        )
    return rows


def _facts_of(fact: facts.Park) -> list[dict[str, Any]]:
    """Acts that are no legal status, and sentences found, each with its source."""
    acts = [
        {"date": str(act.date), "text": act.text, "source": act.source, "evidence": act.evidence.value}
        for act in fact.acts
        if act.kind not in ACT_STATUSES and act.kind is not facts.ActKind.RENAMED
    ]
    sentences = [{"year": found.year, "text": found.text, "source": found.source} for found in fact.facts]
    return [*acts, *sentences]


def _names_of(fact: facts.Park, park: Park) -> list[ParkName]:
    return [
        ParkName(
            park=park,
            name=name.name,
            valid_from=str(name.since or ""),
            valid_to=str(name.until or ""),
            source=name.source[:CITATION_LENGTH],
        )
        for name in fact.names
    ]
