"""The wording of a year's circular (通报, T17): who was assessed, and as much of the result as is public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from notifications.rendering.measures import chinese_date
from notifications.rendering.wording import _document, _p

Draft = dict[str, Any]
TITLE = "关于{year}年度创建省级高新技术产业园区绩效考核评价结果的通报"
ADDRESSEES = ["各市、县（市、区）人民政府", "省政府直属各单位"]
BASIS = (
    "根据省政府关于创建省级高新技术产业园区每年进行评价、排序并通报的规定，省科技厅会同省发展和改革委员会、省统计局"
    "完成了{year}年度创建省级高新技术产业园区绩效考核评价。现将结果通报如下："
)
Row = Sequence[str]
KEPT_BACK = "＊"


@dataclass(frozen=True)
class Year:
    """What the circular says of a year: the statistics in words, and the rows that may be public.

    `redrawn`: the parks that got another boundary in the year, since when, and whether their bases were restated.
    """

    year: int
    judged: Sequence[str]
    recognised: str = ""
    all_met: Sequence[str] = ()
    top: int = 0
    creating_rows: Sequence[Row] = ()
    recognised_rows: Sequence[Row] = ()
    clause_rows: Sequence[Row] = ()
    cosigned: Sequence[str] = field(default=())
    redrawn: Sequence[tuple[str, dt.date, bool]] = ()


def circular(
    office: str, year: Year, *, summary: Sequence[str], duties: Sequence[str], corrected: str = "", contact: str = ""
) -> Draft:
    """通报 (T17); `corrected` is the number of the circular of the same year that this one corrects."""
    title = TITLE.format(year=year.year) if not corrected else TITLE.format(year=year.year).replace("通报", "更正通报")
    body = _p(BASIS.format(year=year.year))
    if corrected:
        body += _p(f"本通报更正{corrected}公布的结果；原通报所列结果以本通报为准。")
    body += [{"kind": "h1", "text": "一、总体情况"}, *_p(*year.judged, *summary)]
    body += [{"kind": "h1", "text": "二、评价结果"}, *_p(*_results(year))]
    if duties:
        body += [{"kind": "h1", "text": "三、工作要求"}, *_p(*duties)]
    if year.cosigned:
        body += _p(f"本通报经{'、'.join(year.cosigned)}会签。")
    annexes = _annexes(year)
    return _document(
        office,
        ADDRESSEES,
        title,
        body,
        attachments=[{"title": one["title"]} for one in annexes],
        appendices=annexes,
        note=contact,
    )


def _results(year: Year) -> list[str]:
    found = []
    if year.all_met:
        found.append(f"全部达到年度目标要求的园区：{'、'.join(year.all_met)}。")
    if year.creating_rows or year.recognised_rows:
        part = f"位次在前{year.top}名的园区" if year.top else "各园区的位次和结论"
        found.append(f"{part}见附件。创建中的园区与已认定的园区分别排序，已认定的园区只排序、不作结论。")
    else:
        found.append("各园区的得分、位次和结论由省科技厅分别告知所在地人民政府，不在本通报中公布。")
    if year.recognised:
        found.append(year.recognised)
    return found


def _annexes(year: Year) -> list[Draft]:
    parts = f"前{year.top}名" if year.top else ""
    head = ["位次", "园区", "所在地", "综合得分", "较上年", "结论"]
    found = []
    if year.creating_rows:
        title = f"{year.year}年度创建中园区评价结果{parts}"
        found.append(annex(title, head, year.creating_rows, [14, 60, 22, 24, 18, 18]))
    if year.recognised_rows:
        title = f"{year.year}年度已认定园区排序{parts}"
        found.append(annex(title, head[:5], year.recognised_rows, [16, 62, 34, 24, 20]))
    if found and year.redrawn:
        found[-1]["blocks"] += _p(*(_on_boundary(year.year, *one) for one in year.redrawn))
    if year.clause_rows:
        title = f"{year.year}年度各项目标达到情况"
        found.append(annex(title, ["条款", "目标", "达到", "未达到", "其他"], year.clause_rows, [26, 70, 20, 20, 20]))
        if any(KEPT_BACK in row for row in year.clause_rows):
            found[-1]["blocks"] += _p(f"注：{KEPT_BACK}表示数量较小或可据以推算，不单独公布。")
    return found


def _on_boundary(year: int, name: str, since: dt.date, restated: bool) -> str:
    """The footnote on a park whose figures before and after do not speak of the same area (AMB-08)."""
    base = f"增长类指标的基期数据（{year - 1}年度）已按调整后的范围重报" if restated else "基期数据未按调整后的范围重报"
    return f"注：{name}的范围自{chinese_date(since)}起调整，{base}。"


def annex(title: str, head: Row, rows: Sequence[Row], widths: list[int]) -> Draft:
    """An annex of one table; `widths` in millimetres."""
    return {"title": title, "blocks": [{"kind": "table", "rows": [list(head), *map(list, rows)], "widths": widths}]}


def statistics(year: int, total: str, parts: Sequence[tuple[str, str]]) -> list[str]:
    """One sentence on the parks that were judged: how many, and how many came to each verdict."""
    day = chinese_date(dt.date(year, 12, 31))
    said = "，".join(f"{label}{number}" for label, number in parts)
    return [f"截至{day}处于创建期的园区共{total}，均参加考核评价" + (f"。其中，{said}。" if said else "。")]
