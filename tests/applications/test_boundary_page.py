"""The boundary page: every route gives the same area, faults are named with their place, nothing typed is lost."""

from __future__ import annotations

import html
import io
import json
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import shapefile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pyproj import CRS

from accounts.actors import Actor
from accounts.scope import of_organisation
from applications import boundaries, completeness, selfcheck
from applications.models import Filing, FilingBoundary
from tests.applications.plan_pages import save, seal_on
from tests.applications.samples import RING, SMALL, fill, geojson, set_boundary
from tests.factories import make_filing

pytestmark = pytest.mark.django_db
BOW = [[120.30, 30.20], [120.34, 30.233], [120.34, 30.20], [120.30, 30.233], [120.30, 30.20]]


def table() -> str:
    """The sample ring as a corner table."""
    return "\n".join(["点号\t经度\t纬度", *(f"J{n}\t{x}\t{y}" for n, (x, y) in enumerate(RING[:-1], 1))])


def kml() -> bytes:
    """The sample ring as KML."""
    points = " ".join(f"{x},{y}" for x, y in RING)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><Polygon>'
        f"<outerBoundaryIs><LinearRing><coordinates>{points}</coordinates></LinearRing></outerBoundaryIs>"
        "</Polygon></Placemark></kml>"
    ).encode()


def workbook() -> bytes:
    """The sample ring as a workbook."""
    book = openpyxl.Workbook()
    for row in table().split("\n"):
        book.active.append([float(c) if c[0].isdigit() else c for c in row.split("\t")])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def zipped_shapefile() -> bytes:
    """The sample ring as a zipped Shapefile."""
    parts = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON) as writer:
        writer.field("name", "C")
        writer.poly([RING[::-1]])
        writer.record("a")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(f"park.{name}", content.getvalue())
        archive.writestr("park.prj", CRS.from_epsg(4490).to_wkt("WKT1_ESRI"))
    return made.getvalue()


FILES: dict[str, Any] = {
    "park.geojson": geojson,
    "park.kml": kml,
    "park.zip": zipped_shapefile,
    "park.csv": lambda: table().replace("\t", ",").encode("gb18030"),
    "park.xlsx": workbook,
}
ROUTES: dict[str, dict[str, Any]] = {
    **{name: {"by": "upload", "crs": "EPSG:4490"} for name in FILES},
    "table": {"by": "table", "crs": "EPSG:4490", "table": table()},
    "draw": {"by": "draw", "drawn": json.dumps({"type": "Polygon", "coordinates": [RING]})},
}


def send(client: Client, filing: Filing, entries: dict[str, Any]) -> Any:
    """POST to the boundary page with its seal."""
    page = selfcheck.page_of(filing, "boundary")
    return client.post(page, {"seal": seal_on(client, page), **entries})


def kept(filing: Filing) -> FilingBoundary:
    """The boundary that is kept."""
    with of_organisation(filing.tenant_id):
        return FilingBoundary.objects.get(filing=filing)


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_gives_the_same_area(client: Client, actor: Actor, filing: Filing, route: str) -> None:
    client.force_login(actor.person)
    entries = dict(ROUTES[route])
    if route in FILES:
        entries["file"] = SimpleUploadedFile(route, FILES[route]())
    answer = send(client, filing, entries)
    assert answer.status_code == 302
    other = make_filing(actor)
    set_boundary(other, actor)
    assert kept(filing).area_km2 == kept(other).area_km2
    assert kept(filing).source == entries["by"]
    assert selfcheck.area(kept(filing).area_km2) in client.get(answer.url).content.decode()


def test_projected_coordinates_give_the_area_of_the_ellipsoid(client: Client, actor: Actor, filing: Filing) -> None:
    client.force_login(actor.person)
    square = "点号,东坐标,北坐标\n" + "\n".join(
        f"J{n},{east},{north}"
        for n, (east, north) in enumerate(
            [(500000, 3342000), (504000, 3342000), (504000, 3345000), (500000, 3345000)], 1
        )
    )
    send(client, filing, {"by": "table", "crs": "EPSG:4549", "table": square})
    assert abs(Decimal(kept(filing).area_km2) - 12) < Decimal("0.001")


