"""The one complete list of remarks: answered, judged, never erased, and no next step with an open one."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.actors import SESSION_KEY, Actor
from accounts.enums import PostRole
from accounts.queries import the_lead
from accounts.scope import enter, system
from applications import remarks as rules
from applications import services
from applications.models import Remark, RemarkEntry
from notifications.models import Draft
from portal.sample.acting import Office, office
from tests.affairs import Affair
from tests.reviews.test_guards import refused
from tests.scenarios import Scene
from workflow import ledger
from workflow.machine import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(province: Scene) -> Affair:
    """A filing that was returned with two remarks."""
    with system():
        affair = province.begin("jia", "returned").draft().submit().route().give_back()
        affair.filing.refresh_from_db()
    return affair


def lead() -> Office:
    """省科技厅."""
    with system():
        return office(the_lead())


def say(act: Any, remark: Remark, text: str, actor: Actor) -> None:
    """One act under a remark, in the actor's own scope."""
    with enter(actor.scope):
        act(remark, text, actor)


def states(affair: Affair, actor: Actor) -> list[str]:
    """How the remarks stand for somebody, in the order they were made."""
    with enter(actor.scope):
        return [remark.state.value for remark in affair.filing.remarks.all()]


def first_of(affair: Affair) -> Remark:
    with system():
        return affair.filing.remarks.select_related("filing").first()


def answer_all(affair: Affair) -> None:
    with system():
        rows = list(affair.filing.remarks.to_answer())
    for remark in rows:
        say(services.answer_remark, remark, "已补充。", affair.city.handler)


def send_again(affair: Affair) -> None:
    with system():
        affair.submit()
        affair.filing.refresh_from_db()


def test_answer_is_the_citys_own_until_it_is_sent_and_older_ones_stay(returned: Affair) -> None:
    city, reader = returned.city.handler, lead().handler
    remark = first_of(returned)
    say(services.answer_remark, remark, "第一稿", city)
    say(services.answer_remark, remark, "第二稿", city)
    assert states(returned, city) == ["answered", "open"]
    assert states(returned, reader) == ["open", "open"]
    with enter(reader.scope):
        assert RemarkEntry.objects.filter(remark=remark).count() == 0
    answer_all(returned)
    send_again(returned)
    assert states(returned, reader) == ["answered", "answered"]
    with enter(reader.scope):
        assert [entry.text for entry in remark.entries.all()] == ["第一稿", "第二稿"]


def test_judgement_is_the_leads_own_until_its_paper_is_signed(returned: Affair) -> None:
    city, judge = returned.city.handler, lead().handler
    answer_all(returned)
    send_again(returned)
    with system():
        one, other = returned.filing.remarks.all()
    say(services.settle_remark, one, "", judge)
    say(services.reopen_remark, other, "仍缺专家签名", judge)
    assert states(returned, judge) == ["settled", "unsettled"]
    assert states(returned, city) == ["answered", "answered"]
    with system():
        returned._notice("supplement", {})
        returned.filing.refresh_from_db()
    assert returned.filing.status == "returned"
    assert states(returned, city) == ["settled", "unsettled"]
    refused(returned.submit, returned, "还有 1 条补正意见没有答复")


def test_filing_is_accepted_only_when_every_remark_is_settled_or_taken_back(returned: Affair) -> None:
    judge = lead().handler
    answer_all(returned)
    send_again(returned)

    def accept() -> None:
        returned._notice("acceptance", {})

    refused(accept, returned, "还有 2 条补正意见没有核对通过")
    with system():
        one, other = returned.filing.remarks.all()
    say(services.settle_remark, one, "", judge)
    refused(accept, returned, "还有 1 条补正意见没有核对通过")
    say(services.cancel_remark, other, "该材料按新规定不再要求", judge)
    with system():
        services.acknowledge_second(returned.filing, "已有经验", judge) if returned.filing.second_reason else None
        accept()
        returned.filing.refresh_from_db()
    assert returned.filing.status == "accepted"


