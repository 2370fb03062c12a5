"""The wording of a third party's report on cities and counties (测评报告, C-III.2c, C-III.2e)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from notifications.rendering.wording import _letter, _p

Row = Sequence[str]
METHOD = (
    "定量指标按经核定的统计数据计算，在本年度参与评价的同级市、县范围内标准化；定性指标由两名评价人相互独立评分，"
    "同一指标相差超过{limit}分的，由第三名评价人评分，取最接近的两个得分的平均，三个得分间距相等的取三个的平均。"
    "缺数据的指标不计入，其权重由同组其他指标分担。"
)
INDEPENDENCE = "评价人均已声明与测评对象没有利益关系；发起前{years}年内有合同或者任职关系的，已按规定回避。"


@dataclass(frozen=True)
class Reviewed:
    """One place: its name, what it reached (rows of dimension and score), what was said of it, what was left out."""

    name: str
    score: str
    dimensions: Sequence[Row]
    reviews: Sequence[Row]
    reasons: Sequence[str]
    left_out: Sequence[str] = ()


def report(
    office: str,
    *,
    to: str,
    title: str,
    year: int,
    contract: str,
    indices: Sequence[str],
    limit: str,
    years: int,
    places: Sequence[Reviewed],
    findings: Sequence[str],
    contact: str,
) -> dict[str, Any]:
    """测评报告 to 省科技厅; `indices` are the index versions by which it was measured."""
    names = "、".join(one.name for one in places)
    body = _p(f"根据委托（合同编号：{contract}），我单位对{names}进行了测评。现将结果报告如下：")
    body += [{"kind": "h1", "text": "一、依据和方法"}]
    body += _p(f"测评依据{'、'.join(indices)}，采用{year}年度数据。{METHOD.format(limit=limit)}")
    body += _p(INDEPENDENCE.format(years=years))
    body += [{"kind": "h1", "text": "二、测评结果"}]
    rows = [["测评对象", "得分"], *([one.name, one.score] for one in places)]
    body.append({"kind": "table", "rows": rows, "widths": [100, 56]})
    body += [{"kind": "h1", "text": "三、意见和建议"}, *_p(*findings)]
    annexes = [_annex(one) for one in places]
    attachments = [{"title": one["title"]} for one in annexes]
    return _letter(office, [to], title, body, attachments=attachments, appendices=annexes, note=contact)


def _annex(one: Reviewed) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = [
        {"kind": "table", "rows": [["维度", "得分"], *map(list, one.dimensions)], "widths": [100, 56]},
        {"kind": "table", "rows": [["定性指标", "得分", "评价人数"], *map(list, one.reviews)], "widths": [80, 40, 36]},
        *_p(*one.reasons),
    ]
    if one.left_out:
        blocks += _p(f"未计入的指标：{'、'.join(one.left_out)}。")
    return {"title": f"{one.name}测评情况", "blocks": blocks}
