"""Invented but plausible yearly figures of parks and their host zones (示例数据), the same with every loading."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from policy import figures
from policy.figures import Type

FIRST = 2022
# A share of growth beyond what the targets ask for, so that rounding never decides.
ROOM = Decimal("0.66")


@dataclass(frozen=True)
class Flaw:
    """A year in which something goes wrong: the yearly factor of some figures in place of their own."""

    year: int
    factors: Mapping[str, str]


def slow(year: int) -> Flaw:
    """Output grows, but not by a quarter (P-II.2.2b)."""
    return Flaw(year, {"P.hitech_output": "1.12"})


def behind(year: int) -> Flaw:
    """Spending on research grows more slowly than the host zone's (P-II.2.3c)."""
    return Flaw(year, {"P.rd_expenditure": "1.04"})


def shrinking(year: int) -> Flaw:
    """The whole of industry shrinks while its hi-tech part grows, which cannot be assessed (AMB-05)."""
    return Flaw(year, {"P.industrial_va": "0.97", "P.hitech_va": "1.06"})


# Value of a park of scale 1 in the first year, and its yearly factor.
OWN: Mapping[str, tuple[str, str]] = {
    "P.gdp": ("120", "1.10"),
    "P.gdp_const": ("112", "1.07"),
    "P.industrial_output": ("300", "1.22"),
    "P.industrial_va": ("70", "1.13"),
    "P.hitech_output": ("200", "1.28"),
    "P.hts_revenue": ("75", "1.23"),
    "P.tax_total": ("150000", "1.12"),
    "P.new_enterprises": ("60", "1.05"),
    "P.new_projects": ("15", "1.06"),
    "P.new_project_investment": ("30", "1.05"),
    "P.ent_rd_institutions": ("80", "1.15"),
    "P.high_talents": ("300", "1.16"),
    "P.rd_expenditure": ("45000", "1.18"),
    "P.employees": ("60000", "1.03"),
    "P.rd_personnel": ("4800", "1.06"),
    "P.invention_patents_held": ("900", "1.20"),
    "P.energy_use": ("300000", "1.02"),
    "P.enterprises_scale": ("180", "1.03"),
    "P.hitech_business_enterprises": ("112", "1.04"),
    "P.hitech_enterprises": ("90", "1.12"),
    "P.innovative_enterprises": ("20", "1.10"),
    "P.hq_enterprises": ("10", "1.10"),
    "P.listed_companies": ("8", "1.13"),
    "P.tech_smes": ("200", "1.10"),
    "Z.ent_rd_institutions": ("190", "1.07"),
    "Z.high_talents": ("720", "1.08"),
    "Z.rd_expenditure": ("98000", "1.09"),
    "Z.gdp": ("310", "1.08"),
    "Z.industrial_output": ("720", "1.10"),
    "P.cod": ("240", "0.97"),
    "P.nh3n": ("12", "0.96"),
    "P.so2": ("22", "0.95"),
    "P.nox": ("190", "0.96"),
    "P.new_industrial_land": ("24", "0.95"),
    "P.tech_contracts": ("90", "1.08"),
    "P.tech_contract_value": ("26000", "1.12"),
}
# What is used and given off differs from park to park, by a tenth of the least from one to the next.
BURDENS = {"P.energy_use", "P.cod", "P.nh3n", "P.so2", "P.nox"}
SPREAD = 12
# A part of a flow of the year.
PARTS = {
    "P.new_industrial_land_sei": ("P.new_industrial_land", Decimal(1)),
    "P.lead_output[1]": ("P.industrial_output", Decimal("0.36")),
    "P.lead_output[2]": ("P.industrial_output", Decimal("0.24")),
    "P.lead_output[3]": ("P.industrial_output", Decimal("0.14")),
    "P.new_hitech_enterprises": ("P.new_enterprises", ROOM),
    "P.new_hitech_projects": ("P.new_projects", ROOM),
    "P.new_hitech_project_investment": ("P.new_project_investment", ROOM),
    "P.projects_assessed": ("P.new_projects", Decimal(1)),
}
# A part that takes its share of the whole's growth: of what share of the whole it begins.
GROWING = {
    "P.hitech_va": ("P.industrial_va", Decimal("0.60"), ROOM),
    "P.tax_union": ("P.tax_total", Decimal("0.55"), ROOM),
}
SECTORS = {"P.tax_hitech": "0.55", "P.tax_sei": "0.45", "P.tax_hts": "0.15", "P.tax_hitech_sei": "0.85"}
# What was done and found (规划环评、准入条件、环境质量、排放).
DONE = (
    *("P.eia_done", "P.access_list", "P.emission_ok"),
    *("P.env_ok[air]", "P.env_ok[water]", "P.env_ok[noise]", "P.env_ok[soil]"),
)
# The share of strategic emerging industries in the product, and by how much it rises a year (P-II.2.2a).
EMERGING, RISE = Decimal("0.30"), Decimal("0.033")


def series(seed: int, scale: str, last: int, *flaws: Flaw) -> dict[int, dict[str, str]]:
    """Figures by year and code, from the first year to `last`, of a park with its zone; plain decimal text."""
    chance = random.Random(seed)  # noqa: S311
    better = {code: Decimal(chance.randint(0, 20)) / 1000 for code in OWN}
    wrong = {flaw.year: flaw.factors for flaw in flaws}
    found: dict[int, dict[str, Decimal]] = {}
    for year in range(FIRST, last + 1):
        now, before = {}, found.get(year - 1)
        for code, (base, factor) in OWN.items():
            own = code.startswith("P.")
            told = wrong.get(year, {}).get(code)
            grown = Decimal(told) if told else Decimal(factor) + (better[code] if own else 0)
            now[code] = before[code] * grown if before else Decimal(base) * Decimal(scale) * _burden(code, seed)
        _derive(now, before, wrong.get(year, {}), year)
        found[year] = now
    return {year: {code: _written(code, value) for code, value in sorted(now.items())} for year, now in found.items()}


def _derive(now: dict[str, Decimal], before: Mapping[str, Decimal] | None, wrong: Mapping[str, str], year: int) -> None:
    for code, (whole, begins, share) in GROWING.items():
        if before is None:
            now[code] = now[whole] * begins
        elif code in wrong:
            now[code] = before[code] * Decimal(wrong[code])
        else:
            now[code] = before[code] + (now[whole] - before[whole]) * share
    for code, (whole, share) in PARTS.items():
        now[code] = _rounded(now[whole] * share) if _is_count(code) else now[whole] * share
    now["P.sei_va"] = now["P.gdp"] * (EMERGING + RISE * (year - FIRST))
    now["P.tit_revenue"] = now["P.industrial_output"] * Decimal("1.2") + now["P.hts_revenue"]
    now.update(dict.fromkeys(DONE, Decimal(1)))
    for code, text in SECTORS.items():
        now[code] = now["P.tax_union"] * Decimal(text)


def _burden(code: str, seed: int) -> Decimal:
    return 1 + Decimal(5 * (seed - 1) % SPREAD) / 10 if code in BURDENS else Decimal(1)


def _is_count(code: str) -> bool:
    figure = figures.find(code)
    return figure is not None and figure.type is Type.COUNT


def _rounded(value: Decimal) -> Decimal:
    """Up to the next whole number: a share of a count must not fall below by rounding."""
    return value.to_integral_value(rounding="ROUND_CEILING")


def _written(code: str, value: Decimal) -> str:
    if _is_count(code):
        return str(int(value.to_integral_value(rounding=ROUND_HALF_UP)))
    return format(value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP).normalize(), "f")
