"""Divisions, host zones and real parks as the cited facts give them."""

from __future__ import annotations

from typing import Any

from accounts.enums import DivisionLevel
from accounts.models import Division, DivisionName
from registry import services
from registry.enums import HostZoneKind
from registry.facts import loader
from registry.facts import records as facts
from registry.models import HostZone, Park

ZONE_KINDS = {
    facts.ZoneKind.CLUSTER: HostZoneKind.CLUSTER,
    facts.ZoneKind.DEVELOPMENT_ZONE: HostZoneKind.DEVELOPMENT,
}
LEVELS = (facts.DivisionLevel.PROVINCE, facts.DivisionLevel.PREFECTURE, facts.DivisionLevel.COUNTY)
SOURCE_LENGTH = 200


def load_divisions() -> int:
    """The province, its prefectures and its counties under every code, parents first; how many there are."""
    found = sorted(loader.divisions(), key=lambda division: LEVELS.index(division.level))
    known = set(Division.objects.values_list("code", flat=True))
    new = [division for division in found if division.code not in known]
    for level in LEVELS:
        Division.objects.bulk_create(_division(division) for division in new if division.level is level)
    DivisionName.objects.bulk_create(_name(division) for division in new)
    return len(found)


def _division(fact: facts.Division) -> Division:
    return Division(
        code=fact.code,
        level=DivisionLevel(fact.level.value),
        parent_id=fact.parent or None,
        name=fact.name,
        valid_from=str(fact.valid_from or ""),
        valid_to=str(fact.valid_to or ""),
    )


def _name(fact: facts.Division) -> DivisionName:
    told = [fact.source, fact.change_source, fact.note]
    return DivisionName(
        division_id=fact.code,
        name=fact.name,
        valid_from=str(fact.valid_from or ""),
        valid_to=str(fact.valid_to or ""),
        source="；".join(text for text in told if text)[:SOURCE_LENGTH],
    )


def load_zones() -> int:
    """The fourteen approved host zones; how many there are."""
    for fact in loader.host_zones():
        HostZone.objects.get_or_create(
            slug=fact.slug,
            defaults={
                "name": fact.name,
                "kind": ZONE_KINDS[fact.kind],
                "city_id": fact.division,
                "facts": _facts(fact),
                "source": fact.source,
            },
        )
    return len(loader.host_zones())


def _facts(fact: facts.HostZone) -> list[dict[str, Any]]:
    acts = [
        {"date": str(act.date), "text": act.text, "source": act.source, "evidence": act.evidence.value}
        for act in fact.acts
    ]
    return [*acts, *({"year": found.year, "text": found.text, "source": found.source} for found in fact.facts)]


def load_parks() -> tuple[list[Park], list[str]]:
    """The real parks entered, and the names of those whose status no source tells."""
    entered, untold = [], []
    for fact in loader.parks():
        park = services.import_park(fact)
        if park is None:
            untold.append(fact.name)
        else:
            entered.append(park)
    return entered, untold
