"""The desk: queues and counts by post and office, traffic lights, messages, the same few queries for any number."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actors import Actor
from accounts.scope import system
from notifications.models import Message
from portal import worklist
from portal.markup import table_rows
from tests.factories import make_actor, make_filing, make_grant, make_organisation
from workflow import instants
from workflow.deadlines import calendar
from workflow.models import Task

pytestmark = pytest.mark.django_db
DESK = "/desk/"
QUERIES = 18


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


def make_task(actor: Actor, title: str = "审核一份文稿", **fields: Any) -> Task:
    with system():
        return Task.objects.create(
            **{
                "dossier": uuid.uuid4(),
                "organisation": actor.organisation,
                "created_by": actor.organisation,
                "role": actor.role,
                "kind": "test",
                "subject_type": "tests.thing",
                "subject_id": uuid.uuid4(),
                "title": title,
                "address": "/papers/list/",
                **fields,
            }
        )


def make_message(actor: Actor, title: str = "公文已送达", **fields: Any) -> Message:
    with system():
        return Message.objects.create(
            organisation=actor.organisation, title=title, **{"address": "/papers/list/", **fields}
        )


def counts(client: Client) -> list[int]:
    """The numbers beside the six queues."""
    return [int(n) for n in re.findall(r'<span class="cy-count">(\d+)</span></a>', client.get(DESK).content.decode())]


def titles(response: Any) -> list[str]:
    """The titles of the listed tasks, in order."""
    return re.findall(r'<th scope="row">(?:<a href="[^"]*">)?([^<]*)', response.content.decode())


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def test_queues_count_what_stands_in_them() -> None:
    handler = make_actor()
    make_task(handler)
    make_task(handler, due_on=days(0))
    make_task(handler, due_on=days(-1))
    make_task(handler, due_on=days(30))
    make_task(handler, role="signer", due_on=days(3))
    make_task(handler, done_at=timezone.now(), due_on=days(-5))
    assert counts(browser(handler)) == [4, 5, 2, 1, 0, 1]


@pytest.mark.parametrize(
    ("queue", "expected"),
    [
        ("mine", ["逾期的", "今天的", "以后的", "无期的"]),
        ("office", ["逾期的", "今天的", "领导的", "以后的", "无期的"]),
        ("soon", ["今天的", "领导的"]),
        ("late", ["逾期的"]),
        ("done", ["办完的"]),
        ("nonsense", ["逾期的", "今天的", "以后的", "无期的"]),
    ],
)
def test_queue_is_sorted_by_due_date(queue: str, expected: list[str]) -> None:
    handler = make_actor()
    make_task(handler, "无期的")
    make_task(handler, "以后的", due_on=days(30))
    make_task(handler, "今天的", due_on=days(0))
    make_task(handler, "领导的", due_on=days(2), role="signer")
    make_task(handler, "逾期的", due_on=days(-2))
    make_task(handler, "办完的", done_at=timezone.now(), done_by=handler.person)
    assert titles(browser(handler).get(DESK, {"queue": queue})) == expected


def test_traffic_light_has_a_word() -> None:
    handler = make_actor()
    make_task(handler, due_on=days(-10))
    make_task(handler, due_on=days(0))
    make_task(handler, due_on=days(60))
    text = browser(handler).get(DESK).content.decode()
    for words in ("已逾期</strong>", "即将到期</strong>", "期限内</strong>", "今天到期", "个工作日"):
        assert words in text


def test_row_says_that_a_period_is_over_or_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instants, "today", lambda: dt.date(2026, 11, 21))
    handler = make_actor()
    friday = make_task(handler, due_on=dt.date(2026, 11, 20))
    held = Task(organisation=handler.organisation, role="handler", clock_id=uuid.uuid4())
    late, still = worklist.rows([friday, held], handler, calendar())
    assert (late.light, late.left) == ("late", "已过期限")
    assert (still.paused, still.due, still.left) == (True, "", "暂停计时")
    assert "已暂停</strong>" in table_rows([still], "mine")


def test_due_date_beyond_the_announced_holidays_is_shown() -> None:
    handler = make_actor()
    make_task(handler, "很久以后的", due_on=dt.date(2031, 1, 10))
    assert "很久以后的" in browser(handler).get(DESK).content.decode()


def test_desk_is_filtered_by_its_address() -> None:
    handler = make_actor()
    make_task(handler, "审核甲园区")
    make_task(handler, "审核乙园区", role="signer")
    client = browser(handler)
    page = client.get(DESK, {"queue": "office", "text": "乙园区"}).content.decode()
    assert "审核甲园区" not in page
    assert "审核乙园区" in page
    page = client.get(DESK, {"queue": "office", "role": "handler"}).content.decode()
    assert "审核乙园区" not in page
    assert "没有符合条件的事项" in client.get(DESK, {"text": "不存在"}).content.decode()


def test_neighbours_tasks_and_messages_are_not_seen() -> None:
    handler, neighbour = make_actor(), make_actor()
    make_task(neighbour, "邻居的事")
    message = make_message(neighbour, "邻居的消息")
    client = browser(handler)
    for queue in ("mine", "office", "done"):
        page = client.get(DESK, {"queue": queue}).content.decode()
        assert "邻居的" not in page
    assert counts(client) == [0, 0, 0, 0, 0, 0]
    assert client.post(f"/desk/messages/{message.pk}/read/").status_code == 404


def test_message_is_read_by_a_post() -> None:
    handler = make_actor()
    message, other = make_message(handler), make_message(handler, "另一条")
    client = browser(handler)
    assert "2 条未读" in client.get(DESK).content.decode()
    assert client.get(f"/desk/messages/{message.pk}/read/").status_code == 405
    assert client.post(f"/desk/messages/{message.pk}/read/")["Location"] == DESK
    assert client.post(f"/desk/messages/{other.pk}/read/", {"open": "1"})["Location"] == "/papers/list/"
    assert "条未读" not in client.get(DESK).content.decode()


def test_all_messages_are_read_at_once_in_the_own_office_only() -> None:
    handler, neighbour = make_actor(), make_actor()
    make_message(handler), make_message(handler), make_message(neighbour)
    browser(handler).post("/desk/messages/read/")
    with system():
        assert Message.objects.filter(read_at=None).count() == 1


def test_message_does_not_lead_off_this_site() -> None:
    handler = make_actor()
    message = make_message(handler, address="//evil.example/")
    answer = browser(handler).post(f"/desk/messages/{message.pk}/read/", {"open": "1"})
    assert answer["Location"] == DESK


@pytest.mark.parametrize(
    ("kind", "role", "verb"),
    [
        ("applicant_gov", "handler", "新建申报"),
        ("applicant_gov", "signer", None),
        ("kjt", "handler", None),
        ("department", "admin", "邀请人员"),
    ],
)
def test_primary_act_is_the_posts_own(kind: str, role: str, verb: str | None) -> None:
    page = browser(make_actor(make_organisation(kind), role)).get(DESK).content.decode()
    assert [one for one in ("新建申报", "邀请人员") if one in page] == ([verb] if verb else [])


@pytest.mark.parametrize("queue", ["mine", "office", "soon", "late", "done"])
def test_empty_queue_says_what_will_stand_there(queue: str) -> None:
    assert 'class="cy-empty__title"' in browser(make_actor()).get(DESK, {"queue": queue}).content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_desk_asks_the_same_number_of_queries(number: int) -> None:
    handler = make_actor()
    for i in range(number):
        make_task(handler, due_on=days(i - 10))
        make_message(handler)
    client = browser(handler)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(DESK).status_code == 200
    assert len(queries) == QUERIES, "\n".join(query["sql"][:160] for query in queries)


def test_counts_are_read_by_one_query_and_stop_counting_what_grows_without_end() -> None:
    lead = make_actor(make_organisation("kjt"))
    other = make_organisation("department")
    with system():
        Task.objects.bulk_create(
            Task(
                dossier=uuid.uuid4(),
                organisation=other if serial % 2 else lead.organisation,
                created_by=lead.organisation,
                role="handler",
                kind="test",
                subject_type="tests.thing",
                subject_id=uuid.uuid4(),
                title=f"第{serial}件",
                address="/papers/list/",
                done_at=None if serial % 2 else timezone.now(),
            )
            for serial in range(2200)
        )
    page = browser(lead).get(DESK, {"queue": "asked"}).content.decode()
    assert page.count("999+</span></a>") == 2
    assert "共 1100 条" in page


def test_row_shows_its_case_and_who_is_next() -> None:
    lead = make_actor(make_organisation("kjt"), name="甲某")
    filing = make_filing(park_name="滨江某园区", number="CY-330100-2026-001")
    make_grant(filing.dossier, filing.tenant, lead.organisation, filing.tenant, "act")
    task = make_task(lead, dossier=filing.dossier)
    with system():
        Task.objects.filter(pk=task.pk).update(assignee=lead.person)
    page = browser(lead).get(DESK).content.decode()
    for words in ("滨江某园区", "CY-330100-2026-001", "筹备（草稿）", "甲某"):
        assert words in page


def test_task_taken_by_a_colleague_is_not_mine() -> None:
    handler = make_actor()
    colleague = make_actor(handler.organisation)
    make_task(handler, "同事的", assignee=colleague.person)
    make_task(handler, "我的", assignee=handler.person)
    make_task(handler, "大家的")
    assert titles(browser(handler).get(DESK)) == ["我的", "大家的"]
    assert titles(browser(handler).get(DESK, {"queue": "office", "assignee": "none"})) == ["大家的"]
    assert titles(browser(handler).get(DESK, {"queue": "office", "assignee": str(colleague.person.pk)})) == ["同事的"]


def test_list_is_filtered_by_stage_city_programme_kind_and_due_date() -> None:
    lead = make_actor(make_organisation("kjt"))
    one, other = make_filing(), make_filing()
    for filing in (one, other):
        make_grant(filing.dossier, filing.tenant, lead.organisation, filing.tenant, "act")
    make_task(lead, "一号", dossier=one.dossier, kind="opinion", due_on=days(2))
    make_task(lead, "二号", dossier=other.dossier, due_on=days(20))
    make_task(lead, "无案卷")
    client = browser(lead)

    def found(**query: str) -> list[str]:
        return titles(client.get(DESK, query))

    assert found(stage="accepted") == []
    owner = make_actor(one.tenant)
    make_task(owner, "自己的", dossier=one.dossier)
    make_task(owner, "别的")
    assert titles(browser(owner).get(DESK, {"stage": "draft"})) == ["自己的"]
    assert found(city=other.tenant.code) == ["二号"]
    assert found(programme="park") == ["一号", "二号"]
    assert (found(programme="other"), found(programme="city")) == (["无案卷"], [])
    assert found(kind="opinion") == ["一号"]
    assert found(due="3") == ["一号"]
    assert found(due="30") == ["一号", "二号"]
    assert found(due="none") == ["无案卷"]
    assert found(text="二号") == ["二号"]


def test_what_others_owe_is_listed_with_who_owes_it() -> None:
    lead, department = make_actor(make_organisation("kjt")), make_actor(make_organisation("department", "测试财政厅"))
    make_task(department, "出具意见", created_by=lead.organisation)
    page = browser(lead).get(DESK, {"queue": "asked"}).content.decode()
    assert "出具意见" in page
    assert "测试财政厅" in page
    assert "出具意见" not in browser(lead).get(DESK, {"queue": "office"}).content.decode()


def test_desk_needs_sign_in() -> None:
    assert Client().get(DESK)["Location"] == f"/account/login/?next={DESK}"


@pytest.mark.parametrize("number", [1, 30])
def test_all_messages_stand_on_their_own_page(number: int, django_assert_num_queries: Any) -> None:
    handler, neighbour = make_actor(), make_actor()
    make_message(neighbour, "邻居的消息")
    for serial in range(number):
        make_message(handler, f"第{serial}条", read_at=timezone.now() if serial % 2 else None)
    client = browser(handler)
    with django_assert_num_queries(11):
        page = client.get("/desk/messages/").content.decode()
    titles = re.findall(r">(第\d+条)</a>( <strong)?", page)
    assert len(titles) == number
    assert [bool(unread) for _, unread in titles] == sorted((bool(unread) for _, unread in titles), reverse=True)
    assert "邻居的" not in page
