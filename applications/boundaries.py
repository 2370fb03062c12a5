"""The boundary in work: set from a file, a drawing or a table, kept with its problems, read back as it was."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications import expanding, plan
from applications.editing import locked, locked_for
from applications.enums import KindCode
from applications.models import Filing, FilingBoundary
from applications.overlaps import OWN, Overlap, with_own, with_parks
from registry.geometry import Boundary, Level, Problem, boundary_from_geojson, problems
from registry.surroundings import problems_of

UPLOAD, DRAW, TABLE = "upload", "draw", "table"
# The key of the shape itself, beside the fields of its section.
SHAPE = "boundary.shape"
SIDE_TEXTS = tuple(f"boundary.{side}" for side in plan.SIDES)


@transaction.atomic
def set_boundary(filing: Filing, boundary: Boundary, actor: Actor, source: str, name: str = "") -> FilingBoundary:
    """Keep a boundary that could be read, faulty or not; it replaces the one before. Raises Refused."""
    row = _locked(filing, actor)
    kept = {
        **boundary.geojson,
        # Foreign members (RFC 7946, 6.1): what the geometry alone does not say.
        "blocks": [part.block for part in boundary.parts],
        "problems": [_as_json(problem) for problem in _all_problems(filing, boundary)],
    }
    made, _created = FilingBoundary.objects.update_or_create(
        filing=row,
        defaults={
            "tenant_id": row.tenant_id,
            "dossier": row.dossier,
            "geojson": kept,
            "area_km2": format(boundary.area_km2, "f"),
            "parts": len(boundary.parts),
            "source": source,
            "source_name": name[:200],
            "crs": boundary.source_crs,
            "changed_by": actor.person,
            "changed_at": timezone.now(),
        },
    )
    return made


@transaction.atomic
def remove_boundary(filing: Filing, actor: Actor) -> None:
    """Take the boundary in work away. Raises Refused."""
    FilingBoundary.objects.filter(filing=_locked(filing, actor)).delete()


def _locked(filing: Filing, actor: Actor) -> Filing:
    """The filing locked for its owner, or for who holds the section of the boundary. Raises Refused."""
    if actor.organisation.pk == filing.tenant_id:
        return locked(filing, actor, [SHAPE])
    return locked_for(filing, actor, SIDE_TEXTS)


def boundary_of(filing: Filing) -> FilingBoundary | None:
    """The boundary in work, if there is one."""
    return FilingBoundary.objects.filter(filing=filing).select_related("changed_by").first()


def read(row: FilingBoundary) -> Boundary:
    """A kept boundary with the names of its blocks."""
    return boundary_from_geojson(geometry(row), tuple(row.geojson.get("blocks", ())), row.crs)


def geometry(row: FilingBoundary) -> dict[str, Any]:
    """The plain GeoJSON geometry of a kept boundary."""
    return {name: row.geojson[name] for name in ("type", "coordinates")}


def found(row: FilingBoundary) -> list[Problem]:
    """The problems with a kept boundary, found when it was set."""
    return [Problem(**{**kept, "level": Level(kept["level"])}) for kept in row.geojson.get("problems", [])]


def beside_own(row: FilingBoundary) -> list[Problem]:
    """What a sound boundary shares with the same city's other filings, told to that city alone and never kept."""
    return [_overlap(one) for one in with_own(read(row), row.filing)] if is_valid(row) else []


def is_valid(row: FilingBoundary) -> bool:
    """Whether no problem bars the boundary."""
    return all(problem.level is not Level.ERROR for problem in found(row))


def _all_problems(filing: Filing, boundary: Boundary) -> list[Problem]:
    """What is wrong with the shape; of a sound one also how it lies to city, host zone and published parks."""
    found = problems(boundary)
    if any(problem.level is Level.ERROR for problem in found):
        return found
    parks = with_parks(boundary, but=filing.dossier, own=filing.park_id)
    return [*found, *_expansion(filing, boundary), *problems_of(boundary, filing.place), *map(_overlap, parks)]


def _expansion(filing: Filing, boundary: Boundary) -> list[Problem]:
    """How the boundary of an expansion lies to the one that holds."""
    if filing.kind != KindCode.EXPANSION:
        return []
    expansion = expanding.of_park(filing.park, boundary)
    return expansion.problems() if expansion else []


def _overlap(one: Overlap) -> Problem:
    lon, lat = one.shape["coordinates"][0][0][0][:2]
    remedy = _("请核对边界；确有调整的，先办理已公布园区的范围调整。")
    if one.kind == OWN:
        remedy = _("请核对两个申报的边界，同一块地只能列入一个园区。")
    return Problem("overlaps_park", one.text, lon, lat, Level.WARNING, remedy, one.shape)


def _as_json(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "message": str(problem.message),
        "lon": problem.lon,
        "lat": problem.lat,
        "level": problem.level.value,
        "remedy": str(problem.remedy),
        "shape": problem.shape,
    }
