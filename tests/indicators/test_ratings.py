"""What people score of a year's index: blind until the round is closed, then counted in the run to the last digit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.scope import enter, system
from indicators import queries_rating, recompute
from indicators.enums import Listing, Programme, RankingList
from indicators.models import Assessment, GivenScore, IndexVersion, RatingRound, RatingSeat, Run
from indicators.services import explaining, rating, replaying, running
from indicators.services.rating import Said
from indicators.subjects import subjects_of
from policy import decimals
from tests.factories import make_actor, make_organisation
from tests.indicators.released import Year, client_of, compute, computed_year, released
from tests.indicators.years import YEAR
from workflow import instants
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db
CODE = "plan_and_services"


class Scene:
    """A computed year, and a round in which an expert and a department's handler score the list under creation."""

    def __init__(self) -> None:
        self.year: Year = computed_year()
        self.handler, self.reviewer = self.year.lead(), self.year.lead(PostRole.REVIEWER)
        with system():
            self.expert = make_actor(make_organisation(OrganisationKind.EXPERT, "专家甲"), PostRole.SIGNER)
            self.version = IndexVersion.objects.get(ranking=RankingList.CREATING)
        self.other = self.year.world.actor("other")
        self.row = self.open()

    def open(self, **changed: object) -> RatingRound:
        """Opened by 省科技厅's handler."""
        with enter(self.handler.scope):
            given = {
                "version": self.version,
                "year": YEAR,
                "subjects": [one for one in subjects_of(Programme.PARK, YEAR) if one.list == RankingList.CREATING],
                "asked": {CODE: [self.expert.post, self.other.post]},
                "due_on": instants.today() + dt.timedelta(days=10),
                "actor": self.handler,
            }
            return rating.open_round(**given | changed)  # type: ignore[arg-type]

    def give(self, actor: Actor, **scores: str) -> int:
        """A person scores."""
        with enter(actor.scope):
            seat = RatingSeat.objects.get(round=self.row, person=actor.person)
            return rating.give(
                seat, CODE, {slug: Said(Decimal(one), "看过现场") for slug, one in scores.items()}, actor
            )

    def give_all(self, **changed: str) -> None:
        """Both score everybody 60, but for what is given; of `near` the expert gives 61."""
        slugs = [one["code"] for one in self.row.subjects]
        self.give(self.expert, **dict.fromkeys(slugs, "60") | changed)
        self.give(self.other, **dict.fromkeys(slugs, "60"))

    def close(self, reason: str = "") -> None:
        """Closed by 省科技厅's reviewer."""
        with enter(self.reviewer.scope):
            self.row = RatingRound.objects.get(pk=self.row.pk)
            rating.close(self.row, reason, self.reviewer)

    def reads(self, actor: Actor) -> int:
        """How many scores of the round a person's scope shows."""
        with enter(actor.scope):
            return GivenScore.objects.filter(seat__round=self.row.pk).count()


@pytest.fixture
def scene() -> Scene:
    """An open round."""
    return Scene()


def test_scores_are_blind_until_the_round_is_closed(scene: Scene) -> None:
    statistics, colleague = scene.year.world.actor("statistics"), scene.year.world.actor("other", PostRole.SIGNER)
    city = make_actor_of(scene)
    scene.give(scene.expert, good="80", miss="70.25")
    assert scene.give(scene.expert, good="81", miss="70.25") == 1
    assert scene.give(scene.other, good="40") == 1
    everybody = (scene.expert, scene.other, colleague, scene.handler, scene.reviewer, statistics, city)
    assert [scene.reads(one) for one in everybody] == [3, 1, 0, 0, 0, 0, 0]
    with enter(scene.handler.scope):
        told = {one.seat.person_id: one.given for one in queries_rating.progress(scene.row)}
    assert told == {scene.expert.person.pk: 2, scene.other.person.pk: 1}
    with enter(scene.expert.scope):
        assert [one.given for one in queries_rating.progress(scene.row)] == [0]
        assert queries_rating.reviews_of([scene.version], YEAR) == {}
    with pytest.raises(Refused, match="还没有评完"):
        scene.close()
    scene.close("评审会已经结束")
    # What was superseded stays on record.
    assert [scene.reads(one) for one in everybody] == [3, 1, 0, 4, 4, 4, 0]
    with system():
        assert not Task.objects.filter(dossier=scene.row.dossier, done_at=None).exists()
        told_of = queries_rating.reviews_of([scene.version], YEAR)
    assert {slug: one[CODE]["score"] for slug, one in told_of.items()} == {"good": "60.5", "miss": "70.25"}
    with pytest.raises(Refused, match="已经结束"):
        scene.give(scene.other, good="41")


