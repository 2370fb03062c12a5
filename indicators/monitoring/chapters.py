"""The report's chapters: what was composed, put into blocks that a page and the press lay out alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from indicators.monitoring import appendix, drawing
from indicators.monitoring.blocks import Block, chart, halves, heading, lead, note, p, pair, said, table
from indicators.monitoring.numbers import UNKNOWN

Data = Mapping[str, Any]
LISTED = {"strength": "综合实力", "level": "创新水平", "change": "相对上年变化"}
TOLD = {
    "strength": "综合实力按绝对量比较：指标体系中的比值类指标不除以分母，直接取数量，权重不变；没有数量的指标（定性"
    "评分、目标型）不计入，其权重由同一维度其他指标分担。",
    "level": "创新水平即已发布的综合指数，按人均、占比等相对量和定性评分综合计算。",
    "change": "相对上年变化取各指标的增长：总量类取增长率，比值类取本年比值减上年比值，目标型取当年实际；"
    "定性评分不计入。",
}
# Chapters that begin on the page of the one before where they are this short, in rows.
FLOWING, SHORT = ("places", "dimensions", "evaluations", "sources", "errata"), 16
SURE = "位次区间为对权重和无量纲化方法作蒙特卡洛模拟所得位次的5%至95%分位；区间重叠的地区，先后差别不大。"


def chapters(content: Data, texts: Mapping[str, str], changes: Sequence[Data] = ()) -> list[Data]:
    """Every chapter with its number, title, anchor and blocks; `changes` are statements of differences."""
    found = [
        ("summary", "综述", [*map(p, content["summary"]), *said(texts.get("summary", ""))]),
        ("places", "参加监测的地区", _places(content, texts)),
        ("targets", "全省发展目标进展", _targets(content, texts)),
        *(_rankings(tier, texts) for tier in content["tiers"]),
        ("dimensions", "五个维度", _dimensions(content, texts)),
        ("fiscal", "财政科技投入", _fiscal(content, texts)),
        ("evaluations", "第三方测评", _evaluations(content, texts)),
        ("profiles", "各地区情况", []),
        ("methods", "方法与局限", appendix.methods(content, texts)),
        ("sources", "数据来源", appendix.sources(content)),
        ("errata", "勘误与变动", appendix.errata(content, texts, changes)),
    ]
    foreword = said(texts.get("foreword", ""))
    _unlink(found, {f"#place-{one['code']}" for one in content["profiles"]})
    return [
        {
            "number": place,
            "anchor": anchor,
            "title": title,
            "short": anchor in FLOWING and _rows(blocks) < SHORT,
            "blocks": [*(foreword if place == 1 else []), *blocks],
            "profiles": [_profile(one) for one in content["profiles"]] if anchor == "profiles" else [],
        }
        for place, (anchor, title, blocks) in enumerate(found, start=1)
    ]


def _unlink(found: Sequence[tuple[str, str, list[Block]]], known: Collection[str]) -> None:
    """Take away links to places of which the report has no page, as of a place that was only evaluated."""
    cells = (cell for *_names, blocks in found for block in blocks for row in block.get("rows", ()) for cell in row)
    for cell in [*cells, *_paired(found)]:
        if cell["href"] not in known:
            cell["href"] = ""


def _paired(found: Sequence[tuple[str, str, list[Block]]]) -> Iterator[Block]:
    for *_names, blocks in found:
        for block in blocks:
            for part in [*block.get("left", ()), *block.get("right", ())]:
                yield from (cell for row in part.get("rows", ()) for cell in row)


def _rows(blocks: Sequence[Block]) -> int:
    return sum(len(block.get("rows", [])) + 2 for block in blocks)


def _link(row: Data) -> tuple[str, str]:
    return row["name"], f"#place-{row['code']}"


def _places(content: Data, texts: Mapping[str, str]) -> list[Block]:
    labels = {tier["code"]: tier["label"] for tier in content["tiers"]}
    rows = [
        (
            _link(place),
            labels.get(place["tier"], ""),
            place["city"] or UNKNOWN,
            "、".join(place["titles"]) or UNKNOWN,
            "首次" if place["first"] else "连续",
        )
        for tier in content["tiers"]
        for place in content["places"]
        if place["tier"] == tier["code"]
    ]
    names = ("地区", "类别", "所属设区市", f"{content['year']}年末持有的称号", "参加监测")
    return [
        *said(texts.get("overview", "")),
        table("参加监测的地区", names, rows, widths=(18, 22, 20, 76, 16), tight=True),
        note("设区市与县（市、区）分别排序，不相互比较。称号以当年12月31日为准。"),
    ]


def _targets(content: Data, texts: Mapping[str, str]) -> list[Block]:
    targets = content["targets"]
    rows = [
        (
            row["label"],
            row["clause"].partition("[")[0],
            row["shown"],
            row["threshold"],
            row["gap"],
            row["unit"],
            row["word"],
        )
        for row in targets["rows"]
    ]
    names = ("目标", "条款", "实际", "要求", "差距", "单位", "结果")
    found = [
        p(
            f"下表对照省委、省政府确定的发展目标，列出截至{targets['day']}的实际值与差距；各年均按文件规定的目标值衡量。"
        ),
        *said(texts.get("targets", "")),
        table("全省发展目标进展", names, rows, numeric=(2, 3, 4), widths=(60, 20, 20, 20, 18, 20, 22)),
    ]
    reasons = [(row["label"], row["reason"]) for row in targets["rows"] if row["outcome"] not in ("met", "not_met")]
    if reasons:
        found.append(table("无法判定或不适用的原因", ("目标", "原因"), reasons, widths=(44, 116), tight=True))
    return found


def _rankings(tier: Data, texts: Mapping[str, str]) -> tuple[str, str, list[Block]]:
    found: list[Block] = []
    for ranking in tier["rankings"]:
        measure = ranking["measure"]
        title = f"{tier['label']}{ranking['name']}"
        found += [
            heading(f"{ranking['name']}排名", f"{measure}-{tier['code']}"),
            *said(texts.get(measure, "")),
            lead(TOLD[measure]),
        ]
        level = measure == "level"
        names = ["位次", "地区", "位次区间", "得分"]
        if level:
            names += ["较上年位次", "较上年得分"]
        rows = [
            [row["rank"], _link(row), row["interval"], row["score"], *([row["moved"], row["rise"]] if level else [])]
            for row in ranking["rows"]
        ]
        numeric = (0, *range(2, len(names)))
        widths = (10, 20, 16, 14, 18, 18)[: len(names)]
        told = table(f"{title}排名", names, rows, numeric=numeric, head=1, widths=widths, tight=True)
        drawn = chart(
            drawing.ranks(ranking["rows"], f"{title}位次及区间，数值见表"),
            "点为位次，横线为位次区间",
            f"chart-{measure}-{tier['code']}",
            narrow=True,
        )
        found.append(pair([told], drawn, uneven=True) if drawn else told)
    found.append(note(SURE))
    return f"rankings-{tier['code']}", f"{tier['label']}排名", found


def _dimensions(content: Data, texts: Mapping[str, str]) -> list[Block]:
    found = said(texts.get("dimensions", ""))
    for tier in content["tiers"]:
        dims = tier["dimensions"]
        names = ["地区", *(f"{part['label']}（{part['weight']}）" for part in dims["parts"])]
        rows: list[Sequence[Any]] = [[_link(row), *row["scores"]] for row in dims["rows"]]
        rows += [["中位数", *dims["median"]], ["最高", *dims["best"]]]
        found += [
            heading(tier["label"], f"dimensions-{tier['code']}"),
            table(f"{tier['label']}各维度得分", names, rows, numeric=range(1, len(names)), whole=True),
        ]
    return [*found, note("括号内为该维度的权重；得分为0至100。地区按创新水平位次排列。")]


def _fiscal(content: Data, texts: Mapping[str, str]) -> list[Block]:
    fiscal = content["fiscal"]
    names = ("地区", "科技经费增幅%", "经常性收入增幅%", "增幅差（百分点）", "结果")
    rows = [(_link(row), row["own"], row["other"], row["shown"], row["word"]) for row in fiscal["rows"]]
    return [
        *said(texts.get("fiscal", "")),
        lead(
            "各市、县（市、区）要确保财政用于科学技术的经费增长幅度高于本级财政经常性收入的增长幅度1个百分点以上"
            f"（条款{fiscal['clause']}）。增幅差为前者减后者，由未经舍入的增幅算得。先列设区市，后列县（市、区）。"
        ),
        *halves("财政科技投入情况", names, rows, numeric=(1, 2, 3), widths=(16, 18, 20, 20, 14)),
    ]


def _evaluations(content: Data, texts: Mapping[str, str]) -> list[Block]:
    rows = [(_link(row), row["round"], row["score"], row["paper"]) for row in content["evaluations"]]
    found = said(texts.get("evaluations", ""))
    if not rows:
        return [p("本年度没有公布的第三方两年一次测评结果。"), *found]
    names = ("地区", "轮次", "得分", "测评报告")
    return [*found, table("第三方测评结果", names, rows, numeric=(2,))]


def _profile(one: Data) -> Data:
    ranks = [
        (LISTED[key], told["rank"], told["ranked"], told["interval"], told["score"])
        for key, told in sorted(one["ranks"].items(), key=lambda part: list(LISTED).index(part[0]))
    ]
    dims = [(row["label"], row["own"], row["median"], row["best"], row["place"]) for row in one["dimensions"]]
    left: list[Block] = [
        table(
            f"{one['name']}的三项位次", ("排名", "位次", "参加数", "区间", "得分"), ranks,
            numeric=(1, 2, 3, 4), widths=(26, 12, 14, 14, 16), tight=True,
        ),
        table(
            f"{one['name']}各维度得分", ("维度", "得分", "中位数", "最高", "位次"), dims,
            numeric=(1, 2, 3, 4), widths=(22, 16, 16, 16, 12), tight=True,
        ),
    ]  # fmt: skip
    right = chart(
        drawing.dimensions(one["dimensions"], f"{one['name']}各维度得分，数值见表"),
        "横条为本地区，竖线为同组中位数，三角为同组最高",
        f"chart-{one['code']}",
        narrow=True,
    )
    return {
        "code": one["code"],
        "name": one["name"],
        "about": "　".join([one["tier_label"], *one["titles"]]),
        "blocks": [p("".join(one["words"])), pair(left, right), *_figures(one), *_more(one)],
    }


def _figures(one: Data) -> list[Block]:
    names = ("主要数据", "上年", "本年", "增长%")
    rows = [(f"{row['label']}（{row['unit']}）", row["before"], row["now"], row["change"]) for row in one["figures"]]
    caption = f"{one['name']}的主要数据"
    return halves(caption, names, rows, numeric=(1, 2, 3), widths=(42, 17, 17, 12), hidden=True)


def _more(one: Data) -> list[Block]:
    rows = [(row["label"], f"{row['shown']}{row['unit']}", row["threshold"], row["word"]) for row in one["findings"]]
    names = ("年度要求", "实际", "要求", "结果")
    caption, widths = f"{one['name']}的年度要求", (28, 24, 14, 14)
    told = [table(caption, names, rows, numeric=(1, 2), widths=widths, tight=True, hidden=True)] if rows else []
    years, drawn = _course(one)
    found = [pair([*told, *years], drawn)] if told or years else []
    found += _parks(one)
    if one["left_out"]:
        found.append(note(f"没有数据、未计入创新水平得分的指标：{'、'.join(one['left_out'])}。"))
    return found


def _parks(one: Data) -> list[Block]:
    rows = [(row["name"], row["status"], row["rank"]) for row in one["parks"]]
    names, caption = ("区内省级以上高新园区", "状态", "位次"), f"{one['name']}的高新园区"
    return halves(caption, names, rows, numeric=(2,), widths=(56, 20, 10), hidden=True)


def _course(one: Data) -> tuple[list[Block], list[Block]]:
    """The table of the last years and their drawing; nothing where there is one year alone."""
    if len(one["course"]) < 2:
        return [], []
    rows = [(row["year"], row["rank"], row["ranked"], row["interval"], row["score"]) for row in one["course"]]
    names, widths = ("年度", "位次", "参加数", "区间", "得分"), (14, 12, 14, 14, 14)
    told = table(
        f"{one['name']}历年创新水平", names, rows, numeric=(1, 2, 3, 4), widths=widths, tight=True, hidden=True
    )
    drawn = chart(
        drawing.course(one["course"], f"{one['name']}历年位次，数值见表"),
        "历年创新水平位次，竖条为位次区间",
        f"course-{one['code']}",
        narrow=True,
    )
    return [told], drawn
