"""Signing in with one, several or no post; choosing the acting post; the own account."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import Post
from tests.factories import PASSWORD, make_organisation, make_person, make_post

pytestmark = pytest.mark.django_db
CHOICE = "/people/post/"


@pytest.fixture(autouse=True)
def _forget_tries() -> None:
    cache.clear()


def sign_in(username: str, target: str = "") -> Client:
    """Sign in through the form, as people do."""
    client = Client()
    client.response = client.post(  # type: ignore[attr-defined]
        "/account/login/", {"login": username, "password": PASSWORD, **({"next": target} if target else {})}
    )
    return client


def test_one_post_needs_no_choice() -> None:
    person = make_person(make_organisation())
    client = sign_in(person.username, "/people/me/")
    assert client.response["Location"] == "/people/me/"


def test_several_posts_are_chosen_from_and_next_is_kept() -> None:
    first, second = make_organisation(name="甲单位"), make_organisation(name="乙单位")
    person = make_person(first)
    post = make_post(person, second, "signer", "主任")
    client = sign_in(person.username, "/people/me/")
    assert client.response["Location"] == f"{CHOICE}?next=%2Fpeople%2Fme%2F"
    page = client.get(client.response["Location"]).content.decode()
    assert "乙单位 · 签发人（主任）" in page
    chosen = client.post(CHOICE, {"post": str(post.pk), "next": "/people/me/"})
    assert chosen["Location"] == "/people/me/"
    assert "乙单位" in client.get("/people/me/").content.decode().split("</header>")[0]


def test_choice_never_leads_off_this_site() -> None:
    person = make_person(make_organisation())
    make_post(person, make_organisation())
    client = sign_in(person.username)
    post = person.posts.first()
    answer = client.post(CHOICE, {"post": str(post.pk), "next": "https://evil.example/"})
    assert answer["Location"] == "/desk/"


def test_page_asks_for_the_choice_first() -> None:
    person = make_person(make_organisation())
    make_post(person, make_organisation())
    client = Client()
    client.force_login(person)
    assert client.get("/desk/")["Location"].startswith(CHOICE)


def test_post_of_somebody_else_cannot_be_chosen() -> None:
    organisation = make_organisation()
    person, other = make_person(organisation), make_person(organisation)
    make_post(person, organisation, "signer")
    client = Client()
    client.force_login(person)
    answer = client.post(CHOICE, {"post": str(other.posts.get().pk)})
    assert answer.status_code == 200
    assert "您已不担任所选岗位" in answer.content.decode()
    assert "acting_post" not in client.session


def test_ended_post_stops_at_once() -> None:
    person = make_person(make_organisation())
    client = Client()
    client.force_login(person)
    assert client.get("/people/me/").status_code == 200
    Post.objects.filter(person=person).update(valid_to=dt.date(2020, 1, 1))
    assert client.get("/desk/")["Location"].startswith(CHOICE)
    assert "您目前没有岗位" in client.get(CHOICE).content.decode()


def test_person_without_post_is_told_what_to_do() -> None:
    client = sign_in(make_person().username)
    page = client.get(client.response["Location"], follow=True).content.decode()
    assert "您目前没有岗位" in page
    assert "请本单位管理员" in page
    assert client.get("/people/me/").status_code == 200


def test_nobody_registers() -> None:
    page = Client().get("/account/signup/")
    assert "不开放自行注册" in page.content.decode()
    posted = Client().post(
        "/account/signup/", {"username": "intruder", "password1": "Kj2!mm-long-one", "password2": "Kj2!mm-long-one"}
    )
    assert "不开放自行注册" in posted.content.decode()


def test_password_is_changed_and_the_session_stays() -> None:
    person = make_person(make_organisation())
    client = sign_in(person.username)
    assert client.get("/account/password/change/").status_code == 200
    answer = client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "Kj2!mm-long-one", "password2": "Kj2!mm-long-one"},
    )
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.check_password("Kj2!mm-long-one")
    assert client.get("/people/me/").status_code == 200


def test_stranger_is_sent_to_sign_in() -> None:
    for address in (CHOICE, "/people/me/", "/people/", "/people/invite/"):
        assert Client().get(address)["Location"] == f"/account/login/?next={address}"
