"""`import_figures`: all rows or none, every refusal with sheet, cell, value and rule."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

from accounts.enums import DivisionLevel, OrganisationKind
from accounts.scope import system
from indicators import queries
from indicators.enums import FigureLevel
from indicators.models import Figure, Ledger, LedgerCount, Return
from policy import figures
from registry.models import Park, ParkBoundary
from tests.factories import make_division, make_organisation, make_park
from tests.indicators.returns import begin

pytestmark = pytest.mark.django_db
HEAD = "subject,year,code,value,unit,source,note"


@pytest.fixture
def park() -> Park:
    """A park on the list."""
    with system():
        make_organisation(OrganisationKind.LEAD)
        make_division("330000", "测试省", DivisionLevel.PROVINCE)
    return make_park()


def run(path: Path, *options: str) -> dict[str, int]:
    """The command's answer."""
    out = io.StringIO()
    call_command("import_figures", str(path), *options, stdout=out)
    found: dict[str, int] = json.loads(out.getvalue())
    return found


def refused(path: Path) -> str:
    """Why the command takes nothing."""
    with pytest.raises(CommandError) as error:
        run(path)
    assert error.value.returncode == 2
    with system():
        assert not Figure.objects.exists()
    return str(error.value)


def table(tmp_path: Path, *rows: str, head: str = HEAD, encoding: str = "utf-8-sig") -> Path:
    """A CSV file."""
    path = tmp_path / "年报.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding=encoding)
    return path


