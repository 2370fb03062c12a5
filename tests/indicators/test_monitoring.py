"""The yearly monitoring report (C-V.4b): composed from released data, signed by two offices, published, read by all."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pypdfium2
import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.scope import enter, system
from indicators import reminding_monitoring as reminding
from indicators.enums_monitoring import Measure, MonitoringStatus
from indicators.forms_monitoring import TextsForm
from indicators.models import Assessment, Figure, MonitoringReport
from indicators.monitoring import differences, files, measures, sources
from indicators.services import monitoring
from notifications.effects import render_paper
from notifications.enums import PaperValidity
from notifications.models import Message, Paper
from policy import index
from policy.composite import hierarchy, pipeline, records
from policy.composite import tables as composite_tables
from tests.factories import PASSWORD, make_actor, make_organisation
from tests.indicators.cities import YEAR, Cities, correct, released_cities
from tests.indicators.released import client_of
from tests.kept_pages import unwatched
from workflow import outbox
from workflow.machine import Refused
from workflow.models import Delivery

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = "339701", "339702", "339703"


@pytest.fixture
def scene() -> Cities:
    """Three cities and two counties with a released year; nothing is printed but where a test says so."""
    made = released_cities()
    deliver()
    return made


def deliver() -> None:
    """Do what waits, but for printing."""
    printing = Delivery.objects.filter(effect__in=("notifications.render_paper", monitoring.RENDER))
    going = True
    while going:
        with system():
            printing.update(due_at="2999-01-01T00:00Z")
        going = outbox.deliver_one()


def the_report(**which: Any) -> MonitoringReport:
    """The report of the year."""
    with system():
        return MonitoringReport.objects.select_related("paper", "run", "tenant", "partner").get(year=YEAR, **which)


def act(actor: Actor, service: Any, report: MonitoringReport, *more: Any) -> Any:
    """One step by a person, in the own scope."""
    with enter(actor.scope):
        return service(MonitoringReport.objects.get(pk=report.pk), *more, actor)


def to_signature(scene: Cities) -> MonitoringReport:
    """Drafted and checked at 省统计局."""
    report = the_report(status=MonitoringStatus.DRAFT)
    act(scene.statistics(), monitoring.send_to_check, report)
    act(scene.statistics(PostRole.REVIEWER), monitoring.pass_on, report)
    return the_report(status=MonitoringStatus.SIGNING)


def published(scene: Cities) -> MonitoringReport:
    """Signed by both and published."""
    report = to_signature(scene)
    for name in ("lead", "statistics"):
        act(scene.world.actor(name, PostRole.SIGNER), monitoring.sign, report, report.digest)
    deliver()
    return the_report(status=MonitoringStatus.PUBLISHED)


def test_release_of_a_year_begins_its_report_with_the_released_results(scene: Cities) -> None:
    content = the_report(status=MonitoringStatus.DRAFT).content
    cities, counties = content["tiers"]
    ranks = {one["measure"]: [row["code"] for row in one["rows"]] for one in cities["rankings"]}
    assert ranks == {measure: [FIRST, SECOND, THIRD] for measure in ("strength", "level", "change")}
    assert (cities["number"], counties["number"], len(content["profiles"])) == (3, 2, 5)
    with system():
        released = {one.subject: one for one in Assessment.objects.filter(run=scene.run)}
        [spent] = Figure.objects.filter(subject=FIRST, code="C.rd_expenditure", year=YEAR)
    for row in next(one["rows"] for one in cities["rankings"] if one["measure"] == "level"):
        one = released[row["code"]]
        assert (row["rank"], row["low"], row["high"], row["exact"]) == (
            one.rank,
            one.rank_low,
            one.rank_high,
            one.score,
        )
    first = next(one for one in content["profiles"] if one["code"] == FIRST)
    used = {row["code"]: row["exact"] for row in first["figures"]}
    assert used["C.rd_expenditure"][1] == spent.value
    assert [(row["clause"], row["outcome"]) for row in first["findings"]] == [("C-V.3a", "met")]
    assert content["fiscal"]["counts"]["not_met"] == 2, "those whose money for science grew no faster"
    assert {part["code"]: part["exact"] for part in first["dimensions"]} == {
        part.code: released[FIRST].scores[part.code] for part in released_dimensions(scene)
    }


def released_dimensions(scene: Cities) -> list[index.Part]:
    """The dimensions of the cities' index."""
    tree = index.default("city").tree
    return [part for part in tree if part.parent == "index"]


def test_strength_takes_quantities_and_change_takes_growth() -> None:
    tree = index.default("city").tree
    strength = {part.code: part for part in measures.tree_of(tree, Measure.STRENGTH)}
    change = {part.code: part for part in measures.tree_of(tree, Measure.CHANGE)}
    intensity = strength["research_intensity"]
    assert (intensity.kind, intensity.numerator, intensity.denominator) == ("figure", ("C.rd_expenditure",), "")
    assert strength["service_growth"].kind == "figure"
    assert not {"spirit", "science_budget", "judged", "learning"} & strength.keys(), "no quantity, no place"
    assert (strength["setting"].share, strength["index"].share) == (10, 80)
    assert (change["research_intensity"].kind, change["talents"].kind, change["science_budget"].kind) == (
        "rise",
        "growth",
        "target",
    )
    assert measures.tree_of(tree, Measure.LEVEL) == tree


