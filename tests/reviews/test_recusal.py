"""Recusal: who stepped aside acts no more on the case, and another does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.enums import PostRole
from accounts.models import Post
from accounts.scope import enter, system
from reviews import services
from reviews.models import ExpertOpinion, Recusal
from tests import joint_review as joint
from tests.affairs import Affair
from tests.factories import make_actor
from tests.reviews.at_work import refusal
from tests.scenarios import Scene
from workflow import todo
from workflow.machine import Refused
from workflow.models import Event, Task

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def review(province: Scene, django_db_setup: None, django_db_blocker: Any) -> Iterator[Affair]:
    """甲's case under review, nobody has answered."""
    with django_db_blocker.unblock(), transaction.atomic():
        with system():
            affair = province.begin("jia", "review").draft().submit().route().open_review()
        connection.check_constraints()
        yield affair
        transaction.set_rollback(True)


def test_recused_person_does_not_act_and_another_does(review: Affair) -> None:
    office = joint.the_office("dept-rsj")
    with system():
        spare = make_actor(office.organisation, PostRole.HANDLER, "接替的经办")
    opinion = joint.opinion_of(review, "dept-rsj")
    with enter(office.handler.scope):
        draft = services.keep_draft(opinion, {"stance": "agree", "reasons": "初稿"}, office.handler)
        tasks = Task.objects.filter(dossier=review.case.dossier, role=PostRole.HANDLER, done_at=None)
        for task in tasks:
            todo.take(task, office.handler.person, office.handler)
        mine = set(tasks.values_list("pk", flat=True))
        recusal = services.declare_recusal(review.case, office.handler.person, "曾参与编制规划", office.handler)
    said = {"stance": "agree", "reasons": "好"}
    assert "回避" in refusal(services.keep_draft, opinion, said, office.handler, by=office.handler)
    assert "回避" in refusal(services.add_note, review.case, "说一句", office.handler, by=office.handler)
    with system():
        waiting = Task.objects.filter(subject_id=recusal.pk, done_at=None)
        assert set(waiting.values_list("role", flat=True)) == {"reviewer", "signer"}
    assert "不能接替" in refusal(
        services.confirm_recusal, recusal, office.reviewer, office.signer.person, by=office.reviewer
    )
    with enter(office.reviewer.scope):
        services.confirm_recusal(recusal, office.reviewer, spare.person)
    with enter(spare.scope):
        handed = Task.objects.filter(assignee=spare.person, done_at=None)
        assert set(handed.values_list("pk", flat=True)) == mine, "what was in hand goes over in the same act"
        draft.refresh_from_db()
        assert draft.handler_id == spare.person.pk
        told = Event.objects.filter(subject_id=recusal.pk, name="confirm").get().data
        assert (told["tasks"], told["drafts"]) == (len(mine), 1)
        services.keep_draft(opinion, said, spare)
    with enter(joint.lead().handler.scope):
        seen = Recusal.objects.get(pk=recusal.pk)
        assert (seen.status, seen.replacement_name) == ("confirmed", "接替的经办")
    with enter(review.city.handler.scope):
        assert not Recusal.objects.exists()


def test_recused_signer_cannot_sign_what_others_drafted(review: Affair) -> None:
    office = joint.the_office("dept-commerce")
    with enter(office.signer.scope):
        services.declare_recusal(review.case, office.signer.person, "亲属在园区企业任职", office.signer)
    with pytest.raises(Refused) as refused, transaction.atomic():
        joint.answer(review, "dept-commerce")
    assert "回避" in str(refused.value)
    with system():
        assert joint.opinion_of(review, "dept-commerce").status == "requested"


def test_recusal_that_is_not_needed_lets_the_person_act_again(review: Affair) -> None:
    office = joint.the_office("dept-org")
    with enter(office.handler.scope):
        recusal = services.declare_recusal(review.case, office.handler.person, "同乡", office.handler)
    assert "岗位" in refusal(services.dismiss_recusal, recusal, "不构成", office.handler, by=office.handler)
    with enter(office.signer.scope):
        services.dismiss_recusal(recusal, "不构成利害关系", office.signer)
    assert joint.answer(review, "dept-org").status == "signed"


def test_recused_expert_is_released_by_the_lead_and_another_invited(review: Affair) -> None:
    opinion, expert = joint.invite(review, joint.EXPERTS[1]), joint.the_expert(joint.EXPERTS[1])
    with enter(expert.scope):
        recusal = services.declare_recusal(review.case, expert.person, "为申报单位提供过咨询", expert)
    reviewer = joint.lead().reviewer
    with enter(reviewer.scope):
        with pytest.raises(Refused), transaction.atomic():
            services.confirm_recusal(recusal, joint.the_office("dept-fgw").reviewer)
        services.confirm_recusal(Recusal.objects.select_related("tenant", "case__filing").get(pk=recusal.pk), reviewer)
    with system():
        assert ExpertOpinion.objects.get(pk=opinion.pk).status == "withdrawn"
    assert joint.invite(review, joint.EXPERTS[2]).status == "invited"


def test_nobody_recuses_a_person_of_another_office(review: Affair) -> None:
    office, stranger = joint.the_office("dept-fgw"), joint.the_office("dept-stat").handler
    with system():
        assert Post.objects.filter(person=stranger.person).exists()
    call = services.declare_recusal
    assert "不是本单位" in refusal(call, review.case, stranger.person, "利害关系", office.handler, by=office.handler)
    assert "代为申请" in refusal(call, review.case, office.handler.person, "利害关系", office.signer, by=office.signer)
    city = review.city.handler
    assert "参加本案审查" in refusal(call, review.case, city.person, "利害关系", city, by=city)
