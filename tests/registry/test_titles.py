"""Titles of places: dated facts that rest on a paper which confers them or on a cited source."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.enums import DivisionLevel, OrganisationKind, PostRole
from accounts.models import Division
from accounts.scope import enter, system
from notifications.enums import LegalEffect
from registry import titles
from registry.enums import CityTitleKind as Title
from registry.models import CityTitle, TitleProposal
from registry.services import (
    amend_title,
    confer_title,
    confirm_title,
    drop_title,
    give_back_title,
    keep_title,
    propose_title,
)  # fmt: skip
from tests.factories import make_actor, make_organisation, make_paper
from tests.indicators.released import client_of
from workflow.ledger import history, open_chain
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db
CITED = "浙委办〔2010〕1号"
DAY, LATER = dt.date(2010, 5, 1), dt.date(2014, 7, 1)


@pytest.fixture
def lead() -> Actor:
    """省科技厅's handler."""
    with system():
        return make_actor(make_organisation(OrganisationKind.LEAD))


def places(*levels: DivisionLevel) -> list[Division]:
    """Places of the levels given."""
    with system():
        return [
            Division.objects.create(code=f"3399{place:02d}", name=f"示例{place}", level=level)
            for place, level in enumerate(levels)
        ]


def record(place: Division, title: Title, actor: Actor, since: dt.date = DAY, held: bool = True) -> CityTitle:
    """A title proposed by the handler and recorded by another person of the office."""
    with system():
        other = make_actor(actor.organisation, PostRole.REVIEWER)
    with enter(actor.scope):
        row = propose_title(
            place, title, held=held, since=since, citation=CITED, actor=actor, explanation="示例：有文件为证。"
        )
        return confirm_title(row, other)


def test_what_held_on_a_day_is_told_by_the_last_row_up_to_it(lead: Actor) -> None:
    city, county = places(DivisionLevel.PREFECTURE, DivisionLevel.COUNTY)
    first = record(city, Title.ST_STRONG, lead)
    record(city, Title.NATIONAL_PILOT, lead)
    record(county, Title.ST_STRONG, lead)
    ended = record(county, Title.ST_STRONG, lead, LATER, held=False)
    assert ended.dossier != first.dossier
    with system():
        assert {row.name for row in history(first.dossier)} >= {"record_title"}
    before = DAY - dt.timedelta(days=1)
    assert [titles.holds(county, Title.ST_STRONG, day) for day in (before, DAY, LATER)] == [False, True, False]
    assert set(titles.standing_on(LATER)[city.pk]) == {Title.ST_STRONG, Title.NATIONAL_PILOT}
    assert titles.counts_on(DAY) == {
        "PV.recognised_cities": 0, "PV.national_cities": 1, "PV.recognised_counties": 0, "PV.st_strong_counties": 1
    }  # fmt: skip
    assert titles.counts_on(LATER)["PV.st_strong_counties"] == 0


def test_record_that_cannot_be_is_refused_with_its_reason(lead: Actor) -> None:
    city, county = places(DivisionLevel.PREFECTURE, DivisionLevel.COUNTY)
    record(city, Title.ST_STRONG, lead)
    with system():
        reviewer = make_actor(lead.organisation, PostRole.REVIEWER)
        neighbour = make_actor(make_organisation())
    for actor in (reviewer, neighbour):
        with pytest.raises(Refused, match="省科技厅的经办人"):
            record(city, Title.PILOT, actor)
    with pytest.raises(Refused, match="已持有"):
        record(city, Title.ST_STRONG, lead, LATER)
    with pytest.raises(Refused, match="不能早于"):
        record(city, Title.ST_STRONG, lead, DAY - dt.timedelta(days=1), held=False)
    with pytest.raises(Refused, match="没有持有"):
        record(city, Title.PILOT, lead, held=False)
    with pytest.raises(Refused, match="不能晚于今天"):
        record(county, Title.PILOT, lead, dt.date(2999, 1, 1))
    with enter(lead.scope), pytest.raises(Refused, match="写明依据"):
        propose_title(county, Title.PILOT, held=True, since=DAY, citation=" ", actor=lead)


