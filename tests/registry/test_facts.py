"""Facts that ship with the register: complete, cited, dated, and refused when malformed."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.facts import loader
from registry.facts.fuzzy import FuzzyDate, Precision, holds_on
from registry.facts.loader import FactsError
from registry.facts.records import DivisionLevel, Evidence, OfficeKind, Status

LIST_2012 = date(2012, 10, 31)
TODAY = date(2026, 1, 1)


def counties(day: date) -> dict[str, str]:
    return {d.code: d.name for d in loader.divisions_on(day) if d.level is DivisionLevel.COUNTY}


@pytest.mark.parametrize(
    ("text", "precision", "display", "latest"),
    [
        ("2015", Precision.YEAR, "2015年", date(2015, 12, 31)),
        ("2012-02", Precision.MONTH, "2012年2月", date(2012, 2, 29)),
        ("2015-09-01", Precision.DAY, "2015年9月1日", date(2015, 9, 1)),
    ],
)
def test_fuzzy_date_keeps_its_precision(text: str, precision: Precision, display: str, latest: date) -> None:
    found = FuzzyDate.parse(text)
    assert (found.precision, found.display, found.latest, str(found)) == (precision, display, latest, text)


@pytest.mark.parametrize("text", ["", "15", "2015-9", "2015-13", "2015-02-30", "2015/09", "约2015"])
def test_fuzzy_date_malformed_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="应写成"):
        FuzzyDate.parse(text)


@given(st.dates(date(1949, 1, 1), date(2100, 1, 1)), st.integers(1949, 2099))
def test_change_leaves_neither_gap_nor_overlap(day: date, year: int) -> None:
    change = FuzzyDate.parse(str(year))
    assert holds_on(day, None, change) != holds_on(day, change, None)


def test_counties_of_2012_and_today_are_ninety_each() -> None:
    then, now = counties(LIST_2012), counties(TODAY)
    assert (len(then), len(now)) == (90, 90)
    ended = "330103 330104 330183 330185 330204 330283 330322 330621 330682 331021"
    begun = "330111 330112 330113 330114 330213 330305 330383 330603 330604 331083"
    assert sorted(then.keys() - now.keys()) == ended.split()
    assert sorted(now.keys() - then.keys()) == begun.split()


@pytest.mark.parametrize(("day", "districts", "cities", "others"), [(LIST_2012, 32, 22, 36), (TODAY, 37, 20, 33)])
def test_kinds_of_counties_add_up(day: date, districts: int, cities: int, others: int) -> None:
    endings = [name[-1] for name in counties(day).values()]
    assert (endings.count("区"), endings.count("市"), endings.count("县")) == (districts, cities, others)


def test_divisions_hang_together() -> None:
    found = {d.code: d for d in loader.divisions()}
    levels = [d.level for d in found.values()]
    assert (levels.count(DivisionLevel.PROVINCE), levels.count(DivisionLevel.PREFECTURE)) == (1, 11)
    for division in found.values():
        assert division.source
        if division.level is DivisionLevel.COUNTY:
            assert division.parent == division.code[:4] + "00"
            assert found[division.parent].level is DivisionLevel.PREFECTURE
        if division.valid_from or division.valid_to:
            assert division.change_source, division.code


def test_ten_departments_with_the_names_of_their_time() -> None:
    departments = {office.code: office for office in loader.offices_of(OfficeKind.DEPARTMENT)}
    assert list(departments) == [
        "kjt", "dept_fgw", "dept_org", "dept_jxw", "dept_rsj",
        "dept_land", "dept_env", "dept_build", "dept_commerce", "dept_stat",
    ]  # fmt: skip
    land = departments["dept_land"]
    assert land.name_on(date(2013, 1, 31)).short == "省国土资源厅"
    assert land.name_on(date(2019, 1, 1)).short == "省自然资源厅"
    assert {s.prefix for s in departments["kjt"].series} >= {"浙科函", "浙科发高"}
    issuers = {s.prefix: s.issuer for s in loader.offices_of(OfficeKind.GOVERNMENT_OFFICE)[0].series}
    assert issuers["浙政函"] == "浙江省人民政府"
    assert issuers["浙政办函"] == "浙江省人民政府办公厅"


def test_names_of_an_office_follow_each_other_without_a_gap() -> None:
    for office in loader.offices():
        for before, after in zip(office.names, office.names[1:], strict=False):
            assert before.until == after.since, office.code


def test_twelve_applicants_each_with_its_own_series() -> None:
    applicants = loader.offices_of(OfficeKind.APPLICANT)
    prefixes = [office.series[0].prefix for office in applicants]
    assert prefixes == ["杭政", "甬政", "温政", "嘉政", "湖政", "绍政", "金政", "衢政", "舟政", "台政", "丽政", "义政"]
    names = {d.code: d.name for d in loader.divisions()}
    for office in applicants:
        assert office.code == office.division
        assert office.names[0].name == names[office.division] + "人民政府"


def test_series_belong_to_one_office() -> None:
    prefixes = [series.prefix for office in loader.offices() for series in office.series]
    assert len(prefixes) == len(set(prefixes))


def test_fourteen_host_zones_cover_every_city_and_yiwu() -> None:
    zones = loader.host_zones()
    assert len(zones) == 14
    assert {zone.division for zone in zones} == {o.code for o in loader.offices_of(OfficeKind.APPLICANT)}


def test_subjects_have_codes_of_their_own() -> None:
    slugs = [entry.slug for entry in (*loader.host_zones(), *loader.parks())]
    assert len(slugs) == len(set(slugs)) == 39


def test_parks_carry_a_source_for_everything_said() -> None:
    applicants = {o.code for o in loader.offices_of(OfficeKind.APPLICANT)}
    for park in loader.parks():
        assert park.applicant in applicants
        assert all(name.source for name in park.names)
        assert (park.status is None) == (park.status_source == "")
        assert all(act.source and act.text for act in park.acts)
        assert all(fact.source and fact.text for fact in park.facts)


def test_eight_national_parks_of_which_one_is_still_to_be_confirmed() -> None:
    national = [park for park in loader.parks() if park.status is Status.NATIONAL]
    assert len(national) == 8
    doubtful = [p.slug for p in national if p.status_evidence is Evidence.CUSTOMARY]
    assert doubtful == ["shaoxing-gaoxin"]


def test_life_of_moganshan_is_told_in_order() -> None:
    (park,) = [park for park in loader.parks() if park.slug == "moganshan"]
    assert [(str(act.date), act.kind.value) for act in park.acts] == [
        ("1993", "founded"),
        ("2010", "provincial"),
        ("2015-02", "renamed"),
        ("2015-09", "upgraded"),
    ]
    assert [n.name for n in park.names if n.is_valid_on(date(2014, 6, 1))] == ["德清高新技术产业园区"]
    assert park.name == "湖州莫干山高新技术产业开发区"


def test_acts_are_in_order_of_time() -> None:
    for entry in (*loader.parks(), *loader.host_zones()):
        dates = [act.date.earliest for act in entry.acts]
        assert dates == sorted(dates), entry.slug


def copy(tmp_path: Path, file: str, old: str, new: str) -> Path:
    folder = tmp_path / "facts"
    shutil.copytree(loader.FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "field"),
    [
        ("divisions.csv", "330102,county", "110102,county", "第4行", "code"),
        ("divisions.csv", "330102,county", "330102,town", "第4行", "level"),
        ("divisions.csv", ",2021-03-11,", ",2021-3,", "第5行", "valid_to"),
        ("host_zones.yaml", "  kind: cluster\n", "", "hangzhou-dajiangdong", "kind"),
        ("host_zones.yaml", "slug: taizhouwan", "slug: Taizhou Bay", "Taizhou Bay", "slug"),
        ("host_zones.yaml", "year: 2018", "year: 二〇一八", "hangzhou-dajiangdong facts[2]", "year"),
        ("departments.yaml", "  series:\n", "  serie:\n", "kjt", "series"),
        ("departments.yaml", 'division: "330000"', 'division: "330000"\n  colour: red', "kjt", "colour"),
        ("parks.yaml", "status: national", "status: famous", "hangzhou-binjiang", "status"),
        ("parks.yaml", '  status_source: "公开报道"\n', "", "hangzhou-binjiang", "status_source"),
        ("parks.yaml", 'date: "2002"', 'date: "in 2002"', "quzhou-gaoxin acts[1]", "date"),
        ("parks.yaml", 'division: "330108"', 'division: "330199"', "hangzhou-binjiang", "division"),
        ("parks.yaml", "host_zone: wenzhou-oujiangkou", "host_zone: nowhere", "wenzhou-oujiangkou-gaoxin", "host_zone"),
    ],
)
def test_malformed_fact_is_refused_with_file_row_and_field(
    tmp_path: Path, file: str, old: str, new: str, row: str, field: str
) -> None:
    folder = copy(tmp_path, file, old, new)
    load = {
        "divisions.csv": loader.divisions,
        "host_zones.yaml": loader.host_zones,
        "departments.yaml": loader.offices,
        "parks.yaml": loader.parks,
    }[file]
    with pytest.raises(FactsError) as refusal:
        load(folder)
    assert (refusal.value.file, refusal.value.row, refusal.value.field) == (file, row, field)
    assert re.search(re.escape(field), str(refusal.value))


def test_slug_twice_is_refused(tmp_path: Path) -> None:
    folder = copy(tmp_path, "host_zones.yaml", "slug: taizhouwan", "slug: lishui-shengtai")
    with pytest.raises(FactsError, match="lishui-shengtai"):
        loader.host_zones(folder)


def test_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    folder = copy(tmp_path, "parks.yaml", "- slug: hangzhou-binjiang", "- slug: [")
    with pytest.raises(FactsError):
        loader.parks(folder)
