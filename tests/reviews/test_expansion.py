"""An expansion from its eligibility to the new boundary on the register (P-II.4a–e, T27)."""

from __future__ import annotations

import datetime as dt
import html
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.scope import enter, system
from applications import boundaries, completeness, editing, expanding, materials, opportunities, selfcheck, services
from applications.enums import KindCode
from applications.models import Filing
from applications.plan_state import Plan
from indicators.enums import Programme, RankingList, RunStatus
from indicators.models import Assessment, Run
from notifications.enums import LegalEffect
from notifications.models import Message, Paper
from registry import queries
from registry.geometry import read_boundary
from registry.models import Park, ParkBoundary
from registry.services import recognise_park
from tests import factories
from tests.affairs import Affair
from tests.applications.samples import RING, geojson, kept
from tests.delivered import deliver_acts
from tests.plans import write_plan
from tests.registry.test_dated import Office
from tests.scenarios import Scene
from workflow import ledger
from workflow.machine import Refused
from workflow.parameters import value as parameter

pytestmark = pytest.mark.django_db
WIDER = [[120.30, 30.20], [120.36, 30.20], [120.36, 30.233], [120.30, 30.233], [120.30, 30.20]]
NARROWER = [[120.31, 30.20], [120.36, 30.20], [120.36, 30.233], [120.31, 30.233], [120.31, 30.20]]
APART = [[120.60, 30.20], [120.62, 30.20], [120.62, 30.233], [120.60, 30.233], [120.60, 30.20]]
YEAR = 2025