def test_boundary_below_ten_never_reads_as_ten() -> None:
    assert selfcheck.area("9.99999999") == "9.99999999"
    assert selfcheck.area("10.00000001") == "10.00000001"
    assert selfcheck.area("10") == "10.0000"
    assert selfcheck.area("12.34567") == "12.3457"


def test_small_boundary_is_kept_and_bars_sending(client: Client, actor: Actor, filing: Filing) -> None:
    fill(filing, actor, but=frozenset({"boundary"}))
    set_boundary(filing, actor, SMALL)
    with of_organisation(filing.tenant_id, actor.person.pk):
        gaps = completeness.missing(filing)
        finding = selfcheck.assess(filing).finding("P-II.1.2e")
    assert [gap.text[:10] for gap in gaps] == ["P-II.1.2e "]
    assert gaps[0].url == selfcheck.page_of(filing, "boundary")
    assert finding.outcome == "not_met"


def test_crossing_boundary_is_kept_with_its_place_and_bars_sending(
    client: Client, actor: Actor, filing: Filing
) -> None:
    client.force_login(actor.person)
    send(client, filing, {"by": "draw", "drawn": json.dumps({"type": "Polygon", "coordinates": [BOW]})})
    page = html.unescape(client.get(selfcheck.page_of(filing, "boundary")).content.decode())
    with of_organisation(filing.tenant_id):
        row = kept(filing)
        assert not boundaries.is_valid(row)
        barring = [p for p in boundaries.found(row) if p.level == "error"]
        assert any("四至范围：边界有误" in gap.text for gap in completeness.missing(filing))
    assert barring[0].message in page
    assert barring[0].lon is not None
    assert "120.32" in page


def test_unreadable_table_is_shown_again_with_the_fault(client: Client, actor: Actor, filing: Filing) -> None:
    client.force_login(actor.person)
    answer = send(client, filing, {"by": "table", "crs": "EPSG:4490", "table": "点号,经度,纬度\nJ1,abc,30"})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "J1,abc,30" in page
    assert "第 2 行" in page or "第2行" in page
    with of_organisation(filing.tenant_id):
        assert boundaries.boundary_of(filing) is None


def test_table_typed_when_the_session_ended_comes_back(client: Client, actor: Actor, filing: Filing) -> None:
    client.force_login(actor.person)
    page = selfcheck.page_of(filing, "boundary")
    seal = seal_on(client, page)
    client.logout()
    client.post(page, {"seal": seal, **ROUTES["table"]})
    client.force_login(actor.person)
    shown = html.unescape(client.get(page).content.decode())
    assert "J3\t120.34\t30.233" in shown


def test_boundary_is_removed_and_texts_stay(client: Client, actor: Actor, filing: Filing) -> None:
    client.force_login(actor.person)
    set_boundary(filing, actor)
    save(client, filing, "boundary", {"boundary.east": "东至下山溪"})
    send(client, filing, {"by": "remove"})
    with of_organisation(filing.tenant_id):
        assert boundaries.boundary_of(filing) is None
    assert "东至下山溪" in client.get(selfcheck.page_of(filing, "boundary")).content.decode()


def test_kept_boundary_reads_back_the_same(actor: Actor, filing: Filing) -> None:
    set_boundary(filing, actor)
    row = kept(filing)
    assert format(boundaries.read(row).area_km2, "f") == row.area_km2
    assert boundaries.read(row).blocks == ("区块1",)


def test_area_of_a_crossing_boundary_stays_unknown(actor: Actor, filing: Filing) -> None:
    fill(filing, actor, but=frozenset({"boundary"}))
    big_bow = [[120.0, 30.0], [120.5, 30.4], [120.5, 30.0], [120.0, 30.6], [120.0, 30.0]]
    set_boundary(filing, actor, big_bow)
    assert Decimal(kept(filing).area_km2) > 10
    with of_organisation(filing.tenant_id):
        assert selfcheck.assess(filing).finding("P-II.1.2e").outcome == "not_assessable"
        assert len(completeness.missing(filing)) == 1
