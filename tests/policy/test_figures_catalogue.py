"""The catalogue of figures is complete: every code of the four tables, with unit, level and department."""

import pytest

from policy import figures
from policy.figures import Level, Nature, Type

UNITS = {
    "km²": "P.area_planned P.area_developed P.added_area Z.area",
    "亿元": """P.gdp P.gdp_const P.tit_revenue P.industrial_output P.industrial_va P.hitech_output P.hitech_va P.sei_va
        P.hts_revenue P.lead_output[1] P.lead_output[3] P.new_project_investment P.new_hitech_project_investment
        Z.gdp Z.industrial_output PV.gdp PV.gdp_const PV.rd_expenditure PV.sei_va PV.new_product_output
        PV.industrial_output PV.hts_revenue C.gdp C.hitech_va C.sei_va C.industrial_va C.new_product_output
        C.industrial_output C.hts_revenue""",
    "万元": """P.tax_total P.tax_hitech P.tax_sei P.tax_hts P.tax_union P.tax_hitech_sei P.rd_expenditure
        P.tech_contract_value P.sme_fund_gov P.sme_fund_committee Z.rd_expenditure C.rd_expenditure
        C.fiscal_st_expenditure C.fiscal_recurrent_revenue C.fiscal_expenditure C.innovation_fund C.startup_fund
        C.guiding_fund C.tech_contract_value C.ip_pledge_loans C.guarantee C.tech_insurance C.risk_compensation
        C.tax_relief[rd] C.tax_relief[sts]""",
    "家": """P.new_enterprises P.new_hitech_enterprises P.enterprises_scale P.hitech_business_enterprises
        P.hitech_enterprises P.innovative_enterprises P.hq_enterprises P.listed_companies P.ent_rd_institutions
        P.ent_rd_institutions_by_level[国家级] P.ent_rd_institutions_by_level[其他]
        P.tech_smes P.new_tech_smes P.new_sei_enterprises P.new_hts_enterprises P.exit_enterprises[治]
        Z.ent_rd_institutions PV.listed_companies PV.hitech_enterprises PV.innovative_enterprises PV.hq_enterprises
        PV.ent_rd_institutions PV.tech_smes PV.institutes_100 PV.institutes_300 PV.institutes_1000 PV.institutes_2000
        C.innovative_enterprises C.hitech_enterprises C.tech_smes C.hq_enterprises C.ent_rd_institutions
        C.enterprise_institutes[100] C.joint_rd C.tech_exchanges C.tech_banks C.equity_incentive C.ip_services""",
    "项": """P.new_projects P.new_hitech_projects P.projects_rejected P.projects_flagged P.projects_assessed
        P.tech_contracts C.lead_projects C.standards[intl_lead] C.standards[local_join] C.online_market_contracts""",
    "人": """P.employees P.rd_personnel P.high_talents P.high_talents_by_category[其他]
        P.new_high_talents Z.high_talents PV.rd_personnel PV.employees
        PV.high_talents C.high_talents C.skilled_talents C.thousand_plan C.overseas_engineers C.tech_entrepreneurs""",
    "人年": "P.rd_personnel_fte PV.rd_personnel_fte C.rd_personnel",
    "万人": "C.population C.employees",
    "件": """P.invention_patents_held P.invention_patents_granted PV.invention_patents_held PV.invention_patents_granted
        PV.patents_granted C.patents_granted C.invention_granted C.invention_held""",
    "公顷": """P.new_industrial_land P.new_industrial_land_sei P.land_quota P.land_quota_used P.farmland_taken
        P.farmland_replaced""",
    "tce": "P.energy_use PV.energy_use C.energy_use",
    "吨": "P.cod P.nh3n P.so2 P.nox PV.cod PV.nh3n PV.so2 PV.nox",
    "m²": "P.incubator_area",
    "%": "PV.new_product_rate PV.plan[sei_va] C.ip_share[rd]",
    "个": """P.leading_industries P.ranked PV.recognised_cities PV.recognised_counties PV.national_cities
        PV.st_strong_counties C.alliances C.overseas_bases C.trademark_bases C.geo_marks C.teams C.incubators
        C.accelerators C.tech_parks C.innovation_bases[rd] C.transfer_agencies C.service_platforms C.clusters
        C.intl_bases C.export_bases C.intl_transfer C.pilots[智慧城市]""",
    "名": "P.rank",
    "起": "C.overseas_ma",
    "期": "C.trainings",
    "人次": "C.trained_persons",
    "": """P.boundary_n P.boundary_s P.boundary_e P.boundary_w P.env_ok[air] P.env_ok[soil] P.emission_ok P.eia_done
        P.access_list C.st_strong C.national_pilot C.responsibility_result""",
}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit or "none")
def test_figures_have_the_unit_of_their_table(unit: str) -> None:
    codes = UNITS[unit].split()

    assert {code: found.unit for code in codes if (found := figures.find(code))} == dict.fromkeys(codes, unit)


def test_figures_of_the_tables_are_all_there_are() -> None:
    listed = {code.partition("[")[0] for codes in UNITS.values() for code in codes.split()}
    catalogued = {figure.code for level in Level if level is not Level.PLAN for figure in figures.of(level)}

    assert catalogued == listed


def test_figures_name_level_and_department() -> None:
    park, zone, province, city = (figures.find(f"{prefix}.rd_expenditure") for prefix in ("P", "Z", "PV", "C"))

    assert [item.level.label for item in (park, zone, province, city) if item] == [
        "园区", "产业集聚区（开发区）整体", "全省", "市、县（市、区）",
    ]  # fmt: skip
    assert [figure.code for level in Level for figure in figures.of(level) if level is not Level.PLAN
            and not figure.verifiers] == []  # fmt: skip
    joint = figures.find("P.high_talents")
    assert joint is not None
    assert joint.verifiers == ("组织部", "人社")


def test_totals_name_parts_of_their_own_unit_and_department() -> None:
    assert {total: len(parts) for total, parts in figures.totals().items()} == {
        "P.ent_rd_institutions": 4,
        "P.high_talents": 6,
    }
    for total, parts in figures.totals().items():
        whole = figures.find(total)
        for part in map(figures.find, parts):
            assert whole
            assert part
            assert (part.unit, part.nature, part.verifier) == (whole.unit, whole.nature, whole.verifier)


def test_figures_are_never_negative() -> None:
    assert [figure.code for figure in figures.catalogue().values() if figure.signed] == []


def test_figures_counted_in_units_are_counts() -> None:
    counted = {"家", "项", "件", "起", "期", "人次", "名"}
    found = [figure.code for figure in figures.catalogue().values() if figure.unit in counted
             and figure.type is not Type.COUNT]  # fmt: skip

    assert found == []
    talents = figures.find("P.high_talents")
    assert talents is not None
    assert (talents.type, talents.nature) == (Type.COUNT, Nature.STOCK)
