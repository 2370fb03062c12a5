"""Invented titles and yearly figures of cities and counties, two years of them computed and circulated (示例数据)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from accounts.enums import DivisionLevel, GrantLevel, PostRole
from accounts.models import Division, Organisation
from accounts.queries import the_lead
from accounts.scope import system
from indicators import queries
from indicators.enums import Listing, Programme, RankingList, SubjectKind
from indicators.models import Return, Run
from indicators.services import circular, running
from indicators.services.opening_cities import governments_of, taking_part
from policy import figures
from policy.figures import Type
from portal.sample import rating
from portal.sample.acting import office
from portal.sample.clocks import days_ago
from portal.sample.years import RELEASED, Told, cosign, days_since, sign_indices
from registry.enums import CityTitleKind
from registry.services import keep_title
from workflow.ledger import recorded

Progress = Callable[[str], None]
FIRST, LAST = 2022, 2024
COMPUTED = (2023, 2024)
PILOTS_SINCE, INNOVATIVE_SINCE = dt.date(2021, 6, 10), dt.date(2023, 11, 20)
CITATION = "示例：公布名单的通知"
# 嘉兴市 and 德清县 apply in the sample, so they are no pilots; all four counties of 舟山市 are.
CITIES = ("330100", "330200", "330300", "330500", "330600", "330700", "330800", "330900", "331000", "331100")
COUNTIES = (
    *("330108", "330109", "330110", "330122", "330206", "330212", "330281", "330303", "330382", "330482"),
    *("330502", "330522", "330523", "330604", "330681", "330702", "330782", "330803", "330881"),
    *("330902", "330903", "330921", "330922", "331003", "331082", "331102", "331122"),
)
INNOVATIVE = ("330100", "330200", "330600", "330110", "330212", "330782")
# The value of a city of a million inhabitants in the first year, and the yearly factor.
PER_MILLION: Mapping[str, tuple[str, str]] = {
    "C.gdp": ("1150", "1.06"),
    "C.population": ("100", "1.006"),
    "C.employees": ("61", "1.004"),
    "C.rd_expenditure": ("345000", "1.10"),
    "C.rd_personnel": ("9600", "1.06"),
    "C.fiscal_st_expenditure": ("72000", "1.095"),
    "C.fiscal_recurrent_revenue": ("1180000", "1.055"),
    "C.fiscal_expenditure": ("1750000", "1.05"),
    "C.innovation_fund": ("5200", "1.08"),
    "C.startup_fund": ("3100", "1.07"),
    "C.guiding_fund": ("42000", "1.09"),
    "C.innovative_enterprises": ("80", "1.05"),
    "C.hitech_enterprises": ("520", "1.09"),
    "C.tech_smes": ("1450", "1.12"),
    "C.hq_enterprises": ("14", "1.03"),
    "C.ent_rd_institutions": ("330", "1.06"),
    "C.joint_rd": ("46", "1.05"),
    "C.alliances": ("5", "1.04"),
    "C.lead_projects": ("22", "1.06"),
    "C.patents_granted": ("6700", "1.02"),
    "C.invention_granted": ("940", "1.07"),
    "C.invention_held": ("4700", "1.12"),
    "C.standards[national_lead]": ("7", "1.04"),
    "C.standards[national_join]": ("19", "1.04"),
    "C.standards[industry_lead]": ("8", "1.04"),
    "C.standards[industry_join]": ("21", "1.04"),
    "C.standards[local_lead]": ("5", "1.03"),
    "C.hitech_va": ("245", "1.08"),
    "C.sei_va": ("140", "1.09"),
    "C.industrial_va": ("385", "1.055"),
    "C.new_product_output": ("620", "1.075"),
    "C.industrial_output": ("1590", "1.05"),
    "C.hts_revenue": ("310", "1.09"),
    "C.high_talents": ("2900", "1.08"),
    "C.skilled_talents": ("46000", "1.05"),
    "C.trainings": ("31", "1.03"),
    "C.trained_persons": ("2600", "1.03"),
    "C.tech_contract_value": ("330000", "1.15"),
    "C.online_market_contracts": ("420", "1.06"),
    "C.incubators": ("8", "1.05"),
    "C.service_platforms": ("6", "1.05"),
    "C.ip_pledge_loans": ("260000", "1.14"),
    "C.tax_relief[rd]": ("98000", "1.09"),
    "C.tax_relief[hitech]": ("61000", "1.07"),
    "C.tax_relief[vc]": ("1500", "1.06"),
    "C.tax_relief[incubator]": ("620", "1.05"),
    "C.energy_use": ("4100000", "1.01"),
    "C.standards[intl_lead]": ("1", "1.05"),
    "C.standards[intl_join]": ("3", "1.05"),
    "C.standards[local_join]": ("12", "1.03"),
    "C.tax_relief[ats]": ("900", "1.06"),
    "C.tax_relief[sts]": ("1200", "1.05"),
}
# What others are divided by.
BASES = ("C.population", "C.gdp", "C.employees", "C.industrial_va", "C.industrial_output")
MILLIONS = {
    "330100": "12.2", "330200": "9.6", "330300": "9.7", "330400": "5.5", "330500": "3.4", "330600": "5.3",
    "330700": "7.1", "330800": "2.3", "331000": "6.7", "331100": "2.5",
}  # fmt: skip
# The four counties of 舟山市, of which the city is the sum.
WHOLE, PARTS = "330900", {"330902": "0.5", "330903": "0.4", "330921": "0.2", "330922": "0.07"}
# Who falls short of C-V.3a in a year: spending on science grew no faster than revenue.
BEHIND = {("330300", 2024), ("330800", 2023), ("330522", 2024), ("330803", 2024), ("331122", 2023)}


def load(progress: Progress) -> None:
    """Load it once; the runs go through their services and papers."""
    with system():
        if Return.objects.filter(kind=SubjectKind.CITY).exists():
            return
        places = _titles()
        progress(f"Cities and counties: {len(places)} invented pilots with figures of {FIRST} to {LAST}")
        offices = {one.code: one for one in Organisation.objects.all()}
        _figures(offices)
    sign_indices(offices, (RankingList.CITY, RankingList.COUNTY))
    for year in COMPUTED:
        progress(f"Cities and counties: {year} computed and circulated")
        _circulate(year, offices)


def _titles() -> list[str]:
    """Who became 科技强市、县, a pilot, an innovative city, each on an invented notice; the codes of the places."""
    lead, places = the_lead(), Division.objects.in_bulk([*CITIES, *COUNTIES])
    strong = set(places) - {
        row.division_id for place in places.values() for row in place.titles.all() if row.title == "st_strong"
    }
    wanted = [(code, CityTitleKind.ST_STRONG, dt.date(2010, 12, 31)) for code in sorted(strong)]
    wanted += [(code, CityTitleKind.PILOT, PILOTS_SINCE) for code in places]
    wanted += [(code, CityTitleKind.INNOVATIVE, INNOVATIVE_SINCE) for code in INNOVATIVE]
    for code, title, since in wanted:
        keep_title(places[code], title, held=True, since=since, office=lead, citation=CITATION, sample=True)
    return list(places)


def _figures(offices: Mapping[str, Organisation]) -> None:
    """The final figures of every place of each year, and who reads them."""
    told = Told(dict(offices))
    by_place = {code: yearly(code, scale) for code, scale in _scales().items()}
    by_place[WHOLE] = {year: _sum(by_place[code][year] for code in PARTS) for year in range(FIRST, LAST + 1)}
    for year in range(FIRST, LAST + 1):
        places = taking_part(year)
        governments = governments_of(places)
        for place in places:
            tell(told, place, year, by_place[place.code][year], governments[place.code])
    told.keep()


def tell(
    told: Told,
    place: Division,
    year: int,
    values: Mapping[str, Decimal],
    governments: tuple[Organisation, Organisation | None],
) -> None:
    """The final figures of a place and year, whose city and county's government are given, and who reads them."""
    tenant, county = governments
    final = {code: written(code, value) for code, value in values.items()}
    report = told.report(tenant, SubjectKind.CITY, place.code, place.name, year, county)
    told.owners = told.owners or queries.owners(final)
    told.figures_of(report, final)
    readers = {**dict.fromkeys(told.owners.values(), GrantLevel.ACT), the_lead().pk: GrantLevel.READ}
    told.open_to(report, {**readers, county.pk: GrantLevel.COLLEAGUE} if county else readers)


