"""What an evaluator reads of the application of a place (C-III.2c): the one module of the room under the system scope.

An application is open to its government and to those who decide on it. Who evaluates the place for the first time reads
what was frozen last, after the declaration of independence and while the round is open; no row is opened to the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.actors import Actor
from accounts.scope import system
from applications.display import material_list, plan_sections
from applications.enums import KindCode
from applications.models import Filing, FilingVersion
from applications.queries import latest_version
from files.models import Upload
from indicators.enums_evaluating import ENDED, EvaluationKind
from indicators.models import EvaluationPlace, RatingSeat


@dataclass(frozen=True)
class Reading:
    """The frozen application as a page shows it, and whose it is."""

    seat: RatingSeat
    place: EvaluationPlace
    version: FilingVersion
    sections: list[dict[str, Any]]
    materials: list[dict[str, Any]]


def reading(actor: Actor, pk: UUID) -> Reading | None:
    """The application behind the actor's own seat; None where the seat gives no right to it, or nothing was frozen."""
    found = _seat(actor, pk)
    if found is None or found.place is None:
        return None
    with system():
        version = _version(found.place)
        if version is None:
            return None
        materials = [one for one in material_list(version.content) if one["files"]]
        return Reading(found, found.place, version, plan_sections(version.content), materials)


def file_of(actor: Actor, pk: UUID, upload: UUID) -> Upload | None:
    """A file of that application; None for any other."""
    found = _seat(actor, pk)
    if found is None or found.place is None:
        return None
    with system():
        version = _version(found.place)
        known = {one["upload"] for one in version.content["materials"]} if version else set()
        return Upload.objects.filter(pk=upload).first() if str(upload) in known else None


def _seat(actor: Actor, pk: UUID) -> RatingSeat | None:
    """The actor's own seat at a place, taken and declared, in a first round that is open; under the actor's scope."""
    rows = RatingSeat.objects.filter(
        pk=pk,
        place__round__kind=EvaluationKind.INITIAL,
        person=actor.person,
        tenant=actor.organisation,
        declared_at__isnull=False,
        ended_at=None,
    ).exclude(place__round__status__in=ENDED)
    return rows.select_related("place__round").first()


def _version(place: EvaluationPlace) -> FilingVersion | None:
    """What the place's newest accepted application froze last."""
    rows = Filing.objects.filter(kind=KindCode.CITY, division=place.place_id, tenant=place.tenant_id)
    filing = rows.filter(acceptance_paper__isnull=False).order_by("-submitted_at").first()
    return latest_version(filing) if filing else None
