"""Recognition from the window to the decision: passed and failed, who judges what, who sees it (P-II.3.0, T23–T25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.enums import PostRole
from accounts.queries import the_government
from accounts.scope import enter, system
from applications import completeness, materials, plan, reminding, services
from applications.enums import KindCode
from applications.kinds import by_code
from applications.plan_state import opened_on
from indicators.services.ledgers_opening import open_ledger
from indicators.services.recognition import last_full_year
from notifications.models import Message, Paper
from portal.sample.acting import office
from registry.enums import ParkStatus
from registry.models import LegalStatus, Park
from reviews import items
from reviews import services as reviews
from reviews.enums_publicity import VisitKind
from reviews.models import Case, ItemOutcome, Publicity, ReviewItem
from reviews.services import Judgement
from tests import joint_review as joint
from tests.affairs import Affair
from tests.indicators.years import park_of
from tests.plans import write_plan
from tests.reviews.at_work import deliver, refusal
from tests.scenarios import Scene
from workflow import instants, ledger
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db
LISTED = dt.date(2020, 5, 1)


def listed_park(province: Scene, slug: str, since: dt.date = LISTED) -> Park:
    """甲's park that has been on the list since a day."""
    tenant = province.audiences["jia-handler"].actor.organisation  # type: ignore[union-attr]
    with system():
        return park_of(slug, tenant, ("creating", since.isoformat(), "day"))


def apply(province: Scene, park: Park) -> Affair:
    """The city's application with everything that it asks for."""
    affair = province.begin("jia", "recognition")
    assert park.host_zone is not None
    affair.zone = park.host_zone
    with affair.city.as_(PostRole.HANDLER):
        handler = affair.city.handler
        affair.filing = services.create_about(handler, park, KindCode.RECOGNITION)
        day = opened_on(affair.filing)
        texts = {key: "12.5" if key.endswith("eia.area") else "建成研发机构十二家。"
                 for section in plan.sections(day, KindCode.RECOGNITION) for key in section.keys}  # fmt: skip
        write_plan(affair.filing, texts, handler)
        for piece in materials.pieces_of(KindCode.RECOGNITION):
            if piece.code not in materials.OPTIONAL:
                affair.attach(piece.code)
    return affair


@pytest.fixture(scope="module")
def review(province: Scene, django_db_setup: None, django_db_blocker: Any) -> Iterator[Affair]:
    """甲's recognition under joint review, all departments have answered."""
    with django_db_blocker.unblock(), transaction.atomic():
        with system():
            affair = apply(province, listed_park(province, "own-park"))
            assert [one.text for one in completeness.missing(affair.filing) if "请示" not in one.text] == []
            affair.submit().route().open_review().opinions()
        connection.check_constraints()
        yield affair
        transaction.set_rollback(True)


@pytest.fixture
def affair(review: Affair) -> Iterator[Affair]:
    """The same; every test takes back what it does."""
    point = transaction.savepoint()
    yield review
    transaction.savepoint_rollback(point)
    with system():
        review.filing.refresh_from_db()
        review.case.refresh_from_db()


def judged(affair: Affair, outcome: ItemOutcome = ItemOutcome.MET) -> None:
    """The park was seen; half of the clauses go to 省发展改革委, half to 省科技厅 itself, and each is judged."""
    lead, fgw = joint.lead(), joint.the_office("dept-fgw")
    with lead.as_(PostRole.HANDLER):
        visit = reviews.plan_visit(
            affair.case, VisitKind.SITE, instants.today(), "园区管委会", "省科技厅 王处长", lead.handler
        )
    said_there = {"seen": "实地查看了核心区。", "advice": "建议加快腾退。"}
    lead.issue("visit_minutes", visit, visit.dossier, "现场考察纪要", said_there)
    with lead.as_(PostRole.HANDLER):
        codes = [clause.id for clause in items.clauses_of(affair.case)]
        reviews.ask_reviewer(affair.case, codes[::2], fgw.organisation, lead.handler)
        reviews.ask_reviewer(affair.case, codes[1::2], lead.organisation, lead.handler)
    for desk, some in ((fgw, codes[::2]), (lead, codes[1::2])):
        with desk.as_(PostRole.HANDLER):
            said = {code: Judgement(outcome, f"{code}：现场核实。") for code in some}
            reviews.judge_items(affair.case, said, desk.handler)


