"""Filling in the plan: everything typed is kept and shown again, by whomever and whenever the session ends."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from accounts.actors import Actor
from accounts.scope import of_organisation, system
from applications import editing, plan
from applications.models import Filing
from applications.plan import Kind, Section
from applications.plan_state import DONE, EMPTY, FILLING, PROBLEM, opened_on
from applications.selfcheck import page_of
from notifications.models import Draft
from tests.applications.plan_pages import autosave, save, seal_on, state_of
from tests.applications.samples import kept, typed
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
BASE = plan.sections(opened_on(Filing()))


@pytest.mark.parametrize("section", BASE, ids=lambda section: section.slug)
def test_every_field_is_saved_and_shown_again(signed_in: Client, filing: Filing, section: Section) -> None:
    answer = save(signed_in, filing, section.slug, {field.key: typed(field) for field in section.fields})
    assert answer.status_code == 302
    state = state_of(filing)
    assert {key: state.stored(key) for key in section.keys} == {field.key: kept(field) for field in section.fields}
    assert state.state(section) == DONE
    page = html.unescape(signed_in.get(page_of(filing, section.slug)).content.decode())
    for field in section.fields:
        shown = {Kind.BOOLEAN: "checked", Kind.CHOICE: "selected"}.get(field.kind, str(kept(field)))
        assert shown in page


@pytest.mark.parametrize(
    ("slug", "key", "entry", "message"),
    [
        ("space", "space.land_stock", "大约50公顷", "不是数字"),
        ("space", "space.land_stock", "12,34.5", "千分位逗号"),
        ("space", "space.land_stock", "-3", "负数"),
        ("management", "management.posts_filled", "12.5", "应为整数"),
        ("responsibility", "responsibility.since", "2013-02-30", "不是日期"),
        ("foundation", "foundation.emerging", "字" * 5001, "请删去 1 字"),
    ],
)
def test_invalid_entry_is_kept_as_typed_and_its_error_shown_next_time(
    signed_in: Client, filing: Filing, slug: str, key: str, entry: str, message: str
) -> None:
    save(signed_in, filing, slug, {key: entry})
    state = state_of(filing)
    section = plan.section_of(slug, state.opened_on)
    assert section
    assert state.stored(key) == {"raw": entry}
    assert state.value(key) is None
    assert state.state(section) == PROBLEM
    page = html.unescape(signed_in.get(page_of(filing, slug)).content.decode())
    assert entry in page
    assert message in page


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("１，２３４．５０", "1234.50"),
        ("0", "0"),
        ("1,234,567.8900", "1234567.8900"),
        (" 12 345 ", "12345"),
        ("", None),
    ],
)
def test_figure_is_kept_digit_by_digit_and_empty_stays_unknown(
    signed_in: Client, filing: Filing, entry: str, value: str | None
) -> None:
    key = plan.figure_key("P.gdp", opened_on(filing).year - 1)
    save(signed_in, filing, "figures", {key: entry})
    assert state_of(filing).stored(key) == value


def test_cleared_figure_becomes_unknown_again(signed_in: Client, filing: Filing) -> None:
    key = plan.figure_key("P.gdp", opened_on(filing).year - 1)
    save(signed_in, filing, "figures", {key: "12"})
    save(signed_in, filing, "figures", {key: ""})
    assert state_of(filing).stored(key) is None


def test_version_rises_only_where_the_value_changes(signed_in: Client, filing: Filing) -> None:
    save(signed_in, filing, "leaders", {"leader.main.name": "甲", "leader.main.post": "市长"})
    save(signed_in, filing, "leaders", {"leader.main.name": "乙", "leader.main.post": "市长"})
    rows = state_of(filing).rows
    assert {key: row.version for key, row in rows.items() if row.value} == {
        "leader.main.name": 2,
        "leader.main.post": 1,
    }


def test_optional_section_is_due_only_once_begun(signed_in: Client, filing: Filing) -> None:
    section = plan.section_of("industry-2", opened_on(filing))
    assert section
    assert state_of(filing).state(section) == EMPTY
    assert state_of(filing).unfilled(section) == []
    save(signed_in, filing, "industry-2", {"industry.2.name": "数字安防"})
    assert state_of(filing).state(section) == FILLING
    assert len(state_of(filing).unfilled(section)) == 5


def test_park_is_renamed_on_the_first_page(signed_in: Client, filing: Filing) -> None:
    save(signed_in, filing, "purpose", {"park_name": "新名高新技术产业园区"})
    with of_organisation(filing.tenant_id):
        filing.refresh_from_db()
    assert filing.park_name == "新名高新技术产业园区"


def test_autosave_answers_with_versions_and_faults(signed_in: Client, filing: Filing) -> None:
    page = page_of(filing, "space")
    entries = {"space.phases": "一期", "space.land_stock": "大约"}
    answer = autosave(signed_in, page, seal_on(signed_in, page), dict.fromkeys(entries, 0), **entries)
    assert answer.status_code == 200
    said = answer.json()
    assert said["fields"]["space.phases"] == {"version": 1, "error": ""}
    assert said["fields"]["space.land_stock"]["version"] == 1
    assert "不是数字" in said["fields"]["space.land_stock"]["error"]
    assert said["conflicts"] == {}
    assert state_of(filing).text("space.phases") == "一期"


def test_autosave_leaves_alone_what_it_does_not_name(signed_in: Client, filing: Filing) -> None:
    save(signed_in, filing, "space", {"space.phases": "一期", "space.strength": "开发公司"})
    page = page_of(filing, "space")
    autosave(signed_in, page, seal_on(signed_in, page), {"space.phases": 1}, **{"space.phases": "二期"})
    state = state_of(filing)
    assert (state.text("space.phases"), state.text("space.strength")) == ("二期", "开发公司")


def test_autosave_takes_few_queries(signed_in: Client, filing: Filing, django_assert_num_queries: Any) -> None:
    page = page_of(filing, "space")
    seal = seal_on(signed_in, page)
    autosave(signed_in, page, seal, {"space.phases": 0}, **{"space.phases": "一期"})
    with django_assert_num_queries(AUTOSAVE_QUERIES):
        assert autosave(signed_in, page, seal, {"space.phases": 1}, **{"space.phases": "二期"}).status_code == 200


# Session, person and posts, scope set and restored, the filing locked with its fields, the update, the access log,
# and the savepoints that stand for transactions in a test.
AUTOSAVE_QUERIES = 10


def test_autosave_of_two_windows_of_one_person_is_a_conflict(signed_in: Client, filing: Filing) -> None:
    page = page_of(filing, "leaders")
    seal = seal_on(signed_in, page)
    assert autosave(signed_in, page, seal, {"leader.main.name": 0}, **{"leader.main.name": "甲"}).status_code == 200
    answer = autosave(signed_in, page, seal, {"leader.main.name": 0}, **{"leader.main.name": "乙"})
    assert answer.status_code == 409
    conflict = answer.json()["conflicts"]["leader.main.name"]
    assert (conflict["version"], conflict["values"], conflict["shown"]) == (1, ["甲"], "甲")
    assert "您本人在另一个窗口" in conflict["words"]
    assert state_of(filing).text("leader.main.name") == "甲"
    answer = autosave(signed_in, page, seal, {"leader.main.name": 1}, **{"leader.main.name": "乙"})
    assert (answer.status_code, answer.json()["fields"]["leader.main.name"]["version"]) == (200, 2)


def test_autosave_whose_answer_was_lost_is_no_conflict_with_itself(signed_in: Client, filing: Filing) -> None:
    page = page_of(filing, "leaders")
    seal = seal_on(signed_in, page)
    autosave(signed_in, page, seal, {"leader.main.name": 0}, **{"leader.main.name": "甲"})
    tried = json.dumps({"leader.main.name": ["甲"]})
    answer = autosave(signed_in, page, seal, {"leader.main.name": 0}, tried=tried, **{"leader.main.name": "甲乙"})
    assert (answer.status_code, answer.json()["fields"]["leader.main.name"]["version"]) == (200, 2)


def test_autosave_of_a_cell_conflicts_alone(client: Client, filing: Filing, actor: Actor) -> None:
    other = make_actor(actor.organisation, name="李同事")
    year = opened_on(filing).year - 1
    gdp, tax = plan.figure_key("P.gdp", year), plan.figure_key("P.tax_total", year)
    page = page_of(filing, "figures")
    client.force_login(actor.person)
    seal = seal_on(client, page)
    with of_organisation(other.organisation.pk, other.person.pk):
        editing.save_fields(filing, {gdp: "12"}, other)
    answer = autosave(client, page, seal, {gdp: 0, tax: 0}, **{gdp: "13", tax: "5"})
    assert answer.status_code == 409
    assert set(answer.json()["conflicts"]) == {gdp}
    assert "李同事" in answer.json()["conflicts"][gdp]["words"]
    assert set(answer.json()["fields"]) == {tax}
    assert (state_of(filing).stored(gdp), state_of(filing).stored(tax)) == ("12", "5")


def test_autosave_of_a_name_that_is_empty_keeps_the_old_one(signed_in: Client, filing: Filing) -> None:
    page = page_of(filing, "purpose")
    seal = seal_on(signed_in, page)
    answer = autosave(signed_in, page, seal, {"park_name": 0}, park_name="  ")
    assert "请填写拟创建园区的名称" in answer.json()["fields"]["park_name"]["error"]
    autosave(signed_in, page, seal, {"park_name": 0}, park_name="新名高新园区")
    with of_organisation(filing.tenant_id):
        filing.refresh_from_db()
    assert filing.park_name == "新名高新园区"


def test_autosave_of_another_person_is_refused_in_words(client: Client, filing: Filing, actor: Actor) -> None:
    page = page_of(filing, "space")
    client.force_login(actor.person)
    seal = seal_on(client, page)
    client.force_login(make_actor(actor.organisation).person)
    answer = autosave(client, page, seal, {"space.phases": 0}, **{"space.phases": "一期"})
    assert answer.status_code == 403
    assert "现在登录的不是" in answer.json()["refused"][0]
    assert state_of(filing).stored("space.phases") is None


def test_autosave_while_the_request_is_checked_is_refused_in_words(
    signed_in: Client, filing: Filing, actor: Actor
) -> None:
    page = page_of(filing, "space")
    seal = seal_on(signed_in, page)
    with system():
        Draft.objects.create(
            tenant=filing.tenant, dossier=filing.dossier, kind="creation_request", subject_type="applications.filing",
            subject_id=filing.pk, title="请示", handler=actor.person, status="checking",
        )  # fmt: skip
    answer = autosave(signed_in, page, seal, {"space.phases": 0}, **{"space.phases": "一期"})
    assert answer.status_code == 409
    assert "已送审" in answer.json()["refused"][0]


def test_script_s_own_button_sends_only_what_it_has_not_saved(client: Client, filing: Filing, actor: Actor) -> None:
    page = page_of(filing, "leaders")
    client.force_login(actor.person)
    seal = seal_on(client, page)
    other = make_actor(actor.organisation)
    with of_organisation(other.organisation.pk, other.person.pk):
        editing.save_fields(filing, {"leader.main.name": "李写的"}, other)
    answer = client.post(page, {"seal": seal, "dirty": "[]", "leader.main.name": "旧的", "go": "list"})
    assert (answer.status_code, answer.url) == (302, filing.get_absolute_url())
    assert state_of(filing).text("leader.main.name") == "李写的"


def test_conflict_without_script_offers_both_values(client: Client, filing: Filing, actor: Actor) -> None:
    page = page_of(filing, "leaders")
    client.force_login(actor.person)
    seal = seal_on(client, page)
    other = make_actor(actor.organisation, name="李同事")
    with of_organisation(other.organisation.pk, other.person.pk):
        editing.save_fields(filing, {"leader.main.name": "李写的"}, other)
    answer = client.post(page, {"seal": seal, "leader.main.name": "王写的"})
    assert answer.status_code == 409
    assert 'name="keep.leader.main.name"' in answer.content.decode()
    again = re.search(r'name="seal" value="([^"]+)"', answer.content.decode())
    assert again
    theirs = {"leader.main.name": "王写的", "keep.leader.main.name": "theirs"}
    assert client.post(page, {"seal": html.unescape(again[1]), **theirs}).status_code == 302
    assert state_of(filing).text("leader.main.name") == "李写的"


def test_colleague_is_not_overwritten_unseen(client: Client, filing: Filing, actor: Actor) -> None:
    other = make_actor(actor.organisation, name="李同事")
    page = page_of(filing, "leaders")
    client.force_login(actor.person)
    old_seal = seal_on(client, page)
    second = Client()
    second.force_login(other.person)
    save(second, filing, "leaders", {"leader.main.name": "李写的", "leader.main.post": "市长"})
    answer = client.post(page, {"seal": old_seal, "leader.main.name": "王写的", "leader.deputy.name": "副职"})
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "李同事" in shown
    assert "李写的" in shown
    assert "王写的" in shown
    state = state_of(filing)
    assert (state.text("leader.main.name"), state.text("leader.main.post")) == ("李写的", "市长")
    assert state.text("leader.deputy.name") == "副职"
    new_seal = re.search(r'name="seal" value="([^"]+)"', answer.content.decode())
    assert new_seal
    client.post(page, {"seal": html.unescape(new_seal[1]), "leader.main.name": "王写的", "leader.main.post": "市长"})
    assert state_of(filing).text("leader.main.name") == "王写的"


# -- the session ends -----------------------------------------------------------------------------
