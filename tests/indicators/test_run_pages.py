"""省科技厅 starts a year on a page, sees its progress, its result and what changed, and proposes its release."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.actors import SESSION_KEY, Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.scope import enter, system
from indicators import tasks
from indicators.enums import FigureLevel, RunStatus
from indicators.models import Assessment, Figure, Finding, Run
from indicators.services import running
from tests.factories import make_actor, make_organisation, make_paper
from tests.indicators.years import YEAR, park_of, tell

pytestmark = pytest.mark.django_db


def browser(actor: Actor) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(actor.person)
    session = client.session
    session[SESSION_KEY] = str(actor.post.pk)
    session.save()
    return client


def words(response: Any) -> str:
    """What a page says, without tags and gaps."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def lead() -> Actor:
    """省科技厅's handler, and parks that met, missed and left open."""
    with system():
        office = make_organisation(OrganisationKind.LEAD)
        tenant = make_organisation()
        tell(park_of("good", tenant))
        tell(park_of("miss", tenant), P_hitech_output="124.9999")
        tell(park_of("open", tenant), P_new_enterprises="0", P_new_hitech_enterprises="0")
        park_of("late", tenant)
        return make_actor(office)


def test_year_is_started_on_a_page_and_its_progress_shown_until_the_worker_is_done(lead: Actor) -> None:
    client = browser(lead)
    told = words(client.get("/runs/start/", {"programme": "park", "year": YEAR}))
    assert "创建中的园区：4 个" in told
    assert "尚未报送、没有核定数据的对象（1） late高新园区" in told
    assert "没有已签发的指标体系：只逐条判定，不计分、不排序" in told
    response = client.post("/runs/start/", {"programme": "park", "year": YEAR, "kind": "real"}, follow=True)
    assert (response["Refresh"], "等待测算" in words(response)) == ("3", True)
    assert "Refresh" not in client.get(response.request["PATH_INFO"], {"still": "1"})
    tasks.compute_runs()
    response = client.get(response.request["PATH_INFO"])
    told = words(response)
    assert "Refresh" not in response
    assert "达到要求 1 未达到要求 1 尚待裁定 2" in told
    assert "open高新园区 P-II.2.1a 新增高新技术企业占比 ：当年无新增" in told
    assert "late高新园区 ：11 条缺少数据" in told
    again = client.post("/runs/start/", {"programme": "park", "year": YEAR, "kind": "dry"}, follow=True)
    assert "没有重新测算" in words(again)