def test_title_follows_the_paper_that_confers_it_and_no_other(lead: Actor) -> None:
    city, _county = places(DivisionLevel.PREFECTURE, DivisionLevel.COUNTY)
    with system():
        paper = make_paper(lead.organisation, confers=LegalEffect.PILOT, issued_on=LATER)
        plain = make_paper(lead.organisation, issued_on=LATER)
        open_chain(paper.dossier, lead.organisation)
    with enter(lead.scope):
        with pytest.raises(Refused, match="不授予"):
            confer_title(city, Title.PILOT, paper=plain, dossier=plain.dossier, actor=lead)
        with pytest.raises(Refused, match="不由本单位"):
            confer_title(city, Title.INNOVATIVE, paper=paper, dossier=paper.dossier, actor=lead)
        row = confer_title(city, Title.PILOT, paper=paper, dossier=paper.dossier, actor=lead)
        with pytest.raises(Refused, match="已持有"):
            confer_title(city, Title.PILOT, paper=paper, dossier=paper.dossier, actor=lead)
    assert (row.since, row.paper) == (LATER, paper)


def test_database_itself_keeps_titles_to_their_papers_and_as_they_were_written(lead: Actor) -> None:
    [city] = places(DivisionLevel.PREFECTURE)
    row = record(city, Title.ST_STRONG, lead)
    with system():
        plain = make_paper(lead.organisation, issued_on=LATER)
        told = {"division": city, "since": DAY, "dossier": row.dossier}
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            CityTitle.objects.create(title=Title.PILOT, paper=plain, **told)
        for change in ({"held": False}, {"citation": "别的"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                CityTitle.objects.filter(pk=row.pk).update(**change)
        stranger = make_actor(make_organisation())
    with enter(stranger.scope):
        assert CityTitle.objects.count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            CityTitle.objects.create(division=city, title=Title.PILOT, since=DAY, citation="自称", dossier=row.dossier)


def test_page_proposes_a_title_and_another_person_records_what_the_public_then_reads(
    lead: Actor, django_assert_num_queries: Any
) -> None:
    city, county = places(DivisionLevel.PREFECTURE, DivisionLevel.COUNTY)
    with system():
        reviewer, signer = (make_actor(lead.organisation, role) for role in (PostRole.REVIEWER, PostRole.SIGNER))
    told = {"place": city.pk, "title": "st_strong", "held": "held", "since": "2010-05-01", "citation": CITED}
    page = client_of(lead).post("/titles/", {**told, "since": "2999-01-01"})
    assert page.status_code == 422
    assert "起始日期不能晚于今天" in page.content.decode()
    assert CITED in page.content.decode(), "what was typed stays"
    assert client_of(reviewer).post("/titles/", told).status_code == 404
    done = client_of(lead).post("/titles/", told)
    assert done.status_code == 302
    assert not titles.holds(city, Title.ST_STRONG, LATER), "nobody has compared it yet"
    assert "已有一项登记等待核对" in client_of(lead).post("/titles/", told).content.decode()
    address = done["Location"]
    assert client_of(lead).post(address, {"act": "confirm"}).status_code == 404
    assert "核对无误，登记" not in client_of(lead).get(address).content.decode()
    assert client_of(reviewer).post(address, {"act": "give_back"}).status_code == 422
    assert client_of(reviewer).post(address, {"act": "give_back", "reason": "示例：日期不符。"}).status_code == 302
    assert "示例：日期不符。" in client_of(lead).get(address).content.decode()
    change = {**told, "act": "amend", "since": "2010-06-01"}
    assert client_of(lead).post(address, change).status_code == 302
    assert client_of(signer).post(address, {"act": "confirm"}).status_code == 302
    with enter(lead.scope):
        (row,) = titles.history(city)
        assert (row.since, row.recorded_by) == (dt.date(2010, 6, 1), signer.person)
        assert (row.proposal.proposed_by, row.proposal.decided_by) == (lead.person, signer.person)
    with system():
        assert not Task.objects.filter(organisation=lead.organisation, done_at=None).exists()
    browser = client_of(lead)
    with CaptureQueriesContext(connection) as asked:
        assert "科技强市" in browser.get("/titles/").content.decode()
    for title in (Title.ST_STRONG, Title.PILOT, Title.INNOVATIVE):
        record(county, title, lead)
    with django_assert_num_queries(len(asked)):
        browser.get("/titles/")
    public = Client().get(f"/cities/{city.pk}/").content.decode()
    assert ("科技强市、县（市、区）" in public, CITED in public) == (True, True)


def test_unusual_title_is_always_told_and_proposed_with_an_explanation_alone(lead: Actor) -> None:
    (county,) = places(DivisionLevel.COUNTY)
    with system():
        reviewer = make_actor(lead.organisation, PostRole.REVIEWER)
    told = {"place": county.pk, "title": "pilot", "held": "held", "since": "2010-05-01", "citation": CITED}
    for note in ("", "示例：随文公布。"):
        page = client_of(lead).post("/titles/", {**told, "note": note})
        assert (page.status_code, "没有登记过科技强市" in page.content.decode()) == (422, True)
    with enter(lead.scope), pytest.raises(Refused, match="写明缘由"):
        propose_title(county, Title.PILOT, held=True, since=DAY, citation=CITED, actor=lead, note="示例：随文公布。")
    done = client_of(lead).post("/titles/", {**told, "explanation": "示例：早于评选科技强县。"})
    assert done.status_code == 302
    shown = client_of(reviewer).get(done["Location"]).content.decode()
    assert ("没有登记过科技强市" in shown, "示例：早于评选科技强县。" in shown) == (True, True)
    assert client_of(reviewer).post(done["Location"], {"act": "confirm"}).status_code == 302
    public = Client().get(f"/cities/{county.pk}/").content.decode()
    assert (CITED in public, "早于评选" in public) == (True, False)
    assert "缘由" not in client_of(lead).get("/titles/").content.decode()


def test_proposal_is_decided_by_another_person_and_read_by_the_lead_alone(lead: Actor) -> None:
    city, _county = places(DivisionLevel.PREFECTURE, DivisionLevel.COUNTY)
    with system():
        post = make_actor(lead.organisation, PostRole.SIGNER).post
        post.person = lead.person
        both, reviewer = Actor(lead.person, post), make_actor(lead.organisation, PostRole.REVIEWER)
        stranger = make_actor(make_organisation())
    with enter(lead.scope):
        row = propose_title(city, Title.ST_STRONG, held=True, since=DAY, citation=CITED, actor=lead)
        for actor in (lead, both):
            with pytest.raises(Refused):
                confirm_title(row, actor)
            with pytest.raises(Refused):
                give_back_title(row, "示例", actor)
        for change in ({"since": LATER}, {"decided_by": lead.person}):
            with pytest.raises(DatabaseError), transaction.atomic():
                TitleProposal.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(Refused):
            amend_title(row, lead, held=True, since=LATER, citation=CITED)
        drop_title(row, lead)
        with pytest.raises(Refused):
            confirm_title(row, reviewer)
        with pytest.raises(DatabaseError), transaction.atomic():
            TitleProposal.objects.filter(pk=row.pk).update(status="proposed")
    with enter(stranger.scope):
        assert not TitleProposal.objects.exists()
    assert titles.history(city) == []


@pytest.mark.parametrize(
    ("facts", "takes_part"),
    [
        ((), False),
        (((Title.ST_STRONG, True),), False),
        (((Title.PILOT, True),), True),
        (((Title.NATIONAL_PILOT, True),), True),
        (((Title.PILOT, True), (Title.INNOVATIVE, True), (Title.PILOT, False)), True),
        (((Title.PILOT, True), (Title.NATIONAL_PILOT, True), (Title.PILOT, False)), False),
        (((Title.PILOT, True), (Title.PILOT, False), (Title.NATIONAL_PILOT, True)), True),
        (((Title.NATIONAL_PILOT, True), (Title.PILOT, True), (Title.PILOT, False), (Title.PILOT, True)), True),
    ],
)
def test_place_that_lost_the_province_s_titles_takes_part_by_a_later_title_alone(
    lead: Actor, facts: tuple[tuple[Title, bool], ...], takes_part: bool
) -> None:
    [city] = places(DivisionLevel.PREFECTURE)
    with enter(lead.scope):
        for year, (title, held) in enumerate(facts, start=2015):
            told = {"held": held, "since": dt.date(year, 1, 1), "citation": CITED, "office": lead.organisation}
            keep_title(city, title, actor=lead, **told)
    assert (city.pk in titles.taking_part_on(dt.date(2030, 1, 1))) is takes_part
    assert titles.taking_part_on(dt.date(2014, 12, 31)) == set()