def shape(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


def read(ring: list[list[float]]) -> Any:
    return read_boundary("b.geojson", geojson(ring), "EPSG:4490")


def rank(park: Park, place: int | None, of: int, year: int = YEAR) -> Run:
    """A released list of the recognised parks in which the park has a place."""
    with system():
        lead = Organisation.objects.filter(kind="kjt").first() or factories.make_organisation("kjt")
        people = [factories.make_person(lead) for _ in range(2)]
        run = Run.objects.create(
            tenant=lead, programme=Programme.PARK, year=year, number=1, status=RunStatus.RELEASED,
            result_hash="sha256:1",
            index_versions={RankingList.RECOGNISED.value: {"title": "指标"}}, released_at=timezone.now(),
            proposed_by=people[0], released_by=people[1],
        )  # fmt: skip
        if place is not None:
            Assessment.objects.create(
                run=run, dossier=run.dossier, tenant=park.tenant, subject=park.slug, name=park.name, year=year,
                list=RankingList.RECOGNISED, rank=place, ranked=of, final=True, reporter=None,
            )  # fmt: skip
    return run


def recognised(city: Any, name: str = "城西高新园区", ring: list[list[float]] = RING, zone: Any = None) -> Park:
    """A park of a city that was recognised, in the boundary of the ring."""
    desk = Office()
    listed = factories.make_paper(
        desk.organisation, confers=LegalEffect.CREATING, issued_on=dt.date(2014, 5, 6), year=2014
    )
    zone = zone or factories.make_host_zone(city.division)
    park = factories.make_park(
        city, paper=listed, name=name, geojson=shape(ring), area_km2=read(ring).area_km2, host_zone=zone
    )
    with enter(desk.actor.scope):
        recognise_park(park, **desk.under(desk.paper(park, "2018-01-01", LegalEffect.RECOGNISED)))
    return park


@pytest.fixture
def city() -> Actor:
    """A handler of a city."""
    return factories.make_actor()


@pytest.mark.parametrize(
    ("place", "of", "reason"),
    [(5, 16, ""), (6, 16, ""), (7, 16, "应列前6名"), (1, 1, ""), (2, 3, "应列前1名"), (None, 16, "没有本园区的名次")],
)
def test_rank_decides_who_may_ask_for_an_expansion(city: Actor, place: int | None, of: int, reason: str) -> None:
    park = recognised(city.organisation)
    rank(park, 1, 3, YEAR - 1)
    rank(park, place, of)
    with enter(city.scope):
        found = services.obstacles_about(city, park, KindCode.EXPANSION)
        assert (len(found), reason in "".join(found)) == (bool(reason), True)


def test_release_tells_whose_parks_may_ask_for_an_expansion_once(city: Actor) -> None:
    first, last = recognised(city.organisation, "列前高新园区"), recognised(city.organisation, "列后高新园区")
    run = rank(first, 1, 3)
    with system():
        ledger.open_chain(run.dossier, run.tenant)
        Assessment.objects.create(
            run=run, dossier=run.dossier, tenant=last.tenant, subject=last.slug, name=last.name, year=YEAR,
            list=RankingList.RECOGNISED, rank=2, ranked=3, final=True,
        )  # fmt: skip
        for _again in range(2):
            opportunities.after_release(run)
        deliver_acts()
        told = list(Message.objects.filter(dossier=run.dossier).order_by("organisation__kind"))
    assert {one.organisation for one in told} == {city.organisation, run.tenant}
    for message in told:
        assert message.title == "2025年度可以申请扩区的园区（1个）"
        assert message.body == "列前高新园区：2025年度排第1名，共3个"


def test_park_under_creation_or_without_a_released_list_may_not_ask(city: Actor) -> None:
    creating, park = factories.make_park(city.organisation), recognised(city.organisation)
    with enter(city.scope):
        (told,) = services.obstacles_about(city, creating, KindCode.EXPANSION)
        assert "只有已认定" in told
        (told,) = services.obstacles_about(city, park, KindCode.EXPANSION)
        assert "还没有发布" in told
        with pytest.raises(Refused, match="还没有发布"):
            services.create_about(city, park, KindCode.EXPANSION)
    neighbour = factories.make_actor()
    with enter(neighbour.scope):
        assert services.obstacles_about(neighbour, park, KindCode.EXPANSION) == ["只能就本单位的园区申报。"]


def start(actor: Actor, park: Park, ring: list[list[float]] = WIDER) -> Filing:
    """An expansion with its boundary."""
    with enter(actor.scope):
        filing = services.create_about(actor, park, KindCode.EXPANSION)
        boundaries.set_boundary(filing, read(ring), actor, boundaries.UPLOAD)
    return filing


def told(filing: Filing, actor: Actor) -> list[str]:
    """What is wrong with the boundary."""
    with enter(actor.scope):
        row = boundaries.boundary_of(filing)
        assert row is not None
        return [problem.code for problem in boundaries.found(row) if problem.code != "outside_city"]


def test_boundary_only_grows_and_is_held_against_every_other_park(city: Actor) -> None:
    park = recognised(city.organisation)
    beside = recognised(factories.make_organisation(), "邻市高新园区", [[x + 0.05, y] for x, y in RING])
    rank(park, 1, 3)
    filing = start(city, park, WIDER)
    assert told(filing, city) == ["overlaps_park"]
    with enter(city.scope):
        assert expanding.neighbours(read(WIDER), park) == [beside.name]
        assert expanding.neighbours(read(RING), park) == []
    for ring, codes in ((NARROWER, ["loses_area", "overlaps_park"]), (RING, ["adds_nothing"])):
        with enter(city.scope):
            boundaries.set_boundary(filing, read(ring), city, boundaries.UPLOAD)
        assert told(filing, city) == codes
    with enter(city.scope):
        both = read_boundary(
            "b.geojson", html.unescape(str(shape(RING, APART)).replace("'", '"')).encode(), "EPSG:4490"
        )
        row = boundaries.set_boundary(filing, both, city, boundaries.UPLOAD)
        assert "lies_apart" in told(filing, city)
        assert boundaries.is_valid(row)
        assert any("不相连，请说明" in gap.text for gap in completeness.missing(filing))


def test_land_quota_is_held_against_the_added_area_unrounded(city: Actor) -> None:
    park = recognised(city.organisation)
    rank(park, 6, 16)
    filing = start(city, park)
    with enter(city.scope):
        row = boundaries.boundary_of(filing)
        assert row is not None
        found = expanding.of_row(row)
        assert found is not None
        exact = found.added_km2 * 100
        assert abs(found.added_km2 - (read(WIDER).area_km2 - read(RING).area_km2)) < Decimal("0.00001")
        for quota, outcome in ((exact - Decimal("0.000001"), "not_met"), (exact, "met"), (exact + 1, "met")):
            editing.save_fields(filing, {"added.quota": format(quota, "f")}, city)
            rows = {one.clause: one for one in selfcheck.rows(selfcheck.assess(filing))}
            assert (rows["P-II.4d"].outcome, rows["P-II.4a"].outcome) == (outcome, "met")
        assert rows["P-II.4a"].threshold == "≤ 6"
        assert set(rows) == {"P-II.4a", "P-II.4b", "P-II.4c", "P-II.4d", "P-II.4e"}
        assert not any("P-II.4" in gap.text for gap in completeness.missing(filing))
        editing.save_fields(filing, {"eia.area": "19.1", "eia.covers": False}, city)
        gaps = [gap.text for gap in completeness.missing(filing)]
        assert any("没有覆盖新的范围" in gap for gap in gaps)
        assert any("须覆盖扩区后" in gap for gap in gaps)
        assert parameter("top_fraction") == "1/3"


def test_page_of_own_parks_offers_what_may_be_asked(city: Actor, client: Client) -> None:
    park = recognised(city.organisation)
    client.force_login(city.person)
    assert "还没有发布" in client.get("/applications/about/").content.decode()
    refused = client.post("/applications/about/", {"park": park.slug, "kind": "expansion"})
    assert (refused.status_code, "还没有发布" in refused.content.decode()) == (422, True)
    rank(park, 1, 3)
    answer = client.post("/applications/about/", {"park": park.slug, "kind": "expansion"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "扩区理由与新增区域" in page
    drawn = client.get(f"{answer['Location']}boundary/?way=draw").content.decode()
    assert "120.3" in drawn
    assert "已有在办的扩区申报" in client.get("/applications/about/").content.decode()
    stranger = Client()
    stranger.force_login(factories.make_actor().person)
    assert stranger.post("/applications/about/", {"park": park.slug, "kind": "expansion"}).status_code == 404


def test_expansion_goes_through_the_review_and_the_register_keeps_both_boundaries(province: Scene) -> None:
    with system():
        affair: Affair = province.begin("jia", "expansion")
        park = recognised(affair.city.organisation, "江东高新园区", zone=affair.zone)
        rank(park, 1, 3)
        handler = affair.city.handler
        affair.filing = start(handler, park)
        with affair.city.as_(PostRole.HANDLER):
            plan = Plan.of(affair.filing)
            fields = {field.key: kept(field) for section in plan.sections for field in section.fields}
            write_plan(affair.filing, fields, handler)
            for piece in materials.pieces_of(affair.filing.kind):
                affair.attach(piece.code)
            assert [gap.text for gap in completeness.missing(affair.filing)] == []
        affair.submit().route().open_review().opinions().conclude()
        held = ParkBoundary.objects.filter(park=park).count()
        assert held == 1
        affair.list()
        request = Paper.objects.get(kind="creation_request", dossier=affair.filing.dossier)
        approval = Paper.objects.get(kind="expansion", dossier=affair.filing.dossier)
        park.refresh_from_db()
        old, new = ParkBoundary.objects.filter(park=park)
        assert (new.paper, new.valid_from, approval.confers) == (approval, approval.issued_on, "")
        assert park.area_km2 == new.area_km2
        assert abs(new.area_km2 - read(WIDER).area_km2) < Decimal("0.000000001")
        (eve,) = [one for one in queries.as_of(approval.issued_on - dt.timedelta(days=1)) if one.pk == park.pk]
        assert eve.area_km2 == old.area_km2
        affair.filing.refresh_from_db()
        assert affair.filing.status == "listed"
        assert park.status == "recognised"
    assert "扩区的请示" in request.title
    for paper in (request, approval):
        assert "新增面积7.04平方公里，扩区后总面积21.13平方公里" in str(paper.data)
