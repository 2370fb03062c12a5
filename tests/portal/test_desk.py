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
from tests.factories import make_actor, make_organisation
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
    """The numbers beside the five queues."""
    return [int(n) for n in re.findall(r'<span class="cy-count">(\d+)</span></a>', client.get(DESK).content.decode())]


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
    assert counts(browser(handler)) == [4, 5, 2, 1, 1]


@pytest.mark.parametrize(
    ("queue", "titles"),
    [
        ("mine", ["逾期的", "今天的", "以后的", "无期的"]),
        ("office", ["逾期的", "今天的", "领导的", "以后的", "无期的"]),
        ("soon", ["今天的", "领导的"]),
        ("late", ["逾期的"]),
        ("done", ["办完的"]),
        ("nonsense", ["逾期的", "今天的", "以后的", "无期的"]),
    ],
)
def test_queue_is_sorted_by_due_date(queue: str, titles: list[str]) -> None:
    handler = make_actor()
    make_task(handler, "无期的")
    make_task(handler, "以后的", due_on=days(30))
    make_task(handler, "今天的", due_on=days(0))
    make_task(handler, "领导的", due_on=days(2), role="signer")
    make_task(handler, "逾期的", due_on=days(-2))
    make_task(handler, "办完的", done_at=timezone.now(), done_by=handler.person)
    page = browser(handler).get(DESK, {"queue": queue}).content.decode()
    assert re.findall(r'<th scope="row"><a href="/papers/list/">(.*?)</a>', page) == titles


def test_traffic_light_has_a_word() -> None:
    handler = make_actor()
    make_task(handler, due_on=days(-10))
    make_task(handler, due_on=days(0))
    make_task(handler, due_on=days(60))
    text = browser(handler).get(DESK).content.decode()
    for words in ("已逾期</strong>", "即将到期</strong>", "期限内</strong>", "今天到期", "个工作日"):
        assert words in text


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
    assert counts(client) == [0, 0, 0, 0, 0]
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
    assert len(queries) == QUERIES, [query["sql"][:100] for query in queries]


def test_desk_needs_sign_in() -> None:
    assert Client().get(DESK)["Location"] == f"/account/login/?next={DESK}"


@pytest.mark.parametrize("number", [1, 30])
def test_all_messages_stand_on_their_own_page(number: int, django_assert_num_queries: Any) -> None:
    handler, neighbour = make_actor(), make_actor()
    make_message(neighbour, "邻居的消息")
    for serial in range(number):
        make_message(handler, f"第{serial}条", read_at=timezone.now() if serial % 2 else None)
    client = browser(handler)
    with django_assert_num_queries(14):
        page = client.get("/desk/messages/").content.decode()
    titles = re.findall(r">(第\d+条)</a>( <strong)?", page)
    assert len(titles) == number
    assert [bool(unread) for _, unread in titles] == sorted((bool(unread) for _, unread in titles), reverse=True)
    assert "邻居的" not in page
