"""T18 to T22: a sanction is proposed once, told, heard, answered, decided by named officials, served, reviewed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.enums import PostRole
from accounts.scope import system
from indicators import periods_sanction as periods
from indicators import released
from indicators.models import SanctionCase, YellowCard
from indicators.parameters_policy import YELLOW_CARD_RULE
from indicators.services import sanctions
from indicators.services.sanctions import proposing
from notifications.models import Message, Paper, PaperCopy
from policy.outcomes import Verdict
from registry.models import LegalStatus, Park
from tests.delivered import deliver_acts
from tests.indicators.sanctions import Scene
from workflow import clocks, outbox, proposals, reminders
from workflow.machine import Refused
from workflow.models import Clock, Event, Proposal, Reminder, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """A park with its offices."""
    return Scene()


def events(case: SanctionCase) -> list[str]:
    """The names of what happened, in order."""
    with system():
        return list(Event.objects.filter(dossier=case.dossier).order_by("serial").values_list("name", flat=True))


def end(case: SanctionCase, kind: str) -> None:
    """The last day of a running period was yesterday; the sweep finds it."""
    with system():
        Clock.objects.filter(subject_id=case.pk, kind=kind, finished_at=None).update(
            due_on=dt.date(2026, 1, 5), remind_on=dt.date(2026, 1, 6)
        )
    reminders.sweep()


# -- What is proposed ---------------------------------------------------------------------------------
def test_worker_proposes_what_follows_from_a_release(scene: Scene) -> None:
    run = scene.release(2025)
    with system():
        outbox.perform(released.EFFECT, {"run": str(run.pk)})
        assert SanctionCase.objects.filter(assessment__run=run).count() == 1


def test_missed_year_proposes_one_card_however_often_the_release_is_replayed(scene: Scene) -> None:
    run = scene.release(2025)
    case = scene.follow(run)
    assert case is not None
    assert (case.kind, case.status, case.year) == ("yellow_card", "proposed", 2025)
    assert [row["clause"] for row in case.grounds] == ["P-II.2.2b"]
    scene.follow(run)
    scene.follow(scene.release(2025))
    with system():
        assert SanctionCase.objects.count() == 1
        assert Proposal.objects.count() == 1
        assert "24.999%" in scene.proposal(case).reasons[0]


@pytest.mark.parametrize("verdict", [Verdict.MET, Verdict.OPEN, Verdict.NOT_APPLICABLE])
def test_year_that_is_not_missed_proposes_nothing(scene: Scene, verdict: str) -> None:
    assert scene.follow(scene.release(2025, verdict)) is None


def test_rule_in_force_decides_how_much_is_missed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"yellow_card_rule": "max_missed", "yellow_card_max_missed": 1, "yellow_card_pass_line": "60"}
    monkeypatch.setattr(proposing, "value", lambda name: values[name])
    one, two = scene.release(2024), scene.release(2025, missed=("P-II.2.2b", "P-II.2.2c"))
    with system():
        assert [proposing.is_missed(run.assessments.get()) for run in (one, two)] == [False, True]
        values["yellow_card_rule"] = "pass_line"
        assessment = two.assessments.get()
        assert not proposing.is_missed(assessment)
        assessment.score = "59.999"
        assert proposing.is_missed(assessment)
    assert YELLOW_CARD_RULE.default == "literal"


def test_dismissed_proposal_is_not_made_again_for_the_same_findings(scene: Scene) -> None:
    case = scene.missed(2025)
    lead = scene.desks["lead"]
    with lead.as_(PostRole.REVIEWER):
        proposals.dismiss(scene.proposal(case), lead.reviewer, "数据正在复核。")
    assert scene.again(case).status == "dismissed"
    again = scene.follow(scene.release(2025))
    assert again == case


@pytest.mark.parametrize(
    ("verdict", "words"),
    [(Verdict.MET, "达到要求（含豁免）"), (Verdict.NOT_APPLICABLE, "不适用"), (Verdict.OPEN, "尚有事项待裁定")],
)
def test_revocation_needs_the_year_before_to_be_missed(scene: Scene, verdict: str, words: str) -> None:
    scene.follow(scene.release(2024, verdict))
    case = scene.missed(2025)
    assert case.kind == "yellow_card"
    assert words in case.remarks[0]


def test_gap_or_undecided_card_gives_another_card(scene: Scene) -> None:
    gap = scene.missed(2025)
    assert (gap.kind, gap.remarks) == ("yellow_card", ["2024年度没有已发布的评价结果，不构成连续两年。"])
    undecided = scene.missed(2026)
    assert (undecided.kind, "没有有效的黄牌" in undecided.remarks[0]) == ("yellow_card", True)


def test_second_consecutive_miss_proposes_revocation(scene: Scene) -> None:
    scene.imposed(scene.missed(2024))
    case = scene.missed(2025)
    assert (case.kind, case.before_year, case.card_id) == ("revocation", 2024, scene.card(2024).pk)


# -- The way of a card --------------------------------------------------------------------------------
def test_card_is_told_heard_answered_decided_and_served(scene: Scene) -> None:
    case = scene.imposed(scene.missed(2025))
    assert case.status == "imposed"
    assert case.decided_by == scene.desks["lead"].signer.person
    card = scene.card(2025)
    with system():
        assert (card.status, card.paper, card.assessment_id) == ("in_force", case.decision_paper, case.assessment_id)
        assert card.paper.published_at is not None
        content = str(card.paper.data)
        assert all(word in content for word in ("厅长某某", "24.999", "统计口径有调整。", "第1条不成立。"))
        people = {card.paper.handler_id, card.paper.reviewer_id, card.paper.signer_id}
    assert len(people) == 3
    city = scene.desks["city"]
    with city.as_(PostRole.HANDLER):
        sanctions.serve(scene.again_here(case), city.handler)
    case = scene.again(case)
    with system():
        assert (case.status, case.served_by) == ("served", city.handler.person)
        assert PaperCopy.objects.get(paper=case.decision_paper_id, organisation=scene.city).received_at is not None
        assert set(Clock.objects.filter(dossier=case.dossier, finished_at=None).values_list("kind", flat=True)) == {
            "sanction_review_request", "card_plan", "card_check"
        }  # fmt: skip
        assert Park.objects.get(pk=scene.park.pk).status == "creating"
    assert events(case) == [
        "propose", "confirm", "proposal_confirmed", "send", "pass_on", "sign", "notify", "receive",
        "send", "pass_on", "sign", "state", "answer", "answer", "send", "pass_on", "sign", "impose", "warn", "serve",
    ]  # fmt: skip


def test_nothing_is_decided_before_the_city_could_answer_nor_with_reasons_unanswered(scene: Scene) -> None:
    case = scene.told(scene.missed(2025))
    with pytest.raises(Refused, match="陈述申辩期限未满"):
        scene.issue("lead", "yellow_card", case, official="厅长某某")
    assert scene.again(case).status == "answering"
    scene.issue("city", "sanction_statement", case, reasons="理由。")
    with pytest.raises(Refused, match="1 条申辩理由没有逐条答复"):
        scene.sign("lead", "yellow_card", case)
    with system():
        assert YellowCard.objects.count() == 0
        assert not Paper.objects.filter(kind="yellow_card").exists()


def test_period_ends_for_city_and_lead_once_and_then_the_card_may_be_given(scene: Scene) -> None:
    case = scene.told(scene.missed(2025))
    end(case, "sanction_statement")
    reminders.sweep()
    with system():
        assert Reminder.objects.filter(clock__subject_id=case.pk, mark=-1).count() == 1
        title = "陈述申辩期满"
        told = Message.objects.filter(title__contains=title).values_list("organisation__kind", flat=True)
        assert sorted(told) == ["applicant_gov", "kjt", "park_committee"]
        assert Clock.objects.get(subject_id=case.pk, kind="sanction_decision").organisation.kind == "kjt"
    with pytest.raises(Refused, match="陈述申辩期限已满"):
        scene.issue("city", "sanction_statement", case, reasons="迟到的理由。")
    scene.issue("lead", "yellow_card", case, official="厅长某某")
    assert scene.again(case).status == "imposed"


def test_notice_that_nobody_signs_for_counts_as_served(scene: Scene) -> None:
    case = scene.missed(2025)
    scene.confirm(case)
    scene.issue("lead", "sanction_notice", case)
    end(case, "sanction_receipt")
    case = scene.again(case)
    assert (case.status, case.received_by) == ("answering", None)
    with system():
        assert clocks.running(case, periods.STATEMENT) is not None


def test_hearing_stops_the_clock_until_its_minutes_are_kept(scene: Scene) -> None:
    case = scene.told(scene.missed(2025))
    city = scene.desks["city"]
    with city.as_(PostRole.SIGNER):
        sanctions.ask_hearing(scene.again_here(case), "申请当面说明。", city.signer)
    with system():
        assert clocks.running(case, periods.STATEMENT).paused  # type: ignore[union-attr]
    with pytest.raises(Refused, match="请先签发听证通知书"):
        scene.issue("lead", "hearing_record", case, present="市科技局", recorder="赵某", minutes="笔录")
    notice, record = scene.heard(case)
    with system():
        assert not clocks.running(case, periods.STATEMENT).paused  # type: ignore[union-attr]
        hearing = scene.again(case).hearing
        assert (hearing.heard_by, hearing.recorder) == ("李某、王某", "赵某")
        assert (hearing.notice_paper, hearing.minutes_paper) == (notice, record)
        assert [word in str(record.data) for word in ("9时30分", "一号会议室", "双方陈述完毕。", "赵某")] == [True] * 4
    with city.as_(PostRole.HANDLER):
        sanctions.check_minutes(scene.again_here(case), "第二段应为投产推迟两个月。", city.handler)
        with pytest.raises(Refused, match="没有需要核对"):
            sanctions.check_minutes(scene.again_here(case), "", city.handler)
    assert events(case)[-1] == "check_minutes"
    with city.as_(PostRole.SIGNER), pytest.raises(Refused, match="已经申请过听证"):
        sanctions.ask_hearing(scene.again_here(case), "再申请。", city.signer)


def test_review_may_annul_a_card_which_no_longer_counts(scene: Scene) -> None:
    case = scene.imposed(scene.missed(2024))
    city = scene.desks["city"]
    with city.as_(PostRole.HANDLER):
        sanctions.serve(scene.again_here(case), city.handler)
    scene.issue("city", "review_request", case, reasons="数据有误。")
    scene.issue("lead", "review_decision", case, outcome="annulled", official="厅长某某", reasons="理由成立。")
    case = scene.again(case)
    assert (case.status, case.review_outcome, scene.card(2024).status) == ("annulled", "annulled", "annulled")
    later = scene.missed(2025)
    assert (later.kind, "没有有效的黄牌" in later.remarks[0]) == ("yellow_card", True)


@pytest.mark.parametrize("outcome", ["upheld", "changed"])
def test_review_that_keeps_the_card_is_held_once(scene: Scene, outcome: str) -> None:
    case = scene.follow(scene.release(2025, missed=("P-II.2.2b", "P-II.2.2c")))
    assert case is not None
    case = scene.imposed(case)
    city = scene.desks["city"]
    with city.as_(PostRole.HANDLER):
        sanctions.serve(scene.again_here(case), city.handler)
    scene.issue("city", "review_request", case, reasons="数据有误。")
    fields = {"outcome": outcome, "official": "厅长某某", "reasons": "理由部分成立。"}
    if outcome == "changed":
        for wrong, words in (("P-II.9", "没有“P-II.9”"), ("P-II.2.2b\nP-II.2.2c", "应当撤销"), ("", "应当维持")):
            with pytest.raises(Refused, match=words):
                scene.issue("lead", "review_decision", case, **fields, struck=wrong)
        fields["struck"] = "P-II.2.2c"
    paper = scene.issue("lead", "review_decision", case, **fields)
    case = scene.again(case)
    assert (case.status, scene.card(2025).status) == ("served", "in_force")
    assert case.struck == (["P-II.2.2c"] if outcome == "changed" else [])
    assert ("不再作为黄牌警告的事实：某项要求（P-II.2.2c）" in str(paper.data)) == (outcome == "changed")
    with pytest.raises(Refused, match="已经申请过复核"):
        scene.issue("city", "review_request", case, reasons="再次申请。")


def test_good_reasons_end_the_case_without_a_card(scene: Scene) -> None:
    case = scene.answered(scene.missed(2025))
    scene.issue("lead", "sanction_spared", case, official="厅长某某", reasons="理由成立。")
    assert scene.again(case).status == "not_imposed"
    with system():
        assert YellowCard.objects.count() == 0


def test_next_year_met_ends_the_card_with_its_circular(scene: Scene) -> None:
    scene.imposed(scene.missed(2024))
    run = scene.release(2025, Verdict.MET)
    scene.follow(run)
    card = scene.card(2024)
    assert (card.status, card.ended_by_id) == ("ended", run.paper_id)


def test_card_tells_everybody_once_what_comes_next_and_asks_for_a_plan(scene: Scene) -> None:
    case = scene.imposed(scene.missed(2025))
    deliver_acts()
    with system():
        told = Message.objects.filter(title__contains="再未达到要求将建议取消").values_list(
            "organisation__kind", flat=True
        )
        assert sorted(told) == ["applicant_gov", "kjt", "park_committee", "prov_gov_office"]
        card = scene.card(2025)
    committee, lead = scene.desks["committee"], scene.desks["lead"]
    with committee.as_(PostRole.HANDLER):
        sanctions.hand_in_plan(card, "加快项目投产。", committee.handler)
    with lead.as_(PostRole.HANDLER):
        sanctions.note_check(card, "进展符合方案。", lead.handler)
    with system():
        assert not Clock.objects.filter(subject_id=card.pk, finished_at=None).exists()
        assert Event.objects.filter(dossier=case.dossier, name__in=["plan", "check"]).count() == 2


# -- Revocation ---------------------------------------------------------------------------------------
def test_revocation_leaves_the_list_at_once_and_stays_in_history(scene: Scene, client: Client) -> None:
    scene.imposed(scene.missed(2024))
    case = scene.missed(2025)
    address, listed = scene.park.get_absolute_url(), {"status": "creating"}
    assert scene.park.name in client.get("/parks/", listed).content.decode()
    case = scene.revoked(case)
    assert (case.status, case.decided_by) == ("imposed", scene.desks["government"].signer.person)
    with system():
        park = Park.objects.get(pk=scene.park.pk)
        assert park.status == "revoked"
        status = LegalStatus.objects.get(pk=park.current_id)
        assert (status.paper, status.paper.confers) == (case.decision_paper, "revoked")  # type: ignore[union-attr]
        kinds = Task.objects.filter(subject_id=case.pk, done_at=None).values_list("kind", flat=True)
        assert {"revoked_plate", "revoked_support", "revoked_returns"} <= set(kinds)
    assert scene.park.name not in client.get("/parks/", listed).content.decode()
    assert client.get(address).status_code == 200
    assert scene.park.name in client.get("/parks/", {"status": "revoked"}).content.decode()
    city = scene.desks["city"]
    with city.as_(PostRole.HANDLER):
        sanctions.carry_out(scene.again_here(case), "plate", "已摘牌。", city.handler)
        with pytest.raises(Refused, match="不由您的岗位办理"):
            sanctions.carry_out(scene.again_here(case), "support", "不归我。", city.handler)


def test_government_may_refuse_and_the_park_stays(scene: Scene) -> None:
    scene.imposed(scene.missed(2024))
    case = scene.reported(scene.missed(2025))
    scene.issue("government", "sanction_spared", case, official="省长某某", reasons="整改已见成效。")
    assert scene.again(case).status == "not_imposed"
    with system():
        assert Park.objects.get(pk=scene.park.pk).status == "creating"
    assert scene.card(2024).status == "in_force"


# -- A corrected figure -------------------------------------------------------------------------------
def test_corrected_year_ends_what_nobody_was_told_of(scene: Scene) -> None:
    case = scene.missed(2025)
    scene.follow(scene.release(2025, Verdict.MET))
    assert scene.again(case).status == "withdrawn"
    with system():
        assert not Task.objects.filter(done_at=None, kind="proposal").exists()


def test_corrected_year_proposes_to_end_a_running_case_and_to_annul_a_card(scene: Scene) -> None:
    case = scene.told(scene.missed(2024))
    run = scene.release(2024, Verdict.MET)
    scene.follow(run)
    scene.follow(run)
    assert scene.again(case).status == "answering"
    scene.confirm(case)
    scene.issue("lead", "sanction_ended", case)
    assert scene.again(case).status == "withdrawn"
    given = scene.imposed(scene.missed(2025))
    scene.follow(scene.release(2025, Verdict.MET))
    assert scene.card(2025).status == "in_force"
    scene.confirm(given)
    paper = scene.issue("lead", "sanction_taken_back", given)
    card = scene.card(2025)
    with system():
        assert (scene.again(given).status, card.status, card.ended_by) == ("annulled", "annulled", paper)
        assert (card.paper.validity, paper.validity) == ("revoked", "valid")


def test_corrected_year_proposes_that_government_reconsiders_a_revocation(scene: Scene) -> None:
    scene.imposed(scene.missed(2024))
    case = scene.revoked(scene.missed(2025))
    scene.follow(scene.release(2025, Verdict.MET))
    with system():
        assert scene.proposal(case).organisation.kind == "prov_gov_office"
        assert Park.objects.get(pk=scene.park.pk).status == "revoked"
    scene.confirm(case, "government")
    scene.issue("government", "sanction_taken_back", case)
    with system():
        park = Park.objects.get(pk=scene.park.pk)
        assert (park.status, park.legal_statuses.count()) == ("creating", 3)
        assert Paper.objects.filter(dossier=case.dossier, kind__in=["revocation", "sanction_taken_back"]).count() == 2
    assert scene.again(case).status == "annulled"


def test_card_under_a_decided_revocation_is_taken_away_and_the_revocation_reconsidered(scene: Scene) -> None:
    first = scene.imposed(scene.missed(2024))
    second = scene.revoked(scene.missed(2025))
    scene.follow(scene.release(2024, Verdict.MET))
    scene.confirm(first)
    paper = scene.issue("lead", "sanction_taken_back", first)
    second = scene.again(second)
    assert (scene.card(2024).status, second.status, second.card_status) == ("annulled", "imposed", None)
    assert [paper.number in one for one in second.doubts] == [False, True]
    assert "提请省政府重新审议" in str(paper.data)
    deliver_acts()
    with system():
        assert scene.proposal(second).organisation.kind == "prov_gov_office"
        assert Event.objects.filter(dossier=second.dossier, name="doubt").count() == 2
