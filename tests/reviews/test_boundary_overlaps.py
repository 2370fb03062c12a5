"""Which overlaps are told to whom: published parks and its own filings to a city, other filings to the authorities."""

from __future__ import annotations

import pytest

from accounts.enums import PostRole
from accounts.scope import enter, system
from applications import boundaries, overlaps
from applications.models import Filing, FilingVersion
from registry.geometry import boundary_from_geojson, read_boundary
from tests.affairs import Affair
from tests.applications.samples import RING, geojson
from tests.scenarios import Scene

pytestmark = pytest.mark.django_db
EAST = [[x + 0.02, y] for x, y in RING]


def bounded(affair: Affair, ring: list[list[float]]) -> Affair:
    """A plan with that boundary."""
    affair.draft()
    with affair.city.as_(PostRole.HANDLER):
        shape = read_boundary("b.geojson", geojson(ring), "EPSG:4490")
        boundaries.set_boundary(affair.filing, shape, affair.city.handler, boundaries.UPLOAD)
    return affair


def test_overlap_is_drawn_for_the_authorities_and_no_city_learns_of_a_neighbours_filing(province: Scene) -> None:
    with system():
        theirs = bounded(province.begin("yi", "check"), EAST).submit().route()
        ours = bounded(province.begin("jia", "check"), RING).submit().route()
        again = bounded(province.begin("jia", "draft"), EAST)
    for name in ("lead-handler", "government-handler"):
        actor = province.audiences[name].actor
        assert actor is not None
        with enter(actor.scope):
            (found,) = overlaps.of_filing(Filing.objects.get(pk=ours.filing.pk))
            assert (found.name, found.kind) == (theirs.filing.park_name, overlaps.FILING)
            assert f"{found.share:.1%}" == "50.0%"
            assert "平方公里" in found.text
            drawn = overlaps.drawn(FilingVersion.objects.get(filing=ours.filing).content, [found])
            kinds = [one["properties"]["kind"] for one in drawn["features"]]
            assert kinds == ["waiting", "progress", "late"]
            assert abs(boundary_from_geojson(found.shape).area_km2 - found.area_km2) < 0.001
    with enter(ours.city.handler.scope):
        assert overlaps.of_filing(ours.filing) == []
        row = boundaries.boundary_of(again.filing)
        assert row is not None
        (told,) = boundaries.beside_own(row)
        assert ("本单位的另一申报" in told.message, ours.filing.park_name in told.message) == (True, True)
        # Helpers and later readers of the plan must not learn of it: nothing of it is kept.
        assert ours.filing.park_name not in str(row.geojson)
