"""The operator founds a portal, opens its offices and invites their first administrators; nobody else does."""

from __future__ import annotations

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import services
from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Invitation, Organisation, Person, Post
from accounts.scope import of_organisation, system
from portal import offices
from registry.models import Park
from tests.factories import make_actor, make_division, make_organisation
from workflow import ledger
from workflow.machine import Refused

pytestmark = pytest.mark.django_db
WHO = {"operator": "某省数据中心", "admin": "李运维", "email": "li@example.cn"}


@pytest.fixture
def keeper() -> Actor:
    return make_actor(make_organisation(kind="operator", name="运维单位"), "admin", "运维管理员")


def third(name: str = "甲评估院", letter: str = "甲评函") -> offices.Told:
    return offices.Told(name, name[:4], {"letter": letter}, OrganisationKind.THIRD_PARTY)


def opened(keeper: Actor, told: offices.Told) -> Organisation:
    with of_organisation(keeper.organisation.pk, keeper.person.pk):
        return offices.open_office(told, keeper)


def test_founded_portal_has_the_real_offices_and_one_way_in(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("found_portal", **WHO)
    link = capsys.readouterr().out.strip()
    with system():
        counties = Organisation.objects.filter(kind=OrganisationKind.COUNTY_GOV)
        in_use = Organisation.objects.filter(active=True)
        assert (counties.count(), counties.filter(active=True).count()) == (89, 0)
        assert in_use.filter(kind=OrganisationKind.APPLICANT_GOV).count() == 12
        assert not Organisation.objects.filter(sample=True).exists()
        assert not Person.objects.exists()
        assert Park.objects.count() == 20
    page = Client().get(re.sub(r"^https?://[^/]+", "", link)).content.decode()
    assert "某省数据中心" in page
    with pytest.raises(CommandError, match="founded already"):
        call_command("found_portal", **WHO)


def test_county_is_in_use_once_its_administrator_is_invited(keeper: Actor) -> None:
    with system():
        place = make_division("330110", "余杭区", "county")
        county = make_organisation(kind="county_gov", name="余杭区人民政府", division=place, series={}, active=False)
    with of_organisation(keeper.organisation.pk, keeper.person.pk):
        with pytest.raises(Refused, match="机关代字"):
            offices.invite_administrator(county, "赵管理", "zhao@example.cn", keeper)
        told = offices.Told(county.name, "余杭区政府", {"request": "余政", "letter": "余政函"})
        offices.change_office(county, told, "补登代字", keeper)
        invitation = offices.invite_administrator(county, "赵管理", "zhao@example.cn", keeper)
        assert [event.name for event in ledger.history(county.pk)] == ["change_office", "invite_administrator"]
    with system():
        post = services.accept(invitation, username="zhaogl", password="Kj2!mm-long-one")
    assert (post.organisation_id, post.role) == (county.pk, PostRole.ADMIN)
    county.refresh_from_db()
    assert (county.active, county.series) == (True, {"request": "余政", "letter": "余政函"})


def test_expert_is_invited_to_sign(keeper: Actor) -> None:
    expert = opened(keeper, offices.Told("钱教授", "钱教授", {"expert": "专论甲"}, OrganisationKind.EXPERT))
    with of_organisation(keeper.organisation.pk, keeper.person.pk):
        invitation = offices.invite_administrator(expert, "钱教授", "qian@example.cn", keeper)
    assert invitation.role == PostRole.SIGNER


def test_two_offices_never_share_a_code_or_a_name(keeper: Actor) -> None:
    opened(keeper, third())
    with pytest.raises(Refused, match="甲评函"):
        opened(keeper, third("乙评估院"))
    with pytest.raises(Refused, match="甲评估院"):
        opened(keeper, third(letter="乙评函"))


def test_renamed_office_keeps_the_name_it_bore(keeper: Actor) -> None:
    office = opened(keeper, third())
    with of_organisation(keeper.organisation.pk, keeper.person.pk):
        offices.change_office(office, offices.Told("甲评估研究院", "甲院", {"letter": "甲评函"}), "更名", keeper)
    office.refresh_from_db()
    assert (office.name, [row.name for row in office.names.all()]) == ("甲评估研究院", ["甲评估院"])


def test_suspended_office_lets_nobody_act(keeper: Actor) -> None:
    office = opened(keeper, third())
    handler = make_actor(office, "handler", "评估员")
    with of_organisation(keeper.organisation.pk, keeper.person.pk):
        offices.suspend(office, "合同终止", keeper)
    client = Client()
    client.force_login(handler.person)
    assert "不担任任何单位的岗位" in client.get("/desk/", follow=True).content.decode()
    assert Post.objects.in_force().filter(organisation=office).exists()


@pytest.mark.parametrize(("kind", "role"), [("operator", "auditor"), ("kjt", "admin"), ("third_party", "admin")])
def test_only_the_operators_administrator_opens_offices(kind: str, role: str) -> None:
    actor = make_actor(make_organisation(kind=kind, name="别的单位"), role, "某人")
    client = Client()
    client.force_login(actor.person)
    assert client.get("/offices/").status_code == 404
    with of_organisation(actor.organisation.pk, actor.person.pk), pytest.raises(Refused, match="平台运维"):
        offices.open_office(third(), actor)


def test_page_opens_an_office_and_keeps_what_was_typed(keeper: Actor) -> None:
    client = Client()
    client.force_login(keeper.person)
    wrong = client.post("/offices/new/", {"kind": "third_party", "name": "丙评估院", "short_name": "丙院"})
    assert wrong.status_code == 422
    assert "丙评估院" in wrong.content.decode()
    told = {"kind": "third_party", "name": "丙评估院", "short_name": "丙院", "series_letter": "丙评函"}
    page = client.post("/offices/new/", told, follow=True)
    assert page.status_code == 200
    address = page.redirect_chain[-1][0]
    done = client.post(
        address, {"act": "invite", "invite-name": "孙管理", "invite-email": "sun@example.cn"}, follow=True
    )
    with system():
        invitation = Invitation.objects.get(name="孙管理")
        assert services.link_of(invitation) in done.content.decode()
