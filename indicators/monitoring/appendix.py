"""The last chapters of the report: methods and limits, where the figures come from, what was corrected and changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indicators.monitoring.blocks import Block, heading, items, note, p, said, table
from indicators.monitoring.numbers import UNKNOWN

Data = Mapping[str, Any]
INDENT = "　"
LIMITS = (
    "得分按当年同组地区的最小值与最大值折算，只说明当年在同组中的相对水平，不同年度、不同组之间的得分不能直接相减得出绝对进步。",
    "没有数据的指标不计分，其权重由同一维度的其他指标分担；缺数据的地区和指标见下表，缺得越多，得分越不稳。",
    "位次是点估计。权重和折算方法稍有不同，位次就可能变动；请连同位次区间一起使用。",
    "综合实力偏向规模大的地区，相对上年变化受基数影响大；三项排名各说明一个方面，不宜合并成一个名次。",
)
MOST = 200


def methods(content: Data, texts: Mapping[str, str]) -> list[Block]:
    """Index, weights, normalisation, aggregation, missing data, uncertainty, and what these cannot tell."""
    told, run = content["methods"], content["run"]
    found: list[Block] = [
        p(
            f"本报告依据{content['year']}年度第{run['number']}次测算的结果"
            + (f"（{run['paper']}，{run['released']}发布）" if run["paper"] else "")
            + "编制。创新水平的得分和位次取自已发布的结果；综合实力、相对上年变化由同一指标体系派生，用同一程序计算。"
        ),
        p(
            "计算分四步：按指标体系取数；每个指标折算为0至100（按最小值与最大值折算的，为观测值减最小值，再除以最大值与最小值之差）；按权重逐级加权平均为维度得分和综合得分；"
            f"对权重（上下浮动）和折算方法作{told['draws']}次蒙特卡洛模拟（随机数种子为{told['seed']}），得出位次的5%至95%区间。"
        ),
        items([f"{name}：{text}" for name, text in MEASURES]),
        *said(texts.get("methods", "")),
    ]
    for version in told["versions"]:
        found += _version(version)
    found += [heading("局限", "limits"), items(LIMITS), heading("缺少的数据", "missing")]
    if rows := _missing(told["missing"]):
        names = ("没有数据、未计入的指标", "地区数", "地区")
        found.append(table("没有数据、未计入的指标", names, rows, numeric=(1,), widths=(50, 14, 96), tight=True))
    else:
        found.append(p("各地区各指标均有数据。"))
    return [*found, *_digests(run)]


def _missing(rows: Sequence[Data]) -> list[tuple[str, int, str]]:
    """The indicators that are lacking, with the places that lack the same ones together."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault("、".join(row["indicators"]), []).append(row["name"])
    return [(indicators, len(names), "、".join(names)) for indicators, names in found.items()]


MEASURES = (
    ("综合实力", "指标的分子（数量）不除以分母，按最小值与最大值折算；定性评分和目标型指标不计入"),
    ("创新水平", "指标体系本身"),
    ("相对上年变化", "无分母的取增长率，有分母的取本年与上年比值之差，按最小值与最大值折算；定性评分不计入"),
)


def _version(version: Data) -> list[Block]:
    rows = [
        (
            f"{INDENT * row['depth']}{row['label']}",
            row["weight"],
            row["formula"] or UNKNOWN if row["is_indicator"] else "",
            row["method"] or "",
        )
        for row in version["rows"]
    ]
    names = ("指标", "权重", "算式", "折算依据")
    return [
        heading(f"{version['title']}（第{version['number']}版）", f"index-{version['tier']}"),
        p(
            f"{version['signed']}由省科技厅、省发展改革委、省统计局签发；定量指标的权重共{version['quantitative']}，"
            f"超过一半。依据：{'；'.join(version['basis'])}。"
        ),
        table(f"{version['title']}：指标、权重和折算", names, rows, numeric=(1,), widths=(52, 12, 66, 32)),
        note(f"内容摘要：{version['digest']}"),
    ]


def _digests(run: Data) -> list[Block]:
    params = "，".join(f"{key}={value}" for key, value in run["params"].items()) or "全部按默认值"
    return [
        heading("复算", "recompute"),
        p(
            "三项排名都可以由任何人复算：下载随报告公布的 data 和 meta 两类文件，在本平台源代码的根文件夹执行 "
            "script/manage composite --data 文件 --meta 文件，即得到相同的得分和位次，不需要数据库和账号。"
        ),
        items([f"口径参数：{params}", f"输入摘要：{run['input_hash']}", f"结果摘要：{run['result_hash']}"]),
    ]


def sources(content: Data) -> list[Block]:
    """Which figures, in which unit, verified by which departments."""
    rows = [(row["label"], row["code"], row["unit"], row["verifier"]) for row in content["sources"]]
    return [
        p(
            "各项数据由参加监测地区的人民政府按年度填报，由下列部门逐项核定，省统计局汇总锁定；发布后发现差错的按勘误程序更正，"
            "原数和更正数同时公布。称号和公文来自本平台的登记。"
        ),
        table("所用数据及核定部门", ("数据", "代码", "单位", "核定部门"), rows, widths=(46, 54, 18, 36)),
    ]


def errata(content: Data, texts: Mapping[str, str], changes: Sequence[Data]) -> list[Block]:
    """Figures that were corrected since the release, and what a newer composition changed."""
    found = said(texts.get("errata", ""))
    rows = [
        ((row["name"], f"#place-{row['code']}"), row["figure"], row["year"], row["before"], row["after"], row["noted"])
        for row in content["errata"]
    ]
    if rows:
        names = ("地区", "数据", "年度", "原数", "更正数", "更正日期")
        found.append(table("发布后勘误的数据", names, rows, numeric=(3, 4)))
    for change in changes:
        found += _change(change)
    return found or [p("截至本报告编制时，所用数据没有勘误。")]


def _change(change: Data) -> list[Block]:
    rows = [(row["where"], row["what"], row["before"], row["after"]) for row in change["rows"]]
    found: list[Block] = [heading(f"由第{change['from']}次测算改为第{change['to']}次测算的变动")]
    if not rows:
        return [*found, p("结果和数据没有变动。")]
    found.append(table("变动之处", ("地区", "内容", "原为", "现为"), rows[:MOST], numeric=(2, 3)))
    if len(rows) > MOST:
        found.append(note(f"共{len(rows)}处变动，表中列出前{MOST}处。"))
    return found