def make_actor_of(scene: Scene) -> Actor:
    """A handler of the parks' city."""
    return scene.year.world.actor("city")


def test_database_refuses_scores_of_others_and_after_closing(scene: Scene) -> None:
    with system():
        seats = {seat.person_id: seat for seat in scene.row.seats.all()}
        task = Task.objects.get(subject_id=seats[scene.expert.person.pk].pk)
    assert task.assignee_id == scene.expert.person.pk
    about = {"dossier": scene.row.dossier, "code": CODE, "score": Decimal(50), "reason": "x"}

    def write(actor: Actor, seat: RatingSeat, subject: str) -> None:
        with enter(actor.scope), transaction.atomic():
            GivenScore.objects.create(
                seat=seat, tenant_id=seat.tenant_id, person_id=seat.person_id, subject=subject, **about
            )

    own = seats[scene.other.person.pk]
    for actor, seat, subject in (
        (scene.other, seats[scene.expert.person.pk], "good"),
        (scene.handler, own, "good"),
        (scene.other, own, "old"),
    ):
        with pytest.raises(ProgrammingError, match="row-level security"):
            write(actor, seat, subject)
    write(scene.other, own, "good")
    with pytest.raises(IntegrityError, match="one_standing_score"):
        write(scene.other, own, "good")
    scene.close("结束")
    with pytest.raises(ProgrammingError, match="row-level security"):
        write(scene.other, own, "miss")


def test_round_names_people_who_may_score_and_closes_by_another(scene: Scene) -> None:
    city = make_actor_of(scene)
    for changed, words in (
        ({}, "正在进行"),
        ({"asked": {CODE: [city.post]}}, "在岗人员"),
        ({"asked": {}}, "指定评分人"),
        ({"subjects": []}, "至少选择"),
        ({"due_on": instants.today() - dt.timedelta(days=1)}, "不能早于"),
        ({"actor": scene.reviewer}, "经办人"),
    ):
        with pytest.raises(Refused, match=words):
            scene.open(**changed)
    with enter(scene.handler.scope), pytest.raises(Refused):
        rating.close(scene.row, "x", scene.handler)
    with enter(scene.handler.scope):
        rating.drop(RatingRound.objects.get(pk=scene.row.pk), "名单有误", scene.handler)
    assert scene.open().status == "open"


def test_run_counts_the_closed_scores_to_the_last_digit_and_replays(scene: Scene) -> None:
    year, first = scene.year, scene.year.run
    scene.give_all(miss="61", good="100")
    assert compute().pk == first.pk
    scene.close()
    year.run = compute()
    assert (year.run.number, year.run.input_hash != first.input_hash) == (first.number + 1, True)
    with system():
        assert replaying.differences(year.run) == []
        before, after = (Assessment.objects.get(run=run, subject="miss") for run in (first, year.run))
        files = replaying.stage_files(year.run, RankingList.CREATING)
        words = explaining.explain("miss", YEAR)
    # (61 + 60) ÷ 2 = 60.5 of 100, at its weight of 4; before, its weight was shared by what had a value.
    assert after.reviews[CODE]["score"] == "60.5"
    weights = weight_of_known(scene.version, before)
    expected = (Fraction(before.score) * weights + Fraction("60.5") * 4) / (weights + 4)
    assert abs(Fraction(after.score) - expected) < Fraction(1, 10**9)
    assert ("60.50 分（2 人平均）" in words, "专家甲：看过现场" in words) == (True, True)
    assert b"60.5" in b"".join(files.values())


