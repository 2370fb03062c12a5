"""The facts of recognition: what is final of park and province, the nameless others, reviewers, what is interim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import OrganisationKind, PostRole
from accounts.models import Organisation
from accounts.scope import enter, system
from indicators.enums import FigureLevel, SubjectKind
from indicators.models import Entry, Figure, Return
from indicators.services.recognition import Review, assess_recognition, recognition_facts
from policy import clauses
from policy.facts import Facts
from policy.judge import judge
from policy.outcomes import Outcome, Verdict
from registry.models import LeadingIndustry, Park
from tests.factories import make_actor, make_organisation
from tests.indicators.years import YEAR, park_of
from workflow import ledger, parameters

pytestmark = pytest.mark.django_db
DAY = dt.date(YEAR + 1, 7, 1)
COUNTS = ("listed_companies", "hitech_enterprises", "innovative_enterprises", "hq_enterprises", "ent_rd_institutions")
DONE = ("eia_done", "access_list", "emission_ok", "env_ok[air]", "env_ok[water]", "env_ok[noise]", "env_ok[soil]")
# A park that meets every clause; growths are from 10 to 12 against the province's 100 to 110.
GOOD: Mapping[str, str] = {
    "tit_revenue": "600", "industrial_output": "400", "hitech_output": "300", "hts_revenue": "120",
    "lead_output[1]": "200", "lead_output[2]": "100", "hitech_business_enterprises": "60", "enterprises_scale": "100",
    "rd_expenditure": "50000", "gdp": "100", "gdp_const": "90", "rd_personnel": "400", "employees": "5000",
    "invention_patents_held": "100", "new_industrial_land": "0", "new_industrial_land_sei": "0",
    "cod": "100", "nh3n": "10", "so2": "10", "nox": "50", "energy_use": "90000",
    **dict.fromkeys(COUNTS, "12"), **dict.fromkeys(DONE, "1"),
}  # fmt: skip
PROVINCE: Mapping[str, str] = {
    "rd_expenditure": "3000", "gdp": "100000", "gdp_const": "90000", "rd_personnel": "800000", "employees": "40000000",
    "invention_patents_held": "400000", "energy_use": "280000000", "cod": "500000", "nh3n": "50000", "so2": "60000",
    "nox": "400000", **dict.fromkeys(COUNTS, "110"),
}  # fmt: skip


def report_of(kind: SubjectKind, subject: str, year: int, park: Park) -> Return:
    told = {"kind": kind, "subject": subject, "name": subject, "year": year}
    report = Return.objects.create(tenant=park.tenant, **told)
    ledger.open_chain(report.dossier, park.tenant)
    return report


def tell(report: Return, prefix: str, values: Mapping[str, str], level: str = FigureLevel.VERIFIED) -> None:
    rows = [Figure.follow(report, f"{prefix}.{code}", None, level=level, value=text) for code, text in values.items()]
    Figure.objects.bulk_create(rows)


@pytest.fixture
def park() -> Park:
    """A park of 10 km² that was listed five years ago, with its figures, the province's and three other parks'."""
    with system():
        make_organisation(OrganisationKind.LEAD)
        found = park_of("own", make_organisation(), ("creating", "2020-05-01", "day"))
        found.area_km2 = "10"  # type: ignore[assignment]
        found.save()
        LeadingIndustry.objects.bulk_create(LeadingIndustry(park=found, order=n, name=f"产业{n}") for n in (1, 2))
        for year, count, of_all in ((YEAR - 1, "10", "100"), (YEAR, "12", "110")):
            tell(report_of(SubjectKind.PARK, "own", year, found), "P", {**GOOD, **dict.fromkeys(COUNTS, count)})
            province = report_of(SubjectKind.PROVINCE, "330000", year, found)
            tell(province, "PV", {**PROVINCE, **dict.fromkeys(COUNTS, of_all)})
        for n in (2, 3, 4):
            other = park_of(f"other-{n}", make_organisation())
            worse = {code: str(int(GOOD[code]) * n) for code in ("cod", "nh3n", "so2", "nox", "energy_use")}
            for year in (YEAR - 1, YEAR):
                tell(report_of(SubjectKind.PARK, other.slug, year, other), "P", {**GOOD, **worse})
        park_of("silent", make_organisation())
    return found


def correct(park: Park, code: str, value: str) -> None:
    with system():
        before = Figure.objects.get(report__subject=park.slug, year=YEAR, code=code)
        Figure.follow(before.report, code, before, level=FigureLevel.CORRECTED, value=value).save()


def test_park_that_reaches_everything_meets_every_clause_in_its_city_s_own_scope(park: Park) -> None:
    actor = make_actor(park.tenant)
    with enter(actor.scope):
        found = assess_recognition(park, YEAR, DAY)
        document = recognition_facts(park, YEAR, DAY)
    assert {one.clause for one in found.findings if one.outcome is Outcome.NOT_MET} == set()
    assert found.verdict is Verdict.MET
    assert (found.is_final, found.finding("P-II.3.4e").shown) == (True, "60")
    assert found.finding("P-II.3.5g").formula.endswith("4 个园区中由低到高居第 1 位，前 1 位为领先")
    assert "other-2" not in str(document)
    assert found.sources["P.tit_revenue", YEAR] == "第 1 版（核定，own）"
    again = judge(clauses.load("park-recognition"), Facts.parse(document), params=found.params, audience="contract")
    assert again.verdict is Verdict.MET


def test_mean_of_the_parks_replaces_the_province_once_signed(park: Park) -> None:
    signer = make_actor(the_lead_of(park), PostRole.SIGNER)
    with enter(signer.scope):
        parameters.change("prov_avg_basis", "parks", "示例：按园区平均", signer)
    with system():
        found = assess_recognition(park, YEAR)
        assert assess_recognition(park, YEAR, DAY).params == {}
    rd, growth = found.finding("P-II.3.2b"), found.finding("P-II.3.2e")
    assert (rd.outcome, rd.observed, rd.threshold) == (Outcome.NOT_MET, "5", "5")
    assert rd.formula == "50000 ÷ 10000 ÷ 100 比 4 个园区的平均值 5"
    assert (growth.outcome, growth.observed, growth.threshold) == (Outcome.MET, "20", "5")
    with system():
        before = Figure.objects.get(report__subject="other-2", year=YEAR - 1, code="P.listed_companies")
        Figure.follow(before.report, before.code, before, level=FigureLevel.RESTATED, value="6").save()
        again = assess_recognition(park, YEAR).finding("P-II.3.2e")
    assert (again.outcome, again.threshold) == (Outcome.NOT_MET, "30")


def the_lead_of(park: Park) -> Organisation:
    with system():
        return Organisation.objects.get(kind=OrganisationKind.LEAD)


def test_only_reviewers_settle_what_people_judge_and_a_figure_corrected_is_judged(park: Park) -> None:
    reviews = {
        "P-II.3.3c": Review(Outcome.MET, "专家张三", "企业牵头的平台六个"),
        "P-II.3.1e": Review(Outcome.NOT_MET, "专家李四", "产业链不完整"),
    }
    correct(park, "P.hts_revenue", "89.99")
    with system():
        found = assess_recognition(park, YEAR, DAY, reviews=reviews)
    assert found.verdict is Verdict.NOT_MET
    assert found.finding("P-II.3.3c").reason == "专家张三评定：达到。企业牵头的平台六个"
    missed = {one.clause for one in found.findings if one.outcome is Outcome.NOT_MET}
    assert missed == {"P-II.3.1e", "P-II.3.1d"}


def test_figures_not_final_are_told_but_never_count_as_met(park: Park) -> None:
    writer = make_actor(park.tenant)
    with system():
        LeadingIndustry.objects.create(park=park, order=3, name="产业3")
        report = Return.objects.get(subject="own", year=YEAR)
        own = {"tenant": park.tenant, "dossier": report.dossier, "changed_by": writer.person}
        Entry.objects.create(report=report, code="P.lead_output[3]", value="40", **own)
    with enter(writer.scope):
        strict = assess_recognition(park, YEAR, DAY)
        found = assess_recognition(park, YEAR, DAY, interim=True)
    assert strict.finding("P-II.3.1c").outcome is Outcome.NOT_ASSESSABLE
    one = found.finding("P-II.3.1c")
    assert (found.verdict, found.interim) == (Verdict.OPEN, {"P-II.3.1c"})
    assert (one.outcome, one.observed, one.reason) == (
        Outcome.NOT_ASSESSABLE,
        "85",
        "按未核定的数据暂算：达到，待核定锁定后判定",
    )


def test_page_is_open_to_the_city_and_the_lead_only(park: Park) -> None:
    address = reverse("indicators:recognition_park", args=["own"])
    lead, stranger = make_actor(the_lead_of(park)), make_actor()
    for actor, status in ((make_actor(park.tenant), 200), (lead, 200), (stranger, 404)):
        browser = Client()
        browser.force_login(actor.person)
        assert browser.get(address).status_code == status
        listed = "own高新园区" in browser.get(reverse("indicators:recognition")).content.decode()
        assert listed is (status == 200)
    browser.force_login(make_actor(park.tenant).person)
    page = browser.get(address).content.decode()
    assert "4 个园区中由低到高居第 1 位" in page
    assert "other-" not in page
