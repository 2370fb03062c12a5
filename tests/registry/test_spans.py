"""A park's page goes through its months: name, status and boundary as they were."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.enums import PostRole
from accounts.scope import system
from registry import queries, spans
from registry.enums import ParkStatus
from registry.models import Park
from registry.services import redraw_park, rename_park
from tests import factories

pytestmark = pytest.mark.django_db

LISTED, DRAWN, RENAMED = dt.date(2026, 3, 2), dt.date(2028, 5, 1), dt.date(2030, 2, 1)


@pytest.fixture
def park() -> Park:
    """Listed, enlarged two years later, renamed after two more."""
    made = factories.make_park(name="城西示例高新技术产业园区")
    government = factories.make_government()
    actor = factories.make_actor(government, PostRole.SIGNER)
    paper = factories.make_paper(government, dossier=made.dossier, issued_on=RENAMED)
    given: Any = {"paper": paper, "dossier": made.dossier, "actor": actor}
    with system():
        redraw_park(
            made, geojson=factories.SQUARE, area_km2=Decimal("20.5"), four_sides=made.four_sides, since=DRAWN, **given
        )
        rename_park(made, "城西新名高新技术产业园区", since=RENAMED, **given)
    return made


def test_spans_tell_what_held_on_each_day(park: Park) -> None:
    found = queries.whole_park(park.slug)
    assert found is not None
    known = spans.of(found)
    assert [one.since for one in known] == [LISTED, DRAWN, RENAMED]
    assert spans.on(known, LISTED - dt.timedelta(days=1)) is None
    before, after = spans.on(known, DRAWN - dt.timedelta(days=1)), spans.on(known, DRAWN)
    assert before is not None
    assert after is not None
    assert (before.since, before.status, before.name) == (LISTED, ParkStatus.CREATING, "城西示例高新技术产业园区")
    assert (before.area_km2, after.area_km2) == (Decimal("12.793025817"), Decimal("20.5"))
    last = spans.on(known, dt.date(2050, 1, 1))
    assert last is not None
    assert (last.name, last.area_km2) == ("城西新名高新技术产业园区", Decimal("20.5"))


def test_map_of_a_park_holds_every_version_with_its_days(park: Park, client: Client) -> None:
    told: dict[str, Any] = client.get(f"/parks/{park.slug}/boundaries.geojson").json()
    assert [(one["properties"]["since"], one["properties"]["until"]) for one in told["features"]] == [
        ("2026-03-02", "2028-05-01"),
        ("2028-05-01", None),
    ]
    assert [one["since"] for one in told["spans"]] == ["2026-03-02", "2028-05-01", "2030-02-01"]
    assert client.get("/parks/nowhere/boundaries.geojson").status_code == 404


def test_page_of_a_park_lists_its_boundaries(park: Park, client: Client) -> None:
    page = client.get(f"/parks/{park.slug}/").content.decode()
    assert page.count("20.5000") == 2  # the boundary in force, and its row among the versions
    assert "2028年5月1日" in page