def test_published_files_give_the_rankings_again(scene: Cities) -> None:
    content = the_report().content
    given = {one.name: one for one in files.made(content, {})}
    rows = list(csv.DictReader(io.StringIO(given["rankings.csv"].content.decode("utf-8-sig"))))
    for measure in Measure:
        data, meta = (given[f"city-{measure}-{part}.csv"].content for part in ("data", "meta"))
        tree = hierarchy.read(meta, records.META)
        built = pipeline.build(composite_tables.read(data, records.DATA, tree.columns), tree)
        told = {row["code"]: row["rank"] for row in rows if (row["list"], row["measure"]) == ("city", measure)}
        assert {unit: str(rank) for unit, rank in zip(built.units, built.ranks, strict=True)} == told
    again = files.made(json.loads(json.dumps(content)), {})
    assert [one.checksum for one in again] == [one.checksum for one in given.values()], "no clock is in the files"
    sums = dict(reversed(line.split("  ")) for line in given[files.SUMS].content.decode().splitlines())
    assert sums["report.xlsx"] == hashlib.sha256(given["report.xlsx"].content).hexdigest()


def test_two_signatures_publish_and_a_change_voids_the_first(scene: Cities) -> None:
    report = to_signature(scene)
    lead, statistics = (scene.world.actor(name, PostRole.SIGNER) for name in ("lead", "statistics"))
    with pytest.raises(MonitoringReport.DoesNotExist):
        act(scene.world.actor("development", PostRole.SIGNER), monitoring.sign, report, report.digest)
    with pytest.raises(Refused):
        act(lead, monitoring.sign, report, "sha256:" + "0" * 64)
    act(lead, monitoring.sign, report, report.digest)
    deliver()
    assert the_report().status == MonitoringStatus.SIGNING, "one signature is not both"
    with system(), pytest.raises(DatabaseError), transaction.atomic():
        MonitoringReport.objects.filter(pk=report.pk).update(texts={"summary": "改写"})
    act(statistics, monitoring.send_back, report, "综述要补充")
    deliver()
    act(scene.statistics(), lambda one, actor: monitoring.write(one, {"summary": "补充的话"}, {}, actor), report)
    again = to_signature(scene)
    assert again.digest != report.digest
    act(statistics, monitoring.sign, again, again.digest)
    deliver()
    assert the_report().status == MonitoringStatus.SIGNING, "the first signature is void"
    act(lead, monitoring.sign, again, again.digest)
    deliver()
    done = the_report()
    assert (done.status, done.paper is not None) == (MonitoringStatus.PUBLISHED, True)
    paper = done.paper
    assert paper is not None
    assert again.digest in json.dumps(paper.data, ensure_ascii=False)
    assert (paper.tenant_id, paper.data["issuers"][0]) == (done.tenant_id, "省统计局")
    with system(), pytest.raises(DatabaseError), transaction.atomic():
        MonitoringReport.objects.filter(pk=done.pk).update(content={})


def test_corrected_result_recomposes_with_a_statement_and_supersedes(
    scene: Cities, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]
) -> None:
    first = published(scene)
    correct(scene.world, THIRD, "C.rd_expenditure", "999999")
    deliver()
    second = the_report(status=MonitoringStatus.DRAFT)
    [change] = second.differences
    told = {(row["where"], row["what"]): (row["before"], row["after"]) for row in change["rows"]}
    assert told["示例丙市", "研发经费（万元）"][1] == "999,999"
    assert ("示例丙市", "综合实力得分") in told
    assert (second.edition, change["from"], change["to"]) == (2, 1, 2)
    assert differences.between(second.content, second.content) == []
    correct(scene.world, THIRD, "C.rd_expenditure", "888888")
    deliver()
    with pytest.raises(Refused, match="重新编制"):
        act(scene.statistics(), monitoring.send_to_check, second)
    second.path.parent.mkdir(parents=True, exist_ok=True)
    second.path.write_bytes(b"pages of the former content")
    act(scene.world.actor("lead"), monitoring.recompose, second)
    assert second.path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        deliver()
    assert not second.path.exists()
    published(scene)
    with system():
        former = MonitoringReport.objects.select_related("paper").get(pk=first.pk)
        assert former.status == MonitoringStatus.SUPERSEDED
        assert former.paper is not None
        assert former.paper.validity == PaperValidity.SUPERSEDED
    page = client_of(scene.world.actor("lead")).get("/desk/search/", {"q": f"{YEAR} 监测报告"}).content.decode()
    assert f"/reports/cities/{YEAR}/editions/2/" in page
    assert "已被取代" in page


