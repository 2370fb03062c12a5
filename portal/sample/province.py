"""The province's figures of the sample years: invented (示例数据), of the right order of magnitude only."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from policy import figures
from policy.figures import Type
from portal.sample.series import FIRST

# The value of the first year and the yearly factor.
WHOLE: Mapping[str, tuple[str, str]] = {
    "PV.gdp": ("77000", "1.055"),
    "PV.gdp_const": ("70000", "1.052"),
    "PV.rd_expenditure": ("2400", "1.075"),
    "PV.rd_personnel": ("790000", "1.04"),
    "PV.rd_personnel_fte": ("610000", "1.04"),
    "PV.employees": ("39000000", "1.004"),
    "PV.invention_patents_held": ("300000", "1.12"),
    "PV.invention_patents_granted": ("61000", "1.06"),
    "PV.patents_granted": ("440000", "0.99"),
    "PV.listed_companies": ("650", "1.04"),
    "PV.hitech_enterprises": ("35000", "1.07"),
    "PV.innovative_enterprises": ("5200", "1.05"),
    "PV.hq_enterprises": ("900", "1.03"),
    "PV.ent_rd_institutions": ("22000", "1.06"),
    "PV.energy_use": ("270000000", "1.02"),
    "PV.cod": ("460000", "0.98"),
    "PV.nh3n": ("24000", "0.97"),
    "PV.so2": ("42000", "0.96"),
    "PV.nox": ("380000", "0.97"),
    "PV.high_talents": ("7300000", "1.05"),
    "PV.sei_va": ("9500", "1.09"),
    "PV.new_product_output": ("41000", "1.07"),
    "PV.industrial_output": ("105000", "1.05"),
    "PV.tech_smes": ("98000", "1.12"),
    "PV.hts_revenue": ("21000", "1.08"),
    "PV.institutes_100": ("1100", "1.05"),
    "PV.institutes_300": ("260", "1.05"),
    "PV.institutes_1000": ("34", "1.06"),
    "PV.institutes_2000": ("12", "1.08"),
}


def series(last: int) -> dict[int, dict[str, str]]:
    """Figures by year and code, from the first sample year to `last`; plain decimal text."""
    found: dict[int, dict[str, str]] = {}
    for year in range(FIRST, last + 1):
        told = {code: Decimal(base) * Decimal(factor) ** (year - FIRST) for code, (base, factor) in WHOLE.items()}
        told["PV.new_product_rate"] = 100 * told["PV.new_product_output"] / told["PV.industrial_output"]
        found[year] = {code: _written(code, value) for code, value in told.items()}
    return found


def _written(code: str, value: Decimal) -> str:
    figure = figures.find(code)
    counted = figure is not None and figure.type is Type.COUNT
    return format(value.quantize(Decimal("1") if counted else Decimal("0.1"), rounding=ROUND_HALF_UP), "f")