def _scales() -> dict[str, Decimal]:
    """Millions of inhabitants of each place; counties about a seventh of a city, none like the next."""
    own = {code: Decimal(text) for code, text in {**MILLIONS, **PARTS}.items()}
    levels = dict(Division.objects.filter(pk__in=COUNTIES).values_list("code", "level"))
    for number, code in enumerate(code for code in COUNTIES if code not in own):
        assert levels[code] == DivisionLevel.COUNTY
        own[code] = Decimal(45 + 17 * number % 90) / 100
    return own


def of_applicant(code: str, year: int) -> dict[int, dict[str, str]]:
    """The figures up to a year of a place that applies, as it writes them: a city's own size, else a county's."""
    found = yearly(code, Decimal(MILLIONS.get(code, "0.5")), year)
    return {one: {name: written(name, value) for name, value in told.items()} for one, told in found.items()}


def yearly(code: str, millions: Decimal, last: int = LAST) -> dict[int, dict[str, Decimal]]:
    """Figures by year and code; each place has strengths and weaknesses of its own, the same with every loading."""
    chance = random.Random(int(code))  # noqa: S311
    strength = {name: Decimal(chance.randint(70, 135)) / 100 for name in PER_MILLION}
    pace = {name: Decimal(chance.randint(-12, 20)) / 1000 for name in PER_MILLION}
    for name in BASES:
        strength[name] = (strength[name] + 3) / 4
    # Spending on science never slower, revenue never faster than told: who falls short of C-V.3a is told by BEHIND.
    pace["C.fiscal_st_expenditure"] = abs(pace["C.fiscal_st_expenditure"])
    pace["C.fiscal_recurrent_revenue"] = -abs(pace["C.fiscal_recurrent_revenue"])
    found: dict[int, dict[str, Decimal]] = {}
    for year in range(FIRST, last + 1):
        before = found.get(year - 1)
        now = {}
        for name, (base, factor) in PER_MILLION.items():
            slow = name == "C.fiscal_st_expenditure" and (code, year) in BEHIND
            grown = Decimal("1.048") if slow else Decimal(factor) + pace[name]
            now[name] = before[name] * grown if before else Decimal(base) * millions * strength[name]
        found[year] = now
    return found


