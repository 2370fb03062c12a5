"""The province's figures: each department enters its own, 省统计局 collects and locks, everybody reads what holds."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import OrganisationKind, PostRole
from accounts.scope import enter, system
from indicators import queries, services, tables
from indicators.enums import ReturnStatus, SubjectKind, VerificationOutcome
from indicators.models import Figure, Return, VerifyingOffice
from tests.architecture.visits import PDF
from tests.factories import make_actor, make_organisation
from tests.indicators.returns import YEAR, Year
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db
GDP, HITECH, COUNTED = "PV.gdp", "PV.hitech_enterprises", "PV.recognised_cities"


@pytest.fixture
def year() -> Year:
    """The province's return, opened: 省统计局, 省科技厅 and 生态环境厅 own its figures."""
    with system():
        offices = {
            "city": make_organisation(),
            "lead": make_organisation(OrganisationKind.LEAD),
            "stat": make_organisation(OrganisationKind.DEPARTMENT, "省统计局"),
            "env": make_organisation(OrganisationKind.DEPARTMENT, "生态环境厅"),
            "land": make_organisation(OrganisationKind.DEPARTMENT, "自然资源厅"),
        }
        for label, office in {"统计": "stat", "科技": "lead", "环保": "env"}.items():
            VerifyingOffice.objects.create(label=label, organisation=offices[office])
        people = {
            (name, str(role)): make_actor(office, role)
            for name, office in offices.items()
            for role in (PostRole.HANDLER, PostRole.SIGNER)
        }
        report = services.open_province(YEAR)
        assert report is not None
        assert services.open_province(YEAR) is None
    return Year(report, offices, people)


def office_for(year: Year, code: str) -> str:
    with system():
        owner = queries.owners([code])[code]
    return next(name for name, found in year.offices.items() if found.pk == owner)


def fill(year: Year) -> None:
    for code in queries.needed(year.report):
        year.write(code, "1000", office_for(year, code))


def test_departments_enter_their_own_figures_and_nobody_else_anything(year: Year) -> None:
    with system():
        asked = Task.objects.filter(kind="fill_return").values_list("organisation", flat=True)
        assert set(asked) == {year.offices[name].pk for name in ("stat", "lead", "env")}
        assert COUNTED not in tables.codes_of(SubjectKind.PROVINCE)
    year.write(GDP, "90000", "stat")
    year.write(HITECH, "42000", "lead")
    for code, office in ((GDP, "lead"), (HITECH, "stat"), (COUNTED, "lead")):
        with pytest.raises(Refused):
            year.write(code, "1", office)
    for outside in ("land", "city"):
        with pytest.raises(Refused):
            year.write(GDP, "1", outside)
        actor = year.actor(outside)
        with enter(actor.scope):
            assert not Return.objects.exists()
    actor = year.actor("env")
    with enter(actor.scope):
        proof = SimpleUploadedFile("cod.pdf", PDF, "application/pdf")
        assert services.attach(year.report, "PV.cod", proof, actor).evidence is not None
        with pytest.raises(Refused):
            services.attach(year.report, GDP, proof, actor)


def test_province_is_collected_confirmed_locked_and_then_public(year: Year) -> None:
    with pytest.raises(Refused):
        year.act("collect", "stat")
    fill(year)
    with pytest.raises(Refused):
        year.act("hand_up", "stat")
    year.act("collect", "stat")
    assert year.report.status == ReturnStatus.VERIFYING
    with pytest.raises(Refused):
        year.verify(HITECH, VerificationOutcome.OWN, own="1")
    year.verify_all()
    year.act("lock", "stat")
    year.act("correct", "stat", PostRole.SIGNER, GDP, "1001", "经济普查修订")
    for reader in ("city", "land"):
        actor = year.actor(reader)
        with enter(actor.scope):
            found = {row.code: row.value for row in Figure.objects.order_by("vintage")}
            assert (found[GDP], found["PV.cod"]) == ("1001", "1000")
            assert list(Figure.objects.filter(level="reported")) == []
            assert Return.objects.get().pk == year.report.pk
    rows = {row["code"]: row for row in Client().get("/open/province.json").json()}
    assert (rows[GDP]["value"], rows[GDP]["vintage"], rows["PV.cod"]["unit"]) == ("1001", 3, "吨")


def test_page_gives_a_department_its_own_rows_and_shows_the_others(year: Year) -> None:
    year.write(GDP, "90000", "stat")
    browser = Client()
    browser.force_login(year.actor("env").person)
    address = year.report.get_absolute_url()
    page = browser.get(address).content.decode()
    assert 'name="PV.cod-value"' in page
    assert f'name="{GDP}-value"' not in page
    assert "其他部门的数据" in page
    assert "90000" in page
    assert "PV.cod" in browser.get(f"{address}template.csv").content.decode()
    assert browser.post(address, {f"{GDP}-value": "1", "PV.cod-value": "12"}, follow=True).status_code == 200
    with system():
        assert dict(year.report.entries.values_list("code", "value")) == {GDP: "90000", "PV.cod": "12"}
    signer = Client()
    signer.force_login(year.actor("stat", PostRole.SIGNER).person)
    page = signer.get(address).content.decode()
    assert "汇总，送各部门确认" in page
    assert "报市政府审核" not in page
    stranger = Client()
    stranger.force_login(year.actor("city").person)
    assert stranger.get(address).status_code == 404
