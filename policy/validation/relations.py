"""Which figure is part of which, which stock is fed by which flow, and which ratios are out of the ordinary."""

from dataclasses import dataclass
from fractions import Fraction

# Part, whole: the part may not exceed the whole.
PARTS: tuple[tuple[str, str], ...] = (
    ("P.area_developed", "P.area_planned"),
    ("P.industrial_va", "P.gdp"),
    ("P.sei_va", "P.gdp"),
    ("P.hitech_va", "P.industrial_va"),
    ("P.hitech_va", "P.hitech_output"),
    ("P.hitech_output", "P.industrial_output"),
    ("P.hts_revenue", "P.tit_revenue"),
    ("P.rd_expenditure", "P.tit_revenue"),
    ("P.tax_hitech", "P.tax_union"),
    ("P.tax_sei", "P.tax_union"),
    ("P.tax_hts", "P.tax_union"),
    ("P.tax_hitech", "P.tax_total"),
    ("P.tax_sei", "P.tax_total"),
    ("P.tax_hts", "P.tax_total"),
    ("P.tax_hitech_sei", "P.tax_total"),
    ("P.tax_union", "P.tax_total"),
    ("P.new_hitech_enterprises", "P.new_enterprises"),
    ("P.new_hitech_projects", "P.new_projects"),
    ("P.new_hitech_project_investment", "P.new_project_investment"),
    ("P.projects_assessed", "P.new_projects"),
    ("P.hitech_business_enterprises", "P.enterprises_scale"),
    ("P.rd_personnel", "P.employees"),
    ("P.rd_personnel_fte", "P.rd_personnel"),
    ("P.new_industrial_land_sei", "P.new_industrial_land"),
    ("P.land_quota_used", "P.land_quota"),
    ("P.farmland_taken", "P.farmland_replaced"),
    ("P.ent_rd_institutions", "Z.ent_rd_institutions"),
    ("P.high_talents", "Z.high_talents"),
    ("P.rd_expenditure", "Z.rd_expenditure"),
    ("P.gdp", "Z.gdp"),
    ("P.industrial_output", "Z.industrial_output"),
    ("P.area_planned", "Z.area"),
    ("PV.rd_expenditure", "PV.gdp"),
    ("PV.sei_va", "PV.gdp"),
    ("PV.rd_personnel", "PV.employees"),
    ("PV.rd_personnel_fte", "PV.rd_personnel"),
    ("PV.new_product_output", "PV.industrial_output"),
    ("PV.invention_patents_granted", "PV.patents_granted"),
    ("PV.institutes_300", "PV.institutes_100"),
    ("PV.institutes_1000", "PV.institutes_300"),
    ("PV.institutes_2000", "PV.institutes_1000"),
    ("C.enterprise_institutes[300]", "C.enterprise_institutes[100]"),
    ("C.enterprise_institutes[1000]", "C.enterprise_institutes[300]"),
    ("C.enterprise_institutes[2000]", "C.enterprise_institutes[1000]"),
    ("C.fiscal_st_expenditure", "C.fiscal_expenditure"),
    ("C.invention_granted", "C.patents_granted"),
    ("C.hitech_va", "C.industrial_va"),
    ("C.sei_va", "C.gdp"),
    ("C.industrial_va", "C.gdp"),
    ("C.new_product_output", "C.industrial_output"),
)
# Parts, whole: their sum may not exceed the whole (the whole may hold more).
SUM_WITHIN: tuple[tuple[tuple[str, ...], str], ...] = (
    (tuple(f"P.lead_output[{number}]" for number in (1, 2, 3)), "P.industrial_output"),
)
# Whole, parts: what is counted once may not exceed the sum of its overlapping parts.
UNION_WITHIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("P.tax_union", ("P.tax_hitech", "P.tax_sei", "P.tax_hts")),
    ("P.tax_hitech_sei", ("P.tax_hitech", "P.tax_sei")),
)
# Of a city: what its counties add up to, as near as statistics come. What is the own level's alone (本级) is not.
ADDITIVE: tuple[str, ...] = (
    "C.gdp",
    "C.population",
    "C.employees",
    "C.rd_expenditure",
    "C.rd_personnel",
    "C.innovative_enterprises",
    "C.hitech_enterprises",
    "C.tech_smes",
    "C.ent_rd_institutions",
    "C.patents_granted",
    "C.invention_granted",
    "C.invention_held",
    "C.hitech_va",
    "C.sei_va",
    "C.industrial_va",
    "C.new_product_output",
    "C.industrial_output",
    "C.hts_revenue",
    "C.tech_contract_value",
    "C.energy_use",
)
# Stock, the flow that adds to it.
STOCKS: tuple[tuple[str, str], ...] = (
    ("P.hitech_enterprises", "P.new_hitech_enterprises"),
    ("P.tech_smes", "P.new_tech_smes"),
    ("P.high_talents", "P.new_high_talents"),
    ("P.invention_patents_held", "P.invention_patents_granted"),
    ("C.invention_held", "C.invention_granted"),
)


@dataclass(frozen=True)
class Usual:
    """A ratio that is out of the ordinary below `low` or above `high`."""

    part: str
    whole: str
    low: Fraction | None = None
    high: Fraction | None = None


USUAL: tuple[Usual, ...] = (
    Usual("P.rd_expenditure", "P.gdp", high=Fraction(30, 100)),
    Usual("P.tit_revenue", "P.industrial_output", low=Fraction(80, 100)),
    Usual("C.rd_expenditure", "C.gdp", high=Fraction(15, 100)),
)
# Indexed by a size, the least that is counted: institutes of enterprises by their research staff (C-IV.2h).
COUNTED_FROM: dict[str, int] = {"C.enterprise_institutes": 100}
# What one unit is in the smallest of its kind, to compare 万元 with 亿元.
SCALE = {"亿元": Fraction(10**8), "万元": Fraction(10**4), "km²": Fraction(100), "公顷": Fraction(1)}
