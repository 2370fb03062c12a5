"""Corner tables: headings, angles, blocks, encodings, and refusals that name the row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.geometry import BoundaryError, problems, read_boundary, read_corner_table
from registry.geometry.angles import format_dms, parse_number
from tests.registry.files import make

SQUARE = "序号,经度,纬度\n1,120.0,30.2\n2,120.05,30.2\n3,120.05,30.24\n4,120.0,30.24"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("120.20847222", 120.20847222),
        ("120°12′30.5″", 120 + 12 / 60 + 30.5 / 3600),
        ("120°12'30.5\"", 120 + 12 / 60 + 30.5 / 3600),
        ("东经120度12分30.5秒", 120 + 12 / 60 + 30.5 / 3600),
        ("E 120° 12′ 30.5″", 120 + 12 / 60 + 30.5 / 3600),
        ("30°12′N", 30.2),
        ("120°12’30.5”", 120 + 12 / 60 + 30.5 / 3600),
        ("120°12''", None),
        ("１２０．５", 120.5),
        ("30°60′00″", None),
        ("30°12′60″", None),
        ("E120W", None),
        ("一百二十", None),
        ("", None),
        ("nan", None),
        ("1e400", None),
    ],
)
def test_angle_as_people_print_it(text: str, value: float | None) -> None:
    assert parse_number(text) == (value if value is None else pytest.approx(value, abs=1e-12))


@given(st.floats(118, 123.2))
def test_angle_printed_and_read_again_moves_by_millimetres_at_most(degrees: float) -> None:
    assert parse_number(format_dms(degrees)) == pytest.approx(degrees, abs=0.00006 / 3600)


def test_angle_never_prints_sixty_seconds() -> None:
    assert format_dms(120.99999999999) == "121°00′00.0000″"


@pytest.mark.parametrize("mark", ["\t", "，", ";", " "])
def test_pasted_table_with_any_separator(mark: str) -> None:
    assert read_corner_table(SQUARE.replace(",", mark)) == read_corner_table(SQUARE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_csv_in_the_encodings_of_chinese_offices(encoding: str) -> None:
    assert read_boundary("界址点.csv", SQUARE.encode(encoding), "EPSG:4490") == read_corner_table(SQUARE)


def test_table_with_title_units_and_empty_rows() -> None:
    text = "某园区界址点成果表\n\n点号,经度（°）,纬度（°）\n" + SQUARE.split("\n", 1)[1] + "\n,,\n"
    assert read_corner_table(text).area_m2 == read_corner_table(SQUARE).area_m2


def test_table_of_degrees_minutes_seconds() -> None:
    corners = ["120°0′0″\t30°12′0″", "120°3′0″\t30°12′0″", "120°3′0″\t30°14′24″", "120°0′0″\t30°14′24″"]
    text = "\n".join(["经度\t纬度", *corners])
    assert read_corner_table(text).area_m2 == read_corner_table(SQUARE).area_m2


def test_table_with_quotation_marks_for_seconds_in_csv() -> None:
    text = "点号,经度,纬度\nJ1,120°0'0\",30°12'0\"\nJ2,120°3'0\",30°12'0\"\nJ3,120°3'0\",30°14'24\""
    assert read_corner_table(text).vertex_count == 3


def test_several_blocks_with_merged_cells_and_an_inner_ring() -> None:
    rows = [["区块", "圈号", "序号", "经度", "纬度"]]
    for block, ring, points in (("西区", 1, make.SHELL), (None, 2, make.HOLE), ("东区", 1, make.EAST)):
        for i, (x, y) in enumerate(points[:-1]):
            rows.append([block if i == 0 else None, ring, i + 1, x, y])
    boundary = read_boundary("a.xlsx", make.xlsx(rows), "EPSG:4490")
    expected = read_boundary(
        "a.geojson", make.features({"西区": [make.SHELL, make.HOLE], "东区": [make.EAST]}), "EPSG:4490"
    )
    assert boundary == expected


def test_table_that_repeats_its_first_point_is_closed_once() -> None:
    assert read_corner_table(SQUARE + "\n1,120.0,30.2") == read_corner_table(SQUARE)
    assert not [p for p in problems(read_corner_table(SQUARE)) if p.code == "not_closed"]


def test_numbers_out_of_order_are_noted_with_the_row() -> None:
    text = SQUARE.replace("3,120.05,30.24", "7,120.05,30.24")
    assert "第 5 行" in read_corner_table(text).notes[0]
    assert read_corner_table(SQUARE).notes == ()


def test_which_of_x_and_y_was_north_is_noted() -> None:
    ring = make.projected(make.SHELL, "EPSG:4549")
    north_first = read_boundary("a.csv", make.csv([(n, e) for e, n in ring], "点,X,Y"), "EPSG:4549")
    assert "X 列为北坐标" in north_first.notes[0]
    east_first = read_boundary("a.csv", make.csv(ring, "点,X,Y"), "EPSG:4549")
    assert "X 列为东坐标" in east_first.notes[0]


def test_formula_counts_by_its_saved_value_and_without_one_is_refused() -> None:
    rows = [["经度", "纬度"], ["=60*2", 30.2], [120.05, 30.2], [120.05, 30.24]]
    with pytest.raises(BoundaryError) as refusal:
        read_boundary("a.xlsx", make.xlsx(rows), "EPSG:4490")
    assert refusal.value.code == "missing_coordinate"
    assert refusal.value.where == "第 2 行第 1 列"
    assert "公式" in refusal.value.why


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("1,120,30\n2,120.1,30\n3,120.1,30.1", "no_heading", "第 1 行"),
        ("经度,纬度,纬度\n120,30,30", "repeated_column", "第 1 行"),
        (SQUARE.replace("30.24", "三十", 1), "not_a_number", "第 4 行第 3 列"),
        (SQUARE.replace("120.05,30.2\n", ",30.2\n"), "missing_coordinate", "第 3 行第 2 列"),
        (SQUARE + "\n5,120.0,30.2\n6,120.3,30.5", "closed_early", "第 6 行"),
        ("区块,经度,纬度\n甲,120,30.2\n乙,120.1,30.2\n甲,120.1,30.3", "scattered_block", "第 4 行"),
        ("圈号,经度,纬度\n外,120,30.2\n外,120.1,30.2\n外,120.1,30.3", "bad_ring", "第 2 行"),
        ("X,Y\n120,30.2\n120.1,30.2\n120.1,30.3", "ambiguous_axes", ""),
        ("经度,纬度", "no_polygon", ""),
        ("经度,纬度\n30.2,120\n30.3,120\n30.3,120.1", "swapped_axes", "界址点表（自第 2 行起）第1点"),
        ("经度,纬度\n500000,3342000\n500100,3342000\n500100,3342100", "metres_as_degrees", None),
        (" \n\n", "empty", ""),
    ],
)
def test_bad_table_is_refused_with_the_row(text: str, code: str, where: str | None) -> None:
    with pytest.raises(BoundaryError) as refusal:
        read_corner_table(text)
    assert refusal.value.code == code
    assert where is None or refusal.value.where == where
    assert refusal.value.what


@pytest.mark.parametrize(
    ("crs", "heading", "row", "reason"),
    [
        ("EPSG:4549", "东坐标,北坐标", "3342000,500000", "填反"),
        ("EPSG:4549", "东坐标,北坐标", "40500000,3342000", "带号40"),
        ("EPSG:4528", "东坐标,北坐标", "500000,3342000", "没有带号40"),
        ("EPSG:4528", "东坐标,北坐标", "120.1,30.2", "经纬度"),
        ("EPSG:4528", "X,Y", "3342000,41500000", "不在所选坐标系"),
    ],
)
def test_metres_in_the_wrong_system_are_refused_with_the_reason(crs: str, heading: str, row: str, reason: str) -> None:
    with pytest.raises(BoundaryError, match=reason):
        read_corner_table(f"{heading}\n{row}\n{row}\n{row}", crs)


def test_workbook_with_two_filled_sheets_is_refused() -> None:
    import io

    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.active.append(["经度", "纬度"])
    book.create_sheet("另一张").append(["经度", "纬度"])
    book.save(out)
    with pytest.raises(BoundaryError) as refusal:
        read_boundary("a.xlsx", out.getvalue(), "EPSG:4490")
    assert refusal.value.code == "several_sheets"


def test_cell_far_out_costs_nothing() -> None:
    import io

    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.active.append(["经度", "纬度"])
    for x, y in make.SHELL[:-1]:
        book.active.append([x, y])
    book.active["XFD6"] = 1
    book.save(out)
    assert read_boundary("a.xlsx", out.getvalue(), "EPSG:4490").vertex_count == 4