def _sum(parts: Iterable[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for part in parts:
        for name, value in part.items():
            found[name] = found.get(name, Decimal(0)) + Decimal(written(name, value))
    return found


def written(code: str, value: Decimal) -> str:
    """A value as it is stored: a count whole, another figure to two places."""
    figure = figures.find(code)
    counted = figure is not None and figure.type is Type.COUNT
    return format(value.quantize(Decimal("1") if counted else Decimal("0.01"), rounding=ROUND_HALF_UP), "f")


def _circulate(year: int, offices: Mapping[str, Organisation]) -> None:
    """A year is computed, released by the circular in July of the next and public as a whole."""
    with system():
        lead = office(offices["kjt"])
    before = days_since(RELEASED.replace(year=year + 1)) - 1
    rating.score(year, before + 1, dict(offices), Programme.CITY)
    with days_ago(before):
        with lead.as_(PostRole.HANDLER):
            run = running.start_run(Programme.CITY, year, lead.handler)
        with system():
            running.compute(Run.objects.get(pk=run.pk))
        with lead.as_(PostRole.HANDLER):
            run.refresh_from_db()
            running.propose_release(run, Listing.FULL, 0, lead.handler)
        fields = {"contact": recorded("联系人：示例，电话：0571-00000000")}
        lead.issue(circular.KIND, run, run.dossier, circular.title_of(run), fields, before=lambda: cosign(run))
