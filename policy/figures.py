"""The catalogue of figure codes: name, unit, nature and verifying department of each."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from policy.plan_facts import PLAN_FACTS
from policy.yamlfile import DataError, Entry, load, read

FILE = Path(__file__).with_name("figures.yaml")
_INDEXED = re.compile(r"(?P<base>[^\[\]]+)\[(?P<key>[^\[\]]+)\]")
_FIELDS = ("code", "label", "unit", "type", "nature", "verifier", "index", "whole", "signed", "parts", "ledger")


class Type(StrEnum):
    """What a figure's value is."""

    DECIMAL = "decimal"
    COUNT = "count"
    BOOLEAN = "boolean"
    TEXT = "text"


class Nature(StrEnum):
    """Whether a figure is the stand on 31 December (时点) or the flow of the year (时期)."""

    STOCK = "stock"
    FLOW = "flow"


class Level(StrEnum):
    """Whose figure it is; `label` is the Chinese word shown to people."""

    PARK = "P"
    ZONE = "Z"
    PROVINCE = "PV"
    CITY = "C"
    PLAN = "plan"

    @property
    def label(self) -> str:
        return _LEVEL_LABELS[self]


_LEVEL_LABELS = {
    Level.PARK: "园区",
    Level.ZONE: "产业集聚区（开发区）整体",
    Level.PROVINCE: "全省",
    Level.CITY: "市、县（市、区）",
    Level.PLAN: "创建规划",
}


@dataclass(frozen=True)
class Figure:
    """One figure code. `index`: None, `number`, `any`, or the keys that stand in brackets after it.

    `verifier` names the departments that own and check it, parted by 、; `signed` figures (±) may be negative. `parts`
    is the indexed figure whose values add up to it; `ledger`: it equals what the park's ledger counts or adds up.
    """

    code: str
    label: str
    unit: str
    type: Type
    nature: Nature
    verifier: str
    index: str | tuple[str, ...] | None = None
    whole: bool = False
    signed: bool = False
    parts: str = ""
    ledger: bool = False

    @property
    def level(self) -> Level:
        return Level(self.code.partition(".")[0])

    @property
    def verifiers(self) -> tuple[str, ...]:
        """The departments that own and check the figure, the first of them leading."""
        return tuple(filter(None, self.verifier.split("、")))

    def takes(self, key: str) -> bool:
        """Whether `code[key]` is a code of the catalogue."""
        if self.index == "number":
            return bool(re.fullmatch(r"[1-9][0-9]?", key))
        return self.index == "any" or (isinstance(self.index, tuple) and key in self.index)


STANDARD_LEVELS = {"intl": "国际标准", "national": "国家标准", "industry": "行业标准", "local": "地方标准"}
# What stands in brackets after a code, where it is no Chinese word itself.
KEYS: dict[str, dict[str, str]] = {
    "P.env_ok": {"air": "大气", "water": "水", "noise": "噪声", "soil": "土壤"},
    "C.pilots": {"sustainable": "可持续发展实验区", "smart": "智慧城市、城区、园区"},
    "C.enterprise_institutes": {str(size): f"{size}人以上" for size in (100, 300, 1000, 2000)},
    "C.standards": {
        f"{level}_{role}": f"{called}（{word}）"
        for level, called in STANDARD_LEVELS.items()
        for role, word in (("lead", "主导"), ("join", "参与"))
    },
    "C.innovation_bases": {
        "innovation": "重点科技创新基地",
        "rd": "研发基地",
        "design": "工业设计特色基地",
        "testing": "检验检测基地",
        "creative": "创意产业基地",
    },
    "C.tax_relief": {
        "rd": "研究开发费用加计扣除",
        "hitech": "高新技术企业",
        "ats": "技术先进型服务企业",
        "vc": "创业投资企业",
        "incubator": "科技企业孵化器",
        "sts": "科技服务业",
    },
    "C.ip_share": {
        "rd": "研究开发投入",
        "filed": "申报申请",
        "applied": "创新应用",
        "protected": "保护",
        "returns": "产业化与回报",
    },
}


