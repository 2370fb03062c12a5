"""会签: the report upward waits for the departments it rests on; changed words are countersigned anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.enums import PostRole
from accounts.scope import enter, system
from notifications import signoff
from notifications.models import Draft
from portal.sample.acting import countersign
from portal.sample.clocks import age
from reviews import services
from reviews.models import CountersignAdvice, Countersignature
from tests import joint_review as joint
from tests.affairs import Affair
from tests.reviews.at_work import deliver, refusal
from tests.scenarios import Scene
from workflow import clocks, parameters
from workflow.models import Clock, Task

pytestmark = pytest.mark.django_db
ALL = 9


@pytest.fixture(scope="module")
def concluded(province: Scene, django_db_setup: None, django_db_blocker: Any) -> Iterator[Affair]:
    """甲's case that is not recommended: all nine answered, the report is next."""
    with django_db_blocker.unblock(), transaction.atomic():
        with system():
            affair = province.begin("jia", "review").draft().submit().route().open_review().opinions()
            affair.minutes("decline")
            affair.case.refresh_from_db()
        connection.check_constraints()
        yield affair
        transaction.set_rollback(True)


@pytest.fixture
def affair(concluded: Affair) -> Iterator[Affair]:
    """The same; every test takes back what it does."""
    point = transaction.savepoint()
    yield concluded
    transaction.savepoint_rollback(point)


def send_round(affair: Affair, summary: str) -> Draft:
    """省科技厅 drafts (or changes) the report, checks it and sends it round."""
    lead = joint.lead()
    with enter(lead.handler.scope):
        draft = signoff.start("report", affair.case, affair.case.dossier, "报审请示", lead.handler)
        if draft.status == "signing":
            with enter(lead.signer.scope):
                signoff.send_back(draft, lead.signer, "请改")
        signoff.save_fields(draft, {**draft.fields, "summary": summary}, lead.handler)
        signoff.send(draft, lead.handler)
    with enter(lead.reviewer.scope):
        signoff.pass_on(draft, lead.reviewer)
    return draft


def row_of(affair: Affair, code: str) -> Countersignature:
    """What counts of a department now."""
    with system():
        rows = Countersignature.objects.select_related("tenant", "case__filing", "case__tenant")
        return rows.get(case=affair.case, tenant__code=code)


def says(affair: Affair, code: str, agrees: bool, reason: str = "") -> Countersignature:
    """The signer of a department countersigns."""
    signer = joint.the_office(code).signer
    with enter(signer.scope):
        services.countersign(row_of(affair, code), agrees, reason, signer)
    return row_of(affair, code)


def why_not(draft: Draft) -> str:
    """What stands against the signature of the report."""
    signer = joint.lead().signer
    return refusal(signoff.sign, draft, signer, by=signer)


def statuses(affair: Affair) -> dict[str, list[str]]:
    """The departments by status."""
    found: dict[str, list[str]] = {}
    with system():
        for row in Countersignature.objects.filter(case=affair.case).select_related("tenant"):
            found.setdefault(row.status, []).append(row.tenant.code)
    return found


def test_report_waits_for_those_whose_opinion_it_rests_on(affair: Affair) -> None:
    draft = send_round(affair, "各部门均已反馈意见。")
    assert len(statuses(affair)["asked"]) == ALL
    assert "还没有会签" in why_not(draft)
    land, jxw = joint.the_office("dept-land"), joint.the_office("dept-jxw")
    with enter(land.handler.scope):
        own = Countersignature.objects.select_related("tenant", "case__filing").get()
        assert "各部门均已反馈意见。" in str(own.content)
        assert Task.objects.filter(subject_id=own.pk, role=PostRole.HANDLER, done_at=None).exists()
        assert clocks.running(own, "countersign") is not None
        services.advise_countersignature(own, "建议同意会签", land.handler)
    for stranger in (affair.city.handler, joint.actor("dept-jxw"), joint.lead().handler):
        with enter(stranger.scope):
            assert not CountersignAdvice.objects.exists(), "the advice is the department's own"
    with enter(affair.city.handler.scope):
        assert not Countersignature.every.exists()
        assert not Clock.objects.filter(kind="countersign").exists()
    assert "岗位" in refusal(services.countersign, own, True, "", land.handler, by=land.handler)
    assert "理由" in refusal(services.countersign, own, False, " ", land.signer, by=land.signer)
    signed = says(affair, "dept-land", True)
    assert (signed.signer_name, signed.signed_at is not None) == (land.signer.person.name, True)
    with system():
        assert not Task.objects.filter(subject_id=own.pk, done_at=None).exists()
    says(affair, "dept-jxw", False, "能耗指标没有落实来源。")
    countersign(affair.case)
    reasons = why_not(draft)
    assert jxw.organisation.short_name in reasons
    assert land.organisation.short_name not in reasons
    deliver()


