"""What everybody reads of a city or county: its page, its place in the lists, its comparison with others."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Division
from accounts.scope import system
from indicators import queries, queries_public
from indicators.enums import RankingList
from indicators.indicator_rows import indicator_rows
from indicators.models import Assessment
from policy import index
from tests import factories
from tests.indicators.cities import YEAR, Cities, released_cities
from tests.kept_pages import unwatched

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD, COUNTY, OTHER = "339701", "339702", "339703", "339711", "339712"
RANKING = f"/rankings/cities/{YEAR}/"
COMPARE = "/cities/compare/"


@pytest.fixture
def scene() -> Cities:
    """Three cities and two counties with a released year."""
    return released_cities()


def told(address: str) -> str:
    """The text of a page as everybody sees it."""
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_profile_tells_rank_dimensions_fiscal_clause_titles_and_counties(scene: Cities) -> None:
    page = told(f"/cities/{FIRST}/")
    for words in (
        f"{YEAR} 年度评价",
        "参加排序的 3 个地区中居第 1 位",
        "竖线为同一名单的中位数",
        "财政科技投入",
        "增长幅度高 1 个百分点以上",
        "创新型试点城市",
        "创新型试点县",
        f"/cities/fiscal/{YEAR}/",
        "主要数据与上年比较",
    ):
        assert words in page, words
    assert f"{COMPARE}?year={YEAR}&amp;code={FIRST}&amp;code={SECOND}" in page
    assert "居第 3 位" in told(f"/cities/{THIRD}/")


def test_profile_of_a_place_without_figures_says_what_is_known_alone() -> None:
    factories.make_division("339709", "示例丁市")
    page = told("/cities/339709/")
    assert "示例丁市" in page
    assert "年度评价" not in page.split("<main")[1].split("最近年度评价")[0]


def test_places_read_watched_tables_alone_and_as_often_for_each(
    scene: Cities, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fiscal = f"/cities/fiscal/{YEAR}/"
    for address in (f"/cities/{FIRST}/", RANKING, COMPARE, f"{COMPARE}?code={FIRST}&code={SECOND}", fiscal):
        assert unwatched(Client(), address) == set(), address
    for code in (SECOND, THIRD):
        with django_assert_num_queries(20):
            told(f"/cities/{code}/")
    for codes in (f"code={FIRST}&code={SECOND}", f"code={FIRST}&code={SECOND}&code={THIRD}"):
        with django_assert_num_queries(11):
            told(f"{COMPARE}?{codes}")


def test_ranking_of_places_has_dimensions_intervals_and_the_counties_of_one_city(scene: Cities) -> None:
    page = told(RANKING)
    assert '<th scope="col">园区</th>' not in page
    for words in ('<th scope="col">城市</th>', '<th scope="col">县（市、区）</th>', "创新精神", "第 1 位"):
        assert words in page, words
    assert 'data-label="创新环境"' in page
    with system():
        Division.objects.filter(code=OTHER).update(parent=SECOND)
    narrowed = told(f"{RANKING}?city={FIRST}")
    assert ("示例甲县" in narrowed, "示例乙县" in narrowed) == (True, False)
    assert "示例乙县" in told(f"{RANKING}?city=999999"), "what cannot be chosen leaves all"


def test_result_of_a_place_tells_every_indicator_with_its_figures(scene: Cities) -> None:
    page = told(f"{RANKING}{FIRST}/")
    with system():
        one = Assessment.objects.get(list=RankingList.CITY, subject=FIRST)
        version = queries_public.index_of(one.run, one.list)
        groups = indicator_rows(one, version, list(queries_public.shown(one.run, one.list)))
    rows = [row for group in groups for row in group["rows"]]
    assert version is not None
    assert len(rows) == len(index.indicators(version.parts))
    assert {row["own"] for row in rows} - {""} <= set(re.findall(r">([\d.]+)<", page))
    used = {figure["label"]: figure["shown"] for row in rows for figure in row["figures"]}
    assert used[queries.named("C.rd_expenditure")] in page
    assert f"{COMPARE}?year={YEAR}&amp;code={FIRST}" in page


def test_list_is_sorted_by_a_dimension_and_back(scene: Cities) -> None:
    with system():
        rows = list(Assessment.objects.filter(list=RankingList.CITY))
    codes = {code for one in rows for code in one.scores if f"by=city.{code}" in told(RANKING).replace("&amp;", "&")}
    assert codes
    for code in codes:
        page = told(f"{RANKING}?by=city.{code}").split('id="list-county"')[0]
        places = sorted(rows, key=lambda one: page.index(f'/cities/{YEAR}/{one.subject}/"'))
        scores = [Fraction(one.scores[code]) for one in places]
        assert scores == sorted(scores, reverse=True), code
        assert page.count('aria-sort="descending"') == 1
    assert told(f"{RANKING}?by=city.nothing").count("aria-sort") == 0


def test_home_tells_who_leads_and_how_many_keep_the_fiscal_clause(scene: Cities) -> None:
    page = told("/")
    for words in ("设区市的前几位", f'/cities/{FIRST}/"', "5 个地区中", f"/cities/fiscal/{YEAR}/"):
        assert words in page, words
    assert unwatched(Client(), "/") == set()


def test_comparison_is_of_two_to_six_places_of_one_tier(scene: Cities) -> None:
    page = told(f"{COMPARE}?code={FIRST}&code={SECOND}")
    assert "示例甲市、示例乙市" in page
    assert "所选地区各维度得分" in page
    for query, reason in (
        (f"code={FIRST}&code={COUNTY}", "请选同一级的地区"),
        (f"code={FIRST}", "请选 2 至 6 个地区"),
        (f"code={FIRST}&code=999999", "999999"),
    ):
        page = told(f"{COMPARE}?{query}")
        assert reason in page
        assert "所选地区各维度得分" not in page
        assert Client().get(f"/cities/compare.csv?{query}").status_code == 404
    assert Client().get(f"{COMPARE}?year=1999").status_code == 404


def test_comparison_file_holds_the_released_scores(scene: Cities) -> None:
    text = Client().get(f"/cities/compare.csv?code={SECOND}&code={FIRST}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    with system():
        stored = {one.subject: one for one in scene.run.assessments.filter(subject__in=[FIRST, SECOND])}
    assert list(rows[0])[-2:] == [SECOND, FIRST]
    by_code = {row["code"]: row for row in rows}
    assert by_code["rank"][FIRST] == "1"
    for code, one in stored.items():
        assert by_code["score"][code] == one.score
        scored = {row["code"]: row[code] for row in rows if row["level"]}
        assert scored
        assert scored == {name: one.scores.get(name, "") for name in scored}
    assert sum(row["level"] == "dimension" for row in rows) == 5


def test_published_files_of_cities_compute_the_same_ranks_and_scores(scene: Cities, tmp_path: Path) -> None:
    for ranking in ("city", "county"):
        for part in ("data", "meta"):
            name = f"{ranking}-{part}.csv"
            (tmp_path / name).write_bytes(Client().get(f"{RANKING}{name}").content)
        given = [str(tmp_path / f"{ranking}-{part}.csv") for part in ("data", "meta")]
        out = tmp_path / f"{ranking}.csv"
        call_command("composite", "--data", given[0], "--meta", given[1], "--out", str(out), stderr=io.StringIO())
        found = {row["unit"]: row for row in csv.DictReader(io.StringIO(out.read_text("utf-8-sig")))}
        published = csv.DictReader(io.StringIO(Client().get(f"{RANKING}ranking.csv").content.decode("utf-8-sig")))
        told_of = {row["subject"]: row for row in published if row["list"] == ranking}
        assert found.keys() == told_of.keys()
        assert len(told_of) == (3 if ranking == "city" else 2)
        for subject, row in told_of.items():
            assert (int(found[subject]["rank"]), float(found[subject]["index"])) == (
                int(row["rank"]),
                float(row["score"]),
            )


def test_open_data_of_cities_says_what_was_released(scene: Cities) -> None:
    def rows(code: str) -> list[dict[str, str]]:
        text = Client().get(f"/open/{code}.csv").content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    with system():
        stored = {one.subject: one for one in scene.run.assessments.all()}
    assert {row["subject"]: row["score"] for row in rows("city-rankings")} == {
        code: one.score for code, one in stored.items()
    }
    dimensions = rows("city-dimensions")
    assert len(dimensions) == 5 * len(stored)
    assert all(row["score"] == stored[row["code"]].scores.get(row["dimension"], "") for row in dimensions)
    assert {(row["code"], row["title"], row["held"]) for row in rows("city-titles")} >= {(FIRST, "pilot", "true")}
