"""T17: a year is unknown before its circular is signed, then public at once, as far as the switch allows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.enums import PostRole
from accounts.scope import enter, system
from indicators.enums import Listing, RunStatus
from indicators.models import Cosignature, Figure
from indicators.notices import tell_subjects
from indicators.services import circular, recomputing
from indicators.suppression import suppressed
from notifications import signoff
from notifications.models import Draft, Message, Paper
from registry.models import Edition
from tests.indicators.released import (
    Year,
    client_of,
    compute,
    computed_year,
    correct,
    cosigned,
    drafted,
    handler_of,
    released,
    signed,
)
from tests.indicators.years import YEAR
from tests.kept_pages import unwatched
from workflow import outbox
from workflow.machine import Refused

pytestmark = pytest.mark.django_db
PARKS = f"/rankings/parks/{YEAR}/"
API = f"/api/v1/rankings/parks/{YEAR}/"


@pytest.fixture
def year() -> Year:
    return computed_year()


@pytest.fixture
def stranger() -> Client:
    return client_of(None)


def told(client: Client, address: str) -> tuple[int, str]:
    """Status and text of a page."""
    response = client.get(address)
    return response.status_code, response.content.decode()


def units(text: str) -> dict[str, dict[str, str]]:
    """The rows of a result by unit."""
    return {row["unit"]: row for row in csv.DictReader(io.StringIO(text))}


def stamp() -> Any:
    """The edition as it is at the end of a transaction that did what was done since the last time."""
    with system(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('app.edition', '', true)")
        return Edition.objects.get().stamp


def deliver() -> None:
    """Everything that follows, but for the PDF."""
    from workflow.models import Delivery

    with system():
        Delivery.objects.filter(effect="notifications.render_paper").update(due_at="2999-01-01T00:00Z")
    outbox.deliver_all(500)
    with system():
        assert not Delivery.objects.exclude(last_error="").exists()


def messages() -> list[tuple[str, str]]:
    """Whom the release told what."""
    with system():
        rows = Message.objects.filter(title__contains="评价结果").exclude(title__contains="会签")
        return sorted((one.organisation.short_name, one.body) for one in rows)


def test_before_the_signature_nothing_is_public_and_after_it_everything_at_once(year: Year, stranger: Client) -> None:
    draft = drafted(year, Listing.FULL)
    cosigned(year, draft)
    neighbour = client_of(handler_of(year.neighbour))
    for client in (stranger, neighbour, client_of(year.lead())):
        assert [told(client, path)[0] for path in (PARKS, f"{PARKS}good/", f"{PARKS}ranking.csv", API)] == [404] * 4
        assert "good高新园区" not in told(client, "/rankings/")[1]
        assert json.loads(told(client, "/api/v1/assessments/")[1])["count"] == 0
        assert "年度评价" not in told(client, "/parks/good/")[1]
    paper = signed(year, draft)
    assert year.run.status == RunStatus.RELEASED
    assert year.run.published_at == year.run.released_at
    status, page = told(stranger, PARKS)
    assert status == 200
    assert all(
        word in page for word in (f"{paper.number}", "best高新园区", "near高新园区", "composite --data creating")
    )
    assert "style=" not in page
    assert 'class="cy-num" data-label="较上年"' in page
    assert "源代码的根文件夹" in page
    assert told(stranger, f"{PARKS}miss/")[0] == 200
    assert "124.999 ÷ 100" in told(stranger, f"{PARKS}miss/")[1]
    assert "年度评价" in told(stranger, "/parks/good/")[1]
    assert json.loads(told(stranger, API)[1])["count"] == 9
    assert f"/rankings/parks/{YEAR}/" in told(stranger, "/")[1]


def test_city_is_told_of_its_own_parks_alone_and_once(year: Year) -> None:
    released(year, Listing.OWN)
    deliver()
    with system():
        tell_subjects(year.run)
    deliver()
    found = dict(messages())
    own, near = found[year.city.short_name], found[year.neighbour.short_name]
    assert len(messages()) == 2
    assert "miss高新园区：未达到要求" in own
    assert "P-II.2.2b" in own
    assert "near" not in own
    assert near.startswith("near高新园区：未达到要求，第")
    assert "miss" not in near


@pytest.mark.parametrize(
    ("listing", "top", "shown"),
    [(Listing.OWN, 0, 0), (Listing.TOP, 2, 4), (Listing.FULL, 0, 9)],
)
def test_switch_decides_what_page_paper_interface_and_files_tell(
    listing: str, top: int, shown: int, year: Year, stranger: Client
) -> None:
    paper = released(year, listing, top)
    page, found = told(stranger, PARKS)[1], json.loads(told(stranger, API)[1])
    with system():
        run_rows = list(year.run.assessments.order_by("list", "rank"))
    public = {one.subject for one in run_rows if listing == Listing.FULL or (top and (one.rank or 99) <= top)}
    assert (found["count"], {row["subject"] for row in found["results"]}) == (shown, public)
    for one in run_rows:
        is_told = one.subject in public
        assert (f"{one.subject}高新园区" in page) == is_told
        assert (told(stranger, f"{PARKS}{one.subject}/")[0] == 200) == is_told
        assert (one.name in json.dumps(paper.data, ensure_ascii=False)) == is_told
        assert ("年度评价" in told(stranger, f"/parks/{one.subject}/")[1]) == is_told
    assert json.loads(told(stranger, "/api/v1/assessments/")[1])["count"] == shown
    rows = csv.DictReader(io.StringIO(told(stranger, "/open/rankings.csv")[1].removeprefix("\ufeff")))
    assert {row["subject"] for row in rows} == public
    whole = 200 if listing == Listing.FULL else 404
    files = ("facts.json", "creating-data.csv", "creating-meta.csv", "recognised-data.csv")
    assert [told(stranger, PARKS + name)[0] for name in files] == [whole] * 4


def test_downloads_compute_the_stored_result_again(year: Year, stranger: Client, tmp_path: Path) -> None:
    released(year)
    for name in ("facts.json", "creating-data.csv", "creating-meta.csv"):
        response = stranger.get(PARKS + name)
        (tmp_path / name).write_bytes(response.content)
        assert response["X-Checksum-SHA256"]
    given = ["--data", str(tmp_path / "creating-data.csv"), "--meta", str(tmp_path / "creating-meta.csv")]
    call_command("composite", *given, "--out", str(tmp_path / "scores.csv"), stderr=io.StringIO())
    more = ["--draws", "1000", "--seed", str(YEAR), "--out", str(tmp_path / "sure.csv")]
    call_command("uncertainty", *given, *more, stderr=io.StringIO())
    out = io.StringIO()
    call_command("judge", "park-annual", "--facts", str(tmp_path / "facts.json"), stdout=out, stderr=io.StringIO())
    judged = {one["subject"]: one for one in json.loads(out.getvalue())}
    scores, sure = (units((tmp_path / name).read_text("utf-8-sig")) for name in ("scores.csv", "sure.csv"))
    with system():
        stored = list(year.run.assessments.filter(list="creating").prefetch_related("findings"))
    assert len(stored) == 7
    for one in stored:
        assert int(scores[one.subject]["rank"]) == one.rank
        assert float(scores[one.subject]["index"]) == float(one.score)
        assert one.rank_low is not None
        assert one.rank_low <= float(sure[one.subject]["p05"]) < one.rank_low + 1
        assert judged[one.subject]["verdict"] == one.verdict
        assert [
            (found["clause"], found["outcome"], found["observed"]) for found in judged[one.subject]["findings"]
        ] == [(found.clause, found.outcome, found.observed) for found in one.findings.all()]


def test_signature_waits_for_both_departments_on_the_very_words(year: Year) -> None:
    draft = drafted(year, Listing.OWN)
    signer, statistics = year.lead(PostRole.SIGNER), year.world.actor("statistics", PostRole.SIGNER)
    with enter(signer.scope), pytest.raises(Refused, match="省发改委还没有会签"):
        signoff.sign(draft, signer)
    with enter(statistics.scope):
        row = Cosignature.objects.get(tenant=statistics.organisation)
        with pytest.raises(Refused, match="写明不同意见"):
            circular.cosign(row, False, " ", statistics)
        circular.cosign(row, False, "第二段的数字有误。", statistics)
    with enter(signer.scope):
        with pytest.raises(Refused, match="省统计局对通报有不同意见"):
            signoff.sign(Draft.objects.get(pk=draft.pk), signer)
        signoff.send_back(Draft.objects.get(pk=draft.pk), signer, "按省统计局意见修改")
    handler, reviewer = year.lead(), year.lead(PostRole.REVIEWER)
    with enter(handler.scope):
        again = Draft.objects.get(pk=draft.pk)
        signoff.save_fields(again, {"summary": "数字已核对：124.999 ÷ 100 − 1。"}, handler)
        signoff.send(again, handler)
    with enter(reviewer.scope):
        signoff.pass_on(again, reviewer)
    cosigned(year, draft)
    paper = signed(year, draft)
    assert "124.999 ÷ 100 － 1" in json.dumps(paper.data, ensure_ascii=False)
    assert paper.title == f"关于{YEAR}年度创建省级高新技术产业园区绩效考核评价结果的通报"


def test_draft_may_not_name_a_park_that_is_not_public(year: Year) -> None:
    with pytest.raises(Refused, match="miss高新园区"):
        drafted(year, Listing.OWN, summary="miss高新园区应当整改。")


def test_corrected_year_shows_both_results_and_marks_the_former(year: Year, stranger: Client) -> None:
    first = released(year)
    assert "发布以后勘误" not in told(stranger, f"{PARKS}miss/")[1]
    correct()
    with system():
        figure = Figure.objects.filter(subject="miss", code="P.hitech_output", year=YEAR).latest("vintage")
        recomputing.ask({"figure": str(figure.pk)})
        recomputing.ask({"figure": str(figure.pk)})
    stands = told(stranger, f"{PARKS}miss/")[1]
    assert ("124.999 ÷ 100" in stands, "原为 124.999 亿元，更正为 125 亿元" in stands) == (True, True)
    assert stands.count("更正为") == 1, "noted once"
    assert "本页有 1 个园区所用的数据在发布后勘误" in told(stranger, PARKS)[1]
    year.run = compute()
    second = released(year)
    assert first.number in json.dumps(second.data, ensure_ascii=False)
    checked = told(stranger, f"/papers/{first.check_code}/")[1]
    assert all(word in checked for word in ("已被取代", second.number, f"/papers/{second.check_code}/"))
    assert f"由 {second.number} 取代" in told(client_of(year.lead()), "/papers/list/")[1]
    answer = json.loads(told(stranger, f"/api/v1/papers/{first.check_code}/")[1])
    assert (answer["status"], answer["superseded_by"]["code"]) == ("superseded", second.check_code)
    assert json.loads(told(stranger, f"/api/v1/papers/{second.check_code}/")[1])["status"] == "valid"
    rows = {row["number"]: row for row in json.loads(told(stranger, "/open/papers.json")[1])}
    kept = [(rows[one.number]["superseded_by"], rows[one.number]["superseded_by_code"]) for one in (first, second)]
    assert kept == [(second.number, second.check_code), ("", "")]
    page, former = told(stranger, PARKS)[1], told(stranger, f"{PARKS}runs/1/")[1]
    assert f"{PARKS}runs/1/" in page
    assert "已被第 2 次测算更正" in former
    assert "124.999 ÷ 100" in told(stranger, f"{PARKS}runs/1/miss/")[1]
    found = json.loads(told(stranger, f"/api/v1/assessments/?subject=miss&year={YEAR}")[1])["results"]
    assert [(row["run"], row["superseded"], row["verdict"]) for row in found] == [
        (2, False, "met"),
        (1, True, "not_met"),
    ]
    assert [len(row["findings"]) for row in found] == [11, 11]
    assert json.loads(told(stranger, f"{API}?subject=miss")[1])["results"][0]["verdict"] == "met"


def test_what_is_computed_makes_no_edition_and_what_is_shown_does(year: Year) -> None:
    before = stamp()
    with system():
        year.run.assessments.filter(subject="good").update(final=True)
    compute()
    assert stamp() == before
    with system():
        year.run.assessments.filter(subject="good").update(shown=True)
    assert stamp() != before


def test_public_pages_read_watched_tables_alone(year: Year, stranger: Client) -> None:
    released(year)
    for address in ("/rankings/", PARKS, f"{PARKS}good/", f"{PARKS}creating-data.csv", f"{PARKS}findings.csv"):
        assert unwatched(stranger, address) == set(), address


def test_circular_goes_to_all_governments_and_departments_and_is_open_to_everybody(year: Year) -> None:
    paper = released(year)
    with system():
        copies = {copy.organisation_id for copy in Paper.objects.get(pk=paper.pk).copies.all()}
    assert copies == {
        year.city.pk,
        year.neighbour.pk,
        *(year.world.offices[n].pk for n in ("development", "statistics", "other")),
    }
    assert paper.published_at is not None
    assert paper.data["addressees"] == ["各市、县（市、区）人民政府", "省政府直属各单位"]
    assert [part["title"] for part in paper.data["attachments"]] == [
        f"{YEAR}年度创建中园区评价结果",
        f"{YEAR}年度已认定园区排序",
        f"{YEAR}年度各项目标达到情况",
    ]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"a": 10, "b": 4, "c": 0}, {"a": 10, "b": 4, "c": 0}),
        ({"a": 10, "b": 2, "c": 5}, {"a": 10, "b": None, "c": None}),
        ({"a": 10, "b": 2, "c": 1}, {"a": 10, "b": None, "c": None}),
        ({"a": 1, "b": 1, "c": 0}, {"a": None, "b": None, "c": None}),
        ({"a": 9, "b": 3}, {"a": 9, "b": 3}),
    ],
)
def test_small_cells_are_kept_back_with_one_to_hide_behind(
    counts: dict[str, int], expected: dict[str, int | None]
) -> None:
    assert suppressed(counts) == expected


def test_interface_gives_csv_pages_and_filters_and_tells_the_unpublished_year(year: Year, stranger: Client) -> None:
    released(year)
    text = told(stranger, f"{API}?format=csv&list=recognised")[1]
    assert text.startswith("\ufeffyear,subject,name,list,rank")
    assert [row.split(",")[1] for row in text.splitlines()[1:]] == ["elder", "old"]
    page = json.loads(told(stranger, f"{API}?page_size=2&verdict=met")[1])
    assert (len(page["results"]), page["results"][0]["verdict"]) == (2, "met")
    status, answer = told(stranger, f"/api/v1/rankings/parks/{YEAR - 1}/")
    assert (status, f"{YEAR - 1} 年度的评价结果没有公布" in answer) == (404, True)
    assert told(stranger, f"/api/v1/rankings/cities/{YEAR}/")[0] == 404
    assert told(stranger, f"/rankings/cities/{YEAR}/")[0] == 404
    schema = told(stranger, "/api/v1/schema/?format=json")[1]
    assert all(path in schema for path in ("/api/v1/rankings/parks/{year}/", "/api/v1/assessments/"))
