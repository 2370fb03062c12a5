"""CT-55, CT-56, CT-90: a place of the programme is recommended to the state, or leaves of its own will."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Post
from accounts.scope import enter, system
from applications import editing, plan, services
from applications.enums import FilingStatus, KindCode
from applications.plan_state import opened_on
from files.models import Upload
from indicators.queries_evaluating import due_places
from indicators.services import opening_cities
from notifications.enums import LegalEffect
from portal.sample.documents import document
from registry import titles
from registry.enums import CityTitleKind
from registry.models import CityTitle
from reviews import city_standing
from reviews.enums import CaseStatus
from reviews.models import Case, StateAnswer
from reviews.services import confirm_state_answer, keep_state_answer
from reviews.transitions import case as machine
from tests.leaving import SINCE, Scene
from tests.places import fill, lodge
from workflow import instants, ledger
from workflow.machine import Refused
from workflow.models import Clock, Task

pytestmark = pytest.mark.django_db


def test_only_a_place_of_the_programme_files_for_the_state_or_leaves() -> None:
    scene = Scene(CityTitleKind.ST_STRONG)
    page = scene.client(scene.county).get("/applications/place/").content.decode()
    assert ("申报国家创新型试点" in page, "申请退出" in page) == (False, False)
    with enter(scene.county.handler.scope):
        for kind, words in ((KindCode.NATIONAL, "不能申报国家创新型（试点）县"), (KindCode.EXIT, "不需退出")):
            with pytest.raises(Refused, match=words):
                services.create_for_place(scene.county.handler, kind)
        with pytest.raises(Refused, match="不是市、县"):
            services.create_for_place(scene.county.handler, KindCode.CHANGE)


def test_place_is_recommended_by_letter_and_becomes_a_national_pilot_by_the_states_answer() -> None:
    scene = Scene(CityTitleKind.PILOT)
    page = scene.client(scene.county).get("/applications/place/").content.decode()
    assert ("新建国家试点申报" in page, "新建申报" in page) == (True, False)
    filing, case = scene.accepted(KindCode.NATIONAL)
    assert (filing.status, case.status, case.direct) == (FilingStatus.IN_REVIEW, CaseStatus.REVIEWING, True)
    (told,) = case.version.content["place"]["record"]["titles"]
    assert told == {"title": "创新型试点县", "since": SINCE.isoformat(), "source": "示例文件〔2013〕pilot"}
    assert scene.tasks(filing) == {"determine"}
    with system():
        clock = Clock.objects.get(dossier=filing.dossier, finished_at=None)
        assert (clock.kind, clock.due_on) == ("deciding_alone", case.due_on)
    shown = scene.client(scene.lead).get(case.get_absolute_url()).content.decode()
    assert ("拟推荐申报国家创新型试点的函" in shown, "拟不予推荐的函" in shown) == (True, True)
    main = shown[shown.index("<main") : shown.index("</main>")]
    assert not any(word in main for word in ("联审联评", "部门审核", "征求意见", "园区"))
    with enter(scene.lead.signer.scope):
        for arrow in ("conclude", "publish", "report"):
            assert machine.reasons_against(case, arrow, scene.lead.signer), arrow
    letter = scene.issue(scene.lead, "national_recommendation", case, grounds="示例：成效明显。")
    assert letter.title.endswith("关于推荐示例县申报国家创新型（试点）县的函")
    assert (letter.confers, letter.data["addressees"]) == (LegalEffect.NONE, ["科学技术部"])
    assert "创新型试点县（自2013年3月1日，示例文件〔2013〕pilot）" in str(letter.data)
    filing, case = scene.reload(filing)
    assert (case.status, filing.get_status_display()) == (CaseStatus.LISTED, "已推荐科学技术部")
    assert scene.held() == {CityTitleKind.PILOT}, "the letter confers nothing"
    assert scene.tasks(filing) == {"state_answer"}
    with enter(scene.county.handler.scope), pytest.raises(Refused, match="等待答复"):
        services.create_for_place(scene.county.handler, KindCode.NATIONAL)
    _register(scene, case)
    assert scene.held() == {CityTitleKind.PILOT, CityTitleKind.NATIONAL_PILOT}
    assert scene.tasks(filing) == set()
    public = Client().get(f"/cities/{scene.place.pk}/").content.decode()
    assert ("国家创新型（试点）县" in public, "国科函示〔2026〕1号" in public) == (True, True)
    with enter(scene.county.handler.scope), pytest.raises(Refused, match="已是国家创新型"):
        services.create_for_place(scene.county.handler, KindCode.NATIONAL)


def _register(scene: Scene, case: Case) -> None:
    """The answer with its scan, through the page; afterwards the place reads it."""
    address, today = f"/cases/{case.pk}/state-answer/", instants.today()
    assert scene.client(scene.county).get(address).status_code == 404
    told = {"result": "approved", "number": "", "day": today.isoformat(), "scan": document("批复")}
    refused = scene.client(scene.lead).post(address, told)
    assert (refused.status_code, "请填写批复的文号" in refused.content.decode()) == (422, True)
    early = {**told, "number": "国科函示〔2026〕1号", "day": (today - dt.timedelta(days=1)).isoformat()}
    assert "不能早于推荐函的日期" in scene.client(scene.lead).post(address, early).content.decode()
    done = scene.client(scene.lead).post(address, {**early, "day": today.isoformat(), "scan": document("批复")})
    assert (done.status_code, done["Location"]) == (302, case.get_absolute_url())
    assert scene.held() == {CityTitleKind.PILOT}, "nobody has compared it yet"
    assert scene.client(scene.lead).get(address).status_code == 404
    with system():
        scan = Upload.objects.get(name="批复.pdf").pk
        (waiting,) = Task.objects.filter(dossier=case.dossier, done_at=None)
        assert (waiting.kind, waiting.role) == ("confirm_state_answer", PostRole.REVIEWER)
    own = scene.client(scene.county)
    before = own.get(case.filing.get_absolute_url()).content.decode()
    assert ("国科函示〔2026〕1号" in before, before.count("等待科学技术部答复")) == (False, 2)
    waiting_at = scene.client(scene.lead).get(case.get_absolute_url()).content.decode()
    assert "等待审核人或签发人核对" in waiting_at
    with enter(scene.lead.handler.scope):
        (found,) = city_standing.stand(scene.lead.handler, [scene.place])
    assert [one.text for one in found.affairs] == ["国家创新型试点：已推荐科学技术部"]
    assert own.get(f"/files/{scan}/").status_code == 404
    _compare(scene, case, address)
    with system():
        answer = StateAnswer.objects.get(case=case, status="confirmed")
        assert answer.title is not None
        assert (answer.approved, answer.title.since, answer.scan_id) == (True, today, None)
        assert (answer.recorded_by, answer.decided_by) == (scene.lead.handler.person, scene.lead.signer.person)
    after = own.get(case.filing.get_absolute_url()).content.decode()
    assert ("国科函示〔2026〕1号" in after, "科学技术部已批准" in after, "等待科学技术部答复" in after) == (
        True,
        True,
        False,
    )
    with system():
        bases = {one.basis for one in ledger.history(case.dossier) if one.name == "determine"}
    assert bases == {"C-V.3e; CT-55"}
    with enter(scene.lead.handler.scope):
        (found,) = city_standing.stand(scene.lead.handler, [scene.place])
    assert found.affairs == []


def _compare(scene: Scene, case: Case, address: str) -> None:
    """The reviewer returns it with a reason, the handler registers it anew, the signer confirms."""
    reviewer, signer = (scene.client(scene.lead, role) for role in (PostRole.REVIEWER, PostRole.SIGNER))
    decide = f"{address}decide/"
    assert [scene.client(office).get(decide).status_code for office in (scene.lead, scene.county)] == [404, 404]
    assert "核对科学技术部的答复" in reviewer.get(case.get_absolute_url()).content.decode()
    shown = reviewer.get(decide).content.decode()
    assert ("国科函示〔2026〕1号" in shown, "批复.pdf" in shown) == (True, True)
    assert reviewer.post(decide, {"act": "give_back"}).status_code == 422
    assert reviewer.post(decide, {"act": "give_back", "reason": "示例：与原件不符。"}).status_code == 302
    again = scene.client(scene.lead)
    assert "示例：与原件不符。" in again.get(address).content.decode()
    told = {"result": "approved", "number": "国科函示〔2026〕1号", "day": instants.today().isoformat()}
    assert again.post(address, told).status_code == 302
    assert signer.post(decide, {"act": "confirm"}).status_code == 302
    assert signer.get(decide).status_code == 404


def test_who_registered_the_state_s_answer_never_confirms_it() -> None:
    scene = Scene(CityTitleKind.PILOT)
    filing, case = scene.accepted(KindCode.NATIONAL)
    scene.issue(scene.lead, "national_recommendation", case, grounds="示例。")
    _filing, case = scene.reload(filing)
    given = {"approved": True, "number": "示例〔2026〕2号", "day": instants.today()}
    with enter(scene.lead.handler.scope):
        answer = keep_state_answer(case, scene.lead.handler, **given)  # type: ignore[arg-type]
        with system():
            post = Post.objects.create(
                person=scene.lead.handler.person, organisation=scene.lead.organisation, role=PostRole.SIGNER,
                valid_from=SINCE,
            )  # fmt: skip
        for actor in (scene.lead.handler, Actor(scene.lead.handler.person, post)):
            with pytest.raises(Refused):
                confirm_state_answer(answer, actor)
    with enter(scene.county.handler.scope):
        assert not StateAnswer.objects.exists()
    with system(), pytest.raises(DatabaseError), transaction.atomic():
        StateAnswer.objects.filter(pk=answer.pk).update(decided_by=scene.lead.handler.person)
    with enter(scene.lead.reviewer.scope):
        confirm_state_answer(answer, scene.lead.reviewer)
    with system(), pytest.raises(DatabaseError), transaction.atomic():
        StateAnswer.objects.filter(pk=answer.pk).update(status="returned", remark="示例")
    with enter(scene.county.handler.scope):
        assert StateAnswer.objects.get().number == "示例〔2026〕2号"


def test_place_that_is_not_recommended_or_not_approved_may_file_again() -> None:
    scene = Scene(CityTitleKind.INNOVATIVE)
    filing, case = scene.accepted(KindCode.NATIONAL)
    refusal = scene.issue(scene.lead, "national_refusal", case, reasons="示例：方案不具体。")
    filing, case = scene.reload(filing)
    assert (case.status, filing.status, refusal.title) == (
        CaseStatus.DECLINED, FilingStatus.DECLINED, "关于不予推荐示例县申报国家创新型（试点）县的函",
    )  # fmt: skip
    own = scene.client(scene.county).get(filing.get_absolute_url()).content.decode()
    assert ("不予推荐" in own, "省政府" in own) == (True, False)
    with enter(scene.county.handler.scope):
        again = services.reapply(filing, "示例：补充方案。", scene.county.handler)
        editing.save_fields(again, {"national.aims": "改写的目标。"}, scene.county.handler)
        assert again.kind == KindCode.NATIONAL
    fill(again, scene.county.handler)
    lodge(again, scene.county)
    scene.lead.issue("acceptance", again, again.dossier, "受理", {"contact": "联系人：示例"})
    again, case = scene.reload(again)
    scene.issue(scene.lead, "national_recommendation", case, grounds="示例。")
    _again, case = scene.reload(again)
    with enter(scene.lead.handler.scope):
        given = {"approved": False, "number": "", "day": instants.today()}
        with pytest.raises(Refused, match="写明科学技术部的说明"):
            keep_state_answer(case, scene.lead.handler, **given)  # type: ignore[arg-type]
        answer = keep_state_answer(
            case, scene.lead.handler, explanation="示例：名额已满。", **given  # type: ignore[arg-type]
        )  # fmt: skip
        with pytest.raises(Refused, match="还没有登记答复"):
            keep_state_answer(case, scene.lead.handler, explanation="再登一次。", **given)  # type: ignore[arg-type]
    with enter(scene.lead.reviewer.scope):
        confirm_state_answer(answer, scene.lead.reviewer)
    assert scene.held() == {CityTitleKind.INNOVATIVE}
    assert "名额已满" in scene.client(scene.county).get(again.get_absolute_url()).content.decode()
    with enter(scene.county.handler.scope):
        assert services.create_for_place(scene.county.handler, KindCode.NATIONAL).pk != again.pk


def test_pilot_leaves_by_the_notice_of_the_lead_and_takes_no_part_any_more() -> None:
    scene = Scene(CityTitleKind.ST_STRONG, CityTitleKind.PILOT)
    year = instants.today().year
    assert [place.pk for place in opening_cities.taking_part(year)] == [scene.place.pk]
    filing, case = scene.accepted(KindCode.EXIT)
    assert (case.direct, scene.tasks(filing)) == (True, {"determine"})
    shown = scene.client(scene.lead).get(case.get_absolute_url()).content.decode()
    assert ("拟退出创新型城市建设的通知" in shown, "拟不同意退出的复函" in shown) == (True, True)
    notice = scene.issue(scene.lead, "exit_notice", case, duties="做好衔接。")
    assert (notice.confers, "不再是创新型试点县" in str(notice.data)) == (LegalEffect.LEFT, True)
    filing, case = scene.reload(filing)
    assert (case.status, filing.get_status_display(), scene.tasks(filing)) == (CaseStatus.LISTED, "已退出", set())
    assert scene.held() == {CityTitleKind.ST_STRONG}
    row = titles.history(scene.place)[0]
    assert (row.title, row.held, row.since, row.paper) == (CityTitleKind.PILOT, False, notice.issued_on, notice)
    assert (opening_cities.taking_part(year), due_places(year)) == ([], [])
    public = Client().get(f"/cities/{scene.place.pk}/").content.decode()
    assert ("退出创新型城市（县、区）建设" in public, notice.number in public) == (True, True)
    page = scene.client(scene.county).get("/applications/place/").content.decode()
    assert ("申请退出" in page, "新建申报" in page) == (False, True)


def test_refused_exit_changes_nothing() -> None:
    scene = Scene(CityTitleKind.PILOT)
    filing, case = scene.accepted(KindCode.EXIT)
    letter = scene.issue(scene.lead, "exit_refusal", case, reasons="示例：在建项目未结。")
    filing, case = scene.reload(filing)
    assert (case.status, filing.status, letter.confers) == (CaseStatus.DECLINED, FilingStatus.DECLINED, "")
    assert scene.held() == {CityTitleKind.PILOT}


@pytest.mark.parametrize("consents", [True, False])
def test_recognised_place_leaves_by_the_province_on_the_leads_request(consents: bool) -> None:
    scene = Scene(CityTitleKind.PILOT, CityTitleKind.INNOVATIVE)
    filing, case = scene.accepted(KindCode.EXIT)
    assert (case.direct, scene.tasks(filing)) == (False, {"report"})
    with enter(scene.lead.signer.scope):
        assert machine.reasons_against(case, "determine", scene.lead.signer)
    report = scene.issue(scene.lead, "exit_report", case, grounds="示例：当地自愿退出。")
    assert "示例县现为创新型县、创新型试点县，其中创新型县由省政府认定" in str(report.data)
    filing, case = scene.reload(filing)
    assert (case.status, scene.tasks(filing)) == (CaseStatus.REPORTED, {"decide"})
    shown = scene.client(scene.government).get(case.get_absolute_url()).content.decode()
    assert ("拟同意退出创新型城市建设的通知" in shown, "拟不同意（暂缓）退出的函" in shown) == (True, True)
    assert "不予列入" not in shown
    if not consents:
        told = {"ruling": "decline", "reasons": "示例：暂不宜退出。", "contact": ""}
        letter = scene.issue(scene.government, "refusal", case, **told)
        assert letter.title == "关于不予同意示例县退出创新型城市（县、区）建设的函"
        filing, case = scene.reload(filing)
        assert (case.status, filing.get_status_display()) == (CaseStatus.DECLINED, "未同意退出")
        assert scene.held() == {CityTitleKind.PILOT, CityTitleKind.INNOVATIVE}
        return
    notice = scene.issue(scene.government, "exit_consent", case)
    filing, case = scene.reload(filing)
    assert (case.status, filing.get_status_display(), scene.held()) == (CaseStatus.LISTED, "已退出", set())
    assert notice.title == "浙江省人民政府关于示例县退出创新型城市（县、区）建设的通知"
    assert {row.paper_id for row in titles.history(scene.place) if not row.held} == {notice.pk}


def test_database_lets_no_title_end_by_a_paper_that_does_not_end_it() -> None:
    scene = Scene(CityTitleKind.PILOT)
    _filing, case = scene.accepted(KindCode.NATIONAL)
    letter = scene.issue(scene.lead, "national_recommendation", case, grounds="示例。")
    with system():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            CityTitle.objects.create(
                division=scene.place, title=CityTitleKind.PILOT, held=False, since=instants.today(), paper=letter,
                dossier=case.dossier,
            )  # fmt: skip


@pytest.mark.parametrize("kind", [KindCode.NATIONAL, KindCode.EXIT])
def test_every_question_of_these_filings_is_asked_once(kind: KindCode) -> None:
    scene = Scene(CityTitleKind.PILOT)
    with enter(scene.county.handler.scope):
        filing = services.create_for_place(scene.county.handler, kind)
        keys = [field.key for section in plan.sections(opened_on(filing), kind) for field in section.fields]
    assert len(keys) == len(set(keys))
    client = scene.client(scene.county)
    slugs = [section.slug for section in plan.SECTIONS_OF[kind]]
    pages = ["", "materials/", "work/", "selfcheck/", "versions/", *(f"plan/{slug}/" for slug in slugs)]
    assert {client.get(f"{filing.get_absolute_url()}{page}").status_code for page in pages} == {200}
    shown = client.get(filing.get_absolute_url()).content.decode()
    assert ("创新型试点县" in shown, "示例文件〔2013〕pilot" in shown, "请示" in shown) == (True, True, False)