@cache
def catalogue() -> dict[str, Figure]:
    """All figures by code, those of the plan included. Raises DataError when the file is unusable."""
    root = Entry(FILE.name, load(read(FILE), FILE.name))
    root.only("figures")
    figures: dict[str, Figure] = {}
    for number, fields in enumerate(root.items("figures"), start=1):
        figure = _figure(Entry(f"{FILE.name}：第 {number} 项", fields))
        if figure.code.partition(".")[0] not in tuple(Level):
            raise DataError(f"{FILE.name}：{figure.code}：代码应以 {'、'.join(Level)} 之一开头")
        if figure.code in figures:
            raise DataError(f"{FILE.name}：{figure.code} 出现两次")
        figures[figure.code] = figure
    for figure in figures.values():
        if figure.parts and not isinstance(figures[figure.parts].index if figure.parts in figures else None, tuple):
            raise DataError(f"{FILE.name}：{figure.code}：各项 {figure.parts} 不是列明各项的指标")
    for fact in PLAN_FACTS:
        kind = Type.BOOLEAN if fact.boolean else Type.COUNT
        figures[fact.code] = Figure(fact.code, fact.label, fact.unit, kind, Nature.STOCK, "", whole=True)
    return figures


def of(level: Level) -> tuple[Figure, ...]:
    """The figures of one level, in the order of the catalogue."""
    return tuple(figure for figure in catalogue().values() if figure.level is level)


@lru_cache(maxsize=4096)
def find(code: str) -> Figure | None:
    """The figure of a code, plain or indexed (`P.lead_output[1]`); None when the catalogue has none."""
    if match := _INDEXED.fullmatch(code):
        figure = catalogue().get(match["base"])
        return figure if figure and figure.takes(match["key"]) else None
    figure = catalogue().get(code)
    return figure if figure and figure.index is None else None


@cache
def totals() -> dict[str, tuple[str, ...]]:
    """The figures that are the sum of others, with the codes of their parts (V5)."""
    found = {figure.code: catalogue()[figure.parts] for figure in catalogue().values() if figure.parts}
    return {code: tuple(f"{part.code}[{key}]" for key in part.index or ()) for code, part in found.items()}


@cache
def of_ledgers() -> frozenset[str]:
    """The figures that equal what the park's ledgers count or add up (V5)."""
    return frozenset(figure.code for figure in catalogue().values() if figure.ledger)


def label(code: str) -> str:
    """A figure's Chinese name, with what the key in brackets stands for; the code itself where it is not known."""
    figure = find(code)
    if figure is None:
        return code
    key = code.partition("[")[2].rstrip("]")
    return f"{figure.label}·{KEYS.get(figure.code, {}).get(key, key)}" if key else figure.label


def name(code: str) -> str:
    """A code with its Chinese name, as messages show it."""
    figure = find(code)
    return f"{figure.label}（{code}）" if figure else code


def _figure(entry: Entry) -> Figure:
    entry.only(*_FIELDS)
    code = entry.text("code")
    named = Entry(f"{FILE.name}：{code}", {field: entry.value(field) for field in _FIELDS if entry.has(field)})
    return Figure(
        code=code,
        label=named.text("label"),
        unit=named.text("unit", empty=True),
        type=Type(named.choice("type", tuple(Type))) if named.has("type") else Type.DECIMAL,
        nature=Nature(named.choice("nature", tuple(Nature))),
        verifier=named.text("verifier"),
        index=_index(named),
        whole=named.flag("whole"),
        signed=named.flag("signed"),
        parts=named.text("parts") if named.has("parts") else "",
        ledger=named.flag("ledger"),
    )


def _index(entry: Entry) -> str | tuple[str, ...] | None:
    if not entry.has("index"):
        return None
    if isinstance(entry.value("index"), list):
        return entry.texts("index")
    return entry.choice("index", ("number", "any"))