def book(tmp_path: Path, rows: list[list[Any]], title: str = "数据") -> Path:
    """An XLSX file."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in [HEAD.split(","), *rows]:
        sheet.append(row)
    path = tmp_path / "年报.xlsx"
    made.save(path)
    return path


def cut_sheet(path: Path) -> Path:
    """The same workbook, of which the sheet itself is cut off in the middle."""
    cut = path.with_name("断.xlsx")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(cut, "w") as half:
        for name in whole.namelist():
            content = whole.read(name)
            half.writestr(name, content[: len(content) // 2] if "worksheets/" in name else content)
    return cut


def held(subject: str, year: int) -> dict[str, str | None]:
    """What holds of a subject in a year."""
    with system():
        return {code: by_year[year].value for code, by_year in queries.final(subject, [year]).items()}


def test_rows_become_vintages_and_unknown_is_not_zero(tmp_path: Path, park: Park) -> None:
    assert park.host_zone is not None
    rows = [
        f"{park.slug},2024,P.gdp,100.50,亿元,统计年鉴,现价",
        f"{park.slug},2024,P.rd_expenditure,,万元,,尚未核算",
        f"{park.host_zone.slug},2024,Z.rd_expenditure,9,,,",
        "330000,2024,PV.gdp,40173,亿元,,",
    ]
    path = table(tmp_path, *rows)
    assert run(path) == {"new": 4, "changed": 0, "same": 0}
    assert held(park.slug, 2024) == {"P.gdp": "100.50", "P.rd_expenditure": None}
    assert held("330000", 2024) == {"PV.gdp": "40173"}
    with system():
        report = Return.objects.get(subject=park.slug)
        assert (report.tenant_id, report.status) == (park.tenant_id, "filling")
        row = report.figures.get(code="P.gdp")
        assert (row.vintage, row.level, row.source, row.note) == (1, "imported", "统计年鉴", "现价")
    assert run(path) == {"new": 0, "changed": 0, "same": 4}


def test_what_differs_from_the_ledger_is_told_and_parts_that_miss_their_total_are_refused(
    tmp_path: Path, park: Park, capsys: pytest.CaptureFixture[str]
) -> None:
    with system():
        ledger = Ledger.objects.create(tenant=park.tenant, park=park.slug, name=park.name)
        own: dict[str, Any] = {"tenant": park.tenant, "dossier": ledger.dossier, "ledger": ledger}
        LedgerCount.objects.create(**own, subject=park.slug, year=2024, code="P.new_projects", value="3")
    parts = figures.totals()["P.high_talents"]
    rows = [f"{park.slug},2024,{part},1,人,," for part in parts]
    wrong = table(tmp_path, f"{park.slug},2024,P.high_talents,7,人,,", *rows)
    assert "年报.csv!D2：高层次人才数（P.high_talents） 7 人 不等于各项之和 6 人（V5）" in refused(wrong)
    right = table(tmp_path, f"{park.slug},2024,P.high_talents,6,人,,", *rows, f"{park.slug},2024,P.new_projects,4,项,,")
    assert run(right)["new"] == len(parts) + 2
    assert (
        "年报.csv!D9：当年新增（入园）项目数（P.new_projects） 4 项 与台账合计 3 项 不一致（V5）"
        in capsys.readouterr().err
    )


def test_city_far_from_the_sum_of_its_counties_is_told_once_all_are_known(
    tmp_path: Path, park: Park, capsys: pytest.CaptureFixture[str]
) -> None:
    with system():
        city = make_division("330900", "测试市")
        for code in ("330901", "330902"):
            county = make_division(code, f"测试县{code}", DivisionLevel.COUNTY)
            county.parent = city
            county.save(update_fields=["parent"])
    run(table(tmp_path, "330900,2024,C.gdp,100,亿元,,", "330901,2024,C.gdp,60,亿元,,"))
    assert capsys.readouterr().err == ""
    run(table(tmp_path, "330900,2024,C.gdp,100,亿元,,", "330902,2024,C.gdp,38,亿元,,"))
    assert "年报.csv!D2" in (said := capsys.readouterr().err)
    assert "与所辖县（市、区）之和 98 亿元 相差超过 1%（V5）" in said


def test_changed_figure_is_a_new_vintage(tmp_path: Path, park: Park) -> None:
    run(table(tmp_path, f"{park.slug},2024,P.gdp,100,,,"))
    assert run(table(tmp_path, f"{park.slug},2024,P.gdp,101,,,")) == {"new": 0, "changed": 1, "same": 0}
    with system():
        rows = Figure.objects.filter(subject=park.slug).order_by("vintage")
        assert list(rows.values_list("vintage", "value")) == [(1, "100"), (2, "101")]


def test_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path, park: Park) -> None:
    path = table(tmp_path, f"{park.slug},2024,P.gdp,100,,,")
    assert run(path, "--dry-run") == {"new": 1, "changed": 0, "same": 0}
    with system():
        assert not Figure.objects.exists()
        assert not Return.objects.exists()


def test_workbook_is_read_as_it_was_typed(tmp_path: Path, park: Park) -> None:
    values = {"P.gdp": 0.1, "P.employees": 12000, "P.sei_va": None}
    rows = [[park.slug, 2024, code, value] for code, value in values.items()]
    assert run(book(tmp_path, rows)) == {"new": 3, "changed": 0, "same": 0}
    assert held(park.slug, 2024) == {"P.gdp": "0.1", "P.employees": "12000", "P.sei_va": None}


def test_office_encoding_is_read(tmp_path: Path, park: Park) -> None:
    assert run(table(tmp_path, f"{park.slug},2024,P.gdp,1,亿元,统计局,", encoding="gb18030"))["new"] == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{park},2024,P.gdp,一百,,,", "年报.csv!D3：生产总值（园区增加值）应填写数字，不是“一百”。例如 1234.56"),
        ("{park},2024,P.gdp,-1,,,", "年报.csv!D3：生产总值（园区增加值）（P.gdp） 不能为负数：-1（V1）。例如 1 亿元"),
        ("{park},2024,P.employees,1.5,,,", "年报.csv!D3：从业人员年末数（P.employees） 应为整数：1.5（V6）。例如 1 人"),
        ("{park},2024,P.nothing,1,,,", "年报.csv!C3：指标目录中没有代码“P.nothing”"),
        ("nowhere,2024,P.gdp,1,,,", "年报.csv!A3：没有代码为“nowhere”的园区"),
        ("{park},2024,Z.rd_expenditure,1,,,", "的所在开发区"),
        ("{park},2024,P.gdp,1,万元,,", "年报.csv!E3：单位“万元”不对，生产总值（园区增加值）的单位是“亿元”（V2）"),
        ("{park},24,P.gdp,1,,,", "年报.csv!B3：年度“24”"),
        ("{park},2999,P.gdp,1,,,", "年报.csv!B3：年度“2999”"),
        ("{park},2024,P.gdp,10000,,,", "年报.csv!D3：生产总值（园区增加值）（P.gdp） 10000 亿元 与上年 1 亿元"),
        ("{park},2024,P.gdp,0.0001,,,", "单位似乎偏小（V2）。例如 1 亿元"),
        ("{park},2023,P.sei_va,2,,,", "年报.csv!D3：战略性新兴产业增加值（P.sei_va） 大于 生产总值"),
        ("{park},2023,P.gdp,1,,,", "年报.csv!C3：P.gdp 与 年报.csv!C2 重复（V11）"),
    ],
)
def test_one_bad_row_takes_none_and_says_where_and_why(tmp_path: Path, park: Park, row: str, said: str) -> None:
    path = table(tmp_path, f"{park.slug},2023,P.gdp,1,,,", row.format(park=park.slug))
    assert said in refused(path)


def test_every_problem_is_said_at_once(tmp_path: Path, park: Park) -> None:
    told = refused(table(tmp_path, f"{park.slug},2024,P.gdp,x,,,", f"{park.slug},1900,P.sei_va,1,吨,,"))
    assert [line.partition("：")[0] for line in told.splitlines()] == ["年报.csv!D2", "年报.csv!B3", "年报.csv!E3"]


def test_year_after_a_new_boundary_waits_until_the_year_before_is_restated(tmp_path: Path, park: Park) -> None:
    with system():
        for day in (dt.date(2020, 1, 1), dt.date(2024, 6, 30)):
            ParkBoundary.objects.create(park=park, geojson={}, area_km2="10", valid_from=day)
    assert run(table(tmp_path, f"{park.slug},2023,P.gdp,100,,,"))["new"] == 1
    late = table(tmp_path, f"{park.slug},2024,P.gdp,105,,,")
    with pytest.raises(CommandError, match=r"年报\.csv!D2：.*两年不可比（V8）。例如按范围 2024-06-30 重报 2023"):
        run(late)
    with system():
        before = Figure.objects.get()
        Figure.follow(before.report, "P.gdp", before, level=FigureLevel.RESTATED, value="101", reason="新范围").save()
    assert run(late)["new"] == 1


def test_formula_and_damaged_files_are_refused_in_words(tmp_path: Path, park: Park) -> None:
    assert "数据!D2：是公式 =1+1" in refused(book(tmp_path, [[park.slug, 2024, "P.gdp", "=1+1"]]))
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    assert "打不开" in refused(broken)
    assert "打不开" in refused(cut_sheet(book(tmp_path, [[park.slug, 2024, "P.gdp", 1]])))
    assert "缺少列 数值（value）" in refused(table(tmp_path, head="subject,year,code"))
    assert "没有数据行" in refused(table(tmp_path))


@pytest.mark.parametrize("year", ["02014", "9" * 5000])
def test_year_of_more_than_four_digits_is_refused_at_its_cell(park: Park, tmp_path: Path, year: str) -> None:
    said = refused(table(tmp_path, f"{park.slug},{year},P.gdp,1,,,"))
    assert "年报.csv!B2" in said
    assert "V12" in said
    assert len(said) < 200


def test_locked_return_is_not_changed_by_an_import(tmp_path: Path) -> None:
    park = make_park()
    year = begin(subject=park.slug).fill().hand_in().verify_all()
    year.act("lock", "stat")
    with pytest.raises(CommandError, match="须按勘误办理（V12）"):
        run(table(tmp_path, f"{park.slug},{year.report.year},P.gdp,107,,,"))
    assert run(table(tmp_path, f"{park.slug},{year.report.year},P.gdp,100,,,")) == {"new": 0, "changed": 0, "same": 1}


def test_headings_for_people_are_read_as_the_columns_they_stand_for(park: Park, tmp_path: Path) -> None:
    head = "对象代码,年度,指标代码,数值,单位,来源,口径说明"
    people = table(tmp_path, f"{park.slug},2024,P.gdp,12.5,亿元,统计年报,现价", head=head)
    assert run(people)["new"] == 1
    with system():
        figure = Figure.objects.get()
    assert (figure.code, figure.value, figure.source, figure.note) == ("P.gdp", "12.5", "统计年报", "现价")
