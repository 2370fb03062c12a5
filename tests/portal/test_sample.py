"""The sample province: everything real is cited, everything invented says so, and a second load changes nothing."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.test import Client

from accounts.enums import OrganisationKind, PostRole
from accounts.models import Division, Organisation, Person, Post
from accounts.scope import system
from portal.founding import places
from portal.sample import loader, organisations, people
from registry.facts import loader as facts
from registry.models import HostZone, LegalStatus, Park

pytestmark = pytest.mark.django_db
ROOMS = ("accounts", "registry")


@pytest.fixture
def province(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample province without its filings, which have tests of their own."""
    monkeypatch.setattr(loader, "AFFAIRS", ())
    loader.load(lambda step: None)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of the rooms that the loader writes."""
    with system():
        return {
            model._meta.label: sorted(
                model.objects.values(), key=lambda row: str(row["code" if "code" in row else "id"])
            )
            for room in ROOMS
            for model in apps.get_app_config(room).get_models()
        }


def test_load_twice_changes_nothing(province: None) -> None:
    before = everything()
    assert len(before["registry.Park"]) >= 20
    loader.load(lambda step: None)
    assert everything() == before


def test_load_tells_its_steps_on_standard_error_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "AFFAIRS", ())
    out, err = io.StringIO(), io.StringIO()
    call_command("load_sample", stdout=out, stderr=err)
    assert out.getvalue() == ""
    assert "Divisions: " in err.getvalue()


def test_divisions_are_those_of_then_and_now(province: None) -> None:
    assert Division.objects.filter(level="prefecture").count() == 11
    counties = Division.objects.filter(level="county")
    assert counties.filter(valid_to="").count() == 90
    assert counties.count() == len([one for one in facts.divisions() if one.level.value == "county"])
    assert not Division.objects.filter(names__source="").exists()
    assert counties.get(code="330103").valid_to == "2021-03-11"


def test_offices_are_all_there_with_their_series(province: None) -> None:
    count = {kind: Organisation.objects.filter(kind=kind).count() for kind in OrganisationKind}
    assert count[OrganisationKind.APPLICANT_GOV] == 12
    assert count[OrganisationKind.DEPARTMENT] == 9
    assert (count[OrganisationKind.LEAD], count[OrganisationKind.PROV_GOV_OFFICE]) == (1, 1)
    assert Organisation.objects.get(code="gov-330100").series == {"request": "杭政", "letter": "杭政函"}
    assert Organisation.objects.get(code="prov-gov-office").series == {
        "request": "浙政",
        "reply": "浙政函",
        "letter": "浙政办函",
    }
    assert Organisation.objects.get(code="kjt").series["minutes"] == "浙科纪"
    departments = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT)
    assert all(department.series["letter"] for department in departments)
    land = departments.get(code="dept-land")
    assert (land.name, land.names.count()) == ("浙江省自然资源厅", 2)


def test_real_rows_are_cited_and_invented_ones_say_so(province: None) -> None:
    with system():
        assert not LegalStatus.objects.filter(citation="").exists()
        assert not Park.objects.filter(sample=True).exists()
        assert Park.objects.count() == len([fact for fact in facts.parks() if fact.status])
    assert HostZone.objects.count() == 14
    assert not HostZone.objects.filter(source="").exists()
    assert not Person.objects.filter(sample=False).exists()
    assert all(person.name.startswith("示例·") for person in Person.objects.all())
    invented = {office.code for office in organisations.INVENTED}
    assert set(Organisation.objects.filter(sample=True).values_list("code", flat=True)) == invented


def test_every_office_has_its_three_persons(province: None) -> None:
    alone = (OrganisationKind.OPERATOR, OrganisationKind.EXPERT)
    experts = Organisation.objects.filter(kind=OrganisationKind.EXPERT)
    assert [list(expert.posts.values_list("role", flat=True)) for expert in experts] == [[PostRole.SIGNER]] * 3
    offices = Organisation.objects.exclude(kind__in=alone)
    for office in offices:
        roles = set(office.posts.values_list("role", flat=True))
        assert {PostRole.HANDLER, PostRole.REVIEWER, PostRole.SIGNER, PostRole.ADMIN} <= roles, office
        people_ = office.posts.filter(role__in=["handler", "reviewer", "signer"]).values_list("person", "role")
        assert len({person for person, _role in people_}) == len(people_), office
    assert Post.objects.filter(role=PostRole.AUDITOR).count() == 1
    assert Person.objects.get(username=people.MANY_POSTS).posts.count() == 3


def test_accounts_sign_in_with_the_sample_password(province: None) -> None:
    for username in ("hz-jb", "kjt-qf", "szf-sh", "tjj-gl", "yw-jb", "duogang"):
        person = Person.objects.get(username=username)
        assert person.check_password(people.PASSWORD), username
        validate_password(people.PASSWORD, person)


def test_accounts_are_printed_with_role_and_password(province: None) -> None:
    out = io.StringIO()
    call_command("sample_accounts", stdout=out)
    head, *rows = out.getvalue().splitlines()
    assert head.split() == ["单位", "岗位", "用户名", "密码"]
    assert ["杭州市政府", "经办人", "hz-jb", people.PASSWORD] in [row.split() for row in rows]
    assert len(rows) == Post.objects.count()


def test_accounts_of_an_empty_portal_print_nothing() -> None:
    out, err = io.StringIO(), io.StringIO()
    call_command("sample_accounts", stdout=out, stderr=err)
    assert out.getvalue() == ""
    assert "load_sample" in err.getvalue()


def test_parks_left_out_are_named(province: None) -> None:
    with system():
        entered, untold = places.load_parks()
    assert untold == [fact.name for fact in facts.parks() if fact.status is None]
    assert len(entered) + len(untold) == len(facts.parks())


def test_province_fills_the_public_pages(province: None) -> None:
    client = Client()
    assert client.get("/parks/").context["total"] == len([fact for fact in facts.parks() if fact.status])
    listed = client.get("/parks/").context["untold"]
    assert [row["name"] for row in listed] == [fact.name for fact in facts.parks() if fact.status is None]
    assert "本站当前装载演示数据" in client.get("/").content.decode()
    with system():
        addresses = [park.get_absolute_url() for park in Park.objects.all()]
    codes = Division.objects.exclude(level="province").values_list("code", flat=True)
    for address in [*addresses, *(f"/cities/{code}/" for code in codes)]:
        assert client.get(address).status_code == 200, address
