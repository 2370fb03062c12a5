"""Pages of the departments' side: what each audience is shown and offered, and what the case page costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.scope import enter, system
from portal.sample.people import PASSWORD
from reviews.models import (
    Condition,
    ExpertOpinion,
    Note,
    Opinion,
    OpinionDraft,
    Question,
    QuestionProposal,
    Recusal,
    Requirement,
)
from tests import joint_review as joint
from tests.affairs import Affair, first
from tests.scenarios import Scene

pytestmark = pytest.mark.django_db
CASE_QUERIES = 60


@pytest.fixture(scope="module")
def review(province: Scene, django_db_setup: None, django_db_blocker: Any) -> Iterator[Affair]:
    """甲's case under review with something of everything said on the departments' side."""
    with django_db_blocker.unblock(), transaction.atomic():
        with system():
            affair = province.begin("jia", "review").draft().submit().route().open_review().opinions(2)
            joint.talk(affair)
        connection.check_constraints()
        yield affair
        transaction.set_rollback(True)


def browser(province: Scene, name: str) -> Client:
    """The browser of an audience."""
    client, actor = Client(), province.audiences[name].actor
    assert actor is not None
    client.force_login(actor.person)
    return client


def page(province: Scene, name: str, address: str) -> str:
    """A page as an audience reads it."""
    answer = browser(province, name).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def tab(review: Affair, name: str) -> str:
    return f"{review.case.get_absolute_url()}?tab={name}"


@pytest.mark.parametrize(
    ("name", "reads", "offered"),
    [
        ("lead-handler", True, True),
        ("fgw-handler", True, True),
        ("stat-handler", True, True),
        ("expert", True, True),
        ("government-handler", False, False),
    ],
)
def test_inner_discussion_is_the_reviewers(
    province: Scene, review: Affair, name: str, reads: bool, offered: bool
) -> None:
    shown = page(province, name, tab(review, "discussion"))
    assert (review.mark("note") in shown) is reads
    assert ("写入内部讨论" in shown) is offered
    assert (review.mark("note") in page(province, name, tab(review, "timeline"))) is False


def test_matrix_shows_conditions_rounds_and_reminders_to_the_lead(province: Scene, review: Affair) -> None:
    joint.reopen(review, "dept-fgw", reason="栏目已修改")
    shown = page(province, "lead-handler", tab(review, "opinions"))
    for words in ("第 2 轮", "第 1 轮意见（已替代）", "另行邀请", "撤回邀请", "专家论证意见"):
        assert words in shown
    own = page(province, "fgw-handler", tab(review, "opinions"))
    assert review.mark("opinion-dept-fgw") in own
    assert review.mark("opinion-dept-org") not in own
    assert "第 1 轮意见（已替代）" in own
    assert "专家论证意见" not in page(province, "stat-handler", tab(review, "opinions"))


def test_list_says_who_has_answered_and_who_is_late(province: Scene, review: Affair) -> None:
    with system():
        Opinion.objects.filter(case=review.case, tenant__code__in=["dept-land", "dept-stat"]).update(
            due_on="2026-01-05"
        )
    shown = page(province, "lead-handler", f"{reverse('reviews:list')}?text={review.filing.number}")
    assert "已回复 2/10" in shown
    assert "逾期：省自然资源厅、省统计局" in shown
    assert "已回复" not in page(province, "fgw-handler", reverse("reviews:list"))


def test_todo_filter_keeps_what_waits_for_ones_own_post(province: Scene, review: Affair) -> None:
    address = f"{reverse('reviews:list')}?todo=on"
    assert review.mark("name") in page(province, "stat-handler", address)
    assert review.mark("name") not in page(province, "fgw-signer", address)


@pytest.mark.parametrize("name", ["lead-handler", "fgw-handler"])
def test_case_page_takes_as_many_queries_for_many_rows_as_for_one(province: Scene, review: Affair, name: str) -> None:
    def count() -> int:
        client = browser(province, name)
        client.get(tab(review, "plan"))
        with connection.execute_wrapper(Counter()) as _wrapped:
            client.get(tab(review, "plan"))
            return Counter.calls

    with system():
        review.ask()
    before = count()
    handler = joint.lead().handler
    with enter(handler.scope):
        for number in range(12):
            joint.services.add_note(review.case, f"第 {number} 条", handler)
            joint.services.ask_question(review.case, f"第 {number} 问", handler, joint.SECTION)
    for code in ("dept-org", "dept-jxw"):
        joint.propose(review, code, "再问一句")
    joint.set_conditions(review, "dept-land", *(f"条件{number}" for number in range(9)))
    assert count() == before
    assert before <= CASE_QUERIES


class Counter:
    """Counts the statements of one block."""

    calls = 0

    def __init__(self) -> None:
        Counter.calls = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        Counter.calls += 1
        return execute(sql, params, many, context)


def test_opinion_page_keeps_rows_and_says_what_is_wrong_with_each(province: Scene, review: Affair) -> None:
    client, opinion = browser(province, "stat-handler"), joint.opinion_of(review, "dept-stat")
    address = reverse("reviews:opinion", args=[opinion.pk])
    rows = {
        "conditions-TOTAL_FORMS": "2",
        "conditions-INITIAL_FORMS": "0",
        "conditions-0-text": "补充统计口径说明。",
        "conditions-0-section": joint.SECTION,
        "conditions-0-mandatory": "on",
        "conditions-1-answerer": "园区管委会",
        "remarks-TOTAL_FORMS": "1",
        "remarks-INITIAL_FORMS": "0",
        "remarks-0-text": "数据与年鉴一致。",
    }
    said = {"stance": "conditions", "reasons": "总体可行。", **rows}
    shown = client.post(address, said).content.decode()
    assert "条件第 2 条，条件：请写明条件" in shown
    assert "栏目意见第 1 条，栏目：请选择意见针对的栏目。" in shown
    assert "补充统计口径说明。" in client.get(address).content.decode()
    rows |= {"conditions-1-remove": "on", "remarks-0-section": joint.SECTION}
    kept = client.post(address, {**said, **rows, "finish": "1"})
    assert kept.status_code == 302
    with system():
        states = OpinionDraft.objects.filter(opinion=opinion).order_by("serial")
        assert [len(state.fields["remarks"]) for state in states] == [0, 1]
        assert [row["text"] for row in states.last().fields["conditions"]] == ["补充统计口径说明。"]  # type: ignore[union-attr]
    shown = client.get(address).content.decode()
    assert "第 2 稿" in shown


def test_expert_scores_signs_with_the_password_and_reads_the_own_paper(province: Scene, review: Affair) -> None:
    opinion = joint.invite(review, joint.EXPERTS[1])
    expert, address = joint.the_expert(joint.EXPERTS[1]), reverse("reviews:expert", args=[opinion.pk])
    client = Client()
    client.force_login(expert.person)
    scored = {f"score-{item.code}": "81" for item in joint.experts.ITEMS}
    wrong = client.post(address, {**scored, "text": "可行。", "stance": "pass", "sign": "1", "password": "x"})
    assert "可行。" in wrong.content.decode()
    assert first(lambda: ExpertOpinion.objects.get(pk=opinion.pk).status) == "invited"
    part = client.post(address, {"text": "可行。", "stance": "pass", "sign": "1", "password": PASSWORD})
    assert "还没有评分" in part.content.decode()
    done = client.post(address, {**scored, "text": "可行。", "stance": "pass", "sign": "1", "password": PASSWORD})
    assert done.status_code == 302
    shown = client.get(address).content.decode()
    assert "查看论证意见书" in shown
    assert "81.00" in shown
    paper = first(lambda: ExpertOpinion.objects.get(pk=opinion.pk).paper)
    assert client.get(reverse("notifications:paper", args=[paper.pk])).status_code == 200
    assert browser(province, "expert").get(address).status_code == 404
    assert browser(province, "expert").get(reverse("notifications:paper", args=[paper.pk])).status_code == 404


def test_city_reads_a_requirement_and_never_whose_it_is(province: Scene, review: Affair) -> None:
    city = page(province, "jia-handler", review.filing.get_absolute_url())
    assert review.mark("requirement-dept-fgw") in city
    requirement = first(lambda: Requirement.objects.get(case=review.case))
    own = page(province, "jia-handler", reverse("reviews:requirement", args=[requirement.pk]))
    assert review.mark("requirement-dept-fgw") in own
    for shown in (city, own):
        assert "发展改革委" not in shown.replace(review.mark("plan"), "").split("需落实的事项")[-1][:2000]
        assert review.mark("opinion-dept-fgw") not in shown
    answered = browser(province, "jia-handler").post(
        reverse("reviews:requirement", args=[requirement.pk]), {"answer": "已落实。"}
    )
    assert answered.status_code == 302
    judged = browser(province, "fgw-handler").post(reverse("reviews:judge", args=[requirement.pk]), {"settled": "no"})
    assert "请写明还缺什么" in judged.content.decode()


def test_refused_note_and_question_keep_what_was_typed(province: Scene, review: Affair) -> None:
    client = browser(province, "lead-handler")
    long = "说" * 2001
    shown = client.post(reverse("reviews:note", args=[review.case.pk]), {"text": long}).content.decode()
    assert long in shown
    late = {"text": "请说明。", "due_on": "2020-01-01"}
    shown = client.post(reverse("reviews:ask", args=[review.case.pk]), late).content.decode()
    assert "答复期限应在今天之后。" in shown
    assert "请说明。" in shown


def test_margin_shows_what_was_said_of_a_section(province: Scene, review: Affair) -> None:
    remark = {"section": "section:space", "text": "紧邻水源保护区。"}
    joint.answer(review, "dept-env", remarks=[remark])
    assert "紧邻水源保护区。" in page(province, "lead-handler", tab(review, "plan"))
    assert "紧邻水源保护区。" not in page(province, "fgw-handler", tab(review, "plan"))
    assert "讨论本栏" in page(province, "fgw-handler", tab(review, "plan"))
    assert "讨论本栏" not in page(province, "government-handler", tab(review, "plan"))


# -- Below the pages: who may write a row at all ------------------------------------------------------------------
def lets_in(province: Scene, name: str, row: Any) -> bool:
    """Whether an audience's scope lets a row in; it is taken back."""
    actor = province.audiences[name].actor
    assert actor is not None
    try:
        with enter(actor.scope), transaction.atomic():
            row.save(force_insert=True)
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


