"""Saved views: kept under a name, listed beside the queues, one opens the desk, and each person has their own."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.actors import Actor
from accounts.scope import system
from tests.factories import make_actor
from workflow.models import SavedView

pytestmark = pytest.mark.django_db


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


def keep(client: Client, name: str = "要紧的", query: str = "queue=office&due=3&page=4&evil=1") -> SavedView:
    answer = client.post("/desk/views/", {"name": name, "query": query})
    assert answer.status_code == 302, answer.content.decode()
    with system():
        return SavedView.objects.latest("created_at")


def test_view_keeps_the_filters_of_the_address_and_nothing_else() -> None:
    client = browser(make_actor())
    view = keep(client)
    assert view.query == "queue=office&due=3"
    assert (
        f'<a href="?queue=office&amp;due=3" aria-current="true">{view.name}</a>'
        in client.get(f"/desk/?{view.query}").content.decode()
    )


def test_view_of_the_same_name_is_refused_and_keeps_what_was_typed() -> None:
    client = browser(make_actor())
    keep(client)
    page = client.post("/desk/views/", {"name": "要紧的", "query": "queue=late"}).content.decode()
    assert "已有同名的视图" in page
    assert "queue=late" in page


def test_view_is_renamed_and_removed() -> None:
    client = browser(make_actor())
    view, other = keep(client), keep(client, "另一个")
    client.post(f"/desk/views/{view.pk}/", {"act": "rename", "name": "改了名"})
    assert "改了名" in client.get("/desk/views/").content.decode()
    client.post(f"/desk/views/{view.pk}/", {"act": "rename", "name": other.name})
    client.post(f"/desk/views/{other.pk}/", {"act": "remove"})
    with system():
        assert list(SavedView.objects.values_list("name", flat=True)) == ["改了名"]


def test_start_view_opens_the_desk_and_there_is_one() -> None:
    client = browser(make_actor())
    first, second = keep(client), keep(client, "另一个", "queue=late")
    for view in (first, second):
        client.post(f"/desk/views/{view.pk}/", {"act": "start"})
    with system():
        assert list(SavedView.objects.filter(is_start=True)) == [second]
    assert client.get("/desk/")["Location"] == "/desk/?queue=late"
    assert client.get("/desk/?queue=mine").status_code == 200
    client.post(f"/desk/views/{second.pk}/", {"act": "no_start"})
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("same_office", [True, False])
def test_view_is_its_persons_own(same_office: bool) -> None:
    owner = make_actor()
    view = keep(browser(owner))
    other = browser(make_actor(owner.organisation) if same_office else make_actor())
    assert view.name not in other.get("/desk/").content.decode()
    assert view.name not in other.get("/desk/views/").content.decode()
    assert other.post(f"/desk/views/{view.pk}/", {"act": "remove"}).status_code == 404