def test_changed_words_are_countersigned_anew_and_unchanged_ones_are_not(affair: Affair) -> None:
    draft = send_round(affair, "第一稿。")
    says(affair, "dept-jxw", False, "请补充能耗。")
    countersign(affair.case)
    send_round(affair, "第一稿。")
    assert {status: len(codes) for status, codes in statuses(affair).items()} == {"agreed": ALL - 1, "objected": 1}
    send_round(affair, "第二稿，已补充能耗。")
    assert {status: len(codes) for status, codes in statuses(affair).items()} == {"asked": ALL}
    with system():
        rows = Countersignature.every.filter(case=affair.case, tenant__code="dept-jxw").order_by("round")
        assert [(row.round, row.status, row.reason) for row in rows] == [
            (1, "superseded", "请补充能耗。"),
            (2, "asked", ""),
        ]
        assert "第二稿" not in str(rows[0].content), "what was signed stays as it was read"
    countersign(affair.case)
    lead = joint.lead()
    with enter(lead.signer.scope):
        paper = signoff.sign(Draft.objects.get(pk=draft.pk), lead.signer)
    assert "会签" in str(paper.data["body"])
    assert all(joint.the_office(code).organisation.name in str(paper.data["body"]) for code in ("dept-jxw", "dept-env"))
    late = joint.the_office("dept-env").signer
    assert "不能" in refusal(services.countersign, row_of(affair, "dept-env"), False, "晚了", late, by=late)


def test_difference_that_stays_is_stated_with_both_sides_grounds(affair: Affair) -> None:
    draft = send_round(affair, "报审。")
    says(affair, "dept-env", False, "生态保护红线未避让。")
    countersign(affair.case)
    lead, row = joint.lead(), row_of(affair, "dept-env")
    assert "岗位" in refusal(services.state_difference, row, "已协商", lead.handler, by=lead.handler)
    with enter(lead.signer.scope):
        services.state_difference(row, "红线调整方案已获批。", lead.signer)
        paper = signoff.sign(Draft.objects.get(pk=draft.pk), lead.signer)
    assert "生态保护红线未避让。" in str(paper.data["body"])
    assert "红线调整方案已获批。" in str(paper.data["body"])
    with system():
        assert affair.case.__class__.objects.get(pk=affair.case.pk).status == "reported"


def test_silence_holds_unless_the_parameter_says_so(affair: Affair) -> None:
    draft = send_round(affair, "报审。")
    lead = joint.lead()
    with system():
        age(affair.case.dossier, "countersign", -1)
    assert "没有打开" in refusal(
        services.lapse_countersignature, row_of(affair, "dept-env"), "逾期", lead.handler, by=lead.handler
    )
    with enter(lead.signer.scope):
        parameters.change("countersign_silence", True, "试行", lead.signer)
    for code in statuses(affair)["asked"]:
        with enter(lead.handler.scope):
            services.lapse_countersignature(row_of(affair, code), "逾期未会签", lead.handler)
    assert says(affair, "dept-env", True).status == "agreed", "until the signature a department may still answer"
    with enter(lead.signer.scope):
        body = str(signoff.sign(Draft.objects.get(pk=draft.pk), lead.signer).data["body"])
    assert "逾期未会签" in body


def test_report_that_is_given_up_asks_nobody_any_more(affair: Affair) -> None:
    lead, draft = joint.lead(), send_round(affair, "报审。")
    with enter(lead.signer.scope):
        signoff.send_back(draft, lead.signer, "不报了")
    with enter(lead.handler.scope):
        signoff.cancel(Draft.objects.get(pk=draft.pk), lead.handler, "不报了")
    with system():
        assert not Countersignature.objects.filter(case=affair.case).exists()
        assert not Task.objects.filter(kind="countersign", dossier=affair.case.dossier, done_at=None).exists()
        assert not Clock.objects.filter(kind="countersign", dossier=affair.case.dossier, finished_at=None).exists()
