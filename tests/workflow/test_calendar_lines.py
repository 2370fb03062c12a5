"""A year's holidays as they are pasted: what is read, and what is said of a bad line."""

from __future__ import annotations

import datetime as dt

import pytest

from workflow.calendar_lines import Line, missing_fixed, read

GOOD = """日期,安排,节日
2027-01-01 至 2027-01-03，休，元旦
2027/2/5～2027/2/11	放假	春节

2027年2月20日，班，春节
"""


def test_days_and_spans_are_read_in_their_usual_writings() -> None:
    lines, problems = read(GOOD, 2027)
    assert problems == []
    assert len(lines) == 3 + 7 + 1
    assert lines[0] == Line(dt.date(2027, 1, 1), False, "元旦")
    assert lines[-1] == Line(dt.date(2027, 2, 20), True, "春节")


def test_file_with_a_byte_order_mark_is_read() -> None:
    lines, problems = read("\ufeffdate,kind,name\r\n2027-05-01,0,劳动节\r\n", 2027)
    assert (problems, lines) == ([], [Line(dt.date(2027, 5, 1), False, "劳动节")])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2027-01-01", "应有两到三项"),
        ("2027-02-30，休，春节", "日期“2027-02-30”无法识别"),
        ("元旦，休，元旦", "日期“元旦”无法识别"),
        ("2028-01-01，休，元旦", "2028-01-01不在 2027 年内"),
        ("2027-01-01，歇，元旦", "“歇”不能识别，第二项应为“休”或“班”"),
        ("2027-01-04，班，元旦", "2027-01-04不是周末"),
        ("2027-02-11 至 2027-02-05，休，春节", "结束日 2027-02-05 早于开始日 2027-02-11"),
        ("2027-01-01 至 2027-03-01，休，", "一段超过 31 天"),
        (f"2027-01-01，休，{'节' * 41}", "节日名称超过 40 个字"),
    ],
)
def test_bad_line_says_where_what_and_why(line: str, why: str) -> None:
    lines, problems = read(f"2027-10-01，休，国庆节\n{line}", 2027)
    assert lines == []
    assert [problem.number for problem in problems] == [2]
    assert problems[0].text == line[:80]
    assert why in problems[0].why


def test_day_that_is_arranged_twice_names_both_lines() -> None:
    _lines, problems = read("2027-02-20，班，春节\n2027-02-20，休，春节", 2027)
    assert [(problem.number, problem.why) for problem in problems] == [
        (2, "2027-02-20与第 1 行的安排不一致，一天只能有一种安排。")
    ]


def test_nothing_at_all_is_refused() -> None:
    assert [problem.number for problem in read(" \n", 2027)[1]] == [1]


def test_forgotten_fixed_holidays_are_named() -> None:
    lines, _problems = read("2027-01-01，休，元旦\n2027-05-01 至 2027-05-02，休，劳动节", 2027)
    assert missing_fixed(lines, 2027) == [dt.date(2027, 10, day) for day in (1, 2, 3)]
