"""The wording of a year's circular on cities and counties (通报, T17, C-V.4b): who took part, and what is public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from notifications.rendering.wording import _document, _p
from notifications.rendering.wording_circular import ADDRESSEES, Row, annex

Draft = dict[str, Any]
TITLE = "关于{year}年度创新型城市（县、区）建设监测评价结果的通报"
BASIS = (
    "根据每年监测并发布创新型城市（县、区）建设状况的要求，省科技厅会同省统计局完成了{year}年度创新型城市（县、区）建设监测"
    "评价。现将结果通报如下："
)
CITIES, COUNTIES = "设区市", "县（市、区）"


@dataclass(frozen=True)
class CityYear:
    """What the circular says of a year: the statistics in words, and by tier the rows that may be public."""

    year: int
    told: Sequence[str]
    tiers: Sequence[tuple[str, Sequence[Row]]]
    top: int = 0
    cosigned: Sequence[str] = ()


def circular(
    office: str,
    year: CityYear,
    *,
    summary: Sequence[str],
    duties: Sequence[str],
    corrected: str = "",
    contact: str = "",
) -> Draft:
    """通报; `corrected` is the number of the circular of the same year that this one corrects."""
    title = TITLE.format(year=year.year)
    body = _p(BASIS.format(year=year.year))
    if corrected:
        title = title.replace("通报", "更正通报")
        body += _p(f"本通报更正{corrected}公布的结果；原通报所列结果以本通报为准。")
    body += [{"kind": "h1", "text": "一、总体情况"}, *_p(*year.told, *summary)]
    body += [{"kind": "h1", "text": "二、评价结果"}, *_p(_result(year))]
    if duties:
        body += [{"kind": "h1", "text": "三、工作要求"}, *_p(*duties)]
    if year.cosigned:
        body += _p(f"本通报经{'、'.join(year.cosigned)}会签。")
    annexes = [_of_tier(year, label, rows) for label, rows in year.tiers if rows]
    names = [{"title": one["title"]} for one in annexes]
    return _document(office, ADDRESSEES, title, body, attachments=names, appendices=annexes, note=contact)


def _result(year: CityYear) -> str:
    if not any(rows for _label, rows in year.tiers):
        return "各地的得分和位次由省科技厅分别告知，不在本通报中公布。"
    part = f"位次在前{year.top}名的地方" if year.top else "各地的得分和位次"
    return f"{part}见附件。设区市与县（市、区）分别排序。"


def _of_tier(year: CityYear, label: str, rows: Sequence[Row]) -> Draft:
    title = f"{year.year}年度{label}监测评价结果{f'前{year.top}名' if year.top else ''}"
    if label == CITIES:
        return annex(title, ["位次", "城市", "综合得分", "较上年", "财政科技投入"], rows, [18, 42, 34, 26, 36])
    head = ["位次", "县（市、区）", "所在市", "综合得分", "较上年", "财政科技投入"]
    return annex(title, head, rows, [16, 36, 26, 26, 20, 32])
