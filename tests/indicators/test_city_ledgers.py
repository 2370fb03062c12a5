"""The registers of C-IV and C-V: a changed row changes the figure, the rows that it is traced to, and the index."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import Workbook

from accounts.enums import OrganisationKind
from accounts.scope import enter, system
from indicators import scoring
from indicators.enums import Book, SubjectKind
from indicators.ledgers import access, counting, reading, registers, reminding, storing, working
from indicators.ledgers.columns import label
from indicators.ledgers.storing import Origin
from indicators.models import Ledger, LedgerCount, LedgerVersion, Record
from indicators.services import ledgers as services
from indicators.services.ledgers_opening import open_place
from indicators.services.opening import open_return
from indicators.sheets import SheetRefused
from policy import figures, index
from tests import factories
from tests.places import an_office
from workflow.machine import Refused
from workflow.models import Delivery

pytestmark = pytest.mark.django_db
YEAR = 2024
SIZES = {f"C.enterprise_institutes[{size}]" for size in registers.INSTITUTE_SIZES}
COUNTED = [(code, count) for code, one in registers.REGISTERS.items() for count in one.counts]
IN_INDEX = {
    name
    for part in index.indicators(index.default("city").tree)
    for name in (*part.numerator, part.denominator)
    if name
}


@dataclass(frozen=True)
class Version:
    """An index of one indicator, for a figure that the default index does not have."""

    tree: list[Mapping[str, Any]]


class Scene:
    """A city that keeps its registers."""

    def __init__(self) -> None:
        self.city = an_office(OrganisationKind.APPLICANT_GOV)
        with system():
            place = self.city.organisation.division
            assert place is not None
            self.ledger = open_place(place, self.city.organisation, None)

    def enter(self, register: str, count: registers.Counts, name: str = "示例甲", **more: Any) -> Record:
        """A row that counts to a figure."""
        kind = count.kinds[0] if count.kinds else next(iter(registers.REGISTERS[register].kinds), "")
        told = dict.fromkeys(("body", "since", "until", "note"), "")
        told |= {"since": None, "until": None, "amount": Decimal(50), "number": Decimal(max(count.least, 120))}
        values = {**told, "register": register, "year": YEAR, "kind": kind, "name": name, "paper": "示例〔2024〕1号"}
        with enter(self.city.handler.scope):
            row = services.enter_row(self.ledger, Book.REGISTERS, {**values, **more}, self.city.handler)
        assert isinstance(row, Record)
        return row

    def counted(self, code: str) -> str | None:
        with enter(self.city.handler.scope):
            return counting.counted(self.ledger, YEAR)[code]

    def traced(self, code: str) -> set[str]:
        """The names of the rows that a figure was counted from."""
        with enter(self.city.handler.scope):
            rows: Any = counting.rows_of(Book.REGISTERS).filter(counting.MEASURES[code].rows(YEAR), ledger=self.ledger)
            return set(rows.values_list("name", flat=True))


@pytest.fixture
def scene() -> Scene:
    return Scene()


def scored(code: str, value: str | None) -> str:
    """The city's score among three: in the default index where that has the figure, else in one of it alone."""
    if code in IN_INDEX:
        tree = [part.as_json() for part in index.default("city").tree]
    else:
        top = {"code": "index", "label": "示例", "level": 2, "parent": "", "weight": "100", "direction": 1}
        own = {"code": "one", "label": "示例", "level": 1, "parent": "index", "weight": "100", "direction": 1}
        tree = [top, {**own, "kind": "figure", "numerator": [code], "normalise": "minmax"}]
    base = {name: {YEAR: Fraction(100), YEAR - 1: Fraction(90)} for name in IN_INDEX}

    def city(name: str, own: Fraction) -> scoring.Scored:
        return scoring.Scored(name, {**base, code: {YEAR: own, YEAR - 1: Fraction(1)}}, [], {})

    others = [city("339901", Fraction(0)), city("339902", Fraction(100_000))]
    found = scoring.score(Version(tree), [*others, city("339903", Fraction(value or 0))], YEAR, 10)
    return found.by_subject["339903"].score


