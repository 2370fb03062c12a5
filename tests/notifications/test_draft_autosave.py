"""The sign-off page saves its fields by itself, and what was typed survives the end of the session."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.scope import system
from tests.factories import PASSWORD, make_actor
from tests.notifications.letters import FIELDS, Office, browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """An office with a letter in draft."""
    made = Office()
    made.bring_to("drafting")
    return made


def shown(client: Client, office: Office) -> tuple[str, dict[str, str], str]:
    """The page's seal, the marks of its fields, and its text."""
    page = html.unescape(client.get(office.address).content.decode())
    seal, marks = re.search(r'name="seal" value="([^"]+)"', page), re.search(r'name="versions" value="({.*?})"', page)
    assert seal
    assert marks
    return seal[1], json.loads(marks[1]), page


def autosave(client: Client, office: Office, seal: str, marks: dict[str, str], **entries: str) -> Any:
    """What the page's script sends."""
    data = {"seal": seal, "versions": json.dumps(marks), **entries}
    return client.post(office.address, data, headers={"X-Autosave": "1"})


def test_field_is_saved_alone_and_the_page_goes_on_with_its_mark(office: Office) -> None:
    client, name = browser(office.handler), "subject"
    seal, marks, _page = shown(client, office)
    answer = autosave(client, office, seal, {name: marks[name]}, **{name: "自动保存的文字"})
    assert answer.status_code == 200
    said = answer.json()
    assert said["fields"][name]["error"] == ""
    before = office.reload().fields
    assert before[name] == "自动保存的文字"
    again = {name: said["fields"][name]["version"]}
    assert autosave(client, office, seal, again, **{name: "再改"}).status_code == 200
    assert {**before, name: "再改"} == office.reload().fields


def test_field_changed_elsewhere_meanwhile_is_a_conflict(office: Office) -> None:
    client, name = browser(office.handler), "subject"
    seal, marks, _page = shown(client, office)
    colleague = browser(make_actor(office.organisation))
    other, _marks, _page = shown(colleague, office)
    autosave(colleague, office, other, {name: marks[name]}, **{name: "同事写的"})
    answer = autosave(client, office, seal, {name: marks[name]}, **{name: "我写的"})
    assert answer.status_code == 409
    assert answer.json()["conflicts"][name]["values"] == ["同事写的"]
    assert office.reload().fields[name] == "同事写的"


def test_empty_required_field_is_told_and_not_kept(office: Office) -> None:
    client, name = browser(office.handler), "subject"
    seal, marks, _page = shown(client, office)
    autosave(client, office, seal, {name: marks[name]}, **{name: "有字"})
    _seal, marks, _page = shown(client, office)
    said = autosave(client, office, seal, {name: marks[name]}, **{name: ""}).json()
    assert said["fields"][name]["unkept"] is True
    assert said["fields"][name]["error"]
    assert office.reload().fields[name] == "有字"


def test_sent_draft_is_not_saved_any_more(office: Office) -> None:
    client, name = browser(office.handler), "subject"
    seal, marks, _page = shown(client, office)
    office.bring_to("checking")
    answer = autosave(client, office, seal, {name: marks[name]}, **{name: "晚了"})
    assert (answer.status_code, list(answer.json())) == (409, ["refused"])


def test_typed_fields_come_back_after_signing_in_and_the_password_does_not(office: Office) -> None:
    client, name = browser(office.handler), "subject"
    seal, _marks, _page = shown(client, office)
    client.logout()
    answer = client.post(office.address, {"seal": seal, "act": "save", **FIELDS, name: "登录前写的", "password": "x"})
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={office.address}")
    assert "password" not in client.session["carried"][office.address]["fields"]
    with system():
        username = office.handler.person.username
    client.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    _seal, _marks, page = shown(client, office)
    assert "登录前写的" in page
    assert "还没有保存" in page
    assert office.reload().fields.get(name) != "登录前写的"


def test_remark_typed_when_the_session_ended_comes_back(office: Office) -> None:
    office.bring_to("checking")
    client = browser(office.reviewer)
    page = html.unescape(client.get(office.address).content.decode())
    seal = re.search(r'name="seal" value="([^"]+)"', page)
    assert seal
    client.logout()
    client.post(office.address, {"seal": seal[1], "act": "send_back", "remark": "改写第三段"})
    client.post(reverse("account_login"), {"login": office.reviewer.person.username, "password": PASSWORD})
    assert "改写第三段" in client.get(office.address).content.decode()
    assert office.reload().status == "checking"
