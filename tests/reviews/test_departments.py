"""The departments' side of a case: rounds of opinions, invitations, questions, recusal; and what refuses them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from accounts.actors import Actor
from accounts.models import Grant, Organisation
from accounts.scope import enter, system
from notifications.models import Message
from portal.sample.documents import document
from reviews import services
from reviews.experts import ITEMS
from reviews.models import Case, Condition, ExpertOpinion, Opinion, OpinionDraft, Question, Requirement
from reviews.rules import questions_open
from reviews.rules_departments import conditions_unanswered
from tests import joint_review as joint
from tests.affairs import Affair
from tests.reviews.at_work import deliver, refusal
from tests.scenarios import Scene
from workflow import ledger
from workflow.machine import Refused
from workflow.models import Clock, Delivery, Task

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


def test_signed_opinion_leaves_conditions_and_remarks_as_rows(review: Affair) -> None:
    rows = [
        {"text": "完成规划环评。", "section": joint.SECTION, "due_on": "2027-03-31", "answerer": "园区管委会"},
        {"text": "建议增加监测点。", "mandatory": False},
    ]
    remarks = [{"section": "section:purpose", "text": "定位与城市规划衔接。"}]
    opinion = joint.answer(review, "dept-env", stance="conditions", conditions=rows, remarks=remarks)
    with system():
        found = list(Condition.objects.filter(opinion=opinion).order_by("number"))
        assert [(one.number, one.text, one.mandatory, str(one.due_on or "")) for one in found] == [
            (1, "完成规划环评。", True, "2027-03-31"),
            (2, "建议增加监测点。", False, ""),
        ]
        assert [(one.section, one.text) for one in opinion.section_remarks.all()] == [
            ("section:purpose", "定位与城市规划衔接。")
        ]
        said = str(opinion.paper.data)
    assert opinion.conditions == ["完成规划环评。", "建议增加监测点。"]
    for words in ("由园区管委会落实", "2027年3月31日前完成", "建议性", "定位与城市规划衔接。"):
        assert words in said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"stance": "conditions", "conditions": []}, "至少写明一个条件"),
        ({"stance": "agree", "conditions": [{"text": "完成环评。"}]}, "只有“有条件同意”才列条件"),
    ],
)
def test_conditions_have_to_fit_the_stance(review: Affair, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused) as refused, transaction.atomic():
        joint.answer(review, "dept-env", **fields)
    assert said in str(refused.value)


def test_drafts_keep_who_wrote_what_once_per_change(review: Affair) -> None:
    opinion, handler = joint.opinion_of(review, "dept-stat"), joint.the_office("dept-stat").handler
    with enter(handler.scope):
        for reasons in ("口径一致。", "口径一致。", "口径一致，数据可比。"):
            services.keep_draft(opinion, {"stance": "agree", "reasons": reasons}, handler)
        rows = list(OpinionDraft.objects.filter(opinion=opinion).order_by("serial"))
    assert [(row.serial, row.fields["reasons"], row.person_id) for row in rows] == [
        (1, "口径一致。", handler.person.pk),
        (2, "口径一致，数据可比。", handler.person.pk),
    ]


def test_reopened_opinion_keeps_the_signed_one_and_asks_again(review: Affair) -> None:
    first = joint.answer(review, "dept-land")
    again = joint.reopen(review, "dept-land", "section:space")
    with system():
        first = Opinion.every.get(pk=first.pk)
        assert (first.status, first.paper_id is not None, first.stance) == ("superseded", True, "agree")
        assert (again.status, again.round, again.previous_id, again.sections) == (
            "requested",
            2,
            first.pk,
            ["section:space"],
        )
        assert again.version_id == review.case.version_id
        assert list(review.case.opinions.filter(tenant__code="dept-land")) == [again]
        assert Task.objects.filter(subject_id=again.pk, done_at=None, organisation__code="dept-land").count() == 1
    once_more = joint.answer(review, "dept-land", reasons="修改后仍符合。")
    assert (once_more.pk, once_more.status) == (again.pk, "signed")


def test_answer_superseded_before_the_worker_came_leaves_nothing_undelivered(review: Affair) -> None:
    first = joint.answer(review, "dept-land")
    joint.reopen(review, "dept-land", "section:space")
    deliver()
    with system():
        told = Delivery.objects.get(effect="reviews.opinion_signed", payload__opinion=str(first.pk))
        assert (told.last_error, told.done_at is not None) == ("", True)


def test_reopening_needs_sections_a_reason_and_a_signed_opinion(review: Affair) -> None:
    handler = joint.lead().handler
    waiting, signed = joint.opinion_of(review, "dept-org"), joint.answer(review, "dept-jxw")
    assert "哪些栏目" in refusal(services.reopen_opinion, signed, [], "改了", handler, by=handler)
    assert "哪些栏目" in refusal(services.reopen_opinion, signed, ["section:space"], " ", handler, by=handler)
    assert "当前状态" in refusal(services.reopen_opinion, waiting, ["section:space"], "改了", handler, by=handler)
    department = joint.the_office("dept-jxw").handler
    assert "岗位" in refusal(services.reopen_opinion, signed, ["section:space"], "改了", department, by=department)


def test_invited_department_sees_the_case_answers_and_counts(review: Affair) -> None:
    handler = joint.the_office(joint.OTHER).handler
    with enter(handler.scope):
        assert not type(review.case).objects.filter(pk=review.case.pk).exists()
    opinion = joint.invite(review, joint.OTHER, "涉及财政资金安排")
    with enter(handler.scope):
        assert type(review.case).objects.get(pk=review.case.pk).version.content["park_name"]
        assert Task.objects.get(subject_id=opinion.pk).due_on == opinion.due_on
    with system():
        assert review.case.opinions.count() == 10
    signed = joint.answer(review, joint.OTHER)
    assert (signed.pk, signed.status, signed.invited) == (opinion.pk, "signed", True)


def test_invitation_is_withdrawn_before_it_is_answered_and_closes_the_dossier(review: Affair) -> None:
    lead = joint.lead().handler
    opinion = joint.invite(review, joint.OTHER_TWO)
    with enter(lead.scope):
        services.withdraw_invitation(opinion, "改由其他部门提出意见", lead)
    deliver()
    with system():
        assert Opinion.every.get(pk=opinion.pk).status == "withdrawn"
        assert not Opinion.objects.filter(pk=opinion.pk).exists()
        assert not Grant.objects.filter(dossier=review.case.dossier, organisation__code=joint.OTHER_TWO).exists()
        assert Message.objects.filter(organisation__code=joint.OTHER_TWO, title__startswith="邀请已撤回").count() == 1
        assert not Task.objects.filter(subject_id=opinion.pk, done_at=None).exists()
    with enter(joint.the_office(joint.OTHER_TWO).handler.scope):
        assert not type(review.case).objects.filter(pk=review.case.pk).exists()
    again = joint.invite(review, joint.OTHER_TWO)
    assert again.pk != opinion.pk


def test_named_department_and_answered_invitation_are_not_withdrawn(review: Affair) -> None:
    lead = joint.lead().handler
    named = joint.opinion_of(review, "dept-build")
    assert "规定参加" in refusal(services.withdraw_invitation, named, "不需要", lead, by=lead)
    joint.invite(review, joint.OTHER)
    answered = joint.answer(review, joint.OTHER)
    assert "当前状态" in refusal(services.withdraw_invitation, answered, "不需要", lead, by=lead)


def test_invitation_is_refused_without_reason_twice_and_to_the_wrong_kind(review: Affair) -> None:
    lead = joint.lead().handler
    with system():
        other, city, expert = (
            Organisation.objects.get(code=code) for code in (joint.OTHER, "gov-330500", joint.EXPERTS[0])
        )
    case = review.case
    assert "事由" in refusal(services.invite_department, case, other, " ", lead, by=lead)
    assert "不能受邀" in refusal(services.invite_department, case, city, "看一看", lead, by=lead)
    assert "不能受邀" in refusal(services.invite_department, case, expert, "看一看", lead, by=lead)
    joint.invite(review, joint.OTHER)
    assert "已在征求意见" in refusal(services.invite_department, case, other, "再来", lead, by=lead)
    signer = joint.lead().signer
    assert "经办人" in refusal(services.invite_expert, case, expert, "论证", signer, by=signer)


def test_expert_scores_every_item_and_signs_alone(review: Affair) -> None:
    opinion = joint.invite(review, joint.EXPERTS[0], "论证产业方向")
    assert isinstance(opinion, ExpertOpinion)
    expert = joint.the_expert(joint.EXPERTS[0])
    assert "还没有评分" in refusal(services.sign_expert_opinion, opinion, [], "pass", "可行", expert, by=expert)
    joint.expert_signs(opinion, joint.EXPERTS[0], "定位清楚。", 87)
    with system():
        opinion = ExpertOpinion.objects.select_related("paper").get(pk=opinion.pk)
        paper = opinion.paper
        assert paper is not None
        assert (opinion.status, paper.kind, paper.handler_id, paper.signer_id) == (
            "signed",
            "expert",
            None,
            expert.person.pk,
        )
        assert paper.number.startswith("专论1〔")
        assert "定位清楚。" in str(paper.data)
        assert "87.00" in str(paper.data)
        assert not Task.objects.filter(subject_id=opinion.pk, done_at=None).exists()
    again = [{"code": "focus", "score": 1}]
    assert "评分" in refusal(services.sign_expert_opinion, opinion, again, "fail", "改", expert, by=expert)


def test_experts_are_blind_to_each_other_until_the_round_is_closed(review: Affair) -> None:
    lead = joint.lead().handler
    opinions = {code: joint.invite(review, code) for code in joint.EXPERTS}
    for code in joint.EXPERTS[:2]:
        joint.expert_signs(opinions[code], code)  # type: ignore[arg-type]
    first, third = joint.the_expert(joint.EXPERTS[0]), joint.the_expert(joint.EXPERTS[2])

    def seen(actor: Actor) -> int:
        with enter(actor.scope):
            return ExpertOpinion.objects.filter(case=review.case).count()

    assert (seen(first), seen(third), seen(lead)) == (1, 1, 3)
    assert "提前结束的原因" in refusal(services.close_expert_round, review.case, lead, by=lead)
    with enter(lead.scope):
        services.close_expert_round(review.case, lead, "第三位专家因故不能参加")
    assert (seen(first), seen(third)) == (3, 3)
    with system():
        late = ExpertOpinion.objects.select_related("case__filing", "tenant").get(pk=opinions[joint.EXPERTS[2]].pk)
    scores = [{"code": item.code, "score": 50} for item in ITEMS]
    assert "已经结束" in refusal(services.sign_expert_opinion, late, scores, "pass", "可行", third, by=third)
    department = joint.the_office("dept-fgw").handler
    assert seen(department) == 0


def test_proposed_question_is_asked_in_one_voice_or_declined(review: Affair) -> None:
    proposal = joint.propose(review, "dept-fgw", "目标如何分解？")
    with enter(review.city.handler.scope):
        assert not Question.objects.filter(case=review.case).exists()
        assert not type(proposal).objects.exists()
    question = joint.send(proposal, "请说明目标的年度分解。")
    with enter(review.city.handler.scope):
        seen = Question.objects.get(pk=question.pk)
        assert (seen.asked_by.code, seen.text, seen.target) == ("kjt", "请说明目标的年度分解。", joint.SECTION)
        assert "省发" not in str(list(ledger.history(review.case.dossier).values("label", "actor_organisation_name")))
    other, lead = joint.propose(review, "dept-stat", "数据来源？"), joint.lead().handler
    with enter(lead.scope):
        other = type(other).objects.select_related("case__filing", "tenant").get(pk=other.pk)
    assert "原因" in refusal(services.decline_proposal, other, "", lead, by=lead)
    with enter(lead.scope):
        services.decline_proposal(other, "材料中已有说明", lead)
    with enter(joint.the_office("dept-stat").handler.scope):
        mine = type(other).objects.get(pk=other.pk)
        assert (mine.status, mine.reason) == ("declined", "材料中已有说明")


def test_cancelled_question_keeps_its_words_and_owes_no_answer(review: Affair) -> None:
    lead, city = joint.lead().handler, review.city.handler
    with system():
        question = review.ask()
    assert "原因" in refusal(services.cancel_question, question, "", lead, by=lead)
    assert "省科技厅" in refusal(services.cancel_question, question, "不用了", city, by=city)
    with enter(lead.scope):
        services.cancel_question(question, "材料中已有说明", lead)
    with enter(city.scope):
        seen = Question.objects.get(pk=question.pk)
        assert (seen.text, seen.cancel_reason, seen.is_open) == (question.text, "材料中已有说明", False)
        assert not Task.objects.filter(subject_id=question.pk, done_at=None).exists()
        assert questions_open(Case.objects.get(pk=review.case.pk)) == [], "what was taken back bars no conclusion"
        labels = list(ledger.history(review.case.dossier).values_list("name", flat=True))
    assert labels[-2:] == ["ask", "cancel_question"]
    assert "已经撤销" in refusal(services.answer_question, question, "好", city, by=city)


def test_answer_with_a_file_reaches_who_reviews_the_case(review: Affair) -> None:
    city = review.city.handler
    with system():
        question = review.ask()
    pdf = document("分工")
    fake = SimpleUploadedFile("假.pdf", b"MZ not a pdf", "application/pdf")
    assert "扩展名" in refusal(services.answer_question, question, "见附件", city, [fake], by=city)
    with enter(city.scope):
        assert Question.objects.get(pk=question.pk).answered_at is None
        services.answer_question(question, "见附件", city, [pdf])
    with enter(joint.the_office("dept-fgw").handler.scope):
        enclosed = Question.objects.get(pk=question.pk).enclosures.select_related("upload").get()
        assert enclosed.upload.name == "分工.pdf"
    with enter(joint.actor("gov-330500").scope):
        assert not Question.objects.filter(pk=question.pk).exists()


def test_condition_reaches_the_city_only_in_the_words_of_the_lead(review: Affair) -> None:
    condition, _other = joint.set_conditions(review, "dept-env", "补做环评。", "增加监测点。")
    city, department = review.city.handler, joint.the_office("dept-env").handler
    with enter(city.scope):
        assert not Condition.objects.exists()
        assert not Requirement.objects.exists()
    requirement = joint.pass_on(condition, "请补充规划环境影响评价。")
    with enter(city.scope):
        seen = Requirement.objects.get()
        assert (seen.text, seen.attribution) == ("请补充规划环境影响评价。", "")
        assert not Condition.objects.exists()
    assert "没有答复" in "；".join(unanswered(review))
    assert owed(requirement, city) == owed(requirement, joint.lead().handler) == ["requirement"]
    joint.city_meets(review, requirement)
    deliver()
    assert (owed(requirement, city), owed(requirement, department)) == ([], ["settling"])
    assert "等待部门确认" in "；".join(unanswered(review))
    with enter(department.scope):
        assert Task.objects.filter(subject_id=requirement.pk, kind="settle", done_at=None).count() == 1
    assert "还缺什么" in refusal(
        services.judge_requirement, fetched(requirement, department), False, "", department, by=department
    )
    joint.judge(requirement, "dept-env", settled=False, reason="缺审查意见。")
    deliver()
    assert owed(requirement, city) == ["requirement"]
    with enter(city.scope):
        seen = Requirement.objects.get()
        assert (seen.status, seen.answers.get().verdict) == ("open", "缺审查意见。")
        task = Task.objects.get(subject_id=requirement.pk, done_at=None)
        assert task.created_by.code == "kjt"
        told = str(list(ledger.history(review.case.dossier).values_list("label", "actor_organisation_name")))
        told += str(list(Message.objects.values_list("title", "body")))
    assert "生态环境" not in told
    joint.city_meets(review, requirement, "已补充审查意见。")
    joint.judge(requirement, "dept-env")
    assert unanswered(review) == []
    assert owed(requirement, joint.lead().handler) == []
    with enter(city.scope):
        assert Requirement.objects.get().status == "settled"
        assert Requirement.objects.get().answers.count() == 2


def owed(requirement: Requirement, actor: Actor) -> list[str]:
    """The kinds of the periods that run for a requirement, as this person sees them."""
    with enter(actor.scope):
        return [clock.kind for clock in Clock.objects.filter(subject_id=requirement.pk, finished_at=None)]


def fetched(requirement: Requirement, actor: Actor) -> Requirement:
    """The requirement as its department has it."""
    with enter(actor.scope):
        return Requirement.objects.select_related("case__filing", "condition__tenant", "tenant").get(pk=requirement.pk)


def unanswered(affair: Affair) -> list[str]:
    """What stands against a report upward."""
    with enter(joint.lead().handler.scope):
        return conditions_unanswered(affair.case)


def test_only_the_department_that_set_a_condition_judges_its_answer(review: Affair) -> None:
    condition = joint.set_conditions(review, "dept-land", "核减水域。")[0]
    requirement = joint.pass_on(condition, named=True)
    assert "自然资源" in requirement.attribution
    joint.city_meets(review, requirement)
    for code in ("dept-fgw", "gov-330500"):
        with enter(joint.actor(code).scope):
            assert not Requirement.objects.exists()
    lead, city = joint.lead().handler, review.city.handler
    mine = fetched(requirement, lead)
    assert "岗位" in refusal(services.judge_requirement, mine, True, "", lead, by=lead)
    with enter(city.scope):
        own = Requirement.objects.select_related("case__filing").get()
    assert "岗位" in refusal(services.judge_requirement, own, True, "", city, by=city)
    with enter(lead.scope):
        services.waive_requirement(mine, "会议议定不再要求", lead)
    assert unanswered(review) == []
