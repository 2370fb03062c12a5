"""Which overlaps are told to whom: published parks and its own filings to a city, other filings to the authorities."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accounts.actors import Actor
from accounts.enums import OrganisationKind
from accounts.scope import enter, system
from applications import boundaries, freezing, overlaps
from applications.models import Filing, FilingVersion
from registry.geometry import read_boundary
from tests.applications.samples import RING, fill, geojson
from tests.factories import make_actor, make_filing, make_grant, make_organisation

pytestmark = pytest.mark.django_db
EAST = [[x + 0.02, y] for x, y in RING]


def bounded(actor: Actor, ring: list[list[float]], *, submitted: bool = False) -> Filing:
    """A filing with a boundary, submitted or in work."""
    filing = make_filing(actor)
    if submitted:
        fill(filing, actor)
    with enter(actor.scope):
        shape = read_boundary("b.geojson", geojson(ring), "EPSG:4490")
        boundaries.set_boundary(filing, shape, actor, boundaries.UPLOAD)
        if submitted:
            freezing.freeze(filing, actor)
    if submitted:
        with system():
            version = FilingVersion.objects.get(filing=filing)
            FilingVersion.objects.filter(pk=version.pk).update(submitted_at=version.frozen_at)
            Filing.objects.filter(pk=filing.pk).update(status="submitted")
    return filing


def test_city_learns_of_its_own_filing_and_never_of_a_neighbours(actor: Actor) -> None:
    neighbour = make_actor()
    bounded(neighbour, EAST, submitted=True)
    first = bounded(actor, EAST)
    second = bounded(actor, RING)
    with enter(actor.scope):
        found = boundaries.found(boundaries.boundary_of(second))  # type: ignore[arg-type]
        told = [one.message for one in found if one.code == "overlaps_park"]
        assert [("本单位的另一申报" in text, first.park_name in text) for text in told] == [(True, True)]
        assert overlaps.of_filing(first) == []


def test_authority_sees_the_shared_area_drawn_and_measured(actor: Actor) -> None:
    ours, theirs = bounded(actor, RING, submitted=True), bounded(make_actor(), EAST, submitted=True)
    lead = make_actor(make_organisation(OrganisationKind.LEAD))
    for filing in (ours, theirs):
        make_grant(filing.dossier, filing.tenant, lead.organisation, filing.tenant, "act")
    with enter(lead.scope):
        (found,) = overlaps.of_filing(Filing.objects.get(pk=ours.pk))
        assert (found.name, found.kind) == (theirs.park_name, overlaps.FILING)
        assert abs(found.share - Decimal("0.5")) < Decimal("0.001")
        assert "平方公里" in found.text
        drawn = overlaps.drawn(FilingVersion.objects.get(filing=ours).content, [found])
        kinds = [one["properties"]["kind"] for one in drawn["features"]]
        assert kinds == ["waiting", "progress", "late"]
        shared = read_boundary("s.geojson", geojson(found.shape["coordinates"][0][0]), "EPSG:4490")
        assert abs(shared.area_km2 - found.area_km2) < Decimal("0.001")
    with enter(actor.scope):
        assert overlaps.of_filing(ours) == []
