"""Public notices and objections: who may act when, what the public sees, and who never learns who objected."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.utils import timezone

from accounts.actors import SESSION_KEY, Actor
from accounts.models import AccessLog
from accounts.queries import the_lead
from accounts.scope import PUBLIC, enter, system
from notifications.models import Message, Paper
from portal.sample.acting import Office, office
from reviews import services
from reviews.models import Case, Inquiry, Objection, Publicity
from reviews.services.objections import Receipt
from tests.affairs import Affair, first
from tests.kept_pages import unwatched
from tests.scenarios import Scene
from workflow import outbox
from workflow.machine import Refused
from workflow.models import Event, Task

pytestmark = pytest.mark.django_db
PERSON = {"name": "张三丰", "unit": "清泉街道临江社区", "phone": "0571-88887777"}
TEXT = "公示的东侧边界与现有居住区重叠，请核实四至范围。"
REASON = "经现场核实，东侧边界确与居住区重叠，须调整四至范围。"


@pytest.fixture(scope="module")
def concluded(province: Scene) -> Affair:
    """A case with a recommending conclusion."""
    with system():
        affair = province.begin("jia", "publicity").draft().submit().route().open_review().opinions()
        return affair.minutes()


@pytest.fixture
def noticed(concluded: Affair) -> Iterator[Affair]:
    """The same, made public; every test takes back what it does."""
    point = transaction.savepoint()
    with system():
        concluded.publish()
    yield concluded
    transaction.savepoint_rollback(point)
    with system():
        concluded.case.refresh_from_db()


def lead() -> Office:
    """省科技厅."""
    return first(lambda: office(the_lead()))


def notice_of(affair: Affair) -> Publicity:
    """The notice of a case."""
    return first(lambda: Publicity.objects.select_related("paper").get(case=affair.case))


def file(affair: Affair, **said: str) -> Receipt:
    """A stranger objects."""
    with enter(PUBLIC):
        notice = Publicity.objects.get(case_id=affair.case.pk)
        return services.file_objection(notice, uuid4(), **{**PERSON, "text": TEXT, **said})


def only_objection() -> Objection:
    """The one that was filed."""
    return first(lambda: Objection.objects.select_related("publicity__case").latest("filed_at"))


def client_of(actor: Actor | None) -> Client:
    """A browser of a person, or of somebody from the street."""
    client = Client(REMOTE_ADDR=f"10.1.2.{uuid4().int % 250}")
    if actor is not None:
        client.force_login(actor.person)
        session = client.session
        session[SESSION_KEY] = str(actor.post.pk)
        session.save()
    return client


def answer(affair: Affair, objection: Objection, outcome: str) -> Paper:
    """省科技厅 takes it up and answers it by a signed paper."""
    desk = lead()
    with desk.as_(desk.handler.role):  # type: ignore[arg-type]
        services.accept_objection(objection, desk.handler)
    return desk.issue(
        "objection_reply", objection, objection.dossier, "异议处理意见", {"outcome": outcome, "grounds": REASON}
    )


def test_kept_pages_of_notices_read_watched_tables_alone(noticed: Affair) -> None:
    for address in ("/publicity/", notice_of(noticed).get_absolute_url(), "/"):
        assert unwatched(client_of(None), address) == set(), address


def test_notice_is_public_with_its_summary_and_nothing_of_the_plan(noticed: Affair) -> None:
    notice, today = notice_of(noticed), timezone.localdate()
    assert (notice.starts_on, noticed.case.status) == (today, "publicity")
    assert notice.ends_on > today + dt.timedelta(days=4)
    pages = [client_of(None).get(path) for path in ("/publicity/", notice.get_absolute_url(), "/")]
    for page in pages:
        assert page.status_code == 200
        assert noticed.filing.park_name in page.content.decode()
    told = pages[1].content.decode()
    for word in (notice.summary["host_zone"], notice.summary["area"], "滨江路", "高端装备制造", "监督电话", "提出异议"):
        assert word in told
    assert "MKjia.publicity.plan." not in told
    assert notice.paper.title == f"关于拟将{noticed.filing.park_name}列入创建省级高新技术产业园区名单的公示"


def test_feed_and_interface_tell_of_the_notice(noticed: Affair) -> None:
    notice = notice_of(noticed)
    feed = client_of(None).get("/publicity/feed/")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert f"urn:uuid:{notice.pk}" in feed.content.decode()
    found = client_of(None).get("/api/v1/publicity/").json()["results"]
    assert [(row["park_name"], row["open"], row["result"]) for row in found if row["id"] == str(notice.pk)] == [
        (noticed.filing.park_name, True, "")
    ]
    one = client_of(None).get(f"/api/v1/publicity/{notice.pk}/").json()
    assert one["boundary"]["type"] == "MultiPolygon"


@pytest.mark.parametrize("name", ["匿名", "一名群众", "x", "123456"])
def test_anonymous_objection_is_refused_with_the_reason(noticed: Affair, name: str) -> None:
    client, notice = client_of(None), notice_of(noticed)
    page = client.post(f"{notice.get_absolute_url()}objection/", {**PERSON, "name": name, "text": TEXT})
    told = page.content.decode()
    assert page.status_code == 200
    assert "不予受理" in told
    assert TEXT in told, "what was typed is kept"
    assert not first(lambda: Objection.objects.exists())


def test_objection_gives_a_receipt_that_opens_its_answer_and_never_the_person(noticed: Affair) -> None:
    client, notice = client_of(None), notice_of(noticed)
    form = {**PERSON, "text": TEXT, "token": str(uuid4())}
    page = client.post(f"{notice.get_absolute_url()}objection/", form).content.decode()
    number = re.search(r'id="receipt-number">([^<]+)<', page)
    code = re.search(r'id="receipt-code">([^<]+)<', page)
    assert number
    assert code
    again = client.post(f"{notice.get_absolute_url()}objection/", form).content.decode()
    assert (number.group(1) in again, code.group(1) in again) == (True, True), "a double click gives the same receipt"
    assert first(lambda: Objection.objects.count()) == 1
    answer(noticed, only_objection(), "not_upheld")
    keys = {"number": number.group(1).lower(), "code": f" {code.group(1).lower()} "}
    told = client.post("/publicity/answer/", keys).content.decode()
    assert (REASON in told, "异议不成立" in told) == (True, True)
    assert not any(part in told for part in PERSON.values())
    wrong = client.post("/publicity/answer/", {**keys, "code": "AAAABBBBCCCCDD"})
    assert (wrong.status_code, REASON in wrong.content.decode()) == (200, False)


def test_objections_from_one_address_are_limited(noticed: Affair, settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limit"}}
    client, notice = client_of(None), notice_of(noticed)
    codes = [
        client.post(f"{notice.get_absolute_url()}objection/", {**PERSON, "text": f"{TEXT}{n}"}).status_code
        for n in range(11)
    ]
    assert codes == [200] * 10 + [429]


def test_objection_after_the_last_day_is_not_taken(noticed: Affair) -> None:
    notice = notice_of(noticed)
    noticed.end_publicity((notice.ends_on - timezone.localdate()).days)
    assert file(noticed).number
    noticed.end_publicity(1)
    with pytest.raises(Refused, match="公示已经结束"):
        file(noticed)
    assert "提出异议</a>" not in client_of(None).get(notice.get_absolute_url()).content.decode()


def test_person_is_read_by_the_lead_office_alone_even_by_raw_sql(noticed: Affair, province: Scene) -> None:
    file(noticed)
    with system():
        outbox.deliver_all(1000)
    for name, audience in province.audiences.items():
        with enter(audience.actor.scope if audience.actor else PUBLIC), connection.cursor() as cursor:
            counts = []
            for table in ("reviews_objection", "reviews_objector"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                counts.append(cursor.fetchone()[0])
            told = "".join(
                str(row)
                for model in (Event, Task, Message, Paper)
                for row in model.objects.filter(dossier=noticed.filing.dossier).values()
            )
        expected = [1, 1] if audience.group == "lead" else [0, 0]
        assert (name, counts) == (name, expected)
        assert not any(part in told for part in (*PERSON.values(), TEXT)), name


def test_nobody_writes_an_objection_into_another_office_or_a_closed_notice(noticed: Affair, province: Scene) -> None:
    notice, city = notice_of(noticed), province.affair("jia", "publicity").filing.tenant
    row = {"dossier": notice.dossier, "publicity": notice, "text": TEXT, "number": "YY1", "code_hash": "0" * 64}
    with pytest.raises(ProgrammingError), enter(PUBLIC):
        Objection.objects.create(tenant=city, **row)
    lead_office = first(the_lead)
    with pytest.raises(ProgrammingError), enter(PUBLIC):
        Objection.objects.create(tenant=lead_office, status="answered", **row)
    with system():
        Publicity.objects.filter(pk=notice.pk).update(result="undisputed", closed_at=timezone.now())
    with pytest.raises(ProgrammingError), enter(PUBLIC):
        Objection.objects.create(tenant=lead_office, **row)


def test_signed_in_objector_leaves_no_trace_in_the_access_log(noticed: Affair, province: Scene) -> None:
    actor = province.audiences["yi-handler"].actor
    client, notice = client_of(actor), notice_of(noticed)
    before = first(lambda: AccessLog.objects.count())
    client.get(f"{notice.get_absolute_url()}objection/")
    assert client.post(f"{notice.get_absolute_url()}objection/", {**PERSON, "text": TEXT}).status_code == 200
    client.post("/publicity/answer/", {"number": "YY20261122-AAAAAA", "code": "x"})
    assert first(lambda: AccessLog.objects.count()) == before
    client.get("/publicity/")
    assert first(lambda: AccessLog.objects.count()) == before + 1


def test_upheld_objection_sends_the_case_back_for_another_conclusion(noticed: Affair) -> None:
    file(noticed)
    answer(noticed, only_objection(), "upheld")
    with system():
        case = Case.objects.get(pk=noticed.case.pk)
        notice = Publicity.objects.get(case=case)
        assert (case.status, notice.result, notice.closed_at is not None) == ("concluded", "upheld", True)
    refused(noticed.publish, "请先重新形成联审结论")
    refused(noticed.report, "请先重新形成联审结论")
    with system():
        noticed.minutes("recommend").publish()
        assert noticed.case.conclusions.count() == 2
        assert Publicity.objects.filter(case=noticed.case).count() == 2
    assert client_of(None).get(notice.get_absolute_url()).status_code == 200, "the first notice stays with its result"


def refused(act: Callable[[], Any], *reasons: str) -> None:
    """The act is refused for all of these reasons, and nothing of it is done."""
    with pytest.raises(Refused) as refusal, system(), transaction.atomic():
        act()
    assert all(reason in str(refusal.value) for reason in reasons), str(refusal.value)


def test_report_waits_for_the_end_the_answers_and_the_result(noticed: Affair) -> None:
    refused(noticed.report, "之后公布结果才能报审")
    refused(noticed.publish_result, "期满后才能公布结果")
    file(noticed)
    noticed.end_publicity()
    refused(noticed.publish_result, "还有 1 件异议没有办结")
    refused(noticed.report, "请先公布公示结果", "还有 1 件异议没有办结")
    answer(noticed, only_objection(), "partly")
    refused(noticed.report, "请先公布公示结果")
    with system():
        noticed.publish_result()
        assert Publicity.objects.get(case=noticed.case).result == "settled"
        noticed.report()
        noticed.case.refresh_from_db()
    assert noticed.case.status == "reported"


def test_report_of_a_recommended_case_without_publicity_is_refused(concluded: Affair) -> None:
    refused(concluded.report, "须先公示")


def test_rejected_objection_needs_a_reason_and_no_answer(noticed: Affair) -> None:
    receipt, desk = file(noticed), lead()
    objection = only_objection()
    with desk.as_(desk.handler.role):  # type: ignore[arg-type]
        with pytest.raises(Refused, match="请写明不予受理的理由"):
            services.reject_objection(objection, " ", desk.handler)
        services.reject_objection(objection, "电话无法接通，无法核实身份。", desk.handler)
    noticed.end_publicity().publish_result()
    assert first(lambda: Publicity.objects.get(case=noticed.case).result) == "undisputed"
    told = client_of(None).post("/publicity/answer/", {"number": receipt.number, "code": receipt.code})
    assert "电话无法接通" in told.content.decode()


def test_city_reads_what_is_passed_on_without_the_person_and_answers_once(noticed: Affair, province: Scene) -> None:
    file(noticed)
    desk, objection = lead(), only_objection()
    city = province.audiences["jia-handler"].actor
    assert city is not None
    with desk.as_(desk.handler.role):  # type: ignore[arg-type]
        services.accept_objection(objection, desk.handler)
        with pytest.raises(Refused, match="身份须保密"):
            services.ask_city(objection, f"{PERSON['name']}反映边界重叠，请说明。", desk.handler)
        inquiry = services.ask_city(objection, "有人反映东侧边界与居住区重叠，请说明。", desk.handler)
    page = client_of(city).get(f"/cases/inquiries/{inquiry.pk}/").content.decode()
    assert "有人反映东侧边界" in page
    assert not any(part in page for part in (*PERSON.values(), TEXT))
    assert client_of(city).get(objection.get_absolute_url()).status_code == 404
    for name in ("yi-handler", "stat-handler"):
        assert client_of(province.audiences[name].actor).get(f"/cases/inquiries/{inquiry.pk}/").status_code == 404
    with enter(city.scope):
        services.answer_inquiry(Inquiry.objects.get(pk=inquiry.pk), "已与社区核对，将调整边界。", city)
        with pytest.raises(Refused, match="不能再改"):
            services.answer_inquiry(Inquiry.objects.get(pk=inquiry.pk), "改", city)
    desk_page = client_of(desk.handler).get(objection.get_absolute_url()).content.decode()
    assert all(part in desk_page for part in (*PERSON.values(), "将调整边界"))


def test_answer_that_names_the_person_is_not_signed(noticed: Affair) -> None:
    file(noticed)
    desk, objection = lead(), only_objection()
    with desk.as_(desk.handler.role):  # type: ignore[arg-type]
        services.accept_objection(objection, desk.handler)
    fields = {"outcome": "not_upheld", "grounds": f"经与{PERSON['name']}核实，情况不实。"}
    refused(lambda: desk.issue("objection_reply", objection, objection.dossier, "异议处理意见", fields), "请删去")


@pytest.mark.parametrize(
    ("outcome", "offered"), [("recommend", "publicity_notice"), ("defer", "report"), ("decline", "report")]
)
def test_only_what_is_recommended_is_made_public(province: Scene, outcome: str, offered: str) -> None:
    from reviews import offers

    point = transaction.savepoint()
    with system():
        affair = province.begin("yi", "decided").draft().submit().route().open_review().opinions().minutes(outcome)
        affair.case.refresh_from_db()
        assert [code for code, _arrow in offers.papers(affair.case)] == [offered]
    if outcome != "recommend":
        refused(affair.publish, "不需要公示")
    transaction.savepoint_rollback(point)