@pytest.mark.parametrize(("register", "count"), COUNTED, ids=[count.code for _register, count in COUNTED])
def test_changed_row_changes_figure_trace_and_index(scene: Scene, register: str, count: registers.Counts) -> None:
    assert scene.counted(count.code) is None
    row = scene.enter(register, count)
    scene.enter(register, count, "示例乙")
    before = scene.counted(count.code)
    wanted = {"amount": "100", "number": str(2 * max(count.least, 120)), "": "2"}[count.adds]
    assert (before, scene.traced(count.code)) == (wanted, {"示例甲", "示例乙"})
    kept = {name: getattr(row, name) for name in ("register", "year", "kind", "name", "body", "paper", "note")}
    changed: dict[str, Any] = {name: getattr(row, name) for name in ("amount", "number", "since", "until")}
    if count.adds:
        changed[count.adds] = Decimal(7)
    elif count.stock:
        changed["until"] = "2024-12-30"
    else:
        kept["year"] = YEAR - 1
    with enter(scene.city.handler.scope):
        services.change_row(row, {**kept, **changed}, scene.city.handler, version=row.version)
        assert LedgerVersion.objects.filter(row=row.pk).count() == 1
    after = scene.counted(count.code)
    assert after != before
    assert (scene.traced(count.code) == {"示例乙"}) != bool(count.adds)
    assert scored(count.code, after) != scored(count.code, before)
    assert figures.find(count.code) is not None


def test_every_clause_of_a_register_is_of_the_two_chapters() -> None:
    clauses = {clause for one in registers.REGISTERS.values() for clause in one.clause.split("; ")}
    assert all(clause.startswith(("C-IV.", "C-V.")) for clause in clauses)
    assert {"C-IV.2h", "C-IV.6c", "C-V.1a", "C-V.3d"} <= clauses
    assert {count.code for _register, count in COUNTED} >= SIZES


def table(*rows: tuple[Any, ...]) -> io.BytesIO:
    """A table with the heads of the template."""
    book = Workbook()
    heads = ("register", "year", "kind", "name", "body", "amount", "number", "paper")
    assert book.active is not None
    book.active.append([label(Book.REGISTERS, name) for name in heads])
    for row in rows:
        book.active.append(list(row))
    found = io.BytesIO()
    book.save(found)
    found.seek(0)
    return found


def taken(scene: Scene, *rows: tuple[Any, ...]) -> storing.Loaded:
    """Rows of a table taken into the city's registers."""
    with enter(scene.city.handler.scope):
        tables = reading.tables("登记簿.xlsx", table(*rows).getvalue())
        return storing.load(Book.REGISTERS, tables, [scene.ledger], Origin(person=scene.city.handler.person.pk))


def test_table_comes_in_typed_by_register(scene: Scene) -> None:
    rows = [
        ("企业研发机构", 2020, "企业研究院", f"示例研究院{size}", "示例公司", None, size, "")
        for size in (99, 100, 350, 1000, 2500)
    ]
    loaded = taken(scene, *rows, ("标准制（修）订", YEAR, "主导国家标准", "示例标准", "示例公司", None, None, "GB/T 1"))
    assert (loaded.new, loaded.changed) == (6, 0)
    told = [scene.counted(f"C.enterprise_institutes[{size}]") for size in registers.INSTITUTE_SIZES]
    assert (told, scene.counted("C.ent_rd_institutions")) == (["4", "3", "2", "1"], "5")
    assert (scene.counted("C.standards[national_lead]"), scene.counted("C.standards[intl_lead]")) == ("1", "0")
    assert scene.counted("C.incubators") is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("企业研发机构", 2020, "企业研究院", "甲", "", None, None, ""), "须填写"),
        (("企业研发机构", 2020, "主导国家标准", "甲", "", None, 5, ""), "类别应为"),
        (("技术创新战略联盟", 2020, "企业研究院", "甲", "", None, None, ""), "不分类别"),
        (("非货币出资", 2012, "", "甲", "", 1000, 701, ""), "百分之七十"),
        (("没有的登记簿", 2012, "", "甲", "", None, None, ""), "可选范围"),
    ],
)
def test_wrong_row_is_named(scene: Scene, row: tuple[Any, ...], said: str) -> None:
    with pytest.raises(SheetRefused, match=said) as refused:
        taken(scene, row)
    assert said != "类别应为" or "例如" not in str(refused.value), "the rule names the kinds, no example of another one"
    assert Record.objects.count() == 0


