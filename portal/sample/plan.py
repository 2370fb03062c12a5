"""Invented plans of the sample province: every field of a creation plan, plausible and marked 示例."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from applications import plan
from applications.plan import Field, Kind

# The first year's figures of a park of twelve km² well before recognition, and each figure's yearly growth.
FIRST = {
    "P.gdp": ("86.4", "1.12"), "P.tit_revenue": ("268.5", "1.15"), "P.industrial_output": ("212.6", "1.13"),
    "P.industrial_va": ("48.9", "1.12"), "P.hitech_output": ("118.3", "1.19"), "P.hitech_va": ("26.7", "1.18"),
    "P.sei_va": ("21.4", "1.21"), "P.hts_revenue": ("31.8", "1.23"), "P.tax_total": ("98600", "1.11"),
    "P.tax_union": ("52400", "1.17"), "P.enterprises_scale": ("186", "1.06"), "P.hitech_enterprises": ("58", "1.24"),
    "P.ent_rd_institutions": ("41", "1.2"), "P.high_talents": ("326", "1.16"), "P.employees": ("42800", "1.04"),
    "P.rd_expenditure": ("31500", "1.18"),
}  # fmt: skip
WORDS = {
    "space.dominant_function": "{industry}研发与制造",
    "space.land_stock": "486.5",
    "space.parts_explained": None,
    "space.second_zone_reason": None,
    "block.basis": "示例资函〔2026〕18号",
    "boundary.east": "东至滨江路（示例）",
    "boundary.south": "南至创新大道（示例）",
    "boundary.west": "西至环城西路（示例）",
    "boundary.north": "北至运河南岸（示例）",
    "management.committee": "{zone}管理委员会（示例）",
    "management.document": "示例编〔2025〕32号",
    "management.posts_approved": "86",
    "management.posts_filled": "79",
    "management.bachelors": "74",
    "management.masters": "31",
    "management.technical": "46",
    "responsibility.document": "《高新产业发展年度目标责任制考核办法（示例）》示例政办〔2026〕7号",
    "responsibility.since": "2026-01-01",
    "leader.main.name": "示例·陈市长",
    "leader.main.post": "市人民政府市长",
    "leader.main.phone": "0570-0000001",
    "leader.deputy.name": "示例·周副市长",
    "leader.deputy.post": "市人民政府副市长",
    "leader.deputy.phone": "0570-0000002",
    "commitment.contact": "示例·张经办，市科技局，0570-0000003",
}
SECOND_INDUSTRY = ("工业互联网与软件服务", "I65 软件和信息技术服务业")


def values(opened_on: dt.date, zone: str, industry: str, code: str, scale: Decimal) -> dict[str, Any]:
    """Every field of a plan by key; `scale` multiplies the money figures, so that parks differ."""
    found: dict[str, Any] = {}
    for section in plan.sections(opened_on):
        if section.slug == "figures" or section.slug == "industry-3" or section.slug == "county-leaders":
            continue
        for field in section.fields:
            value = _value(field, zone, industry, code)
            if value is not None:
                found[field.key] = value
    return {**found, **_figures(opened_on, scale)}


def reworked(industry: str, code: str) -> dict[str, str]:
    """What a plan of these industries says differently when it is filed again: their order, and why they differ."""
    first, second = SECOND_INDUSTRY, (industry, code)
    apart = "与相邻园区相比，本园区侧重软件定义和系统集成，不重复布局整机制造（示例）。"
    return {
        "industry.1.name": first[0],
        "industry.1.code": first[1],
        "industry.2.name": second[0],
        "industry.2.code": second[1],
        "industry.1.foundation": f"示例：围绕{first[0]}，已有软件企业集聚，明确了牵头单位和年度节点。{apart}",
        "industry.2.demand": f"示例：{second[0]}的市场需求以本地配套为主，与相邻园区错位供给，逐项落实。",
        "space.dominant_function": f"{first[0]}研发，{second[0]}应用",
    }


def _value(field: Field, zone: str, industry: str, code: str) -> Any:
    if field.key in WORDS:
        words = WORDS[field.key]
        return words.format(zone=zone, industry=industry) if words else None
    first, second = ("industry.1.", (industry, code)), ("industry.2.", SECOND_INDUSTRY)
    for prefix, (name, number) in (first, second):
        if field.key in {f"{prefix}name", f"{prefix}code"}:
            return name if field.key.endswith("name") else number
    if field.kind is Kind.BOOLEAN:
        return True
    if field.kind is Kind.CHOICE:
        return field.choices[0][0]
    if field.kind is Kind.DATE:
        return "2026-01-01"
    if field.kind in {Kind.DECIMAL, Kind.INTEGER}:
        return "36"
    if field.kind is Kind.LONGTEXT:
        planned = f"{field.label}已列入{zone}三年行动方案"
        return f"示例：围绕{industry}，{planned}，明确了牵头单位、资金来源和年度节点，逐项落实。"
    return f"示例：{field.label}"[:60]


def _figures(opened_on: dt.date, scale: Decimal) -> dict[str, str]:
    found = {}
    for code, (first, growth) in FIRST.items():
        amount = Decimal(first)
        whole = "." not in first
        for year in plan.base_years(opened_on):
            shown = amount if whole else amount * scale
            found[plan.figure_key(code, year)] = str(shown.quantize(Decimal("1") if whole else Decimal("0.01")))
            amount *= Decimal(growth)
    return found
