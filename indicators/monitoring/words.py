"""The summary that is written from the data: its sentences hold no number that is not in a table of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Data = dict[str, Any]
FIRST = 3


def summary(content: Data) -> list[str]:
    """The paragraphs of the summary (综述), in the order of the chapters."""
    parts = [_who(content), *(_tier(tier) for tier in content["tiers"]), _fiscal(content), _targets(content)]
    parts += [_dimensions(tier) for tier in content["tiers"]]
    return [part for part in parts if part]


def _who(content: Data) -> str:
    told = [f"{tier['label']}{tier['number']}个" for tier in content["tiers"]]
    new = [place["name"] for place in content["places"] if place["first"]]
    all_new = len(new) == len(content["places"])
    first = "均为首次参加" if all_new else f"其中{'、'.join(new)}为首次参加" if new else ""
    return (
        f"{content['year']}年度参加创新型城市（县、区）建设统计监测的地区共{len(content['places'])}个"
        f"（{'，'.join(told)}）{'，' + first if (first and len(new) <= 12) or all_new else ''}。"
    )


def _tier(tier: Data) -> str:
    """The first three by each measure, and the largest rise."""
    said = []
    for ranking in tier["rankings"]:
        first = [row["name"] for row in ranking["rows"] if row["rank"] and row["rank"] <= FIRST]
        if first:
            said.append(f"{ranking['name']}居前的是{'、'.join(first)}")
    if not said:
        return ""
    rises = [row for row in _rows(tier, "level") if row["moved"].startswith("↑")]
    best = max(rises, key=lambda row: int(row["moved"][1:]), default=None)
    more = f"；与上年相比，{best['name']}的创新水平位次上升最多（{best['moved'][1:]}位）" if best else ""
    return f"{tier['label']}中，{'；'.join(said)}。创新水平平均得分{tier['average']}{more}。"


def _rows(tier: Data, measure: str) -> Sequence[Data]:
    return next((one["rows"] for one in tier["rankings"] if one["measure"] == measure), [])


def _fiscal(content: Data) -> str:
    counts, rows = content["fiscal"]["counts"], content["fiscal"]["rows"]
    if not rows:
        return ""
    text = (
        f"财政科技投入方面，{len(rows)}个地区中，财政科技经费增幅高于本级财政经常性收入增幅1个百分点以上的"
        f"{counts['met']}个，未达到的{counts['not_met']}个"
    )
    other = len(rows) - counts["met"] - counts["not_met"]
    return f"{text}，因数据不足等无法判定的{other}个。" if other else f"{text}。"


def _targets(content: Data) -> str:
    rows = content["targets"]["rows"]
    met = [row["label"] for row in rows if row["outcome"] == "met"]
    missed = [row["label"] for row in rows if row["outcome"] == "not_met"]
    said = []
    if met:
        said.append(f"已达到的{len(met)}项")
    if missed:
        said.append(f"尚未达到的{len(missed)}项（{'、'.join(missed)}）")
    if open_ := len(rows) - len(met) - len(missed):
        said.append(f"无法判定或不适用的{open_}项")
    return f"对照全省发展目标，截至{content['targets']['day']}，{'，'.join(said)}。" if said else ""


def _leading(leaders: list[str]) -> str:
    """Who is best; of many that are equal their number."""
    if len(leaders) > FIRST:
        return f"并列最高的有{len(leaders)}个地区"
    return f"{'并列' if len(leaders) > 1 else ''}最高的是{'、'.join(leaders)}"


def _dimensions(tier: Data) -> str:
    found = tier["dimensions"]
    told = [
        f"{part['label']}{_leading(leaders)}（{best}分，中位数{middle}分）"
        for part, leaders, best, middle in zip(
            found["parts"], found["leaders"], found["best"], found["median"], strict=True
        )
        if leaders
    ]
    return f"从五个维度看，{tier['label']}中{'；'.join(told)}。" if told else ""