def weight_of_known(version: IndexVersion, one: Assessment) -> Fraction:
    """The sum of the weights of the indicators that had a value."""
    return sum(
        (decimals.parse(part.weight) for part in version.parts if part.level == 1 and part.code in one.scores),
        Fraction(0),
    )


def test_published_year_shows_the_mean_and_reasons_to_the_park_and_in_the_files(scene: Scene) -> None:
    scene.give_all(miss="61")
    scene.close()
    scene.year.run = compute()
    with system():
        address = f"/runs/assessments/{Assessment.objects.get(run=scene.year.run, subject='miss').pk}/"
    city = client_of(make_actor_of(scene))
    assert city.get(address).status_code == 404
    released(scene.year, Listing.FULL)
    text = city.get(address).content.decode()
    assert ("60.50" in text, "专家甲：看过现场" in text, scene.expert.person.name in text) == (True, True, False)
    with system():
        neighbour = make_actor(scene.year.neighbour)
    text = client_of(neighbour).get(address).content.decode()
    assert ("60.50" in text, "专家甲" in text, "看过现场" in text) == (True, True, False)
    with system():
        run = Run.objects.get(pk=scene.year.run.pk)
        data = recompute.file(run, "creating-data.csv")
    assert data is not None
    line = next(row for row in data.content.decode("utf-8-sig").splitlines() if row.startswith("miss,"))
    assert "60.5" in line.split(",")


def test_pages_open_score_and_close_and_keep_what_was_typed(scene: Scene) -> None:
    with enter(scene.handler.scope):
        rating.drop(scene.row, "重来", scene.handler)
    lead, expert = client_of(scene.handler), client_of(scene.expert)
    start = lead.get(f"/runs/start/?programme=park&year={YEAR}").content.decode()
    page = f"/ratings/open/creating/{YEAR}/"
    assert ("尚未发起评分" in start, page in start, lead.get("/ratings/").status_code) == (True, True, 200)
    assert (expert.get(page).status_code, lead.get(f"/ratings/open/unknown/{YEAR}/").status_code) == (404, 404)
    due = (instants.today() + dt.timedelta(days=5)).isoformat()
    typed = {"due_on": due, "subjects": ["good", "miss"]}
    assert lead.post(page, typed).status_code == 422
    assert lead.post(page, {**typed, f"people-{CODE}": [str(scene.expert.post.pk)]}).status_code == 302
    with system():
        row = RatingRound.objects.get(status="open")
    table = f"{row.get_absolute_url()}{CODE}/"
    wrong = expert.post(table, {"s1-score": "101", "s1-reason": "规划落实得好", "s2-score": "70"})
    text = wrong.content.decode()
    kept = ("规划落实得好", 'value="70"', 'href="#id_s1-score"', "得分应为 0 至 100 的数", "请写明理由")
    assert (wrong.status_code, [word for word in kept if word not in text]) == (422, [])
    assert "评分中，尚未结束" in lead.get(f"/runs/start/?programme=park&year={YEAR}").content.decode()
    good = {"s1-score": "90.5", "s1-reason": "规划落实得好", "s2-score": "70", "s2-reason": "服务机构少"}
    assert expert.post(table, good).status_code == 302
    assert ("2 / 2" in expert.get(row.get_absolute_url()).content.decode(), lead.get(table).status_code) == (True, 404)
    open_page = lead.get(row.get_absolute_url()).content.decode()
    assert ("已评完" in open_page, "90.5" in open_page) == (True, False)
    reviewer = client_of(scene.reviewer)
    assert lead.post(f"{row.get_absolute_url()}act/close/", {}).status_code == 404
    assert reviewer.post(f"{row.get_absolute_url()}act/close/", {}).status_code == 302
    closed = reviewer.get(row.get_absolute_url()).content.decode()
    assert ("90.5" in closed, "服务机构少" in closed) == (True, True)
    assert client_of(make_actor_of(scene)).get(row.get_absolute_url()).status_code == 404
    with enter(scene.handler.scope):
        assert running.start_run(Programme.PARK, YEAR, scene.handler).pk != scene.year.run.pk
