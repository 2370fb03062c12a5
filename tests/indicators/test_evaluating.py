"""U3, U5: third parties evaluate blind, a third scores what two see too differently, nobody edits a sheet."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.scope import PUBLIC, enter, system
from indicators import arbitration, conflicts, queries_evaluating, sealed
from indicators.enums_evaluating import EngagementKind
from indicators.models import (
    Engagement,
    EvaluationContract,
    EvaluationResult,
    EvaluationRound,
    GivenScore,
    RatingSeat,
    SheetDraft,
)
from indicators.services import evaluation_reminding, evaluation_rounds, evaluation_seats, evaluation_sheets
from notifications.models import Message
from policy import decimals
from tests.delivered import deliver_acts
from tests.factories import make_actor, make_post
from tests.indicators.evaluations import FIRST, SECOND, THIRD, YEAR, World, opened, scoring, world
from tests.indicators.released import client_of
from workflow import instants
from workflow.machine import Refused
from workflow.models import Event, Task

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("scores", "final"),
    [
        (("80", "70"), "75"),
        (("80", "60", "78"), "79"),
        (("80", "60", "61"), "60.5"),
        (("80", "60", "70"), "70"),
        (("90", "90", "10"), "90"),
    ],
)
def test_final_score_is_the_mean_of_the_two_closest(scores: tuple[str, ...], final: str) -> None:
    assert arbitration.final([Fraction(one) for one in scores]) == Fraction(final)


def test_two_differ_only_beyond_the_limit() -> None:
    first = {"x": Fraction(80), "y": Fraction(80), "z": Fraction(50)}
    second = {"x": Fraction(70), "y": Fraction("69.99"), "z": Fraction(61)}
    assert arbitration.differing(first, second, Fraction(10)) == ["y", "z"]
    told = arbitration.biases([{"p": Fraction(80), "q": Fraction(70)}, {"p": Fraction(60), "q": Fraction(64)}])
    assert (told["p"].mean, told["q"].mean, told["p"].number) == (Fraction(3), Fraction(-3), 2)


def engaged(scene: World, until: dt.date | None, code: str = "a", *, person: str = "") -> Engagement:
    """What the third party, or one of its people, had with a place."""
    with system():
        return Engagement.objects.create(
            tenant=scene.office, person=scene.people[person].person if person else None, place=scene.places[code],
            kind=EngagementKind.CONTRACT, what="规划编制", since=dt.date(2010, 1, 1), until=until,
            declared_by=scene.people["handler"].person,
        )  # fmt: skip


def test_conflict_counts_until_the_third_year_is_full() -> None:
    scene = opened()
    edge = conflicts.first_day(instants.day_of(scene.row.opened_at))
    engaged(scene, edge - dt.timedelta(days=1))
    scene.sit("first", FIRST)
    engaged(scene, edge, person="second")
    with pytest.raises(Refused, match="须回避"):
        scene.sit("second", SECOND)
    scene.sit("second", SECOND, "b")
    assert conflicts.first_day(dt.date(2024, 2, 29), 3) == dt.date(2021, 2, 28)


def test_a_post_in_the_city_above_or_a_county_bars_too() -> None:
    scene = world()
    with system():
        county = scene.places["b"]
        type(county).objects.filter(pk=county.pk).update(parent=scene.places["a"], level="county")
        person = scene.people["third"].person
        make_post(person, scene.governments["a"])
        known = conflicts.known([person.pk], [scene.office.pk], [county.pk])
        found = known.against(person.pk, scene.office.pk, county.pk, instants.today())
    assert [one.known for one in found] == [True]
    assert "系统任职记录" in str(found[0])


def reads(actor: Actor) -> tuple[int, int]:
    """How many scores and drafts a person's scope shows."""
    with enter(actor.scope):
        return GivenScore.objects.count(), SheetDraft.objects.count()


