"""Invented rows in the ledgers of later life of the sample's parks, and measures of a department; all say so."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.scope import enter
from indicators.enums import Book
from indicators.ledgers import totals
from indicators.ledgers.columns import COLUMNS
from indicators.models import Ledger
from indicators.services import contacts
from indicators.services import ledgers as services
from portal.sample.acting import office
from workflow import instants
from workflow.ledger import recorded

NOTE = recorded("示例数据")
WHOLE = 2
SAMPLE = recorded("（示例）")
# Who in the province gave what for each park: code, clause, name, 万元, number, unit.
MEASURES = (
    ("dept-org", "P-III.1b", recorded("省人才专项资金倾斜支持"), 300, 3, "项"),
    ("kjt", "P-III.2e", recorded("优先列入省重大科技专项"), 450, 2, "项"),
    ("dept-fgw", "P-III.4b", recorded("重大产业项目优先布局"), 1200, 1, "项"),
)
LOCAL = (
    ("P-III.2d", recorded("研发费用加计扣除落实"), 860, 24, "家"),
    ("P-III.3a", recorded("科技企业孵化器一期"), 2000, 12000, "m²"),
    ("P-III.5c", recorded("知识产权许可服务周边企业"), 90, 6, "项"),
)
CONTACTS = (
    ("kjt", recorded("高新技术处副处长")),
    ("dept-fgw", recorded("高技术产业处副处长")),
    ("dept-land", recorded("规划处")),
)


def fill(parks: list[Ledger]) -> None:
    """Measures for all invented parks, and the other ledgers of those named first: the very first is left with gaps.

    Called under the system scope; each row is entered by the office that it is of.
    """
    last = instants.today().year - 1
    for number, ledger in enumerate(parks):
        if number < WHOLE:
            _local(ledger, number, last)
        for code, clause, name, amount, count, unit in MEASURES:
            _measure(code, ledger, last, (clause, name, amount + 50 * number, count, unit))
    for code, post in CONTACTS:
        actor = office(_organisation(code)).handler
        with enter(actor.scope):
            told = {"name": recorded("李某") + SAMPLE, "post": post, "phone": "0571-00000000"}
            contacts.name_contact(actor, **told, since=dt.date(last, 3, 1))
    totals.add_up()


def _organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def _enter(ledger: Ledger, book: Book, actor: Actor, **told: Any) -> None:
    given = {"note": NOTE, **told}
    values = {column.name: column.read(given.get(column.name, "")) for column in COLUMNS[book]}
    with enter(actor.scope):
        services.enter_row(ledger, book, values, actor)


def _measure(code: str, ledger: Ledger, year: int, told: tuple[str, str, int, int, str]) -> None:
    actor = office(_organisation(code)).handler
    clause, name, amount, count, unit = told
    with enter(actor.scope):
        own = services.ledger_of(ledger.park, Book.SUPPORT, actor)
    row = {
        "year": year,
        "clause": clause,
        "name": name + SAMPLE,
        "amount": str(amount),
        "count": str(count),
        "unit": unit,
    }
    _enter(own, Book.SUPPORT, actor, **row)


def _local(ledger: Ledger, number: int, last: int) -> None:
    actor = office(ledger.tenant).handler
    for year in (last - 1, last):
        grown = 100 * (year - last + 1)
        for of, amount in (("gov", 1500 + grown), ("committee", 800 + (grown if number else 0))):
            name = recorded("科技型中小企业科技创新专项资金") + SAMPLE
            _enter(ledger, Book.SUPPORT, actor, year=year, clause=f"P-III.3d[{of}]", name=name, amount=str(amount))
    for clause, name, amount, count, unit in LOCAL:
        row = {"clause": clause, "name": name + SAMPLE, "amount": str(amount), "count": str(count), "unit": unit}
        _enter(ledger, Book.SUPPORT, actor, year=last, **row)
    _land(ledger, number, last, actor)
    for place, (measure, instrument) in enumerate((("关", "环保监管"), ("转", "能耗控制"), ("迁", "价格机制"))):
        row = {"name": f"{recorded('印染企业')}{place + 1}{SAMPLE}", "measure": measure, "instrument": instrument}
        _enter(ledger, Book.EXITS, actor, **row, decided_on=dt.date(last, 4 + place, 20), released=str(2 + place))
    _people(ledger, number, last, actor)


def _land(ledger: Ledger, number: int, last: int, actor: Actor) -> None:
    rows: tuple[dict[str, Any], ...] = (
        {"kind": "指标下达", "name": recorded("年度新增建设用地计划指标"), "area": "12"},
        {"kind": "补充耕地", "name": recorded("耕地占补平衡项目"), "area": "5"},
        {
            "kind": "新增供地",
            "name": recorded("一号地块"),
            "area": "6.5",
            "use": "工业用地",
            "sei": "是",
            "mode": "挂牌",
        },
        {
            "kind": "新增供地",
            "name": recorded("研发园地块"),
            "area": "2",
            "use": "科研用地",
            "mode": "挂牌" if number else "协议",
        },
    )
    for row in rows:
        supplied = {"quota": row["area"], "farmland": "2"} if row["kind"] == "新增供地" else {}
        _enter(ledger, Book.LAND, actor, year=last, **{**row, **supplied, "name": row["name"] + SAMPLE})


def _people(ledger: Ledger, number: int, last: int, actor: Actor) -> None:
    leaders = [("主要负责人", recorded("市长"))] + ([("分管负责人", recorded("副市长"))] if number else [])
    for role, post in leaders:
        name = recorded("张某") + SAMPLE
        _enter(ledger, Book.LEADERS, actor, role=role, name=name, post=post, since=dt.date(last - 1, 3, 1))
    told = {"raised_by": recorded("园区管委会"), "raised_on": dt.date(last, 9, 1)}
    pressing = recorded("园区二期新增建设用地指标不足") + SAMPLE
    _enter(ledger, Book.ISSUES, actor, **told, name=pressing, needs="dept-land", due_on=dt.date(last, 12, 31))
    solved = {"solved_on": dt.date(last, 10, 20), "outcome": recorded("已列入省级示范，安排专项资金。")}
    name = recorded("公共技术平台设备采购资金") + SAMPLE
    _enter(ledger, Book.ISSUES, actor, **told, name=name, needs="kjt", due_on=dt.date(last, 12, 31), **solved)
    result = {"year": last, "assessed": recorded("园区管委会"), "result": "优秀"}
    _enter(ledger, Book.RESULTS, actor, **result, name=recorded("年度目标责任制考核结果通报") + SAMPLE)
    eia = {
        "name": recorded("园区规划环境影响报告书") + SAMPLE,
        "office": recorded("省生态环境厅"),
        "paper": recorded("示例文号"),
    }
    _enter(ledger, Book.EIAS, actor, **eia, approved_on=dt.date(last - 1, 5, 6), covered="1000" if number else "3")
