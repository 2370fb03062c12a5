"""Pages of the authorities: who opens which, what each shows of whom, and how many queries a list takes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import GrantLevel
from accounts.models import Organisation
from accounts.queries import the_lead
from accounts.scope import system
from applications.models import Filing, PlanField
from notifications.models import Draft
from portal.sample.acting import office
from reviews.models import Opinion, Question
from tests.affairs import Affair
from tests.factories import make_filing, make_grant, make_paper
from tests.scenarios import Scene

pytestmark = pytest.mark.django_db
LIST_QUERIES = 16


@pytest.fixture(scope="module")
def review(province: Scene, django_db_setup: None, django_db_blocker: Any) -> Iterator[Affair]:
    """甲's case under review: 省发改委 and 省委组织部 have answered, one question to the city is open."""
    with django_db_blocker.unblock(), transaction.atomic():
        with system():
            affair = province.begin("jia", "review").draft().submit().route().open_review()
            affair.opinions(2).ask()
        connection.check_constraints()
        yield affair
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def check(province: Scene, review: Affair, django_db_blocker: Any) -> Iterator[Affair]:
    """乙's filing under formal check, with remarks in a draft."""
    with django_db_blocker.unblock(), transaction.atomic():
        with system():
            affair = province.begin("yi", "check").draft().submit().route().start_supplement()
        connection.check_constraints()
        yield affair
        transaction.set_rollback(True)


def browser(province: Scene, name: str) -> Client:
    """The browser of an audience, signed in unless it is the public."""
    client, actor = Client(), province.audiences[name].actor
    if actor is not None:
        client.force_login(actor.person)
    return client


def opinion_of(affair: Affair, code: str) -> Opinion:
    with system():
        return Opinion.objects.get(case=affair.case, tenant__code=code)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *(("lead-handler", 200), ("government-handler", 200), ("fgw-handler", 200), ("stat-handler", 200)),
        *(("jia-handler", 404), ("yi-handler", 404), ("jia-county", 404), ("operator", 404), ("public", 302)),
    ],
)
def test_case_opens_for_those_who_review_it(province: Scene, review: Affair, name: str, status: int) -> None:
    client = browser(province, name)
    for tab in ("plan", "opinions", "findings", "questions", "timeline", "papers"):
        assert client.get(f"{review.case.get_absolute_url()}?tab={tab}").status_code == status


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *(("lead-handler", 200), ("government-handler", 200), ("fgw-handler", 404), ("jia-handler", 404)),
        *(("yi-handler", 404), ("operator", 404), ("public", 302)),
    ],
)
def test_formal_check_opens_for_lead_and_government(province: Scene, check: Affair, name: str, status: int) -> None:
    address = reverse("applications:check", args=[check.filing.pk])
    assert browser(province, name).get(address).status_code == status


@pytest.mark.parametrize("name", ["lead-handler", "government-handler"])
def test_opinions_stand_in_a_matrix_for_lead_and_government(province: Scene, review: Affair, name: str) -> None:
    shown = page(browser(province, name), f"{review.case.get_absolute_url()}?tab=opinions")
    assert review.mark("opinion-dept-fgw") in shown
    assert review.mark("opinion-dept-org") in shown
    assert shown.count("待回复") == 7 + 1  # seven rows and the word beside their number


def test_department_sees_its_own_opinion_alone(province: Scene, review: Affair) -> None:
    client = browser(province, "fgw-handler")
    own = page(client, reverse("reviews:opinion", args=[opinion_of(review, "dept-fgw").pk]))
    assert review.mark("opinion-dept-fgw") in own
    pages = [own, *(page(client, f"{review.case.get_absolute_url()}?tab={tab}") for tab in ("opinions", "timeline"))]
    assert not any(review.mark("opinion-dept-org") in shown for shown in pages)
    assert client.get(reverse("reviews:opinion", args=[opinion_of(review, "dept-org").pk])).status_code == 404


@pytest.mark.parametrize("name", ["lead-handler", "jia-handler", "yi-handler", "stat-handler", "operator"])
def test_opinion_page_is_closed_to_all_others(province: Scene, review: Affair, name: str) -> None:
    address = reverse("reviews:opinion", args=[opinion_of(review, "dept-fgw").pk])
    assert browser(province, name).get(address).status_code == 404


def test_list_shows_the_filings_that_are_open_to_the_office(province: Scene, review: Affair, check: Affair) -> None:
    address = reverse("reviews:list")
    lead, department = page(browser(province, "lead-handler"), address), page(browser(province, "fgw-handler"), address)
    assert review.mark("name") in lead
    assert check.mark("name") in lead
    assert review.mark("name") in department
    assert check.mark("name") not in department
    assert browser(province, "jia-handler").get(address).status_code == 404


def test_list_has_what_is_over_last(province: Scene, review: Affair, check: Affair) -> None:
    with system():
        Filing.objects.filter(pk=check.filing.pk).update(
            status="withdrawn", deemed_withdrawn=True, due_on=dt.date(2026, 1, 5)
        )
    shown = page(browser(province, "lead-handler"), reverse("reviews:list"))
    assert shown.index(review.mark("name")) < shown.index(check.mark("name"))