def test_scores_are_blind_a_third_decides_and_results_are_written_once() -> None:
    scene = scoring()
    everybody = [scene.lead(), scene.lead(PostRole.REVIEWER), scene.people["handler"], scene.people["second"]]
    assert scene.score("first", "80", "70", "90") == sealed.WAITING
    assert [reads(one) for one in [*everybody, scene.people["first"]]] == [(0, 0)] * 4 + [(3, 1)]
    assert scene.score("second", "60", "72", "80") == sealed.DISPUTED
    assert scene.place(scene.places["a"].pk).disputed == [scene.codes[0]]
    assert scene.score("first", "50", "50", "50", code="b") == sealed.WAITING
    assert scene.score("second", "60", "60", "60", code="b") == sealed.SETTLED
    with pytest.raises(Refused, match="还没有评完"):
        scene.report()
    with system():
        assert Task.objects.get(kind=evaluation_seats.SEAT, done_at=None).organisation == scene.lead().organisation
    scene.sit("third", THIRD)
    scene.declare("third")
    with enter(scene.people["third"].scope):
        assert scene.own("third").codes == [scene.codes[0]]
        assert GivenScore.objects.count() == 0
    assert scene.score("third", "64") == sealed.SETTLED
    with pytest.raises(Refused, match="还没有测评结果"):
        scene.close()
    scene.report()
    with pytest.raises(Refused):
        scene.close(PostRole.HANDLER)
    scene.close()
    with system():
        told = {one.place_id: one for one in EvaluationResult.objects.all()}
        one = told[scene.places["a"].pk]
        assert not Task.objects.filter(done_at=None, kind__in=["evaluate", "close_evaluation"]).exists()
        assert queries_evaluating.latest_result(one.place_id) == one
        due = {year: [one.place.pk for one in queries_evaluating.due_places(year)] for year in (YEAR + 1, YEAR + 2)}
    scores = {code: said["score"] for code, said in one.reviews.items()}
    assert scores == dict(zip(scene.codes, ("62", "71", "85"), strict=True))
    assert (one.reviews[scene.codes[0]]["number"], one.scores[scene.codes[1]]) == (3, "71.0")
    assert 0 < decimals.parse(one.score) < 100
    assert due == {YEAR + 1: [], YEAR + 2: sorted(told)}
    # Whoever may read the sheets now; 80, 60 and 64 of the first indicator, 64 against their mean of 70.
    assert reads(scene.lead()) == (13, 0)
    assert reads(scene.people["second"]) == (6, 2)
    assert sealed.biases(scene.row)[str(scene.people["third"].person.pk)].mean == Fraction(-6)
    with enter(scene.lead().scope), transaction.atomic(), pytest.raises(DatabaseError, match="append-only"):
        EvaluationResult.objects.update(score="99")
    with enter(PUBLIC):
        assert queries_evaluating.latest_result(one.place_id) is None
    with enter(scene.lead().scope):
        assert scene.row.results.update(published_at=instants.now()) == 2
    with enter(PUBLIC):
        assert queries_evaluating.latest_result(one.place_id) == one


def test_a_sheet_is_returned_and_never_edited() -> None:
    scene = scoring()
    scene.score("first", "80", "70", "90")
    scene.score("second", "79", "72", "80")
    lead = scene.lead()
    with enter(scene.people["first"].scope):
        with pytest.raises(Refused, match="不能再改"):
            evaluation_sheets.save_draft(scene.own("first"), {scene.codes[0]: {"score": "1"}}, scene.people["first"])
        with transaction.atomic(), pytest.raises(DatabaseError, match="returned by others"):
            RatingSeat.objects.filter(pk=scene.own("first").pk).update(handed_at=None)
        assert GivenScore.objects.update(superseded_at=instants.now()) == 0
    with enter(lead.scope):
        seat = scene.seat("first")
        assert GivenScore.objects.update(score="1") == 0
        with transaction.atomic(), pytest.raises(DatabaseError, match="handed in by its evaluator"):
            RatingSeat.objects.filter(pk=seat.pk).update(handed_at=instants.now())
        with pytest.raises(Refused, match="理由"):
            evaluation_sheets.give_back(seat, " ", lead)
        evaluation_sheets.give_back(seat, "理由过于笼统", lead)
        own = {"dossier": seat.dossier, "tenant_id": seat.tenant_id, "person_id": seat.person_id}
        with transaction.atomic(), pytest.raises(ProgrammingError, match="row-level security"):
            GivenScore.objects.create(
                seat=seat, subject=scene.places["a"].pk, code=scene.codes[0], score=1, reason="x", **own
            )
    assert scene.place(scene.places["a"].pk).settled_at is None
    assert scene.score("first", "80", "75", "90") == sealed.SETTLED
    with enter(scene.people["first"].scope):
        rows = GivenScore.objects.filter(code=scene.codes[1]).order_by("given_at")
        assert [(str(one.score), one.superseded_at is None) for one in rows] == [("70.00", False), ("75.00", True)]
        assert GivenScore.objects.count() == 4


def test_sheet_says_which_score_is_wrong_and_keeps_what_was_typed() -> None:
    scene = scoring()
    with enter(scene.people["first"].scope):
        seat = scene.own("first")
        labels = {part.code: part.label for part in evaluation_sheets.parts_of(seat)}
    one, two, three = scene.codes
    sent = {
        f"{one}-score": "185", f"{one}-reason": "示例理由", f"{two}-score": "", f"{two}-reason": "示例",
        f"{three}-score": "85.5", f"{three}-reason": "", "hand_in": "1",
    }  # fmt: skip
    answer = client_of(scene.people["first"]).post(f"/evaluations/sheets/{seat.pk}/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    for code, text in (
        (f"{one}-score", f"“{labels[one]}”的得分“185”不对：请填写 0 至 100 的数，最多两位小数，如 85 或 85.5。"),
        (f"{two}-score", f"“{labels[two]}”还没有得分，请填写 0 至 100 的数。"),
        (f"{three}-reason", f"“{labels[three]}”还没有理由，请写明依据。"),
    ):
        assert f'<a href="#{code}">{text}</a>' in page
    assert ('value="185"' in page, "示例理由" in page, 'value="85.5"' in page) == (True, True, True)
    assert "90 至 100 为优秀" in page


