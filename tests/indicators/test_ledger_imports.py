"""Tables come into a ledger: read, checked cell by cell, shown, stored whole or not at all."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from accounts.scope import enter, system
from indicators.enums import Book, ImportStatus
from indicators.ledgers import packing, reading, storing, template, working
from indicators.ledgers.checking import Checker
from indicators.models import Enterprise, Ledger, LedgerImport, LedgerVersion, Project
from indicators.sheets import SheetRefused
from notifications.models import Message
from tests.indicators.ledgers import PROJECT, Park, begin, code, table
from workflow.models import Delivery, Event
from workflow.outbox import deliver_all

pytestmark = pytest.mark.django_db
FIRM = {"credit_code": code(1), "name": "甲公司", "registered_on": "2014-05-20", "sme_year": 2014}


@pytest.fixture
def park() -> Park:
    """One park."""
    return begin()


def load(park: Park, book: Book, *rows: dict[str, Any]) -> storing.Loaded:
    """Rows stored by the committee."""
    with enter(park.people["committee"].scope):
        tables = reading.tables("a.xlsx", table(book, *rows))
        return storing.load(book, tables, [park.ledger], storing.Origin(reason="导入"))


def test_rows_are_new_changed_and_the_same_and_the_old_ones_are_kept(park: Park) -> None:
    second = {"credit_code": code(2), "name": "乙\\公司"}
    loaded = load(park, Book.ENTERPRISES, FIRM, second)
    assert (loaded.new, loaded.changed, loaded.same) == (2, 0, 0)
    loaded = load(park, Book.ENTERPRISES, {**FIRM, "sme_year": 2013}, second, {**FIRM, "credit_code": code(3)})
    assert (loaded.new, loaded.changed, loaded.same) == (1, 1, 1)
    with system():
        rows = Enterprise.objects.order_by("credit_code").values_list("credit_code", "name", "sme_year", "version")
        assert sorted(rows) == sorted(
            [(code(1), "甲公司", 2013, 2), (code(2), "乙\\公司", None, 1), (code(3), "甲公司", 2014, 1)]
        )
        assert [kept.data["sme_year"] for kept in LedgerVersion.objects.all()] == [2014]
        assert str(Enterprise.objects.get(credit_code=code(1)).registered_on) == "2014-05-20"


WRONG: list[tuple[Book, dict[str, Any], str]] = [
    (Book.ENTERPRISES, {"credit_code": code(1)[:-1] + "I"}, "台账!B2：统一社会信用代码“91330100MA0000001I”"),
    (Book.ENTERPRISES, {"credit_code": 12345}, "台账!B2：统一社会信用代码“12345”不是有效的统一社会信用代码"),
    (Book.ENTERPRISES, {"name": " "}, "台账!C2：企业名称“”不能为空，例如 杭州示例科技有限公司。"),
    (Book.ENTERPRISES, {"name": "长" * 121}, "不超过 120 个字"),
    (Book.ENTERPRISES, {"registered_on": "2014-02-30"}, "台账!D2：登记日期“2014-02-30”应为日期，按年-月-日填写，例如"),
    (Book.ENTERPRISES, {"sme_year": "是"}, "科技型中小企业“是”应为四位数字的年度"),
    (Book.ENTERPRISES, {"hitech_number": "GR1"}, "台账!F2：首次认定高新技术企业年度“None”"),
    (Book.ENTERPRISES, {"park": "别的园区"}, "台账!A2：园区“别的园区”不是本单位可以填写的园区"),
    (Book.PROJECTS, {"planned": "很多"}, "计划投资（亿元）“很多”应为数字，单位亿元，例如 1.2。"),
    (Book.PROJECTS, {"planned": "-1"}, "不小于 0"),
    (Book.PROJECTS, {"decision": "待定"}, "应填写“准入”或“否决”"),
    (Book.PROJECTS, {"hitech": "也许"}, "高新技术项目“也许”应填写“是”或“否”"),
    (Book.PROJECTS, {"assessment": ""}, "评价结果"),
]


@pytest.mark.parametrize(("book", "told", "said"), WRONG)
def test_wrong_cell_is_named_with_its_rule_and_an_example(
    park: Park, book: Book, told: dict[str, Any], said: str
) -> None:
    row = {**(FIRM if book == Book.ENTERPRISES else PROJECT), **told}
    with pytest.raises(SheetRefused) as refused:
        load(park, book, row, {**row, "credit_code": code(9), "name": "无误"} if "park" not in told else row)
    assert any(said.replace("None", "") in problem for problem in refused.value.problems), refused.value.problems
    with system():
        assert not Enterprise.objects.exists()
        assert not Project.objects.exists()


def test_double_rows_missing_columns_and_empty_files_are_refused(park: Park) -> None:
    with pytest.raises(SheetRefused) as refused:
        load(park, Book.ENTERPRISES, FIRM, {**FIRM, "name": "又一次"})
    assert refused.value.problems == [f"台账!3：“{code(1)}”与 台账!2 行重复（V11），请只留一行。"]
    with pytest.raises(SheetRefused, match="没有数据行"):
        load(park, Book.ENTERPRISES)
    with pytest.raises(SheetRefused, match="打不开"):
        reading.tables("a.xlsx", b"PK no workbook")
    tables = reading.tables("a.csv", "企业名称\n甲\n".encode("gb18030"))
    checker = Checker(Book.ENTERPRISES, {}, "x")
    assert list(checker.lines(tables[0])) == []
    with pytest.raises(SheetRefused, match="缺少列“统一社会信用代码”"):
        checker.refuse()


def test_blank_rows_and_ragged_lines_keep_their_numbers() -> None:
    text = f"统一社会信用代码,企业名称,备注\n\n{code(1)},甲\n,,\nX,乙,丙\n"
    checker = Checker(Book.ENTERPRISES, {}, "00000000-0000-0000-0000-000000000000")
    list(checker.lines(reading.tables("a.csv", text.encode())[0]))
    assert [problem.split("：")[0] for problem in checker.problems] == ["a.csv!A5"]


def test_template_is_read_by_what_it_was_made_from(park: Park) -> None:
    from openpyxl import load_workbook

    for book, row in ((Book.ENTERPRISES, FIRM), (Book.PROJECTS, PROJECT)):
        made = load_workbook(io.BytesIO(template.workbook(book, [park.ledger.name])))
        sheet, guide = made.worksheets
        examples = [line[2] for line in guide.iter_rows(min_row=2, values_only=True)]
        sheet.append(examples)
        out = io.BytesIO()
        made.save(out)
        with enter(park.people["committee"].scope):
            tables = reading.tables("a.xlsx", out.getvalue())
            loaded = storing.load(book, tables, [park.ledger], storing.Origin(), dry=True)
        assert (loaded.new, len(row) > 0) == (1, True)
    with system():
        assert not Enterprise.objects.exists()


def send(park: Park, book: Book, *rows: dict[str, Any]) -> LedgerImport:
    """A table that the committee sent."""
    actor = park.people["committee"]
    with enter(actor.scope):
        return packing.send(book, "台账.xlsx", table(book, *rows), actor)


def test_import_is_checked_confirmed_and_stored_with_what_follows(park: Park) -> None:
    flagged = [{**PROJECT, "name": name, "wasteful": "是"} for name in ("高能耗的", "也高能耗的")]
    sent = send(park, Book.PROJECTS, PROJECT, *flagged)
    deliver_all()
    actor = park.people["committee"]
    with enter(actor.scope):
        sent.refresh_from_db()
        assert (sent.state, sent.new, len(sent.preview)) == (ImportStatus.CHECKED, 3, 3)
        assert not Project.objects.exists()
        packing.confirm(sent, actor)
    deliver_all()
    with system():
        sent.refresh_from_db()
        assert (sent.state, sent.new, sent.done, sent.content) == (ImportStatus.DONE, 3, 3, None)
        assert Project.objects.filter(batch=sent.pk, changed_by=actor.person).count() == 3
        event = Event.objects.get(dossier=park.ledger.dossier, name="import_rows")
        assert event.data == {"file": "台账.xlsx", "sha256": sent.sha256, "book": "projects", "rows": 3}
        address = Message.objects.get(title__contains="2 个准入项目", organisation__kind="kjt").address
        assert Message.objects.filter(title__contains="准入项目").count() == 2
    client = Client()
    client.force_login(park.people["lead"].person)
    page = client.get(address)
    assert (page.status_code, "也高能耗的" in page.content.decode(), PROJECT["name"] in page.content.decode()) == (
        200,
        True,
        False,
    )


class Killed(BaseException):
    """What ends a process."""


def _store_and_die(delivery: Delivery) -> None:
    """The process ends before its transaction does."""
    with system():
        working.store_import(delivery.payload)
        assert Enterprise.objects.count() == 1
        raise Killed


def test_killed_worker_begins_again_without_double_rows(park: Park) -> None:
    sent, actor = send(park, Book.ENTERPRISES, FIRM), park.people["committee"]
    deliver_all()
    with enter(actor.scope):
        packing.confirm(sent, actor)

    with system():
        [delivery] = Delivery.objects.filter(effect="indicators.store_import")
    with pytest.raises(Killed):
        _store_and_die(delivery)
    with system():
        assert not Enterprise.objects.exists()
        sent.refresh_from_db()
        assert sent.state == ImportStatus.STORING
    deliver_all()
    deliver_all()
    with system():
        assert Enterprise.objects.count() == 1
        sent.refresh_from_db()
        assert sent.state == ImportStatus.DONE


def test_refused_table_says_why_on_its_page_and_changes_nothing(park: Park) -> None:
    sent = send(park, Book.ENTERPRISES, FIRM, {**FIRM, "credit_code": "1"})
    deliver_all()
    client = Client()
    client.force_login(park.people["committee"].person)
    text = client.get(f"/ledgers/imports/{sent.pk}/").content.decode()
    assert "台账!B3：统一社会信用代码“1”" in text
    stranger = Client()
    stranger.force_login(park.people["neighbour"].person)
    assert stranger.get(f"/ledgers/imports/{sent.pk}/").status_code == 404
    with system():
        sent.refresh_from_db()
        assert (sent.state, sent.content, Enterprise.objects.count()) == (ImportStatus.REFUSED, None, 0)


def test_command_imports_for_all_parks(park: Park, tmp_path: Path) -> None:
    file = tmp_path / "企业.csv"
    file.write_text(f"park,credit_code,name\n{park.ledger.park},{code(1)},甲\n", encoding="utf-8")
    out, said = io.StringIO(), io.StringIO()
    call_command("import_enterprises", str(file), "--dry-run", stdout=out, stderr=said)
    with system():
        assert not Enterprise.objects.exists()
    call_command("import_enterprises", str(file), stdout=out, stderr=said)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [{"new": 1, "changed": 0, "same": 0}] * 2
    assert "1/1" in said.getvalue()
    file.write_text(f"park,credit_code,name\nnowhere,{code(1)},甲\n", encoding="utf-8")
    with pytest.raises(CommandError) as error:
        call_command("import_enterprises", str(file), stdout=out, stderr=said)
    assert error.value.returncode == 2
    with system():
        assert Ledger.objects.count() == Enterprise.objects.count() == 1


def test_csv_that_breaks_off_on_the_way_leaves_nothing(park: Park) -> None:
    lines = [f"{park.ledger.park},{code(number)},企业{number},2014-05-20" for number in range(1, 12_000)]
    broken = "\n".join(["park,credit_code,name,registered_on", *lines, f'{park.ledger.park},"未收尾'])
    with enter(park.people["city"].scope):
        with pytest.raises(SheetRefused, match="第 12001 行不是有效的 CSV"):
            storing.load(Book.ENTERPRISES, reading.tables("a.csv", broken.encode()), [park.ledger], storing.Origin())
        assert not Enterprise.objects.exists()