def test_filters_narrow_the_list(province: Scene, review: Affair, check: Affair) -> None:
    client, address = browser(province, "lead-handler"), reverse("reviews:list")
    for query, found in (
        ("status=reviewing", {"jia"}),
        ("status=formal_check", {"yi"}),
        ("city=gov-330500", {"yi"}),
        (f"text={check.filing.number}", {"yi"}),
        ("mine=on", {"jia", "yi"}),
        ("text=nothing-of-this-name", set()),
    ):
        shown = page(client, f"{address}?{query}")
        assert {one.owner for one in (review, check) if one.mark("name") in shown} == found, query


@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_as_many_queries_for_thirty_rows_as_for_one(
    province: Scene, count: int, django_assert_num_queries: Any
) -> None:
    with system():
        city, lead = Organisation.objects.get(code="gov-330100"), the_lead()
        for _row in range(count):
            submitted(city, lead)
    client = browser(province, "lead-handler")
    with django_assert_num_queries(LIST_QUERIES):
        shown = page(client, f"{reverse('reviews:list')}?text=测试高新技术产业园区")
    assert shown.count('<th scope="row">') == count


def submitted(city: Organisation, lead: Organisation) -> Filing:
    """A filing of a city that the lead office may see."""
    dossier = uuid.uuid4()
    said: dict[str, Any] = {"dossier": dossier, "status": "submitted", "submitted_at": timezone.now()}
    filing = make_filing(city, **said, request_paper=make_paper(city, dossier=dossier), due_on=timezone.localdate())
    make_grant(dossier, city, lead, city, GrantLevel.ACT)
    return filing


def test_blocked_act_says_what_is_missing(province: Scene, review: Affair) -> None:
    client = browser(province, "lead-handler")
    shown = page(client, review.case.get_absolute_url())
    assert 'aria-describedby="blocked-minutes"' in shown
    assert "还有 1 个询问申报单位尚未答复。" in shown
    refused = client.post(reverse("reviews:start_paper", args=[review.case.pk, "minutes"])).content.decode()
    assert "没有办成" in refused
    with system():
        assert not Draft.objects.filter(kind="minutes").exists()


@pytest.mark.parametrize("code", ["report", "approval", "opinion", "nothing"])
def test_paper_out_of_turn_is_not_found(province: Scene, review: Affair, code: str) -> None:
    address = reverse("reviews:start_paper", args=[review.case.pk, code])
    assert browser(province, "lead-handler").post(address).status_code == 404


def test_opinion_keeps_what_was_typed_though_it_is_not_complete(province: Scene, review: Affair) -> None:
    client = browser(province, "stat-handler")
    address = reverse("reviews:opinion", args=[opinion_of(review, "dept-stat").pk])
    shown = client.post(address, {"stance": "conditions", "reasons": "数据口径清楚。", "conditions": ""})
    assert "请至少写明一个条件" in shown.content.decode()
    assert "数据口径清楚。" in page(client, address)
    kept = client.post(address, {"stance": "agree", "reasons": "数据口径一致。", "conditions": "", "finish": "1"})
    with system():
        draft = Draft.objects.get(kind="opinion", tenant__code="dept-stat", status="drafting")
    assert kept.headers["Location"] == draft.get_absolute_url()
    assert draft.fields == {"stance": "agree", "reasons": "数据口径一致。", "conditions": [], "remarks": []}


def test_question_is_answered_on_the_page_its_task_leads_to(province: Scene, review: Affair) -> None:
    with system():
        question = Question.objects.get(case=review.case)
    address = reverse("reviews:answer", args=[question.pk])
    city = browser(province, "jia-handler")
    assert address in page(city, review.filing.get_absolute_url())
    assert browser(province, "yi-handler").get(address).status_code == 404
    assert browser(province, "lead-handler").get(address).status_code == 404
    assert "请写明" in city.post(address, {"answer": " "}).content.decode() or city.get(address).status_code == 200
    city.post(address, {"answer": "已有书面分工。"})
    shown = page(browser(province, "lead-handler"), f"{review.case.get_absolute_url()}?tab=questions")
    assert "已有书面分工。" in shown


def test_clock_tells_how_the_due_date_was_counted(province: Scene, review: Affair) -> None:
    shown = page(browser(province, "lead-handler"), review.case.get_absolute_url())
    assert "暂停计时，已用 0 / 30 个工作日" in shown  # the city owes an answer
    assert "共 30 个工作日" in shown


def test_other_posts_are_not_offered_the_handlers_acts(province: Scene, review: Affair) -> None:
    with system():
        signer = office(the_lead()).signer
    client = Client()
    client.force_login(signer.person)
    assert "拟联审联评会议纪要" not in page(client, review.case.get_absolute_url())


def test_listed_filing_is_not_held_against_itself(province: Scene) -> None:
    with system():
        affair = province.begin("jia", "listed").draft().submit().route().open_review()
        affair.opinions().conclude().list()
        PlanField.objects.filter(filing=affair.filing, key="space.second_zone_reason").update(value="")
    city = browser(province, "jia-handler")
    assert "P-II.1.2d[one_zone]" not in page(city, affair.filing.get_absolute_url())
    assert affair.filing.park_name in page(Client(), reverse("registry:park_list"))