def told(person: Actor) -> list[tuple[str, str]]:
    """What the person finds among the messages of the office."""
    with enter(person.scope):
        return list(Message.objects.order_by("created_at").values_list("title", "body"))


def test_what_is_for_one_evaluator_is_told_to_that_one_alone() -> None:
    scene = scoring()
    for name in ("first", "second"):
        scene.score(name, "80", "70", "90")
    with enter(scene.lead().scope):
        evaluation_sheets.give_back(scene.seat("first"), "理由过于笼统", scene.lead())
    with system():
        deliver_acts()
    first, second, handler = (told(scene.people[name]) for name in ("first", "second", "handler"))
    returned = ("评分被退回：示例a市", "理由过于笼统")
    assert (returned in first, returned in second, returned in handler) == (True, False, False)
    assert [title for title, _body in first if title.startswith("测评评分：示例a市")] != []
    assert [title for title, _body in handler if title.startswith("测评评分")] == []
    assert [title for title, _body in handler if title.startswith("受委托承担")] != []
    with enter(scene.people["second"].scope):
        assert not Event.objects.filter(reason="理由过于笼统").exists()
        assert not Message.objects.filter(title=returned[0]).update(read_at=instants.now())


def test_sheets_that_are_late_are_told_to_their_evaluators() -> None:
    scene = scoring()
    scene.score("first", "80", "70", "90")
    late = scene.place(scene.places["a"].pk).round.due_on + dt.timedelta(days=1)
    with system():
        before = Message.objects.count()
        evaluation_reminding.remind_all(late)
        deliver_acts()
        rows = Message.objects.filter(title__endswith="已到期，还有评分没有提交")
        found = {str(one.person or one.organisation): one.body for one in rows.select_related("person", "organisation")}
        assert Message.objects.count() > before
    assert found[scene.people["second"].person.name] == "示例a市、示例b市"
    assert set(found) == {scene.lead().organisation.name, "评价人first", "评价人second"}


def test_whoever_is_replaced_no_longer_counts_and_stays_on_record() -> None:
    scene = scoring()
    scene.score("first", "80", "70", "90")
    scene.score("second", "40", "70", "90")
    lead = scene.lead()
    scene.sit("third", THIRD)
    with enter(lead.scope):
        evaluation_seats.replace(scene.seat("second"), scene.people["spare"].post, "有亲属在当地任职", lead)
    with system():
        ended = {one.person_id: one.ended_reason for one in RatingSeat.objects.exclude(ended_at=None)}
    assert ended[scene.people["second"].person.pk] == "有亲属在当地任职"
    assert scene.people["third"].person.pk in ended
    with pytest.raises(RatingSeat.DoesNotExist):
        scene.score("second", "80", "70", "90")
    scene.declare("spare")
    assert scene.score("spare", "82", "70", "90") == sealed.SETTLED
    with system():
        agreed = EvaluationContract.objects.get()
        scores = sealed.results(agreed)[scene.places["a"].pk]["reviews"]
    assert scores[scene.codes[0]]["score"] == "81"
    with enter(lead.scope), transaction.atomic(), pytest.raises(IntegrityError, match="one_evaluator_per_turn"):
        RatingSeat.objects.create(
            round=scene.seat("first").round, dossier=scene.seat("first").dossier, tenant=scene.office,
            person=scene.people["handler"].person, place=scene.place(scene.places["a"].pk), turn=FIRST,
        )  # fmt: skip


def test_declaring_with_a_conflict_leaves_the_seat_and_asks_for_another() -> None:
    scene = opened()
    for turn, name in ((FIRST, "first"), (SECOND, "second")):
        scene.sit(name, turn)
    first = scene.people["first"]
    with enter(first.scope):
        assert evaluation_sheets.figures_of(scene.place(scene.places["a"].pk)) == {}
        evaluation_seats.declare_engagement(
            scene.places["a"], EngagementKind.EMPLOYMENT, "顾问", dt.date(2020, 1, 1), None, first, personal=True
        )
    assert [one.person_id for one in scene.declare("first")] == [first.person.pk]
    scene.declare("second")
    with enter(scene.people["second"].scope):
        seen = evaluation_sheets.figures_of(scene.place(scene.places["a"].pk))
        assert seen["C.gdp"].keys() == {YEAR - 1, YEAR}
        assert evaluation_sheets.figures_of(scene.place(scene.places["b"].pk)) == {}
    with system():
        assert Task.objects.filter(kind=evaluation_seats.SEAT, done_at=None).count() == 1
    with enter(scene.lead().scope), pytest.raises(Refused, match="两名评价人"):
        evaluation_rounds.start(EvaluationRound.objects.get(pk=scene.row.pk), "", scene.lead())