def test_cancelled_remark_keeps_its_text_and_tells_the_city_why(returned: Affair) -> None:
    city = returned.city.handler
    remark = first_of(returned)
    with pytest.raises(Refused, match="理由"):
        say(services.cancel_remark, remark, " ", lead().handler)
    with pytest.raises(Refused, match="只有提出意见的单位"):
        say(services.cancel_remark, remark, "不需要了", city)
    say(services.cancel_remark, remark, "重复提出", lead().signer)
    assert states(returned, city) == ["cancelled", "open"]
    with enter(city.scope):
        event = ledger.history(returned.filing.dossier).get(name="cancel_remark")
        assert (event.reason, event.data["remark"]) == ("重复提出", remark.text)
        assert Remark.objects.get(pk=remark.pk).text == remark.text
    with pytest.raises(Refused, match="不用再答复"):
        say(services.answer_remark, remark, "答", city)


def test_second_return_takes_new_remarks_on_changes_only_unless_a_leader_says_why(returned: Affair) -> None:
    office_ = lead()
    with system():
        returned.rework()
    answer_all(returned)
    send_again(returned)
    with system():
        for remark in returned.filing.remarks.to_judge():
            services.settle_remark(remark, "", office_.handler)

    def again(target: str) -> None:
        row = {"target": target, "label": "某栏目", "text": "新的问题", "reason": "unclear"}
        with transaction.atomic():
            returned._notice("supplement", {"remarks": [row]})
            transaction.set_rollback(target == "field:base.talent.schedule")

    with enter(office_.handler.scope):
        assert "field:base.talent.schedule" in rules.changed_since_return(returned.filing)
        assert "field:purpose.entrepreneurship" not in rules.changed_since_return(returned.filing)
    with system():
        again("field:base.talent.schedule")
        returned.filing.refresh_from_db()
    refused(lambda: again("field:purpose.entrepreneurship"), returned, "须一次性告知")
    with enter(office_.handler.scope), pytest.raises(Refused, match="审核人或签发人"):
        rules.allow_new(returned.filing, "有必要", office_.handler)
    with enter(office_.signer.scope):
        rules.allow_new(returned.filing, "上级新规定要求补充", office_.signer)
        assert rules.allowance(returned.filing)["reason"] == "上级新规定要求补充"  # type: ignore[index]
    with system():
        again("field:purpose.entrepreneurship")
        returned.filing.refresh_from_db()
        assert returned.filing.remarks.get(round=2).reason == "unclear"
    assert returned.filing.status == "returned"


def test_answers_that_nobody_judged_bar_a_second_return(returned: Affair) -> None:
    answer_all(returned)
    send_again(returned)

    def again() -> None:
        row = {"target": "field:base.talent.schedule", "label": "x", "text": "还缺"}
        returned._notice("supplement", {"remarks": [row]})

    refused(again, returned, "还有 2 条答复没有核对")


ERASING = (
    "UPDATE applications_remark SET text = '改写'",
    "UPDATE applications_remark SET basis = ''",
    "DELETE FROM applications_remark",
    "UPDATE applications_remarkentry SET text = '改写'",
    "UPDATE applications_remarkentry SET act = 'settle'",
    "DELETE FROM applications_remarkentry",
)


def test_what_was_said_is_not_erased_by_any_statement(returned: Affair) -> None:
    answer_all(returned)
    for statement in ERASING:
        with pytest.raises(DatabaseError, match="append-only"), system(), connection.cursor() as cursor:
            cursor.execute(statement)
    with system():
        assert Remark.objects.filter(filing=returned.filing).exclude(text="").count() == 2
        assert RemarkEntry.objects.filter(remark__filing=returned.filing, text="已补充。").count() == 2


def test_neighbour_and_department_see_nothing_of_remarks_in_the_formal_check(returned: Affair, province: Scene) -> None:
    answer_all(returned)
    for name in ("yi-handler", "stat-handler", "public", "operator"):
        actor = province.audiences[name].actor
        if actor is None:
            continue
        with enter(actor.scope):
            assert (Remark.objects.count(), RemarkEntry.objects.count()) == (0, 0)