def test_window_opens_three_years_after_the_listing_and_only_for_a_park_under_creation(province: Scene) -> None:
    city = province.audiences["jia-handler"].actor
    assert city is not None
    today = instants.today()
    young = listed_park(province, "young", today.replace(year=today.year - 3, day=1) + dt.timedelta(days=32))
    with system():
        gone = park_of("gone", city.organisation, ("creating", "2013-01-31", "day"), ("revoked", "2016-08-01", "day"))
        unknown = park_of("unknown", city.organisation, ("creating", None, "unknown"))
    old = listed_park(province, "old")
    with enter(city.scope):
        (told,) = services.obstacles_about(city, young, KindCode.RECOGNITION)
        assert "满3年后才能申请认定" in told
        (told,) = services.obstacles_about(city, gone, KindCode.RECOGNITION)
        assert "只有创建中的园区可以申请认定" in told
        (told,) = services.obstacles_about(city, unknown, KindCode.RECOGNITION)
        assert "无法核对建设年限" in told
        assert services.obstacles_about(city, old, KindCode.RECOGNITION) == []
        assert ["已超过5年" in note for note in by_code(KindCode.RECOGNITION).notes(old)] == [True]
        with pytest.raises(Refused, match="满3年后"):
            services.create_about(city, young, KindCode.RECOGNITION)
    neighbour = province.audiences["yi-handler"].actor
    assert neighbour is not None
    with enter(neighbour.scope):
        assert services.obstacles_about(neighbour, old, KindCode.RECOGNITION) == ["只能就本单位的园区申报。"]


def test_data_book_is_read_from_the_register_and_frozen(affair: Affair) -> None:
    with system():
        content = affair.case.version.content
    year = last_full_year()
    assert (content["kind"], content["park"], content["years"]) == (
        "recognition", "own-park", [str(year - 1), str(year)]
    )  # fmt: skip
    assert content["figures"]["P.tit_revenue"] == {str(year - 1): None, str(year): None}, "unknown, never zero"
    assert content["findings"]["set"] == "park-recognition"
    with system():
        assert affair.filing.request_paper is not None
        assert affair.filing.request_paper.title.endswith("为省级高新技术产业园区的请示")


def test_each_clause_of_review_is_judged_once_by_somebody_named_before_the_conclusion(affair: Affair) -> None:
    lead, fgw = joint.lead(), joint.the_office("dept-fgw")
    with system():
        case = Case.objects.select_related("filing", "version").get(pk=affair.case.pk)
    codes = [clause.id for clause in items.clauses_of(case)]
    assert ("P-II.3.1e" in codes, "P-II.3.5c" in codes, len(codes)) == (True, True, 12)
    with pytest.raises(Refused, match=r"还有 12 项评审条款没有评定.*没有现场考察"):
        affair.minutes()
    stranger = joint.the_office("other-czt")
    with lead.as_(PostRole.HANDLER):
        with pytest.raises(Refused, match="没有参加本案"):
            reviews.ask_reviewer(case, codes[:1], stranger.organisation, lead.handler)
        reviews.ask_reviewer(case, codes[:2], fgw.organisation, lead.handler)
        with pytest.raises(Refused, match="已经指定评审"):
            reviews.ask_reviewer(case, codes[:1], lead.organisation, lead.handler)
    assert "只有省科技厅的经办人" in refusal(
        reviews.ask_reviewer, case, codes[2:3], fgw.organisation, fgw.handler, by=fgw.handler
    )
    good = {codes[0]: Judgement(ItemOutcome.MET, "产业链完整。")}
    said = {"by": fgw.handler}
    assert "写明理由" in refusal(reviews.judge_items, case, {codes[0]: Judgement("met", " ")}, fgw.handler, **said)
    assert "不由您评定" in refusal(reviews.judge_items, case, good, lead.handler, by=lead.handler)
    with fgw.as_(PostRole.HANDLER):
        reviews.judge_items(case, good, fgw.handler)
        item = ReviewItem.objects.get(case=case, clause=codes[0])
        assert (item.reviewer_name, item.outcome, item.reason) == (fgw.handler.person.name, "met", "产业链完整。")
        assert Task.objects.filter(kind="items", done_at=None).count() == 1, "one clause is left"
    assert "不由您评定" in refusal(reviews.judge_items, case, good, fgw.handler, **said)
    expert = joint.the_expert("expert-1")
    with lead.as_(PostRole.HANDLER):
        reviews.invite_expert(case, expert.organisation, "请论证创新体系。", lead.handler)
        reviews.ask_reviewer(case, codes[2:3], expert.organisation, lead.handler)
    with enter(expert.scope):
        (said_by_expert,) = reviews.judge_items(case, {codes[2]: Judgement("not_met", "机构偏少。")}, expert)
        assert (said_by_expert.reviewer_name, ReviewItem.objects.count()) == (expert.person.name, 1)
    with lead.as_(PostRole.HANDLER):
        reviews.withdraw_item(item, "请环保部门评定。", lead.handler)
        reviews.ask_reviewer(case, codes[:1], joint.the_office("dept-env").organisation, lead.handler)
    with fgw.as_(PostRole.HANDLER):
        assert set(items.standing(case).values_list("clause", flat=True)) == {codes[1]}
    with affair.city.as_(PostRole.HANDLER):
        assert not ReviewItem.objects.exists()
        assert not ledger.history(case.dossier).filter(name__in=["ask_reviewer", "judge_item"]).exists()
    with joint.the_office("dept-stat").as_(PostRole.HANDLER):
        assert not ReviewItem.objects.exists()


