"""The register on any day: the real park of 德清 through its names, and parks that papers changed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.scope import enter, system
from notifications.enums import LegalEffect
from notifications.models import Paper
from registry import queries
from registry.enums import ParkStatus
from registry.models import Park, ParkBoundary, ParkMerger, ParkName, ParkZone
from registry.services import (
    end_park,
    import_park,
    merge_parks,
    move_park,
    recognise_park,
    redraw_park,
    rename_park,
    upgrade_park,
)
from tests import factories
from tests.registry.test_services import fact_of, settle
from workflow import ledger
from workflow.machine import Refused

pytestmark = pytest.mark.django_db
DEQING = "德清高新技术产业园区"
MOGANSHAN = "湖州莫干山高新技术产业园区"
NATIONAL = "湖州莫干山高新技术产业开发区"
WIDER = {
    "type": "MultiPolygon",
    "coordinates": [[[[120.0, 30.0], [120.06, 30.0], [120.06, 30.03], [120.0, 30.03], [120.0, 30.0]]]],
}


@pytest.fixture
def moganshan() -> Park:
    """湖州莫干山高新区 as its sources tell it."""
    place = factories.make_division("330500", "湖州市")
    county = factories.make_division("330521", "德清县", "county")
    county.parent = place
    county.save()
    factories.make_organisation(division=place, code="gov-330500")
    with system():
        park = import_park(fact_of("moganshan"))
    assert park is not None
    return park


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2010-12-30", []),
        ("2015-01-01", [(DEQING, "recognised")]),
        ("2015-02-27", [(DEQING, "recognised")]),
        ("2015-02-28", [(MOGANSHAN, "recognised")]),
        ("2015-03-01", [(MOGANSHAN, "recognised")]),
        ("2015-10-01", [(NATIONAL, "national")]),
    ],
)
def test_list_on_a_day_names_the_park_of_deqing_as_it_then_stood(
    moganshan: Park, client: Client, day: str, held: list[tuple[str, str]]
) -> None:
    with system():
        found = queries.as_of(dt.date.fromisoformat(day))
        assert [(park.name, park.status) for park in found] == held
    told = client.get(f"/api/v1/parks/?on={day}").json()["results"]
    assert [(row["name"], row["status"]) for row in told] == held
    page = client.get(f"/parks/?on={day}").content.decode()
    assert f"共 {len(held)} 条" in page
    for name, status in held:
        assert f">{name}</a>" in page
        assert client.get(f"/parks.csv?on={day}&status={status}").content.decode().count("moganshan") == 1
        assert client.get(f"/parks.geojson?on={day}").json()["features"][0]["properties"]["kind"]


@pytest.mark.parametrize("name", ["德清高新", "莫干山高新技术产业园区", "浙江德清经济开发区", "moganshan"])
def test_every_name_that_the_park_bore_finds_it(moganshan: Park, client: Client, name: str) -> None:
    assert [row["slug"] for row in client.get(f"/api/v1/parks/?q={name}").json()["results"]] == ["moganshan"]
    assert f">{NATIONAL}</a>" in client.get(f"/parks/?q={name}").content.decode()


def test_day_that_has_not_come_is_refused(moganshan: Park, client: Client) -> None:
    assert client.get("/api/v1/parks/?on=2999-01-01").status_code == 400
    assert "日期不能晚于今天" in client.get("/parks/?on=2999-01-01").content.decode()


class Office:
    """省政府办公厅 with its signer, who signs papers of any day."""

    def __init__(self) -> None:
        self.organisation = factories.make_government()
        self.actor: Actor = factories.make_actor(self.organisation, PostRole.SIGNER)

    def paper(self, park: Park, day: str, confers: str = LegalEffect.NONE) -> Paper:
        """A paper about the park in a dossier of its own."""
        paper = factories.make_paper(self.organisation, confers=confers, issued_on=dt.date.fromisoformat(day))
        with system():
            ledger.open_chain(paper.dossier, park.tenant)
        factories.make_grant(paper.dossier, park.tenant, self.organisation, park.tenant, "act")
        return paper

    def under(self, paper: Paper, **more: Any) -> dict[str, Any]:
        """What every service is told of a paper."""
        return {"paper": paper, "dossier": paper.dossier, "actor": self.actor, **more}


@pytest.fixture
def office() -> Office:
    return Office()


def area(park: Park) -> str:
    return f"{park.area_km2:.2f}"


def test_papers_change_a_park_and_every_day_keeps_its_own(office: Office) -> None:
    park = factories.make_park(
        paper=factories.make_paper(
            office.organisation, confers=LegalEffect.CREATING, issued_on=dt.date(2013, 5, 6), year=2013
        ),
        name="起步高新园区",
    )
    first_zone, other_zone = park.host_zone, factories.make_host_zone(park.city)
    with enter(office.actor.scope):
        recognise_park(park, **office.under(office.paper(park, "2016-04-01", LegalEffect.RECOGNISED)))
        paper = office.paper(park, "2017-02-03")
        rename_park(park, "新名高新园区", **office.under(paper, since=paper.issued_on))
        paper = office.paper(park, "2018-06-30")
        redraw_park(
            park, geojson=WIDER, area_km2=19, four_sides={"east": "新河"}, **office.under(paper, since=paper.issued_on)
        )
        paper = office.paper(park, "2019-01-01")
        move_park(park, other_zone, **office.under(paper, since=paper.issued_on))
        upgrade_park(park, **office.under(office.paper(park, "2020-08-08", LegalEffect.NATIONAL)))
        settle()
        days = {}
        for day in ("2013-05-06", "2016-04-01", "2017-02-03", "2018-06-30", "2019-01-01", "2020-08-08"):
            (then,) = queries.as_of(dt.date.fromisoformat(day))
            days[day] = (then.name, then.status, area(then), then.four_sides["east"], then.host_zone)
            eve = queries.as_of(dt.date.fromisoformat(day) - dt.timedelta(days=1))
            assert [(p.name, p.status, area(p), p.four_sides["east"], p.host_zone) for p in eve] == list(days.values())[
                -2:-1
            ]
    assert list(days.values()) == [
        ("起步高新园区", "creating", "12.79", "东大河", first_zone),
        ("起步高新园区", "recognised", "12.79", "东大河", first_zone),
        ("新名高新园区", "recognised", "12.79", "东大河", first_zone),
        ("新名高新园区", "recognised", "19.00", "新河", first_zone),
        ("新名高新园区", "recognised", "19.00", "新河", other_zone),
        ("新名高新园区", "national", "19.00", "新河", other_zone),
    ]
    with system(), pytest.raises(ValueError, match="earlier day"):
        queries.as_of(dt.date(2013, 6, 1))[0].save()


def test_parks_merge_and_the_taken_one_keeps_finding_the_other(office: Office, client: Client) -> None:
    into, taken = factories.make_park(name="大江高新园区"), factories.make_park(name="小溪高新园区")
    paper = office.paper(taken, "2026-09-01", LegalEffect.ENDED)
    with enter(office.actor.scope):
        merge_parks(into, [taken], **office.under(paper, since=paper.issued_on))
        settle()
    with system():
        merger = ParkMerger.objects.get()
        assert (merger.park, merger.into, merger.ended.status) == (taken, into, "ended")
    found = client.get("/api/v1/parks/?q=小溪高新").json()["results"]
    assert {(row["name"], row["status"]) for row in found} == {("大江高新园区", "creating"), ("小溪高新园区", "ended")}
    assert "并入大江高新园区" in client.get(f"/parks/{taken.slug}/").content.decode()
    assert "小溪高新园区并入" in client.get(f"/parks/{into.slug}/").content.decode()
    again = office.paper(taken, "2026-09-02")
    with enter(office.actor.scope), pytest.raises(Refused, match="已终止"):
        rename_park(taken, "别名", **office.under(again, since=again.issued_on))
    with system(), pytest.raises(IntegrityError, match="stays ended"), transaction.atomic():
        Park.objects.filter(pk=taken.pk).update(status="creating")


def test_change_that_nothing_supports_is_refused(office: Office) -> None:
    park, other = factories.make_park(name="甲高新园区"), factories.make_park(name="乙高新园区")
    paper = office.paper(park, "2026-09-01")
    given = office.under(paper, since=paper.issued_on)
    lead = factories.make_actor(factories.make_organisation("kjt"), PostRole.SIGNER)
    with system():
        cases: list[tuple[str, Any]] = [
            ("只有省政府办公厅", lambda: rename_park(park, "丙", **{**given, "actor": lead})),
            ("本案签发", lambda: rename_park(park, "丙", **{**given, "dossier": uuid4()})),
            ("不能重名", lambda: rename_park(park, other.name, **given)),
            ("没有变更", lambda: rename_park(park, park.name, **given)),
            ("不能早于", lambda: rename_park(park, "丙", **{**given, "since": dt.date(2026, 3, 1)})),
            ("不能晚于", lambda: rename_park(park, "丙", **{**given, "since": dt.date(2026, 9, 2)})),
            ("没有变更", lambda: move_park(park, park.host_zone, **given)),
            ("不能并入自身", lambda: merge_parks(park, [park], **given)),
            ("公文变更", lambda: merge_parks(park, [other], **given)),
            ("公文变更", lambda: end_park(park, paper=paper, dossier=paper.dossier, actor=office.actor)),
        ]
        for reason, act in cases:
            with pytest.raises(Refused) as refused, transaction.atomic():
                act()
            assert reason in refused.value.reasons[0]
        assert {park.name for park in Park.objects.all()} == {"甲高新园区", "乙高新园区"}


def at_once(act: Any) -> None:
    """Done, and checked as at the end of a transaction."""
    with transaction.atomic():
        act()
        settle()


def test_database_holds_the_versions_to_their_papers(office: Office) -> None:
    park = factories.make_park()
    foreign = factories.make_paper(factories.make_organisation("kjt"))
    with enter(office.actor.scope):
        for row in (
            lambda paper: ParkZone(park=park, zone=None, since=dt.date(2026, 5, 1), paper=paper),
            lambda paper: ParkName(park=park, name="无凭", valid_from="2026-05-01", valid_to="2026-06-01", paper=paper),
            lambda paper: ParkBoundary(
                park=park, geojson=WIDER, area_km2=1, valid_from=dt.date(2026, 5, 1), paper=paper
            ),
        ):
            for paper in (None, foreign):
                with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                    row(paper).save()
    with system():
        with pytest.raises(IntegrityError, match="one_open_name"), transaction.atomic():
            ParkName.objects.create(park=park, name="第二个现名", valid_from="2026-05-01")
        with pytest.raises(IntegrityError, match="another name"):
            at_once(lambda: Park.objects.filter(pk=park.pk).update(name="无凭改名"))
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            ParkBoundary.objects.filter(park=park).update(valid_from=dt.date(2000, 1, 1))
        living = park.legal_statuses.get()
        merger = ParkMerger(
            park=park, ended=living, into=factories.make_park(), since=dt.date(2026, 5, 1), paper=foreign
        )
        with pytest.raises(IntegrityError, match="registry_parkmerger_ended"):
            at_once(merger.save)
        assert Park.objects.filter(status=ParkStatus.CREATING).count() == 2


def test_slider_of_a_park_and_list_of_a_day_agree(moganshan: Park, client: Client) -> None:
    told = client.get(f"/parks/{moganshan.slug}/boundaries.geojson").json()["spans"]
    for span in told:
        day = dt.date.fromisoformat(span["since"])
        with system():
            names = {one.name for one in queries.as_of(day)}
        assert any(name in span["text"] for name in names) or not names, span
    assert [span["since"] for span in told if MOGANSHAN in span["text"]][:1] == ["2015-02-28"]
