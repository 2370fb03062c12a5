"""The catalogue of open data (数据开放): what each set holds, its dictionary, its files and their checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import F, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators import (
    open_data_fiscal,
    open_data_monitoring,
    open_data_places,
    open_data_province,
    open_data_support,
    queries_public,
)
from indicators.models import Finding
from indicators.open_data import FINDINGS, RANKING
from notifications.enums import PaperValidity
from notifications.kinds import kinds
from notifications.models import Paper
from registry import queries
from registry.models import LegalStatus
from registry.open_data import CITIES, PARKS, Column, Text, csv_text, encoded, row

FORMATS = {"csv": "text/csv", "json": "application/json"}
LICENCE = _("可以免费使用、加工和传播，请注明来源和下载日期；标为示例数据的记录为虚构，不得当作真实资料使用。")


def _kind_label(paper: Paper) -> str:
    kind = kinds().get(paper.kind)
    return str(kind.label) if kind else paper.kind


PAPERS: tuple[Column, ...] = (
    Column("number", _("发文字号"), _("机关代字〔年份〕序号"), lambda p: p.number),
    Column("title", _("标题"), _("公文标题"), lambda p: p.title),
    Column("kind", _("种类"), _("公文在本平台的用途"), _kind_label),
    Column("issuer", _("发文机关"), _("签发时的机关名称"), lambda p: p.issuer_name),
    Column("issued_on", _("成文日期"), _("ISO 8601 日期"), lambda p: p.issued_on.isoformat(), kind="date"),
    Column(
        "published_on",
        _("公开日期"),
        _("ISO 8601 日期"),
        lambda p: timezone.localdate(p.published_at).isoformat(),
        kind="date",
    ),
    Column("validity", _("效力"), "、".join(PaperValidity.values), lambda p: p.validity),
    Column("check_code", _("查验码"), _("在 /papers/<查验码>/ 核验"), lambda p: p.check_code),
    Column("superseded_by", _("取代文号"), _("取代本文的公文的发文字号；没有的为空"), lambda p: p.successor or ""),
    Column("superseded_by_code", _("取代公文查验码"), _("取代本文的公文的查验码"), lambda p: p.successor_code or ""),
    Column("data_hash", _("内容摘要"), _("公文数据的 SHA-256"), lambda p: p.data_hash),
    Column("sample", _("示例数据"), _("true 为演示用的虚构公文"), lambda p: p.sample, kind="boolean"),
)


@dataclass(frozen=True)
class Dataset:
    """One set of open data; `records` reads it anew, what is published and nothing else."""

    code: str
    title: Text
    summary: Text
    field: Text
    cycle: Text
    columns: tuple[Column, ...]
    records: Callable[[], Iterable[Any]]
    changed: Callable[[], Any]

    def read(self) -> Content:
        """The set as it is now."""
        return Content(self, [row(self.columns, record) for record in self.records()])

    def address(self, kind: str) -> str:
        """Where a file of the set lies."""
        return reverse("portal:open_file", args=[self.code, kind])


@dataclass(frozen=True)
class Content:
    """The rows of a set at one moment, and the files made of them."""

    dataset: Dataset
    rows: list[dict[str, Any]]

    @cached_property
    def csv(self) -> str:
        """The rows as CSV text."""
        return csv_text([column.name for column in self.dataset.columns], self.rows)

    @cached_property
    def json(self) -> str:
        """The rows as a JSON list."""
        return json.dumps(self.rows, ensure_ascii=False, indent=1) + "\n"

    def file(self, kind: str, encoding: str = "utf-8") -> bytes:
        """A file of the set; CSV is UTF-8 with byte order mark, or GB18030."""
        return encoded(self.csv, encoding) if kind == "csv" else self.json.encode()

    def checksum(self, kind: str, encoding: str = "utf-8") -> str:
        """SHA-256 of a file, in hexadecimal."""
        return hashlib.sha256(self.file(kind, encoding)).hexdigest()

    def metadata(self) -> dict[str, Any]:
        """What the catalogue says of the set, for people and programs."""
        changed = self.dataset.changed()
        return {
            "code": self.dataset.code,
            "title": str(self.dataset.title),
            "summary": str(self.dataset.summary),
            "field": str(self.dataset.field),
            "update_cycle": str(self.dataset.cycle),
            "updated_at": timezone.localtime(changed).isoformat(timespec="seconds") if changed else None,
            "provider": settings.SITE["owner"] or settings.SITE["name"],
            "openness": str(_("无条件开放")),
            "licence": str(LICENCE),
            "records": len(self.rows),
            "version": self.checksum("json")[:12],
            "dictionary": [
                {
                    "name": column.name,
                    "label": str(column.label),
                    "type": column.kind,
                    "unit": column.unit,
                    "meaning": str(column.meaning),
                }
                for column in self.dataset.columns
            ],
            "files": [
                self._file("csv", "utf-8", "UTF-8 BOM"),
                self._file("csv", "gb18030", "GB18030"),
                self._file("json", "utf-8", "UTF-8"),
            ],
        }

    def _file(self, kind: str, encoding: str, label: str) -> dict[str, Any]:
        query = "?encoding=gb18030" if encoding == "gb18030" else ""
        return {
            "format": kind,
            "encoding": label,
            "url": f"{self.dataset.address(kind)}{query}",
            "bytes": len(self.file(kind, encoding)),
            "sha256": self.checksum(kind, encoding),
        }


def _register_changed() -> Any:
    return LegalStatus.objects.aggregate(at=Max("recorded_at"))["at"]


def _papers() -> Any:
    """Published papers with the one that replaced each, as far as the scope opens it; not its data."""
    successor = {"successor": F("superseded_by__number"), "successor_code": F("superseded_by__check_code")}
    return queries.published_papers().annotate(**successor)


def _papers_changed() -> Any:
    return queries.published_papers().aggregate(at=Max("published_at"))["at"]


def _findings() -> Any:
    rows = Finding.objects.filter(assessment__in=queries_public.published().order_by())
    return rows.select_related("assessment__run").order_by("-assessment__year", "assessment__subject", "place")


DATASETS: tuple[Dataset, ...] = (
    Dataset(
        "parks",
        _("省级高新技术产业园区名录"),
        _("历次列入创建、认定、升级、取消和终止的园区，含状态依据、所在地、面积和主导产业。"),
        _("科技创新"),
        _("随批准文件更新"),
        PARKS,
        queries.parks,
        _register_changed,
    ),
    Dataset(
        "cities",
        _("设区市与义乌市园区数"),
        _("十一个设区市和义乌市处于各状态的园区数与开发区数。"),
        _("科技创新"),
        _("随批准文件更新"),
        CITIES,
        queries.cities,
        _register_changed,
    ),
    Dataset(
        "papers",
        _("已公开公文目录"),
        _("本平台签发并公开的公文，含文号、日期、效力和查验码。"),
        _("政务公开"),
        _("随公文公开更新"),
        PAPERS,
        _papers,
        _papers_changed,
    ),
    Dataset(
        "rankings",
        _("年度评价排名"),
        _("已公布年度的位次、位次区间、综合得分和结论，以当年通报的公开范围为限；含更正以前的结果。"),
        _("科技创新"),
        _("每年通报发布后更新"),
        RANKING,
        queries_public.published,
        queries_public.changed_at,
    ),
    Dataset(
        "findings",
        _("年度评价各项目标"),
        _("已公布的年度评价中每一条款的实际值、要求、算式和结果。"),
        _("科技创新"),
        _("每年通报发布后更新"),
        FINDINGS,
        _findings,
        queries_public.changed_at,
    ),
    Dataset(
        "support",
        _("支持措施汇总"),
        _("各年度按六项政策举措汇总的受益园区数、措施数和金额；受益园区太少的不公布，不含任何企业的数据。"),
        _("科技创新"),
        _("每年结束后更新"),
        open_data_support.SUPPORT,
        open_data_support.published,
        open_data_support.changed_at,
    ),
    Dataset(
        "province",
        _("全省数据"),
        _("园区与全省比较所用的全省数据，由各部门填报、省统计局锁定；含勘误后的最新版次。"),
        _("科技创新"),
        _("每年锁定后更新，勘误时更新"),
        open_data_province.PROVINCE,
        open_data_province.published,
        open_data_province.changed_at,
    ),
    Dataset(
        "monitoring",
        _("创新型城市（县、区）统计监测排名"),
        _("历年统计监测报告中综合实力、创新水平、相对上年变化三项排名的位次、位次区间和得分。"),
        _("科技创新"),
        _("每年报告发布后更新"),
        open_data_monitoring.MONITORING,
        open_data_monitoring.published,
        open_data_monitoring.changed_at,
    ),
    Dataset(
        "fiscal",
        _("财政科技经费增幅"),
        _("已公布年度各市、县（市、区）财政科技支出与经常性收入的增幅、增幅差和是否达到要求（C-V.3a）。"),
        _("科技创新"),
        _("每年通报发布后更新"),
        open_data_fiscal.FISCAL,
        open_data_fiscal.published,
        queries_public.changed_at,
    ),
    Dataset(
        "city-rankings",
        _("城市与县（市、区）年度评价排名"),
        _("创新型城市、县（市、区）已公布年度的位次、位次区间、综合得分和结论；含更正以前的结果。"),
        _("科技创新"),
        _("每年通报发布后更新"),
        RANKING,
        open_data_places.rankings,
        open_data_places.places_changed,
    ),
    Dataset(
        "city-dimensions",
        _("城市与县（市、区）各维度得分"),
        _("创新精神、能力、成果、产业、环境五个维度的得分，一地一年五行，以现行结果为准。"),
        _("科技创新"),
        _("每年通报发布后更新"),
        open_data_places.DIMENSIONS,
        open_data_places.dimensions,
        open_data_places.places_changed,
    ),
    Dataset(
        "city-titles",
        _("城市与县（市、区）称号"),
        _("科技强市、县（市、区），创新型试点、创新型城市等称号自何日获得或者不再持有，及其依据。"),
        _("科技创新"),
        _("随公布名单的文件更新"),
        open_data_places.TITLES,
        open_data_places.titles,
        open_data_places.titles_changed,
    ),
    Dataset(
        "practices",
        _("优秀做法"),
        _("各地建设创新型城市、县（市、区）的做法，省科技厅发布，含全文。"),
        _("科技创新"),
        _("随发布更新"),
        open_data_places.PRACTICES,
        open_data_places.practices,
        open_data_places.practices_changed,
    ),
)


def dataset_of(code: str) -> Dataset | None:
    """The set of that code."""
    return next((dataset for dataset in DATASETS if dataset.code == code), None)