def test_what_is_wrong_is_told_in_the_order_of_the_rows_once_a_cell_and_in_words(scene: Scene) -> None:
    institute = ("企业研发机构", 2020, "企业研究院", "甲院", "", None)
    late = ("企业研发机构", "去年", "企业研究院", "乙", "", None, 5, "")
    with pytest.raises(SheetRefused) as refused:
        taken(scene, (*institute, "多", ""), (*institute, 120, ""), late, (*institute, 130, ""))
    places = [problem.partition("：")[0] for problem in refused.value.problems]
    assert [int(re.sub(r"\D", "", place)) for place in places] == sorted(int(re.sub(r"\D", "", one)) for one in places)
    assert len(places) == len(set(places)), "of a cell only what was found first"
    (doubled,) = [problem for problem in refused.value.problems if "重复" in problem and "Sheet!5" in problem]
    assert "企业研发机构 2020 企业研究院 甲院" in doubled


def test_non_cash_share_of_exactly_seventy_percent_is_taken(scene: Scene) -> None:
    assert taken(scene, ("非货币出资", 2012, "", "甲", "", 1000, 700, "")).new == 1


def test_counts_stand_beside_the_return_of_the_place(scene: Scene) -> None:
    one = registers.Counts("C.alliances", stock=True)
    scene.enter("alliances", one)
    with system():
        place = scene.city.organisation.division
        assert place is not None
        open_return(SubjectKind.CITY, place.code, place.name, YEAR, scene.city.organisation, None)
        working.count_ledger(scene.ledger)
        told = LedgerCount.objects.get(subject=place.code, year=YEAR, code="C.alliances")
    assert told.value == "1"


def test_missing_result_of_the_responsibility_system_is_told_once(scene: Scene) -> None:
    with system():
        assert reminding.remind(scene.ledger, dt.date(YEAR + 1, 3, 31)) == 0
        told = [reminding.remind(scene.ledger, dt.date(YEAR + 1, 4, day)) for day in (1, 2)]
        assert told == [1, 0]
        assert "党政领导科技进步" in Delivery.objects.get(effect="notifications.message").payload["title"]
    scene.enter("responsibility", registers.Counts("", ("passed",)), year=YEAR + 1)
    with system():
        assert reminding.remind(scene.ledger, dt.date(YEAR + 2, 4, 1)) == 0


def test_others_read_and_do_not_write(scene: Scene) -> None:
    row = scene.enter("alliances", registers.Counts("C.alliances", stock=True))
    neighbour, department = an_office(OrganisationKind.APPLICANT_GOV), an_office(OrganisationKind.DEPARTMENT)
    with enter(neighbour.handler.scope):
        assert not Record.objects.exists()
    with enter(department.handler.scope):
        assert Record.objects.get() == row
        assert list(access.seen_by(department.handler, Book.REGISTERS)) == [scene.ledger]
        assert not access.seen_by(department.handler, Book.PROJECTS).filter(pk=scene.ledger.pk).exists()
        with pytest.raises(Refused):
            services.remove_row(row, "不归本部门", department.handler, version=row.version)


def test_ledgers_of_parks_and_places_are_kept_apart(scene: Scene) -> None:
    with system():
        park = factories.make_park(tenant=scene.city.organisation)
        own = services.open_ledger(park)
        assert set(Ledger.objects.filter(place=True)) == {scene.ledger}
        assert not any(code.startswith("C.") for code in counting.counted(own, YEAR))
    with enter(scene.city.handler.scope):
        assert access.parks_kept(scene.city.handler, Book.PROJECTS) == [(park.slug, park.name)]
        assert [code for code, _name in access.parks_kept(scene.city.handler, Book.REGISTERS)] == [scene.ledger.park]