def test_park_is_recognised_by_the_notice_from_that_day(affair: Affair) -> None:
    judged(affair)
    affair.conclude()
    with system():
        minutes = str(Paper.objects.get(kind="minutes", dossier=affair.case.dossier).data["body"])
        assert "二、评审条款的评定" in minutes
        assert "四、会议结论" in minutes
        assert all(f"（{clause.id}）" in minutes for clause in items.clauses_of(affair.case))
        notice = Publicity.objects.get(case=affair.case)
    public = Client().get(notice.get_absolute_url()).content.decode()
    assert ("拟认定为省级高新技术产业园区" in public, "现场核实" in public) == (True, False)
    with system():
        paper = office(the_government()).issue("recognition", affair.case, affair.case.dossier, "认定通知", {})
        park = Park.objects.get(slug="own-park")
        status = LegalStatus.objects.get(pk=park.current_id)
        affair.filing.refresh_from_db()
        affair.case.refresh_from_db()
        assert (park.status, status.since, status.paper_id) == (ParkStatus.RECOGNISED, paper.issued_on, paper.pk)
        assert paper.data["title"] == f"浙江省人民政府关于认定{park.name}为省级高新技术产业园区的通知"
        assert (affair.filing.get_status_display(), affair.case.get_status_display()) == ("已认定", "已认定")
        acts = ledger.history(affair.filing.dossier).filter(name="list").values_list("label", flat=True)
        assert set(acts) == {"同意认定", "认定为省级高新技术产业园区"}
    with affair.city.as_(PostRole.HANDLER):
        (told,) = services.obstacles_about(affair.city.handler, park, KindCode.RECOGNITION)
        assert "只有创建中的园区" in told


def test_park_that_is_not_recognised_goes_on_being_created_and_may_ask_again(affair: Affair) -> None:
    judged(affair, ItemOutcome.NOT_MET)
    affair.conclude("decline").refuse("decline")
    with system():
        park = Park.objects.get(slug="own-park")
        affair.filing.refresh_from_db()
        affair.case.refresh_from_db()
        letter = Paper.objects.get(kind="refusal", dossier=affair.case.dossier)
    assert (park.status, affair.filing.get_status_display()) == (ParkStatus.CREATING, "不予认定或暂缓")
    assert letter.data["title"] == f"关于不予认定{park.name}的函"
    assert "园区继续按创建要求建设" in str(letter.data)
    with affair.city.as_(PostRole.HANDLER):
        assert services.obstacles_about(affair.city.handler, park, KindCode.RECOGNITION) == []
        again = services.reapply(affair.filing, "补建了三家研发机构。", affair.city.handler)
        assert (again.kind, again.park_id, again.former_id) == (KindCode.RECOGNITION, park.pk, affair.filing.pk)
        assert again.plan_fields.count() == affair.filing.plan_fields.count()
        services.discard(again, affair.city.handler)
        services.restore(again, affair.city.handler)


def test_pages_show_each_office_its_own_clauses(affair: Affair, province: Scene) -> None:
    lead, fgw = joint.lead(), joint.the_office("dept-fgw")
    with lead.as_(PostRole.HANDLER):
        codes = [clause.id for clause in items.clauses_of(affair.case)]
        reviews.ask_reviewer(affair.case, codes[:1], fgw.organisation, lead.handler)
    page = reverse("reviews:items", args=[affair.case.pk])
    client = signed_in(fgw.handler)
    assert "建成研发机构十二家" in client.get(page).content.decode()
    answer = client.post(page, {"P-II-3-1e-outcome": "met"})
    assert (answer.status_code, "请写明P-II.3.1e的评定理由" in answer.content.decode()) == (422, True)
    assert client.post(page, {"P-II-3-1e-outcome": "met", "P-II-3-1e-reason": "已核实。"}).status_code == 302
    shown = signed_in(lead.handler).get(f"{affair.case.get_absolute_url()}?tab=items").content.decode()
    assert ("已核实。" in shown, fgw.handler.person.name in shown) == (True, True)
    for name in ("jia-handler", "stat-handler", "czt-handler", "yi-handler"):
        actor = province.audiences[name].actor
        assert actor is not None
        assert (name, signed_in(actor).get(page).status_code) == (name, 404)
    own = signed_in(affair.city.handler).get(affair.filing.get_absolute_url()).content.decode()
    assert ("建设总结报告" in own, "已核实。" in own) == (True, False)


def signed_in(actor: Any) -> Client:
    """A browser of this person in this post."""
    client = Client()
    client.force_login(actor.person)
    session = client.session
    session["post"] = str(actor.post.pk)
    session.save()
    return client


def test_each_mark_of_the_window_is_told_once(province: Scene) -> None:
    today = instants.today()
    park = listed_park(province, "five", today.replace(year=today.year - 6, day=1))
    with system():
        open_ledger(park)
        assert reminding.remind_of_recognition(park, today) == 1
        assert reminding.remind_of_recognition(park, today) == 0
    deliver()
    with system():
        told = Message.objects.filter(title__contains=park.name)
        assert {one.organisation.code for one in told} == {"gov-330100", "kjt"}
        assert all("已超过5年" in one.title for one in told)
