"""The requirements of GB/T 9704-2012 as a table of rows, each measured on a rendered paper."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest

from tests.notifications.layout_measure import (
    BOTTOM,
    CHARACTER,
    LEFT,
    LINE,
    RED,
    RIGHT,
    TOP,
    Page,
    measured,
    near,
    sample,
)
from tests.notifications.layout_samples import SAMPLES, approval, document

HALF_LEADING = CHARACTER * 7 / 16


@cache
def grid() -> list[Page]:
    return measured(document(body=[{"kind": "p", "text": "国" * 1500}]))


@cache
def headings() -> list[Page]:
    kinds = [("h1", "一、黑体"), ("h2", "（一）楷体"), ("h3", "1. 仿宋"), ("h4", "（1）仿宋"), ("p", "正文")]
    return measured(document(body=[{"kind": kind, "text": text + "标题"} for kind, text in kinds]))


@cache
def marked() -> list[Page]:
    return measured(document(copy_number="000001", secrecy="秘密★1年", urgency="特急"))


@cache
def unsealed() -> list[Page]:
    return measured(document(sealed=False, seal=None))


def page_is_a4() -> None:
    for name in SAMPLES:
        for page in sample(name):
            assert (page.width, page.height) == (near(210, 0.05), near(297, 0.05))


def margins_are_37_and_28() -> None:
    left, top, _, _ = grid()[1].ink(0, 20, 210, 262.3)
    assert (left, top) == (near(28.5, 0.6), near(37.5, 0.6))
    first = grid()[1].chars[0]
    assert (first.x0, first.top) == (near(LEFT, 0.02), near(TOP, 0.02))


def type_area_is_156_by_225() -> None:
    lines = [line for line in grid()[1].lines if line.top < BOTTOM]
    assert max(line.x1 for line in lines) == near(RIGHT, 0.05)
    assert max(line.bottom for line in lines) == near(BOTTOM, 0.1)


def text_is_fangsong_of_size_3() -> None:
    body = grid()[1].find("国")
    assert body.fonts == {"FangSong"}
    assert body.size == near(CHARACTER, 0.01)


def full_page_has_22_lines_of_28() -> None:
    lines = [line for line in grid()[1].lines if line.top < BOTTOM]
    assert [line.text for line in lines] == ["国" * 28] * 22


def character_and_line_pitch() -> None:
    lines = [line for line in grid()[1].lines if line.top < BOTTOM]
    assert [b.top - a.top for a, b in pairwise(lines)] == [near(LINE, 0.02)] * 21
    chars = lines[0].chars
    assert [b.x0 - a.x0 for a, b in pairwise(chars)] == [near(CHARACTER, 0.01)] * 27


def text_is_black_and_office_is_red() -> None:
    page = sample("approval")[0]
    assert {char.colour for char in page.find("浙江省人民政府文件").chars} == {RED}
    assert {char.colour for char in page.chars if char.top > 120} == {(0, 0, 0)}
    assert page.rules(100, 100, 130)[-1].colour == RED


def copy_number_secrecy_urgency_stack_top_left() -> None:
    page = marked()[0]
    found = [page.find(text) for text in ("000001", "秘密★1年", "特急")]
    assert [box.x0 for box in found] == [near(LEFT)] * 3
    assert [box.top for box in found] == [near(TOP + i * LINE) for i in range(3)]
    assert [box.chars[0].font for box in found] == ["FangSong", "Hei", "Hei"]


def mark_is_35_below_type_area() -> None:
    for name in ("approval", "creation_request", "report_upward", "joint_review_minutes"):
        page = sample(name)[0]
        left, top, right, _ = page.ink(20, 45, 190, 95, red=True)
        assert top == near(TOP + 35, 0.1), name
        assert (left + right) / 2 == near(106, 0.6), name
    assert sample("approval")[0].find("浙江省人民政府文件").fonts == {"XiaoBiaoSong"}


def number_is_centred_two_lines_below() -> None:
    page = sample("approval")[0]
    number, size = page.find("浙政函〔2026〕63号"), page.find("浙江省人民政府文件").size
    assert number.centre == near(106)
    assert number.top - (TOP + 35 + size) == near(2 * LINE)


def upward_number_left_and_signer_right() -> None:
    page = sample("creation_request")[0]
    number, signer, name = page.find("示政〔2026〕10号"), page.find("签发人："), page.find("李示范")
    assert number.x0 == near(LEFT + CHARACTER)
    assert name.x1 == near(RIGHT - CHARACTER)
    assert number.top == near(signer.top, 0.02)
    assert (signer.fonts, name.fonts) == ({"FangSong"}, {"Kai"})


def red_rule_is_4_below_and_156_wide() -> None:
    for name, number in (("approval", "浙政函〔2026〕63号"), ("creation_request", "示政〔2026〕10号")):
        page = sample(name)[0]
        rule = page.rules(106, page.find(number).bottom + 0.5, 130)[0]
        assert rule.colour == RED
        assert rule.top - page.find(number).bottom == near(4, 0.08)
        left, _, right, _ = page.ink(10, rule.top + 0.1, 200, rule.bottom - 0.1, red=True)
        assert (left, right) == (near(LEFT, 0.06), near(RIGHT, 0.06))


def title_is_two_lines_below_in_size_2() -> None:
    page = sample("approval")[0]
    rule = page.rules(106, page.find("63号").bottom + 0.5, 130)[0]
    lines = [line for line in page.lines if line.fonts == {"XiaoBiaoSong"} and line.top > 120]
    assert lines[0].top - rule.bottom == near(2 * LINE)
    assert "".join(line.text for line in lines) == approval()["title"]
    assert [line.size for line in lines] == [near(22 * 25.4 / 72, 0.01)] * len(lines)
    assert [line.centre for line in lines] == [near(106)] * len(lines)


def addressee_is_one_line_below_title() -> None:
    page = sample("approval")[0]
    title = [line for line in page.lines if line.fonts == {"XiaoBiaoSong"}][-1]
    addressee = page.find("示范市人民政府：")
    assert addressee.x0 == near(LEFT, 0.02)
    assert addressee.top - title.bottom == near(LINE)
    nine = [line for line in sample("consultation")[0].lines if 110 < line.top < 150]
    ends = next(i for i, line in enumerate(nine) if line.text.endswith("："))
    assert ends >= 1
    assert [line.x0 for line in nine[: ends + 1]] == [near(LEFT, 0.05)] * (ends + 1)


def text_begins_indented_on_next_line() -> None:
    for name in ("approval", "acceptance", "supplement", "creation_request"):
        page = sample(name)[0]
        at = next(i for i, line in enumerate(page.lines) if line.text.endswith("："))
        first, second = page.lines[at + 1 : at + 3]
        assert first.top - page.lines[at].top == near(LINE, 0.02)
        assert first.x0 == near(LEFT + 2 * CHARACTER, 0.05)
        assert second.x0 == near(LEFT, 0.05)


def headings_have_their_typefaces() -> None:
    page = next(page for page in headings() if page.has("一、黑体"))
    found = [page.find(text) for text in ("一、黑体", "（一）楷体", "1.仿宋", "（1）仿宋")]
    assert [box.fonts for box in found] == [{"Hei"}, {"Kai"}, {"FangSong"}, {"FangSong"}]
    assert [box.size for box in found] == [near(CHARACTER, 0.01)] * 4
    assert [box.x0 for box in found] == [near(LEFT + 2 * CHARACTER, 0.05)] * 4


def attachments_hang_one_line_below() -> None:
    page = next(page for page in sample("creation_request") if page.has("附件："))
    lines = page.lines
    at = next(i for i, line in enumerate(lines) if line.text.startswith("附件："))
    assert lines[at].top - lines[at - 1].top == near(2 * LINE, 0.05)
    assert lines[at].x0 == near(LEFT + 2 * CHARACTER, 0.05)
    name, second, runover = lines[at].chars[5], lines[at + 1].chars[2], lines[at + 2]
    assert [char.text for char in lines[at + 1].chars[:2]] == ["2", "."]
    assert (second.x0, runover.x0) == (near(name.x0, 0.05), near(name.x0, 0.05))
    assert not lines[at].text.endswith(("。", "；", "，"))


def annex_begins_a_page_before_the_imprint() -> None:
    pages = sample("supplement")
    at = next(i for i, page in enumerate(pages) if page.lines[1].text == "附件")
    label, title = pages[at].lines[1], pages[at].find("申请材料补正清单")
    assert (label.x0, label.top, label.fonts) == (near(LEFT, 0.05), near(TOP, 0.05), {"Hei"})
    assert title.centre == near(106)
    assert title.middle == near(TOP + 2 * LINE + CHARACTER / 2, 0.3)
    assert pages[at - 1].has("2026年3月25日")
    assert [page.has("抄送：") for page in pages] == [False] * (len(pages) - 1) + [True]


def date_is_four_characters_from_the_right() -> None:
    for name, text in (("approval", "2026年6月22日"), ("report_upward", "2026年6月3日")):
        page = next(page for page in sample(name) if page.seal_ring)
        assert page.find(text).x1 == near(RIGHT - 4 * CHARACTER, 0.05)


def signature_is_centred_on_the_date() -> None:
    for name, office, text in (
        ("approval", "浙江省人民政府", "2026年6月22日"),
        ("acceptance", "浙江省科学技术厅", "2026年3月26日"),
    ):
        page = next(page for page in sample(name) if page.seal_ring)
        date = page.find(text)
        line = next(line for line in page.lines if abs(line.top - (date.top - LINE)) < 0.1)
        assert line.text == office
        assert line.centre == near(date.centre, 0.05)


def seal_is_centred_and_close_to_the_text() -> None:
    for name, build in SAMPLES.items():
        if not (data := build()).get("sealed"):
            continue
        page = next(page for page in sample(name) if page.seal_ring)
        left, top, right, bottom = page.seal_ring or (0.0, 0.0, 0.0, 0.0)
        at = next(i for i, line in enumerate(page.lines) if line.text == data["issuers"][0] and line.top > top)
        signature, date, text = page.lines[at], page.lines[at + 1], page.lines[at - 1]
        assert (left + right) / 2 == near(date.centre, 0.05), name
        assert 0 < top - text.bottom <= LINE, name
        assert 0 < (signature.top + date.bottom) / 2 - (top + bottom) / 2 <= 6, name
        assert bottom <= BOTTOM, name
        assert set(signature.chars[0].colour) == {0}, name


def unsealed_signature_is_two_from_the_right() -> None:
    page = next(page for page in unsealed() if page.has("2026年6月22日"))
    date = page.find("2026年6月22日")
    signature = next(line for line in page.lines if abs(line.top - (date.top - LINE)) < 0.1)
    text = [line for line in page.lines if line.top < signature.top][-1]
    assert signature.text == "浙江省人民政府"
    assert signature.top - text.top == near(2 * LINE, 0.05)
    assert date.x0 - signature.x0 == near(2 * CHARACTER, 0.05)
    assert signature.x1 == near(RIGHT - 2 * CHARACTER, 0.05)
    assert page.seal_ring is None


def seal_shares_its_page_with_text() -> None:
    for lines in range(4, 24):
        text = "国" * (28 * lines - 4)
        pages = measured(document(body=[{"kind": "p", "text": text}], cc=[], printed_by="", printed_on=None))
        page = next(page for page in pages if page.seal_ring)
        top = (page.seal_ring or (0.0, 0.0))[1]
        assert any("国国" in line.text and line.top < top for line in page.lines), lines


def seal_has_the_width_of_its_rank() -> None:
    for name, across in (("approval", 50), ("creation_request", 45), ("acceptance", 42)):
        left, top, right, bottom = next(page.seal_ring for page in sample(name) if page.seal_ring)
        assert (right - left, bottom - top) == (near(across, 0.05), near(across, 0.05))


def note_is_on_the_line_under_the_date() -> None:
    page = next(page for page in sample("report_upward") if page.seal_ring)
    note, date = page.find("（联系人"), page.find("2026年6月3日")
    assert note.top - date.top == near(LINE, 0.05)
    assert note.x0 == near(LEFT + 2 * CHARACTER, 0.05)
    assert page.has("）")


def imprint_rules_end_at_the_type_area() -> None:
    page = sample("approval")[-1]
    rules = [rule for rule in page.rules(29, 200, 263) if rule.thickness < 0.5]
    assert [rule.thickness for rule in rules] == [near(0.35, 0.06), near(0.25, 0.06), near(0.35, 0.06)]
    assert rules[-1].bottom == near(BOTTOM, 0.06)
    left, _, right, _ = page.ink(10, rules[-1].top + 0.1, 200, rules[-1].bottom - 0.1)
    assert (left, right) == (near(LEFT, 0.06), near(RIGHT, 0.06))


def copies_hang_in_size_4() -> None:
    page = sample("approval")[-1]
    at = next(i for i, line in enumerate(page.lines) if line.text.startswith("抄送："))
    first, second = page.lines[at], page.lines[at + 1]
    assert first.size == near(14 * 25.4 / 72, 0.01)
    assert first.fonts == {"FangSong"}
    assert first.x0 == near(LEFT + first.size, 0.05)
    assert first.x1 <= RIGHT - first.size + 0.05
    assert second.x0 == near(first.chars[3].x0, 0.4)
    last = next(line for line in page.lines[at:] if line.text.endswith("。"))
    assert last.text.endswith("省统计局。")


def printing_office_is_on_the_last_line() -> None:
    page = sample("approval")[-1]
    line = next(line for line in page.lines if line.text.endswith("印发"))
    assert line.text == "浙江省人民政府办公厅2026年6月23日印发"
    assert line.size == near(14 * 25.4 / 72, 0.01)
    assert (line.x0, line.x1) == (near(LEFT + line.size, 0.05), near(RIGHT - line.size, 0.05))
    assert line.bottom < BOTTOM < line.bottom + 3


def page_number_is_7_below_on_the_outer_side() -> None:
    for i, page in enumerate(grid()):
        dash = next(char for char in page.chars if char.text == "—" and char.top > BOTTOM)
        line = next(line for line in page.lines if line.top > BOTTOM)
        assert line.text == f"—{i + 1}—"
        assert (line.fonts, line.size) == ({"Song"}, near(14 * 25.4 / 72, 0.01))
        _, top, _, bottom = page.ink(dash.x0, 263, dash.x1, 275)
        assert (top + bottom) / 2 == near(BOTTOM + 7, 0.1)
        edge = (line.x1, RIGHT - CHARACTER) if i % 2 == 0 else (line.x0, LEFT + CHARACTER)
        assert edge[0] == near(edge[1], 0.1)


def letter_has_double_rules_and_mark_at_30() -> None:
    for name in ("acceptance", "supplement", "refusal", "consultation", "department_reply", "not_listed"):
        page = sample(name)[0]
        top = page.ink(40, 22, 170, 48, red=True)[1]
        assert top == near(30, 0.1), name
        thick, thin = page.rules(21, 40, 60)
        assert thick.thickness > 2 * thin.thickness, name
        size = page.lines[1].size
        assert thick.top - (30 + size) == near(4, 0.1), name
        upper, lower = page.rules(21, 265, 290)
        assert lower.thickness > 2 * upper.thickness, name
        assert lower.bottom == near(277, 0.06), name
        for rule in (thick, thin, upper, lower):
            assert rule.colour == RED
            left, _, right, _ = page.ink(10, rule.top + 0.1, 200, rule.bottom - 0.1, red=True)
            assert (left, right) == (near(20, 0.06), near(190, 0.06)), name


def letter_number_is_flush_right() -> None:
    page = sample("acceptance")[0]
    number, title = page.find("浙科函高〔2026〕21号"), page.find("关于示范湾")
    thin = page.rules(21, 40, 60)[1]
    assert number.x1 == near(RIGHT, 0.05)
    assert number.top - thin.bottom == near(CHARACTER * 7 / 8)
    assert title.top - number.bottom == near(2 * LINE)


def letter_first_page_has_no_number_and_no_imprint_rules() -> None:
    pages = sample("supplement")
    assert [any(line.text.startswith("—") for line in page.lines) for page in pages] == [False, True, True, True]
    copies = pages[-1].find("抄送：")
    assert pages[-1].rules(29, copies.top - 12, 263) == []
    assert copies.bottom < BOTTOM


def minutes_name_who_was_present() -> None:
    pages = sample("joint_review_minutes")
    page = next(page for page in pages if page.has("出席："))
    present = page.find("出席：")
    before = [line for line in page.lines if line.top < present.top - 1][-1]
    assert present.top - before.top == near(2 * LINE, 0.05)
    assert present.x0 == near(LEFT + 2 * CHARACTER, 0.05)
    assert [char.font for char in present.chars[:2]] == ["Hei", "Hei"]
    assert any(page.has("请假：") for page in pages)
    assert any(page.has("列席：") for page in pages)
    assert all(page.seal_ring is None for page in pages)


# The row of the requirement, and how it is measured. Rows 8 and 9 describe other programmes' habits;
# 25, 33 and 35 are forms of paper that are not issued here; 37 is the printer's.
ROWS: list[tuple[int, Callable[[], None]]] = [
    (1, page_is_a4),
    (2, margins_are_37_and_28),
    (3, type_area_is_156_by_225),
    (4, text_is_fangsong_of_size_3),
    (5, full_page_has_22_lines_of_28),
    (6, character_and_line_pitch),
    (7, character_and_line_pitch),
    (10, text_is_black_and_office_is_red),
    (11, copy_number_secrecy_urgency_stack_top_left),
    (12, mark_is_35_below_type_area),
    (13, number_is_centred_two_lines_below),
    (13, upward_number_left_and_signer_right),
    (14, red_rule_is_4_below_and_156_wide),
    (15, title_is_two_lines_below_in_size_2),
    (16, addressee_is_one_line_below_title),
    (17, text_begins_indented_on_next_line),
    (18, headings_have_their_typefaces),
    (19, attachments_hang_one_line_below),
    (20, annex_begins_a_page_before_the_imprint),
    (21, date_is_four_characters_from_the_right),
    (22, signature_is_centred_on_the_date),
    (23, seal_is_centred_and_close_to_the_text),
    (24, unsealed_signature_is_two_from_the_right),
    (26, seal_shares_its_page_with_text),
    (27, seal_has_the_width_of_its_rank),
    (28, note_is_on_the_line_under_the_date),
    (29, imprint_rules_end_at_the_type_area),
    (30, copies_hang_in_size_4),
    (31, printing_office_is_on_the_last_line),
    (32, page_number_is_7_below_on_the_outer_side),
    (34, letter_has_double_rules_and_mark_at_30),
    (34, letter_number_is_flush_right),
    (34, letter_first_page_has_no_number_and_no_imprint_rules),
    (36, minutes_name_who_was_present),
]


@pytest.mark.parametrize("measure", [pytest.param(f, id=f"row-{row:02d}-{f.__name__}") for row, f in ROWS])
def test_layout_of_row_measured(measure: Callable[[], None]) -> None:
    measure()
