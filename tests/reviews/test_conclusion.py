"""The conclusion: quorum, lapsed opinions, and the table that says what became of everything that was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from accounts.enums import PostRole
from accounts.queries import the_departments, the_lead
from accounts.scope import PUBLIC, enter, of_organisation, system
from portal.sample.acting import Office, office
from reviews import services
from reviews.models import Adoption, Condition, Opinion
from reviews.services import adoption
from tests.affairs import Affair, first
from tests.scenarios import Scene
from workflow import instants, ledger
from workflow.machine import Refused
from workflow.models import ParameterValue

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def review(province: Scene) -> Affair:
    """A case with eight of nine answers."""
    with system():
        return province.begin("jia", "review").draft().submit().route().open_review().opinions(8)


@pytest.fixture
def affair(review: Affair) -> Iterator[Affair]:
    """The same; every test takes back what it does."""
    point = transaction.savepoint()
    yield review
    transaction.savepoint_rollback(point)
    with system():
        review.case.refresh_from_db()


def lead() -> Office:
    """省科技厅."""
    return first(lambda: office(the_lead()))


def last_of(affair: Affair) -> Opinion:
    """The opinion that did not come."""
    return first(lambda: Opinion.objects.select_related("tenant", "case").get(case=affair.case, status="requested"))


def make_late(opinion: Opinion, reminded: bool = True) -> None:
    """Its day lies in the past, and the department was reminded."""
    with system():
        Opinion.objects.filter(pk=opinion.pk).update(due_on=instants.today() - dt.timedelta(days=1))
        if reminded:
            ledger.append(opinion, "remind", "催办", lead().handler, dossier=opinion.dossier)
        opinion.refresh_from_db()


def lapse(opinion: Opinion, reason: str = "已催办，逾期未回复。") -> None:
    """省科技厅 goes on without it."""
    desk = lead()
    with desk.as_(PostRole.HANDLER):
        services.lapse(opinion, reason, desk.handler)


def refused(act: Callable[[], Any], *reasons: str) -> None:
    """The act is refused for all of these reasons."""
    with pytest.raises(Refused) as refusal, system(), transaction.atomic():
        act()
    assert all(reason in str(refusal.value) for reason in reasons), str(refusal.value)


def test_outstanding_opinion_lapses_only_late_and_reminded(affair: Affair) -> None:
    opinion = last_of(affair)
    refused(lambda: lapse(opinion), "还没有到期", "还没有催办过")
    make_late(opinion, reminded=False)
    refused(lambda: lapse(opinion), "还没有催办过")
    make_late(opinion)
    refused(affair.minutes, "尚未收到")
    lapse(opinion)
    with system():
        affair.minutes()
        affair.case.refresh_from_db()
    assert affair.case.status == "concluded"
    paper = first(lambda: affair.case.conclusion.paper)
    votes = paper.data["body"][2]["rows"]
    assert [row[2] for row in votes[1:]] == ["有条件同意"] * 8 + ["未回复"]


def test_silence_counts_as_no_objection_only_with_the_parameter(affair: Affair) -> None:
    from reviews.papers.conclusion import in_votes

    opinion = last_of(affair)
    make_late(opinion)
    lapse(opinion)
    opinion.refresh_from_db = lambda: None  # type: ignore[method-assign]
    assert first(lambda: in_votes(Opinion.objects.get(pk=opinion.pk))) == "未回复"
    with system():
        desk = lead()
        ParameterValue.objects.create(
            name="silence_is_consent", version=1, value=True, since=instants.now() - dt.timedelta(days=1),
            reason="试", person=desk.signer.person, organisation=desk.organisation,
        )  # fmt: skip
        assert in_votes(Opinion.objects.get(pk=opinion.pk)) == "未回复（视为无不同意见）"


def test_quorum_is_a_share_of_those_asked(affair: Affair) -> None:
    from reviews import rules

    assert first(lambda: rules.opinions_outstanding(affair.case)) != []
    with system():
        desk = lead()
        for version, (share, met) in enumerate((("0.89", False), ("0.88", True)), start=1):
            ParameterValue.objects.create(
                name="opinion_quorum", version=version, value=share, since=instants.now() - dt.timedelta(hours=1),
                reason="试", person=desk.signer.person, organisation=desk.organisation,
            )  # fmt: skip
            assert (rules.opinions_outstanding(affair.case) == []) is met


def test_lapsed_department_may_still_sign_before_the_conclusion(affair: Affair) -> None:
    opinion = last_of(affair)
    make_late(opinion)
    lapse(opinion)
    with system():
        desk = office(opinion.tenant)
        desk.issue("opinion", opinion, opinion.dossier, "复函", {"stance": "agree", "reasons": "同意。"})
        opinion.refresh_from_db()
    assert opinion.status == "signed"


def draft_minutes(affair: Affair, treatments: dict[str, Any]) -> None:
    """省科技厅 signs minutes with this table."""
    fields = {"outcome": "recommend", "text": "建议列入。", "held": "某日某地", "present": "某某"}
    lead().issue("minutes", affair.case, affair.case.dossier, "纪要", {**fields, adoption.FIELD: treatments})


def test_every_point_is_treated_with_a_reason_unless_adopted(affair: Affair) -> None:
    with system():
        affair_opinions(affair)
        said = adoption.points(affair.case)
        assert {point.kind.value for point in said} == {"opinion", "condition"}
        adopted = {point.key: {"treatment": "adopted"} for point in said}
    some = next(key for key in adopted if key.startswith("condition"))
    refused(lambda: draft_minutes(affair, {key: row for key, row in adopted.items() if key != some}), "是否采纳")
    refused(lambda: draft_minutes(affair, {**adopted, some: {"treatment": "not"}}), "请写明理由")
    with system():
        draft_minutes(affair, {**adopted, some: {"treatment": "partly", "reason": "分两年落实。"}})
        rows = Adoption.objects.filter(conclusion__case=affair.case)
        assert rows.count() == len(said) == 17
        one = rows.get(reference=some.removeprefix("condition-"))
        assert (one.kind, one.treatment, one.reason) == ("condition", "partly", "分两年落实。")
        table = affair.case.conclusion.paper.data["body"][4]["rows"]
        assert table[0] == ["序号", "部门", "意见和条件", "采纳情况", "说明"]
        assert [row[4] for row in table if row[3] == "部分采纳"] == ["分两年落实。"]
    _only_own_lines(affair)


def affair_opinions(affair: Affair) -> None:
    """The ninth department agrees."""
    opinion = Opinion.objects.select_related("tenant").get(case=affair.case, status="requested")
    desk = office(opinion.tenant)
    desk.issue("opinion", opinion, opinion.dossier, "复函", {"stance": "agree", "reasons": "同意。"})


def _only_own_lines(affair: Affair) -> None:
    """A department reads its own lines, the city none, and nobody changes them."""
    departments = first(lambda: list(the_departments()))
    for department in departments:
        with of_organisation(department.pk):
            assert {row.tenant_id for row in Adoption.objects.all()} == {department.pk}
    for scope in (affair.city.handler.scope, PUBLIC):
        with enter(scope), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM reviews_adoption")
            assert cursor.fetchone() == (0,)
    with pytest.raises(IntegrityError), system(), connection.cursor() as cursor, transaction.atomic():
        cursor.execute("UPDATE reviews_adoption SET reason = '改'")


def test_table_of_adoption_knows_every_condition_and_remark(affair: Affair) -> None:
    with system():
        assert Condition.objects.filter(case=affair.case).count() == 8
        keys = [point.key for point in adoption.points(affair.case)]
        assert len(keys) == len(set(keys)) == 16