def sign_in(client: Client, actor: Actor) -> None:
    """Act in exactly this post."""
    client.force_login(actor.person)
    session = client.session
    session[SESSION_KEY] = str(actor.post.pk)
    session.save()


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_remarks_are_written_one_by_one_beside_the_frozen_plan(client: Client, province: Scene) -> None:
    with system():
        affair = province.begin("jia", "check").draft().submit().route().start_supplement()
        draft = Draft.objects.get(kind="supplement", subject_id=affair.filing.pk)
    page = reverse("applications:remarks", args=[draft.pk])
    sign_in(client, lead().handler)
    shown = text_of(client.get(page))
    assert f"{page}?target=field%3Apurpose.entrepreneurship#remark-form" in shown
    picked = client.get(page, {"target": "field:purpose.entrepreneurship"})
    assert picked.context["form"].initial["target"] == "field:purpose.entrepreneurship"
    entry = {
        "target": "field:purpose.entrepreneurship",
        "reason": "wrong_data",
        "text": "数字与附表不一致",
        "more": "1",
    }
    assert client.post(page, entry).status_code == 302
    with system():
        rows = Draft.objects.get(pk=draft.pk).fields["remarks"]
    assert len(rows) == 3
    assert (rows[2]["reason"], rows[2]["text"]) == ("wrong_data", "数字与附表不一致")
    assert rows[2]["basis"].startswith("P-II.1")
    assert "数字与附表不一致" in text_of(client.get(page))
    changed = {**entry, "row": rows[2]["row"], "text": "数字与附表差一位"}
    client.post(page, changed)
    client.post(page, {"drop": rows[0]["row"]})
    with system():
        rows = Draft.objects.get(pk=draft.pk).fields["remarks"]
    assert [row["text"] for row in rows][-1] == "数字与附表差一位"
    assert len(rows) == 2
    wrong = client.post(page, {"target": "", "reason": "", "text": "没有选定", "more": "1"})
    assert wrong.status_code == 422
    assert "请选择提出意见的事由。" in text_of(wrong)
    assert "没有选定" in text_of(wrong)


def test_lead_judges_on_the_check_page_and_others_may_not(client: Client, returned: Affair) -> None:
    answer_all(returned)
    send_again(returned)
    remark = first_of(returned)
    judge = reverse("applications:judge", args=[remark.pk])
    page = reverse("applications:check", args=[returned.filing.pk])
    sign_in(client, lead().signer)
    assert "核对通过" not in text_of(client.get(page, {"tab": "remarks"}))
    assert client.post(judge, {"act": "settle"}).status_code == 422
    sign_in(client, lead().handler)
    assert "核对通过" in text_of(client.get(page, {"tab": "remarks"}))
    empty = client.post(judge, {"act": "reopen", "text": ""})
    assert (empty.status_code, "请写明还缺什么" in text_of(empty)) == (422, True)
    assert client.post(judge, {"act": "reopen", "text": "仍缺节点"}).status_code == 302
    assert states(returned, lead().handler)[0] == "unsettled"
    sign_in(client, returned.city.handler)
    assert client.post(judge, {"act": "settle"}).status_code == 404
    assert "仍缺节点" not in text_of(client.get(returned.filing.get_absolute_url()))


def test_city_answers_beside_the_value_it_sent_and_the_value_now(client: Client, returned: Affair) -> None:
    with system():
        returned.rework()
    sign_in(client, returned.city.handler)
    shown = text_of(client.get(returned.filing.get_absolute_url()))
    row = next(row for row in client.get(returned.filing.get_absolute_url()).context["remarks"] if row["was"])
    assert returned.mark("rework") in shown
    assert row["was"] != row["now"]
    with returned.city.as_(PostRole.HANDLER):
        assert row["form"] is not None