def test_failure_that_nobody_foresaw_ends_the_run_with_the_reason(lead: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    with system():
        run = running.start_run("park", YEAR, None)
    monkeypatch.setattr("indicators.services.computing.CHUNK", 0)
    tasks.compute_runs()
    with system():
        run.refresh_from_db()
        assert (run.status, "ValueError" in run.failure, run.assessments.count()) == (RunStatus.FAILED, True, 0)
        assert "range()" not in run.failure
    assert "没有留下任何结果" in words(browser(lead).get(run.get_absolute_url()))


def test_release_of_an_open_year_is_proposed_with_a_word_on_it_and_taken_back(lead: Actor) -> None:
    client = browser(lead)
    with system():
        run = running.compute(running.start_run("park", YEAR, None))
    page = run.get_absolute_url()
    assert client.post(f"{page}propose/", {"listing": "own"}).status_code == 422
    assert client.post(f"{page}propose/", {"listing": "top", "as_open": "on"}).status_code == 422
    client.post(f"{page}propose/", {"listing": "top", "top": "3", "as_open": "on"})
    with system():
        run.refresh_from_db()
        assert (run.status, run.proposed_by, run.listing, run.top) == (RunStatus.PROPOSED, lead.person, "top", 3)
    assert "请写明撤回的理由" in words(client.post(f"{page}withdraw/", {"reason": ""}))
    client.post(f"{page}withdraw/", {"reason": "待裁定"})
    with system():
        run.refresh_from_db()
        assert (run.status, run.proposed_by) == (RunStatus.COMPUTED, None)


def test_comparison_names_the_figure_that_made_the_difference(lead: Actor) -> None:
    with system():
        running.compute(running.start_run("park", YEAR, None))
        before = Figure.objects.get(subject="miss", code="P.hitech_output", year=YEAR)
        later = Figure.follow(before.report, before.code, before, level=FigureLevel.CORRECTED, value="125")
        later.save(force_insert=True)
        run = running.compute(running.start_run("park", YEAR, None))
    told = words(browser(lead).get(f"{run.get_absolute_url()}compare/"))
    assert "1 个对象的数据或结果有变化" in told
    assert "未达到要求 → 达到要求" in told
    assert "高新技术产业产值 P.hitech_output 2025 124.9999 125" in told
    assert "未达到（24.9999 %） → 达到（25 %）" in told


def test_finding_that_failed_never_looks_passed_and_names_its_figures(lead: Actor) -> None:
    with system():
        run = running.compute(running.start_run("park", YEAR, None))
        missed = Finding.objects.get(assessment__run=run, clause="P-II.2.2b", outcome="not_met")
        waits = Finding.objects.get(assessment__run=run, assessment__subject="open", clause="P-II.2.1a")
    client = browser(lead)
    told = words(client.get(f"/runs/findings/{missed.pk}/"))
    assert "124.9999 ÷ 100 − 1 = 24.9999 %" in told
    assert "2025 124.9999 亿元 第 1 版，导入 miss 2025" in told
    assert "办理裁定" not in told
    with system():
        share = Finding.objects.get(assessment=missed.assessment, clause="P-II.2.1d")
    told = words(client.get(f"/runs/findings/{share.pk}/"))
    assert "高新增加值增量的总量口径 gdp：未达到（50 %，(20 − 10) ÷ (120 − 100)）" in told
    assert f"/rulings/findings/{waits.pk}/" in client.get(f"/runs/findings/{waits.pk}/").content.decode()


def test_city_sees_its_own_result_once_it_is_released(lead: Actor) -> None:
    with system():
        run = running.compute(running.start_run("park", YEAR, None))
        one = Assessment.objects.select_related("tenant").get(run=run, subject="miss")
        city, signer = make_actor(one.tenant), make_actor(lead.organisation, PostRole.SIGNER)
        neighbour = make_actor()
    address = f"/runs/assessments/{one.pk}/"
    assert browser(city).get(address).status_code == 404
    with enter(lead.scope):
        running.propose_release(run, "own", 0, lead)
    paper = make_paper(lead.organisation)
    with enter(signer.scope):
        running.release(run, signer, paper)
    told = words(browser(city).get(address))
    assert "未达到要求 · 测〔" in told
    assert "24.9999 %，要求 ≥ 25 %" in told
    printed = words(browser(city).get(address)).split("逐条结果、算式与条款原文", 1)
    assert all(part in printed[0] for part in ("评价结果告知", f"告知单位：{one.tenant.name}", paper.number))
    assert all(part in printed[0] for part in (f"第 {run.number} 次测算", run.result_hash))
    assert all(part in printed[1] for part in ("124.9999 ÷ 100 − 1", "≥ 25 %"))
    with system():
        assert all(finding.quote in printed[1] for finding in one.findings.all())
    assert "miss高新园区" in words(browser(city).get("/runs/own/"))
    assert browser(neighbour).get(address).status_code == 404
    assert browser(city).get(run.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_page_of_a_result_asks_the_same_number_of_queries(
    count: int, lead: Actor, django_assert_num_queries: Any
) -> None:
    with system():
        tenant = make_organisation()
        for number in range(count):
            park_of(f"park-{number}", tenant)
        run: Run = running.compute(running.start_run("park", YEAR, None))
    client = browser(lead)
    client.get(run.get_absolute_url())
    with django_assert_num_queries(22):
        client.get(run.get_absolute_url())
