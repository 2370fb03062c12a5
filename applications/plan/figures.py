"""The grid of base figures (基础数据): which codes, for which years, under which keys (P-II.1.3, AMB-07)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from applications.plan.groups import INDUSTRY
from applications.plan.schema import Field, Kind, Section
from policy import figures

# The three that the clause itself speaks of; the others let the yearly growth be judged from the first year on.
REQUIRED = ("P.hitech_enterprises", "P.sei_va", "P.hts_revenue")
FIGURES = (
    "P.gdp",
    "P.tit_revenue",
    "P.industrial_output",
    "P.industrial_va",
    "P.hitech_output",
    "P.hitech_va",
    "P.sei_va",
    "P.hts_revenue",
    "P.tax_total",
    "P.tax_union",
    "P.enterprises_scale",
    "P.hitech_enterprises",
    "P.ent_rd_institutions",
    "P.high_talents",
    "P.employees",
    "P.rd_expenditure",
)
YEARS = 3


def base_years(opened_on: dt.date) -> tuple[int, ...]:
    """The base year and the two before it, oldest first: t-3, t-2, t-1 of the year in which the filing was opened."""
    return tuple(range(opened_on.year - YEARS, opened_on.year))


def figure_key(code: str, year: int) -> str:
    """The key of one cell, e.g. `figure.P.gdp.2025`."""
    return f"figure.{code}.{year}"


def figures_section(years: tuple[int, ...]) -> Section:
    """The grid as a section: one field per cell, row by row; an empty cell is unknown, never zero."""
    return Section(
        slug="figures",
        title=_("三年基础数据"),
        group=INDUSTRY,
        clauses=("P-II.1.3", "P-II.1.3[figures]"),
        guide=(
            _("填园区四至范围内的数字；小数照原数填，可以带千分位逗号，不带单位。"),
            _("不知道的留空，空格表示“未知”，不会当作零；确实为零的填 0。"),
        ),
        fields=tuple(_field(code, year) for code in FIGURES for year in years),
    )


def _field(code: str, year: int) -> Field:
    figure = figures.catalogue()[code]
    return Field(
        key=figure_key(code, year),
        label=_("%(name)s（%(year)d年）") % {"name": figure.label, "year": year},
        kind=Kind.INTEGER if figure.type is figures.Type.COUNT else Kind.DECIMAL,
        required=code in REQUIRED,
        clause="P-II.1.3",
        unit=figure.unit,
        signed=figure.signed,
    )