WRITERS = ("jia-handler", "yi-handler", "government-handler", "lead-handler", "fgw-handler", "czt-handler", "expert")


@pytest.mark.parametrize(
    ("kind", "may"),
    [
        ("note", {"lead-handler", "fgw-handler", "expert"}),
        ("proposal", {"fgw-handler", "expert"}),
        ("recusal", {"government-handler", "lead-handler", "fgw-handler", "expert"}),
        ("invitation", {"government-handler", "lead-handler"}),
        ("requirement", {"lead-handler"}),
    ],
)
def test_rows_are_let_in_from_those_who_take_part(province: Scene, review: Affair, kind: str, may: set[str]) -> None:
    with system():
        condition = Condition.objects.filter(case=review.case, requirement=None)[0]
        version, expert = review.case.version, joint.the_expert(joint.EXPERTS[2]).organisation
    found = set()
    for name in WRITERS:
        actor = province.audiences[name].actor
        assert actor is not None
        own = {"dossier": review.case.dossier, "tenant": actor.organisation, "case": review.case}
        row = {
            "note": lambda o=own, a=actor: Note(**o, text="x", author=a.person, author_name="x"),
            "proposal": lambda o=own, a=actor: QuestionProposal(**o, text="x", person=a.person),
            "recusal": lambda o=own, a=actor: Recusal(
                **o, person=a.person, person_name="x", reason="x", declared_by=a.person
            ),
            "invitation": lambda o=own, a=actor: ExpertOpinion(
                **{**o, "tenant": expert}, version=version, requested_by=a.organisation, reason="x"
            ),
            "requirement": lambda o=own, a=actor: Requirement(
                **{**o, "tenant": review.case.tenant}, condition=condition, text="x", passed_person=a.person
            ),
        }[kind]()
        if lets_in(province, name, row):
            found.add(name)
    assert found == may


@pytest.mark.parametrize(
    "table", ["reviews_note", "reviews_condition", "reviews_opiniondraft", "reviews_sectionremark"]
)
def test_what_was_said_is_neither_changed_nor_erased(review: Affair, table: str) -> None:
    joint.answer(review, "dept-env", remarks=[{"section": "section:space", "text": "紧邻水源。"}])
    opinion, handler = joint.opinion_of(review, "dept-stat"), joint.the_office("dept-stat").handler
    with enter(handler.scope):
        joint.services.keep_draft(opinion, {"stance": "agree", "reasons": "好"}, handler)
    column = "fields" if table == "reviews_opiniondraft" else "text"
    value = "'{}'::jsonb" if column == "fields" else "'改'"
    for statement in (f"UPDATE {table} SET {column} = {value}", f"DELETE FROM {table}"):
        with system(), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] > 0
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement)


def test_question_keeps_its_words_for_ever(review: Affair) -> None:
    with system():
        question = review.ask()
    lead = joint.lead().handler
    with enter(lead.scope):
        joint.services.cancel_question(question, "不再需要", lead)
    assert first(lambda: Question.objects.get(pk=question.pk).text) == review.mark("question")