def test_two_are_seated_at_every_place_but_where_one_has_a_conflict() -> None:
    scene = opened()
    engaged(scene, None, "b", person="second")
    lead = scene.lead()
    with enter(lead.scope):
        agreed = EvaluationContract.objects.select_related("round", "organisation").get()
        first, second = (scene.people[name].post for name in ("first", "second"))
        with pytest.raises(Refused, match="不同的评价人"):
            evaluation_seats.seat_all(agreed, [first, first], lead)
        [left] = evaluation_seats.seat_all(agreed, [first, second], lead)
        assert left.startswith("示例b市")
        page = client_of(lead).post(
            f"/evaluations/contracts/{agreed.pk}/seats/", {"first": first.pk, "second": second.pk}
        )
    assert page.status_code == 302
    with system():
        taken = RatingSeat.objects.values_list("place__place", "turn").order_by("place__place", "turn")
        assert [turn for _place, turn in taken] == [FIRST, SECOND, FIRST]


def test_pages_of_a_round_for_each_audience() -> None:
    scene = scoring()
    page = scene.row.get_absolute_url()
    lead, first, city = client_of(scene.lead()), client_of(scene.people["first"]), client_of(city_of(scene))
    for client, status in ((lead, 200), (first, 200), (city, 404)):
        assert client.get(page).status_code == status
    sheet = f"/evaluations/sheets/{scene.seat('first').pk}/"
    assert (lead.get(sheet).status_code, client_of(scene.people["second"]).get(sheet).status_code) == (404, 404)
    assert "核定数据" in first.get(sheet).content.decode()
    code = scene.codes[0]
    wrong = first.post(sheet, {f"{code}-score": "101", f"{code}-reason": "规划落实", "hand_in": "1"})
    text = wrong.content.decode()
    assert (wrong.status_code, "规划落实" in text, 'value="101"' in text) == (422, True, True)
    typed = {
        f"{one}-{part}": said for one in scene.codes for part, said in (("score", "76.43"), ("reason", "规划落实"))
    }
    assert first.post(sheet, {**typed, "hand_in": "1"}).status_code == 302
    place = f"/evaluations/places/{scene.place(scene.places['a'].pk).pk}/"
    shown = lead.get(place).content.decode()
    assert ("已提交" in shown, "76.43" in shown, "规划落实" in shown) == (True, False, False)
    scene.score("second", "77", "77", "77")
    for name in ("first", "second"):
        scene.score(name, "50", "50", "50", code="b")
    scene.report()
    scene.close()
    with system():
        result = EvaluationResult.objects.get(place=scene.places["a"])
    text = city.get(result.get_absolute_url()).content.decode()
    assert ("规划落实" in text, scene.people["first"].person.name in text) == (True, False)
    with system():
        neighbour = make_actor(scene.governments["b"])
    assert client_of(neighbour).get(result.get_absolute_url()).status_code == 404
    assert "76.43" in lead.get(place).content.decode()
    assert "同评人" in lead.get(page).content.decode()


def test_list_asks_as_often_for_many_rounds_as_for_one() -> None:
    scene = opened()
    lead, numbers = client_of(scene.lead()), []
    for number in (0, 30):
        with system():
            EvaluationRound.objects.bulk_create(
                EvaluationRound(
                    tenant=scene.row.tenant, kind="initial", year=2020, number=one, due_on=scene.row.due_on,
                    opened_by=scene.lead().person, status="dropped", closed_at=instants.now(),
                )
                for one in range(1, number + 1)
            )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert lead.get("/evaluations/").status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def city_of(scene: World) -> Actor:
    """A handler of the first place's government."""
    with system():
        return make_actor(scene.governments["a"])


def test_due_places_and_empty_seats_are_told_once() -> None:
    scene = world()
    with system():
        assert evaluation_reminding.remind_all() == 1
        assert evaluation_reminding.remind_all() == 0
        task = Task.objects.get(kind=evaluation_rounds.OPEN, done_at=None)
    assert (task.organisation_id, "2个试点" in task.title) == (scene.lead().organisation.pk, True)
    scene.open()
    with system():
        assert not Task.objects.filter(kind=evaluation_rounds.OPEN, done_at=None).exists()
        tomorrow = instants.today() + dt.timedelta(days=1)
        assert [evaluation_reminding.remind_all(day) for day in (instants.today(), tomorrow, tomorrow)] == [0, 1, 0]
