"""Cities and counties as open data: rankings, dimensions, titles and good practices, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators import queries_practices, queries_public
from indicators.enums import Programme, RankingList
from indicators.enums_practices import Dimension, PracticeTag
from indicators.models import Assessment, Practice
from policy.index import Part
from registry import dates, words_titles
from registry.enums import CityTitleKind
from registry.models import CityTitle
from registry.open_data import Column
from registry.queries import published

Row = dict[str, Any]
PLACES = (RankingList.CITY, RankingList.COUNTY)


def _code(what: str = "code") -> Column:
    return Column(what, _("代码"), _("GB/T 2260 代码"), lambda r: r[what])


def _sample() -> Column:
    return Column("sample", _("示例数据"), _("true 为演示用的虚构数据"), lambda r: r["sample"], kind="boolean")


DIMENSIONS: tuple[Column, ...] = (
    Column("year", _("年度"), _("评价的年度"), lambda r: r["year"], kind="integer"),
    Column("list", _("名单代码"), "、".join(PLACES), lambda r: r["list"]),
    _code(),
    Column("name", _("名称"), _("评价时的名称"), lambda r: r["name"]),
    Column("dimension", _("维度代码"), "、".join(Dimension.values), lambda r: r["dimension"]),
    Column("dimension_label", _("维度"), _("维度的中文"), lambda r: r["label"]),
    Column("weight", _("权重"), _("在一百之中所占"), lambda r: r["weight"], kind="decimal"),
    Column("score", _("得分"), _("0至100，未经舍入；空为没有得分"), lambda r: r["score"], kind="decimal"),
    Column("run", _("测算次数"), _("该年度第几次测算，为现行的一次"), lambda r: r["run"], kind="integer"),
    _sample(),
)

TITLES: tuple[Column, ...] = (
    _code(),
    Column("name", _("名称"), _("现用名称"), lambda r: r["name"]),
    Column("title", _("称号代码"), "、".join(CityTitleKind.values), lambda r: r["title"]),
    Column("title_label", _("称号"), _("称号的中文"), lambda r: r["label"]),
    Column("held", _("获得"), _("true 为获得，false 为不再持有"), lambda r: r["held"], kind="boolean"),
    Column("since", _("自何日起"), _("ISO 8601 日期，可精确到日、月或年"), lambda r: r["since"], kind="date"),
    Column("basis", _("依据"), _("公文的文号，或者所据的出处"), lambda r: r["basis"]),
    _sample(),
)

PRACTICES: tuple[Column, ...] = (
    Column("id", _("编号"), _("不变的编号，在 /practices/<编号>/ 阅读"), lambda p: str(p.pk)),
    Column("title", _("标题"), _("做法的标题"), lambda p: p.title),
    Column("code", _("代码"), _("GB/T 2260 代码"), lambda p: p.place_id),
    Column("name", _("地区"), _("地区名称"), lambda p: p.place.name),
    Column("dimension", _("维度代码"), "、".join(Dimension.values), lambda p: p.dimension),
    Column("dimension_label", _("维度"), _("维度的中文"), lambda p: str(Dimension(p.dimension).label)),
    Column("tags", _("标签"), _("多个以“；”分隔"), lambda p: _tags(p), kind="list"),
    Column("year", _("年度"), _("做法见效的年度"), lambda p: p.year, kind="integer"),
    Column("text", _("正文"), _("全文"), lambda p: p.text),
    Column("source", _("来源"), _("所据的材料"), lambda p: p.source),
    Column(
        "published_on",
        _("发布日期"),
        _("ISO 8601 日期"),
        lambda p: timezone.localdate(p.published_at).isoformat(),
        kind="date",
    ),
    Column("sample", _("示例数据"), _("true 为演示用的虚构数据"), lambda p: p.sample, kind="boolean"),
)


def _tags(row: Practice) -> list[str]:
    return [str(PracticeTag(code).label) for code in row.tags]


def rankings() -> QuerySet[Assessment]:
    """Every published result of a city or county, also of runs that were corrected since."""
    return queries_public.published().filter(list__in=PLACES)


def _standing() -> Iterable[Assessment]:
    rows = queries_public.marked().filter(list__in=PLACES)
    return [one for one in rows if not one.superseded]  # type: ignore[attr-defined]


def _is_sample(one: Assessment) -> bool:
    return one.run.paper is not None and one.run.paper.sample


def dimensions() -> Iterable[Row]:
    """The score of each place in each dimension, the newest year first."""
    parts: dict[tuple[Any, str], list[Part]] = {}
    for one in _standing():
        key = (one.run_id, one.list)
        if key not in parts:
            parts[key] = queries_public.dimensions(queries_public.index_of(one.run, one.list))
        for part in parts[key]:
            yield {
                "year": one.year,
                "list": one.list,
                "code": one.subject,
                "name": one.name,
                "dimension": part.code,
                "label": part.label,
                "weight": part.weight,
                "score": one.scores.get(part.code, ""),
                "run": one.run.number,
                "sample": _is_sample(one),
            }


def titles() -> Iterable[Row]:
    """Every dated fact about a title, by place and day; of papers that are not public no number."""
    rows = CityTitle.objects.select_related("division", "paper").order_by("division", "since", "recorded_at")
    for one in rows:
        paper = published(one.paper)
        yield {
            "code": one.division_id,
            "name": one.division.name,
            "title": one.title,
            "label": str(words_titles.row(one, one.division.name)["tag"]["text"]),
            "held": one.held,
            "since": dates.iso(one.since, one.precision),
            "basis": paper.number if paper else one.citation,
            "sample": one.sample,
        }


def titles_changed() -> dt.datetime | None:
    """When a title was recorded last."""
    found: dt.datetime | None = CityTitle.objects.aggregate(at=Max("recorded_at"))["at"]
    return found


def places_changed() -> dt.datetime | None:
    """When a year of the cities was published last."""
    found: dt.datetime | None = (
        queries_public.released_runs(Programme.CITY).order_by().aggregate(at=Max("released_at"))["at"]
    )
    return found


practices = queries_practices.published
practices_changed = queries_practices.changed_at
