"""A sanction: what the database refuses, who sees it, its pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.scope import PUBLIC, enter, system
from indicators.models import SanctionAnswer, SanctionArgument, SanctionCase, SanctionOpinion, YellowCard
from indicators.services import sanctions
from policy.outcomes import Verdict
from tests.indicators.sanctions import Scene
from workflow.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """A park with its offices."""
    return Scene()


# -- What the database refuses ------------------------------------------------------------------------
def forge(case: SanctionCase, **columns: Any) -> None:
    """Write columns of a case by raw SQL, past every rule."""
    sets = ", ".join(f"{name} = %s" for name in columns)
    with system(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE indicators_sanctioncase DISABLE TRIGGER append_only")
        cursor.execute(f"UPDATE indicators_sanctioncase SET {sets} WHERE id = %s", [*columns.values(), case.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_database_refuses_a_sanction_without_a_final_finding(scene: Scene) -> None:
    case = scene.missed(2025)
    with system():
        met = scene.release(2024, Verdict.MET).assessments.get()
        dry = scene.release(2023).assessments.get()
        type(dry).objects.filter(pk=dry.pk).update(final=False)
    for columns in (
        {"assessment_id": met.pk, "year": 2024},
        {"assessment_id": met.pk, "year": 2024, "verdict": "met"},
        {"assessment_id": dry.pk, "year": 2023},
        {"assessment_id": dry.pk, "year": 2023, "final": False},
        {"subject": "another-park"},
        {"kind": "revocation"},
        {"status": "noticed"},
    ):
        with pytest.raises(IntegrityError):
            forge(case, **columns)


def test_database_refuses_a_decision_without_paper_and_official_and_a_card_for_who_met(scene: Scene) -> None:
    case = scene.answered(scene.missed(2025))
    with pytest.raises(IntegrityError, match="sanction_decided_by_an_official"):
        forge(case, status="imposed")
    with system():
        met = scene.release(2024, Verdict.MET).assessments.get()
        paper = case.notice_paper_id
        told = {"tenant": scene.city, "dossier": case.dossier, "park": scene.park, "subject": scene.park.slug}
        for verdict in ("not_met", "met"):
            with pytest.raises(IntegrityError), transaction.atomic():
                YellowCard.objects.create(
                    **told,
                    name="x",
                    year=2024,
                    assessment=met,
                    verdict=verdict,
                    paper_id=paper,
                    issued_on=dt.date(2026, 1, 5),
                )


def test_database_refuses_a_revocation_without_a_card_in_force(scene: Scene) -> None:
    scene.imposed(scene.missed(2023))
    scene.imposed(scene.missed(2025))
    with system():
        card = scene.card(2023)
        YellowCard.objects.filter(pk=card.pk).update(ended_on=dt.date(2026, 1, 5), ended_by=card.paper, status="ended")
    case = scene.missed(2026)
    assert case.kind == "revocation"
    with pytest.raises(IntegrityError):
        forge(case, card_status=None)
    with pytest.raises(IntegrityError):
        forge(case, card_id=card.pk)
    with pytest.raises(IntegrityError):
        forge(case, before_year=2024)
    with system(), pytest.raises(IntegrityError), transaction.atomic():
        YellowCard.objects.filter(pk=case.card_id).update(
            ended_on=dt.date(2026, 1, 5), ended_by=card.paper, status="annulled"
        )


# -- Who sees it --------------------------------------------------------------------------------------
def test_case_is_seen_by_who_has_to_do_with_it(scene: Scene) -> None:
    case = scene.missed(2025)
    audiences = ("city", "committee", "lead", "department", "other", "government")
    assert {desk for desk in audiences if scene.sees(desk, case)} == {"city", "committee", "lead"}
    case = scene.answered(case)
    assert {desk for desk in audiences if scene.sees(desk, case)} == {"city", "committee", "lead", "department"}
    with scene.desks["department"].as_(PostRole.SIGNER):
        sanctions.give_opinion(scene.again_here(case), "disagree", "口径应再核实。", scene.desks["department"].signer)
    with scene.desks["city"].as_(PostRole.HANDLER):
        assert (SanctionArgument.objects.count(), SanctionAnswer.objects.count()) == (2, 0)
        assert SanctionOpinion.objects.count() == 0
        assert not Event.objects.filter(name__in=["answer", "opinion", "confirm"]).exists()
    with scene.desks["lead"].as_(PostRole.HANDLER):
        assert (SanctionAnswer.objects.count(), SanctionOpinion.objects.count()) == (2, 1)
    with enter(PUBLIC):
        assert (SanctionCase.objects.count(), YellowCard.objects.count(), SanctionArgument.objects.count()) == (0, 0, 0)
    scene.issue("lead", "yellow_card", case, official="厅长某某")
    with scene.desks["city"].as_(PostRole.HANDLER):
        assert SanctionAnswer.objects.count() == 2
    with enter(PUBLIC):
        assert (SanctionCase.objects.count(), YellowCard.objects.count(), SanctionArgument.objects.count()) == (0, 1, 0)


def test_government_sees_a_revocation_from_the_report_on(scene: Scene) -> None:
    scene.imposed(scene.missed(2024))
    case = scene.answered(scene.missed(2025))
    assert not scene.sees("government", case)
    scene.issue("lead", "revocation_request", case)
    assert scene.sees("government", case)
    assert not scene.sees("other", case)


# -- Pages --------------------------------------------------------------------------------------------
def page(client: Client, actor: Actor, address: str) -> str:
    """A page as an actor sees it; empty where it is not theirs."""
    with system():
        client.force_login(actor.person)
    response = client.get(address)
    assert response.status_code in (200, 404)
    return response.content.decode() if response.status_code == 200 else ""


def test_case_page_offers_each_what_is_theirs(scene: Scene, client: Client) -> None:
    case = scene.missed(2025)
    scene.confirm(case)
    scene.issue("lead", "sanction_notice", case)
    address, desks = case.get_absolute_url(), scene.desks
    assert "签收告知书" in page(client, desks["city"].handler, address)
    assert client.post(f"{address}act/receive/").status_code == 302
    shown = page(client, desks["city"].handler, address)
    assert all(word in shown for word in ("起草陈述申辩意见", "上传附件", "124.999 ÷ 100 − 1", "陈述申辩期限"))
    assert "申请听证" in page(client, desks["committee"].signer, address)
    assert page(client, desks["other"].handler, address) == ""
    assert page(client, desks["government"].handler, address) == ""
    answer = client.post(f"{address}act/ask_hearing/", {"reason": "x"})
    assert answer.status_code == 404
    assert "提出意见" in page(client, desks["department"].signer, address)
    client.post(f"{address}act/opinion/", {"stance": "disagree", "text": "口径应再核实。"})
    assert "口径应再核实" in page(client, desks["lead"].handler, address)
    assert "口径应再核实" not in page(client, desks["city"].handler, address)
    assert client.post(f"{address}act/ask_hearing/", {"reason": "申请说明"}).status_code == 404
    late = client.post(f"{address}draft/review_request/")
    assert (late.status_code, "不能起草这份公文" in late.content.decode()) == (422, True)
    scene.issue("city", "sanction_statement", case, reasons="统计口径有调整。")
    shown = page(client, desks["lead"].handler, address)
    assert ("逐条答复申辩理由" in shown, "统计口径有调整。" in shown) == (True, True)
    client.post(f"{address}act/answer/", {"outcome-1": "rejected", "text-1": "口径未变。"})
    assert "口径未变。" in page(client, desks["lead"].handler, address)
    assert "口径未变。" not in page(client, desks["city"].handler, address)


def test_public_sees_a_card_once_it_is_given_and_nothing_before(scene: Scene, client: Client) -> None:
    case = scene.answered(scene.missed(2025))
    park = scene.park.get_absolute_url()
    assert scene.park.name not in client.get("/sanctions/notices/").content.decode()
    assert "黄牌" not in client.get(park).content.decode().partition("<main")[2]
    assert client.get(case.get_absolute_url()).status_code == 302
    scene.issue("lead", "yellow_card", case, official="厅长某某")
    assert scene.park.name in client.get("/sanctions/notices/").content.decode()
    assert "2025 年度黄牌警告有效" in client.get(park).content.decode()
    card = scene.card(2025)
    assert client.get(card.get_absolute_url()).status_code == 200
    assert "统计口径" not in client.get(card.get_absolute_url()).content.decode()


def test_list_takes_as_many_queries_for_many_cases(
    scene: Scene, client: Client, django_assert_num_queries: Any
) -> None:
    actor = scene.desks["lead"].handler
    with system():
        client.force_login(actor.person)
    for years in (range(2013, 2014), range(2014, 2020)):
        for year in years:
            scene.missed(year)
        with django_assert_num_queries(14):
            client.get("/sanctions/")