def test_texts_keep_versions_and_show_who_wrote_between(scene: Cities) -> None:
    report = the_report()
    handler, colleague = scene.statistics(), scene.world.actor("lead")
    nothing = {"summary": monitoring.mark_of("")}
    with enter(handler.scope):
        assert monitoring.write(report, {"summary": "甲"}, nothing, handler) == []
    with enter(colleague.scope):
        seen = MonitoringReport.objects.get(pk=report.pk)
        assert monitoring.write(seen, {"summary": "乙"}, nothing, colleague) == ["summary"]
        assert monitoring.write(seen, {"level": "丙"}, {}, colleague, keep=False) == []
        assert list(seen.versions.values_list("number", "texts")) == [(1, {"summary": "甲"})]
    with enter(scene.statistics(PostRole.REVIEWER).scope), pytest.raises(Refused):
        monitoring.write(report, {"summary": "丁"}, nothing, scene.statistics(PostRole.REVIEWER))
    client = client_of(handler)
    page = client.get(f"/reports/{report.pk}/write/")
    marks = {"summary": monitoring.mark_of("甲")}
    answer = client.post(
        page.request["PATH_INFO"],
        {"summary": "甲甲", "versions": json.dumps(marks), "seal": page.context["seal"]},
        headers={"X-Autosave": "1"},
    )
    assert (answer.status_code, answer.json()["fields"]["summary"]["version"]) == (200, monitoring.mark_of("甲甲"))


def test_result_that_is_not_computed_again_alike_is_named(scene: Cities) -> None:
    with system():
        [cities, _counties] = sources.gathered(scene.run).tiers
    level = cities.measured[Measure.LEVEL]
    sources.agree(cities.places, level)
    cities.places[0].one.rank = 3
    with pytest.raises(sources.Inconsistent, match="示例甲市"):
        sources.agree(cities.places, level)


def test_character_that_cannot_be_printed_stops_the_report_before_it_is_signed(scene: Cities) -> None:
    report = the_report()
    act(scene.statistics(), lambda one, actor: monitoring.write(one, {"summary": "\U0002a6d6"}, {}, actor), report)
    with pytest.raises(Refused, match="字库"):
        act(scene.statistics(), monitoring.send_to_check, report)


def test_texts_with_a_character_that_cannot_be_printed_are_refused_where_they_stand() -> None:
    form = TextsForm({"foreword": "编制说明🎆", "summary": "以表中为准。"})
    assert not form.is_valid()
    assert (list(form.errors), "🎆" in str(form.errors["foreword"])) == (["foreword"], True)


def test_draft_is_the_issuers_and_the_published_report_everybodys(scene: Cities) -> None:
    report = the_report()
    stranger = Client()
    with system():
        city = make_actor(make_organisation())
    for path in (f"/reports/{report.pk}/", f"/reports/{report.pk}/preview/"):
        assert client_of(scene.world.actor("lead")).get(path).status_code == 200
        assert client_of(city).get(path).status_code == 404
        assert stranger.get(path).status_code == 302
    assert stranger.get(f"/reports/cities/{YEAR}/").status_code == 404
    signing = to_signature(scene)
    for name in ("lead", "statistics"):
        client = client_of(scene.world.actor(name, PostRole.SIGNER))
        told = {"digest": signing.digest, "password": PASSWORD}
        assert client.post(f"/reports/{report.pk}/act/sign/", told).status_code == 302
    deliver()
    page = stranger.get(f"/reports/cities/{YEAR}/").content.decode()
    assert f'id="place-{FIRST}"' in page
    assert "style=" not in page
    assert page.count("<svg") > 5
    got = stranger.get(f"/reports/cities/{YEAR}/editions/1/rankings.csv")
    assert hashlib.sha256(got.content).hexdigest() == got["X-Checksum-SHA256"]
    assert stranger.get(f"/reports/cities/{YEAR}/editions/1/other.csv").status_code == 404
    for address in ("/reports/cities/", f"/reports/cities/{YEAR}/", f"/reports/cities/{YEAR}/editions/1/rankings.csv"):
        assert unwatched(stranger, address) == set(), address
    assert f"/reports/cities/{YEAR}/" in stranger.get("/reports/cities/").content.decode()


def test_pdf_of_the_paper_is_the_report_with_its_check_code(scene: Cities) -> None:
    paper = published(scene).paper
    assert paper is not None
    with system():
        render_paper({"paper": str(paper.pk)})
        done = Paper.objects.get(pk=paper.pk)
    with pypdfium2.PdfDocument(done.path) as pdf:
        words = "".join(page.get_textpage().get_text_bounded() for page in pdf)
        assert len(pdf) == done.file_pages
    assert done.data["check"]["code"] in words
    assert done.number in words
    assert "示例甲市" in words


def test_unpublished_report_of_the_year_before_last_reminds_both_offices_once(
    scene: Cities,
) -> None:
    with system():
        assert reminding.remind(dt.date(YEAR + 1, 12, 30)) == 1, "of the year before alone"
        assert reminding.remind(dt.date(YEAR + 1, 12, 31)) == 1
        assert reminding.remind(dt.date(YEAR + 1, 12, 31)) == 0
    deliver()
    with system():
        told = Message.objects.filter(title__startswith=f"{YEAR}年度统计监测报告", topic="reminder")
        assert {one.organisation.name for one in told} == {"省科技厅", "省统计局"}
