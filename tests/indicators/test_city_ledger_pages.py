"""The pages of the registers: one register is asked what it needs, and a row tells what it counts to."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.scope import enter
from indicators.enums import Book
from indicators.ledgers import counting, register_forms, registers
from indicators.models import Record
from tests.factories import make_actor
from tests.indicators.test_city_ledgers import COUNTED, YEAR, Scene

pytestmark = pytest.mark.django_db
ADD = "/ledgers/registers/add/"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def desk(scene: Scene) -> Client:
    """The browser of the city's handler."""
    client = Client()
    client.force_login(scene.city.handler.person)
    session = client.session
    session["post"] = str(scene.city.handler.post.pk)
    session.save()
    return client


def test_ledgers_open_at_the_first_book_of_which_there_is_something(desk: Client) -> None:
    assert desk.get("/ledgers/")["Location"] == f"/ledgers/{Book.REGISTERS}/"
    shown = desk.get("/ledgers/projects/").content.decode()
    assert "本单位没有园区，也没有对本单位开放的园区台账" in shown
    assert "逐行登记，或用模板批量导入" not in shown


def test_office_without_a_register_reads_why() -> None:
    stranger = make_actor()
    client = Client()
    client.force_login(stranger.person)
    assert client.get("/ledgers/")["Location"] == "/ledgers/projects/"
    assert "本单位没有登记簿，也没有对本单位开放的" in client.get("/ledgers/registers/").content.decode()


def test_register_is_chosen_before_a_row_is_entered(desk: Client) -> None:
    for address in (ADD, f"{ADD}?register=nothing"):
        shown = desk.get(address).content.decode()
        assert [code for code in registers.REGISTERS if f'href="{ADD}?register={code}"' not in shown] == []


@pytest.mark.parametrize("code", registers.REGISTERS)
def test_form_asks_for_all_that_a_row_of_the_register_needs(code: str) -> None:
    one = registers.REGISTERS[code]
    asked = {column.name: column for column in register_forms.columns_of(code)}
    assert {name for name in one.needs if not asked[name].required} == set()
    assert ("kind" in asked) == bool(one.kinds)
    kinds = set(dict(asked["kind"].read.options())) if one.kinds else set()  # type: ignore[attr-defined]
    assert kinds == set(one.kinds)
    assert {count.adds for count in one.counts} - {""} <= set(asked)


def test_row_is_entered_and_changed_by_the_form_of_its_register(scene: Scene, desk: Client) -> None:
    told = {"park": scene.ledger.park, "year": "2022", "kind": "institute", "name": "示例研究院", "body": "示例公司"}
    refused = desk.post(f"{ADD}?register=institutions", told)
    assert refused.status_code == 422
    assert "研发人员（人）" in refused.content.decode()
    made = desk.post(f"{ADD}?register=institutions", {**told, "number": "320", "register": "alliances"})
    assert made.status_code == 302
    with enter(scene.city.handler.scope):
        row = Record.objects.get()
    assert (row.register, row.number, row.amount, row.until) == ("institutions", 320, None, None)
    page = desk.get(made["Location"]).content.decode()
    assert "C.enterprise_institutes[300]" in page
    assert "C.enterprise_institutes[1000]" not in page
    assert "2022 年起每年年末" in page
    changed = {**told, "number": "90", "reason": "核实", "version": str(row.version)}
    assert desk.post(f"{made['Location']}edit/", changed).status_code == 302
    with enter(scene.city.handler.scope):
        row.refresh_from_db()
        assert [one["name"] for one in register_forms.counts_of(row)] == [register_forms.named("C.ent_rd_institutions")]


@pytest.mark.parametrize(("code", "count"), COUNTED, ids=[count.code for _code, count in COUNTED])
def test_what_a_row_says_it_counts_to_is_what_it_is_counted_to(
    scene: Scene, code: str, count: registers.Counts
) -> None:
    ended = {"until": dt.date(YEAR + 2, 6, 30)} if count.stock else {}
    row = scene.enter(code, count, since=dt.date(YEAR, 1, 1), **ended)
    with enter(scene.city.handler.scope):
        said: dict[str, Any] = {one["name"]: one for one in register_forms.counts_of(row)}
        held = {
            year: {
                register_forms.named(measure.code)
                for measure in counting.MEASURES.values()
                if measure.book == Book.REGISTERS and Record.objects.filter(measure.rows(year), pk=row.pk).exists()
            }
            for year in range(YEAR - 1, YEAR + 3)
        }
    assert set(said) == held[YEAR] | held[YEAR + 1]
    own = said[register_forms.named(count.code)]
    last = max(year for year in held if own["name"] in held[year])
    assert f"year={last}&" in own["href"]
    assert str(last) in own["years"]
    assert held[YEAR - 1] == set()
