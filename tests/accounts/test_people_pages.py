"""The administrator's pages: own organisation only, invitations with one life, posts that end and stay."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.actors import Actor
from accounts.models import Invitation, Person, Post
from accounts.scope import of_organisation, system
from tests.factories import PASSWORD, make_actor, make_organisation, make_person, make_post

pytestmark = pytest.mark.django_db
GUEST = {"name": "钱新", "email": "qian@example.cn", "role": "reviewer", "title": "处长"}
ACCOUNT = {"username": "qianxin", "password1": "Kj2!mm-long-one", "password2": "Kj2!mm-long-one"}


@pytest.fixture
def admin() -> Actor:
    return make_actor(make_organisation(name="甲单位"), "admin", "甲管理员")


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


def invite(admin: Actor, **values: str) -> Invitation:
    with of_organisation(admin.organisation.pk, admin.person.pk):
        return services.invite(admin, **{**GUEST, **values})


def address_of(invitation: Invitation) -> str:
    return f"/people/join/{services.token_of(invitation)}/"


def stored(invitation: Invitation) -> Invitation:
    with system():
        return Invitation.objects.get(pk=invitation.pk)


def test_administrator_sees_the_own_people_only(admin: Actor) -> None:
    colleague = make_person(admin.organisation, "handler", "甲同事")
    other = make_actor(make_organisation(name="乙单位"), "admin", "乙管理员")
    invite(other, name="乙客人")
    page = browser(admin).get("/people/").content.decode()
    assert colleague.name in page
    for name in ("乙管理员", "乙客人", "乙单位"):
        assert name not in page


@pytest.mark.parametrize("role", ["handler", "reviewer", "signer"])
def test_people_page_is_for_administrators(admin: Actor, role: str) -> None:
    client = browser(make_actor(admin.organisation, role))
    invitation = invite(admin)
    post = admin.person.posts.get()
    assert client.get("/people/").status_code == 404
    assert client.post("/people/invite/", GUEST).status_code == 404
    assert client.post(f"/people/invitations/{invitation.pk}/withdraw/").status_code == 404
    assert client.post(f"/people/posts/{post.pk}/end/", {"last_day": "2026-01-01"}).status_code == 404


def test_neighbours_rows_do_not_exist(admin: Actor) -> None:
    other = make_actor(make_organisation(), "admin")
    invitation, post = invite(other), make_person(other.organisation).posts.get()
    client = browser(admin)
    assert client.post(f"/people/invitations/{invitation.pk}/withdraw/").status_code == 404
    assert client.post(f"/people/posts/{post.pk}/end/", {"last_day": "2026-01-01"}).status_code == 404
    assert stored(invitation).withdrawn_at is None


def test_link_is_shown_once_and_only_its_hash_is_kept(admin: Actor) -> None:
    client = browser(admin)
    first = client.post("/people/invite/", GUEST, follow=True).content.decode()
    with system():
        invitation = Invitation.objects.get(organisation=admin.organisation)
    token = services.token_of(invitation)
    assert token in first
    assert token not in client.get("/people/").content.decode()
    assert invitation.token_hash == services.token_hash(token)
    assert (invitation.expires_at - invitation.created_at).days in (6, 7)


def test_auditor_cannot_be_invited_outside_the_operator(admin: Actor) -> None:
    answer = browser(admin).post("/people/invite/", {**GUEST, "role": "auditor"})
    assert answer.status_code == 200
    with system():
        assert not Invitation.objects.exists()
    operator = make_actor(make_organisation("operator"), "admin")
    assert browser(operator).post("/people/invite/", {**GUEST, "role": "auditor"}).status_code == 302


def test_guest_opens_an_account_and_gets_the_post(admin: Actor) -> None:
    invitation = invite(admin)
    page = Client().get(address_of(invitation)).content.decode()
    assert "甲单位邀请您担任审核人" in page
    answer = Client().post(address_of(invitation), ACCOUNT)
    assert answer["Location"] == "/account/login/"
    person = Person.objects.get(username="qianxin")
    post = person.posts.get()
    assert (person.name, person.email, post.role, post.title) == ("钱新", "qian@example.cn", "reviewer", "处长")
    assert post.organisation_id == admin.organisation.pk
    assert stored(invitation).accepted_by_id == person.pk


def test_invitation_is_used_once(admin: Actor) -> None:
    invitation = invite(admin)
    Client().post(address_of(invitation), ACCOUNT)
    again = Client().post(address_of(invitation), {**ACCOUNT, "username": "second"})
    assert again.status_code == 410
    assert "已经使用过" in again.content.decode()
    assert not Person.objects.filter(username="second").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"withdrawn_at": timezone.now()}, "已由管理员撤回"),
        ({"expires_at": timezone.now() - dt.timedelta(seconds=1)}, "超过 7 天有效期"),
    ],
)
def test_closed_invitation_says_why(admin: Actor, change: dict[str, dt.datetime], words: str) -> None:
    invitation = invite(admin)
    with system():
        Invitation.objects.filter(pk=invitation.pk).update(**change)
    for answer in (Client().get(address_of(invitation)), Client().post(address_of(invitation), ACCOUNT)):
        assert answer.status_code == 410
        assert words in answer.content.decode()
    assert not Person.objects.filter(username="qianxin").exists()


def test_wrong_token_is_unknown(admin: Actor) -> None:
    invite(admin)
    answer = Client().get(f"/people/join/{uuid.uuid4().hex}/")
    assert answer.status_code == 404
    assert "邀请链接无效" in answer.content.decode()


def test_person_with_an_account_adds_the_post(admin: Actor) -> None:
    person = make_person(make_organisation(), name="钱新")
    client = Client()
    client.force_login(person)
    invitation = invite(admin)
    assert "甲单位 · 审核人" in client.get(address_of(invitation)).content.decode()
    answer = client.post(address_of(invitation))
    assert answer["Location"] == "/people/me/"
    assert person.posts.filter(organisation=admin.organisation, role="reviewer").count() == 1
    assert client.session["acting_post"] == str(person.posts.get(organisation=admin.organisation).pk)


def test_post_that_is_held_already_is_not_given_twice(admin: Actor) -> None:
    person = make_person(admin.organisation, "reviewer")
    client = Client()
    client.force_login(person)
    invitation = invite(admin)
    assert "已经担任这个岗位" in client.post(address_of(invitation)).content.decode()
    assert stored(invitation).accepted_at is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "QianXin"}, "已被使用"),
        ({"password2": "Kj2!mm-other-one"}, "两次输入的密码不一致"),
        ({"password1": "1234567890", "password2": "1234567890"}, "密码"),
    ],
)
def test_account_that_will_not_do_is_refused(admin: Actor, change: dict[str, str], words: str) -> None:
    make_person(username="qianxin")
    invitation = invite(admin)
    answer = Client().post(address_of(invitation), {**ACCOUNT, "username": "another", **change})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert stored(invitation).accepted_at is None


def test_withdrawn_invitation_stops_working(admin: Actor) -> None:
    invitation = invite(admin)
    client = browser(admin)
    assert client.post(f"/people/invitations/{invitation.pk}/withdraw/").status_code == 302
    assert stored(invitation).withdrawn_at is not None
    assert Client().get(address_of(invitation)).status_code == 410


def test_accepted_invitation_cannot_be_withdrawn(admin: Actor) -> None:
    invitation = invite(admin)
    Client().post(address_of(invitation), ACCOUNT)
    page = browser(admin).post(f"/people/invitations/{invitation.pk}/withdraw/", follow=True)
    assert "已接受邀请，不能撤回" in page.content.decode()


def test_post_ends_and_stays_on_record(admin: Actor) -> None:
    post = make_person(admin.organisation, name="甲同事").posts.get()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    address = f"/people/posts/{post.pk}/end/"
    assert browser(admin).post(address, {"last_day": yesterday.isoformat()}).status_code == 302
    post.refresh_from_db()
    assert post.valid_to == yesterday
    assert not Post.objects.in_force().filter(pk=post.pk).exists()
    assert "甲同事" in browser(admin).get("/people/").content.decode()


@pytest.mark.parametrize("day", ["1999-01-01", "2999-01-01", "", "gestern"])
def test_post_does_not_end_on_a_senseless_day(admin: Actor, day: str) -> None:
    post = make_person(admin.organisation).posts.get()
    assert browser(admin).post(f"/people/posts/{post.pk}/end/", {"last_day": day}).status_code == 200
    post.refresh_from_db()
    assert post.valid_to is None


def test_last_administrator_cannot_leave(admin: Actor) -> None:
    address, today = f"/people/posts/{admin.post.pk}/end/", timezone.localdate().isoformat()
    refused = browser(admin).post(address, {"last_day": today})
    assert "唯一的管理员岗位" in refused.content.decode()
    make_post(make_person(admin.organisation), admin.organisation, "admin")
    assert browser(admin).post(address, {"last_day": today}).status_code == 302


def test_invited_person_confirms_with_the_own_password(admin: Actor) -> None:
    services.WRONG_PASSWORDS.clear(str(admin.person.pk))
    services.confirm_password(admin.person, PASSWORD)
    with pytest.raises(services.ValidationError, match="密码不正确"):
        services.confirm_password(admin.person, "wrong")


@pytest.mark.parametrize("number", [1, 30])
def test_people_page_asks_the_same_number_of_queries(admin: Actor, number: int, django_assert_num_queries: Any) -> None:
    for _ in range(number):
        make_person(admin.organisation)
        invite(admin)
    client = browser(admin)
    with django_assert_num_queries(11):
        assert client.get("/people/").status_code == 200
