"""The right edge of justified lines, line breaking, and the closer pitch that saves a page."""

from itertools import pairwise

import pytest

from notifications.rendering.title import NEVER_FIRST, WIDEST, break_title, parts_of
from tests.notifications.layout_measure import CHARACTER, LEFT, LINE, RIGHT, Box, measured, sample
from tests.notifications.layout_samples import SAMPLES, acceptance, approval

MIXED = (
    "到2030年，园区技工贸总收入达到1,286.5亿元（年均增长12.8%），研发经费占生产总值的比例为4.2%；"
    "“一区多园”覆盖10.86平方公里，《创建规划》明确的R&D机构、CGCS2000坐标及PCT专利等37项指标全部达标。"
) * 6


def full_lines(lines: list[Box]) -> list[Box]:
    """Lines of the text that the next line continues, so that they are justified."""
    text = [line for line in lines if line.fonts <= {"FangSong", "Kai", "Hei", "Song"} and line.top < 262]
    return [
        line
        for line, after in pairwise(text)
        if abs(line.size - CHARACTER) < 0.01
        and abs(after.top - line.top - LINE) < 0.6
        and abs(after.x0 - LEFT) < 0.05
        and line.x0 < LEFT + 2.1 * CHARACTER
        and not line.text.startswith(("附件", "（联系人"))
        and "、省" not in line.text
    ]


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "receipt"])
def test_right_edge_of_samples_flush(name: str) -> None:
    lines = [line for page in sample(name) for line in full_lines(page.lines)]
    assert len(lines) >= 3
    assert [line.text for line in lines if abs(line.x1 - RIGHT) > 0.3] == []


def test_right_edge_of_mixed_text_flush() -> None:
    pages = measured(approval() | {"body": [{"kind": "p", "text": MIXED}]})
    lines = [line for page in pages for line in full_lines(page.lines)]
    assert len(lines) >= 15
    assert max(abs(line.x1 - RIGHT) for line in lines) <= 0.3
    closing = set("，。、；：）》”")
    assert [line.text for page in pages for line in page.lines if line.text[0] in closing] == []


def test_long_unbroken_word_stays_inside_type_area() -> None:
    text = "核验摘要为" + "0123456789abcdef" * 12 + "，请核对。"
    pages = measured(approval() | {"body": [{"kind": "p", "text": text}]})
    assert max(line.x1 for page in pages for line in page.lines) <= RIGHT + 0.2


def test_pitch_closer_only_where_it_saves_a_page() -> None:
    pitches = []
    for lines in range(9, 13):
        text = "国" * (28 * lines - 4)
        pages = measured(acceptance() | {"title": "受理通知书", "body": [{"kind": "p", "text": text}]})
        body = [line for line in pages[0].lines if "国国" in line.text]
        pitches.append((len(pages), round(body[1].top - body[0].top, 2)))
        last = next(page for page in pages if page.seal_ring)
        assert last.seal_ring
        assert last.seal_ring[3] < 262
    standard, close = round(LINE, 2), 9.88
    assert pitches[0] == (1, standard)
    assert (1, close) in pitches
    assert (2, close) not in pitches
    assert pitches[-1] == (2, standard)


def test_table_over_pages_inside_type_area_with_repeated_head() -> None:
    rows = [["序号", "园区", "得分"]] + [[str(i), f"示范第{i}园区", f"{95 - i}.25"] for i in range(1, 46)]
    body = [{"kind": "table", "rows": rows, "widths": [20, 100, 36]}, {"kind": "p", "text": "特此通报。"}]
    pages = measured(approval() | {"body": body, "check": None, "sample": False})
    holding = [page for page in pages if any(line.text.endswith(".25") for line in page.lines)]
    assert len(holding) >= 2
    for page in holding:
        assert page.has("序号园区得分")
        left, top, right, bottom = page.ink(20, 25, 200, 262.5)
        assert left == pytest.approx(LEFT, abs=0.1)
        assert right == pytest.approx(RIGHT, abs=0.1)
        assert top >= 36.9
        assert bottom <= 262.06
    text = "".join(line.text for page in pages for line in page.lines)
    assert [text.count(f"示范第{i}园区") for i in range(1, 46)] == [1] * 45


@pytest.mark.parametrize("name", SAMPLES)
def test_check_mark_below_type_area_of_last_page(name: str) -> None:
    pages = sample(name)
    assert [page.has("校验码") for page in pages] == [False] * (len(pages) - 1) + [True]
    box = pages[-1].find("校验码")
    assert box.top > 262
    assert box.fonts == {"Song"}
    number = [line for line in pages[-1].lines if line.text.startswith("—") or line.text.endswith("—")]
    for line in number:
        dashes = [char for char in line.chars if char.text == "—" and char.size > 4]
        assert all(char.x1 < box.x0 - 14 or char.x0 > 158 for char in dashes)
    foot = 274.9 if SAMPLES[name]()["format"] == "letter" else 285
    left, top, right, bottom = pages[-1].ink(53, 262.3, box.x0 - 0.5, foot)
    assert top > 262.8
    assert bottom < foot - 1
    assert right - left == pytest.approx(bottom - top, abs=0.1)


@pytest.mark.parametrize("name", [name for name, build in SAMPLES.items() if build()["title"]])
def test_title_of_sample_broken_between_words(name: str) -> None:
    title = SAMPLES[name]()["title"]
    lines = break_title(title)
    assert "".join(lines) == title
    assert max(map(len, lines)) <= WIDEST
    assert not any(line[0] in NEVER_FIRST for line in lines[1:])
    for word in ("示范湾", "高新技术产业园区", "人民政府", "请示", "批复", "通知书", "联审联评"):
        assert title.count(word) == sum(line.count(word) for line in lines)


def test_title_with_chosen_breaks_kept() -> None:
    assert break_title("关于示范的\n通知") == ["关于示范的", "通知"]


def test_title_on_a_screen_is_broken_between_words_alone() -> None:
    title = "关于公布示例县为创新型试点县、同意《示例》的通知"
    parts = parts_of(title)
    assert "".join(parts) == title
    assert {"关于", "创新型试点县、", "《示例》的"} <= set(parts)
    assert not any(part[0] in NEVER_FIRST for part in parts)
