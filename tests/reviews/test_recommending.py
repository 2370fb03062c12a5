"""The best of the recognised parks: proposed by a release, judged, reported, recommended, upgraded or not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Organisation
from accounts.scope import enter, system
from indicators.models import Assessment, Run
from notifications import signoff
from notifications.models import Draft, Message, Paper
from registry.enums import ParkStatus
from registry.models import LegalStatus, Park, ParkName
from reviews.enums_recommendation import RecommendationStatus as S
from reviews.enums_recommendation import Strength
from reviews.models import Recommendation, StrengthItem
from reviews.papers import recommendation as papers
from reviews.services import recommending
from tests.factories import make_actor, make_organisation
from tests.indicators.released import client_of
from tests.indicators.years import park_of
from workflow import ledger
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db
ROLES = (PostRole.HANDLER, PostRole.REVIEWER, PostRole.SIGNER)
RANKS = (1, 2, 3, 4, 5, 5, 7)
CONTACT = "联系人：示例，电话：0571-00000000"


@dataclass
class World:
    """The offices with their people, the recognised parks by rank, the released run."""

    offices: dict[str, Organisation]
    people: dict[tuple[str, str], Actor]
    parks: list[Park]
    run: Run

    def actor(self, office: str, role: str = PostRole.HANDLER) -> Actor:
        """The person of a post."""
        return self.people[office, str(role)]

    def row(self, place: int = 0) -> Recommendation:
        """The recommendation of a park, as it now stands."""
        with system():
            return Recommendation.objects.select_related("park", "city", "tenant").get(park=self.parks[place])

    def act(self, office: str, role: str, do: Any) -> Any:
        """Something that a person does."""
        with enter(self.actor(office, role).scope):
            return do(self.actor(office, role))

    def sign(self, office: str, kind: str, **fields: str) -> Paper:
        """A paper of the first recommendation, drafted, checked and signed by three persons."""
        handler, reviewer, signer = (self.actor(office, role) for role in ROLES)
        with enter(handler.scope):
            row = Recommendation.objects.get(park=self.parks[0])
            draft = signoff.start(kind, row, row.dossier, "示例", handler)
            signoff.save_fields(draft, fields, handler)
            signoff.send(draft, handler)
        with enter(reviewer.scope):
            signoff.pass_on(draft, reviewer)
        with enter(signer.scope):
            return signoff.sign(Draft.objects.get(pk=draft.pk), signer)

    def judged(self, missed: Strength | None = None) -> None:
        """The first park chosen, its items given to a department and judged."""
        row = self.row()
        self.act("lead", PostRole.REVIEWER, lambda actor: recommending.choose(row, "", actor))
        offices = dict.fromkeys(Strength.values, self.offices["other"])
        self.act("lead", PostRole.HANDLER, lambda actor: recommending.assign(row, offices, actor))
        for strength in Strength:
            with enter(self.actor("other").scope):
                item = StrengthItem.objects.select_related("recommendation__park").get(strength=strength)
                outcome = "not_met" if strength == missed else "met"
                recommending.judge(item, outcome, "示例：有据可查。", self.actor("other"))


@pytest.fixture
def world() -> World:
    """Seven recognised parks, two of them fifth, released."""
    kinds = {
        "lead": OrganisationKind.LEAD, "government": OrganisationKind.PROV_GOV_OFFICE,
        "other": OrganisationKind.DEPARTMENT,
    }  # fmt: skip
    with system():
        offices = {name: make_organisation(kind) for name, kind in kinds.items()}
        offices |= {"city": make_organisation(), "neighbour": make_organisation()}
        people = {(name, str(role)): make_actor(office, role) for name, office in offices.items() for role in ROLES}
        life = (("creating", "2015-01-01", "day"), ("recognised", "2019-01-01", "day"))
        parks = [park_of(f"best-{place}", offices["city"], *life) for place, _rank in enumerate(RANKS)]
        run = Run.objects.create(
            tenant=offices["lead"], programme="park", year=2025, number=1, status="released",
            released_at=timezone.now(), result_hash="sha256:0",
            proposed_by=people["lead", "reviewer"].person, released_by=people["lead", "signer"].person,
        )  # fmt: skip
        ledger.open_chain(run.dossier, run.tenant)
        for park, rank in zip(parks, RANKS, strict=True):
            Assessment.objects.create(
                run=run, dossier=run.dossier, tenant=offices["city"], subject=park.slug, name=park.name, year=2025,
                list="recognised", rank=rank, ranked=len(RANKS), final=True,
            )  # fmt: skip
        recommending.after_release(run)
    return World(offices, people, parks, run)


def test_release_proposes_the_best_five_with_ties_once(world: World) -> None:
    with system():
        recommending.after_release(world.run)
        found = list(Recommendation.objects.order_by("rank", "park__slug").values_list("park__slug", "rank"))
        assert found == [(f"best-{place}", rank) for place, rank in enumerate(RANKS[:6])]
        assert Task.objects.filter(kind="choose", done_at=None).count() == 6
        assert Message.objects.count() == 0  # the worker writes them


def test_park_rises_by_five_items_and_three_signatures(world: World) -> None:
    world.judged()
    with enter(world.actor("city").scope):
        assert StrengthItem.objects.count() == 0
        assert Recommendation.objects.get().status == S.APPRAISING
    with enter(world.actor("neighbour").scope):
        assert Recommendation.objects.count() == 0
    world.sign("lead", papers.REPORT, grounds="示例：综合实力强。", contact=CONTACT)
    world.sign("government", papers.REQUEST, grounds="示例：创新资源丰富。", contact=CONTACT)
    row = world.row()
    assert row.status == S.RECOMMENDED
    new_name = "示例国家高新技术产业开发区"
    keep = (row, "国函〔2026〕9号", dt.date(2026, 3, 2), new_name)
    world.act("government", PostRole.HANDLER, lambda actor: recommending.keep_answer(*keep, actor))
    paper = world.sign("government", papers.UPGRADE, duties="")
    row, slug = world.row(), world.parks[0].slug
    assert (row.status, row.decision_paper) == (S.UPGRADED, paper)
    with system():
        park = Park.objects.get(slug=slug)
        assert (park.status, park.name) == (ParkStatus.NATIONAL, new_name)
        assert LegalStatus.objects.get(park=park, status="national").paper == paper
        assert set(ParkName.objects.filter(park=park).values_list("name", flat=True)) >= {new_name}
        # What has risen is not proposed again.
        assert recommending._propose(Assessment.objects.get(subject=slug)) is None


def test_item_found_wanting_bars_the_report(world: World) -> None:
    world.judged(missed=Strength.RADIATION)
    with pytest.raises(Refused) as refused:
        world.sign("lead", papers.REPORT, grounds="示例", contact=CONTACT)
    assert any("较大的辐射带动作用" in reason for reason in refused.value.reasons)


def test_judgement_is_given_once_by_the_office_asked(world: World) -> None:
    world.judged()
    with enter(world.actor("other").scope):
        item = StrengthItem.objects.select_related("recommendation__park").first()
        assert item is not None
        with pytest.raises(Refused):
            recommending.judge(item, "not_met", "改主意", world.actor("other"))
    with enter(world.actor("lead").scope), pytest.raises(Refused):
        recommending.judge(item, "met", "代为评定", world.actor("lead"))


def test_council_may_refuse_and_the_park_is_proposed_again_next_year(world: World) -> None:
    world.judged()
    world.sign("lead", papers.REPORT, grounds="示例", contact=CONTACT)
    world.sign("government", papers.REQUEST, grounds="示例", contact=CONTACT)
    row = world.row()
    world.act("government", PostRole.HANDLER, lambda actor: recommending.refuse(row, "示例：国办来函。", actor))
    assert world.row().status == S.REFUSED
    with system():
        assert Park.objects.get(pk=row.park_id).status == ParkStatus.RECOGNISED
        one = Assessment.objects.get(subject=row.park.slug)
        run = Run.objects.create(
            tenant=world.offices["lead"], programme="park", year=2026, number=1, total=1, done=1, status="computed"
        )
        ledger.open_chain(run.dossier, run.tenant)
        again = Assessment.objects.create(
            run=run, dossier=run.dossier, tenant=one.tenant, subject=one.subject, name=one.name, year=2026,
            list="recognised", rank=2, ranked=7,
        )  # fmt: skip
        row.refresh_from_db()
        found = recommending._propose(again)
        assert found is not None
        assert (found.year, found.rank, found.status) == (2026, 2, S.PROPOSED)


def test_pages_show_each_audience_what_is_theirs(world: World) -> None:
    world.judged()
    address = world.row().get_absolute_url()
    assert client_of(None).get(address).status_code == 302
    assert client_of(world.actor("neighbour")).get(address).status_code == 404
    city = client_of(world.actor("city")).get(address).content.decode()
    assert "有据可查" not in city
    lead = client_of(world.actor("lead")).get(address).content.decode()
    assert "有据可查" in lead
    assert "起草推荐国家级的请示" in lead
    assert "best-5高新园区" in client_of(world.actor("lead")).get("/recommendations/").content.decode()


def test_proposal_that_nobody_took_up_rests_on_the_newest_ranking(world: World) -> None:
    with system():
        first, run = world.row(3), world.run
        run.pk, run.year, run._state.adding = None, 2026, True
        run.dossier = uuid4()
        run.save()
        ledger.open_chain(run.dossier, run.tenant)
        later = Assessment.objects.create(
            run=run, dossier=run.dossier, tenant=world.offices["city"], subject="best-3", name="best-3", year=2026,
            list="recognised", rank=1, ranked=7, final=True,
        )  # fmt: skip
        recommending.after_release(run)
        first.refresh_from_db()
        assert (first.year, first.rank, first.assessment) == (2026, 1, later)
        assert Recommendation.objects.filter(year=2026).count() == 1
        titles = Task.objects.filter(subject_id=first.pk, done_at=None).values_list("title", flat=True)
        assert list(titles) == ["是否推荐申报国家高新区：best-3高新园区（2026 年度第 1 名）"]
        before = Recommendation.objects.count()
        assert recommending._propose(Assessment(subject="best-3", year=2024, rank=1, ranked=7)) is None
        assert Recommendation.objects.count() == before, "an earlier year that is followed later proposes nothing"
    stale = world.row(4)
    with pytest.raises(Refused) as refused:
        world.act("lead", PostRole.REVIEWER, lambda actor: recommending.choose(stale, "", actor))
    assert "2026" in refused.value.reasons[0]
