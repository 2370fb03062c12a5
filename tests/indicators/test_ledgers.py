"""The ledgers: what is counted from them, who sees a row, how it changes, what is told of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.scope import enter, system
from indicators.enums import Book
from indicators.ledgers import counting, credit_code
from indicators.ledgers.beside import ledger_counts
from indicators.models import Enterprise, Ledger, LedgerCount, LedgerVersion, Project
from indicators.services import ledgers as services
from notifications.models import Message
from policy import figures
from tests.indicators.ledgers import PROJECT, YEAR, Park, begin, code, values
from workflow.machine import Refused
from workflow.outbox import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def park() -> Park:
    """One park."""
    return begin()


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("91330000142942095H", True),
        ("91330000142942095K", False),
        ("91330100799655058B", True),
        ("91330100799655058b", False),
        ("9133010079965505", False),
        ("9133010079965505IB", False),
        ("９1330100799655058B", False),
    ],
)
def test_credit_code_is_checked_by_its_last_character(text: str, valid: bool) -> None:
    assert credit_code.is_valid(text) is valid
    assert list(credit_code.are_valid([text, "91330100799655058B"])) == [valid, True]


# Each figure: rows that count for 2014, rows that do not.
CERTIFIED = {"hitech_number": "GR1", "hitech_year": "2014", "hitech_from": "2014-09-29", "hitech_to": "2017-09-28"}
CASES: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
    "P.new_projects": ([{}], [{"year": 2013}, {"decision": "否决"}]),
    "P.new_hitech_projects": ([{"hitech": "是"}], [{}, {"hitech": "是", "decision": "否决"}]),
    "P.projects_rejected": ([{"decision": "否决"}], [{}, {"decision": "否决", "year": 2015}]),
    "P.projects_flagged": ([{"polluting": "是"}, {"wasteful": "是", "decision": "否决"}], [{}]),
    "P.projects_assessed": (
        [{}],
        [{"assessed_on": "", "assessed_by": "", "assessment": ""}, {"decision": "否决"}],
    ),
    "P.new_enterprises": (
        [{"registered_on": "2014-01-01"}, {"registered_on": "2014-12-31", "left_on": "2014-12-31"}],
        [{"registered_on": "2013-12-31"}, {"registered_on": "2015-01-01"}, {}],
    ),
    "P.new_hitech_enterprises": ([CERTIFIED], [{**CERTIFIED, "hitech_year": "2011"}]),
    "P.hitech_enterprises": (
        [CERTIFIED, {**CERTIFIED, "hitech_from": "2011-01-01", "hitech_to": "2014-12-31"}],
        [
            {**CERTIFIED, "hitech_from": "2011-01-01", "hitech_to": "2014-12-30"},
            {**CERTIFIED, "hitech_from": "2015-01-01"},
            {**CERTIFIED, "left_on": "2014-12-31"},
        ],
    ),
    "P.tech_smes": ([{"sme_year": "2010"}, {"sme_year": "2014"}], [{"sme_year": "2015"}]),
    "P.new_tech_smes": ([{"sme_year": "2014"}], [{"sme_year": "2010"}]),
    "P.new_sei_enterprises": ([{"sei_year": "2014"}], [{"sei_year": "2013"}, {}]),
    "P.new_hts_enterprises": ([{"hts_year": "2014"}], [{"hts_year": "2013"}]),
    "P.innovative_enterprises": ([{"innovative_year": "2012"}], [{"innovative_year": "2015"}]),
    "P.hq_enterprises": (
        [{"hq_year": "2014", "left_on": "2015-01-01"}],
        [{"hq_year": "2014", "left_on": "2014-06-01"}],
    ),
    "P.listed_companies": ([{"listed_year": "2000"}], [{"listed_year": "2015"}]),
    "P.ent_rd_institutions": ([{"rd_year": "2014"}], [{}]),
}


def test_every_measure_has_its_case() -> None:
    own = {
        code: measure
        for code, measure in counting.MEASURES.items()
        if measure.book in (Book.PROJECTS, Book.ENTERPRISES)
    }
    sums = {code for code, measure in own.items() if measure.adds}
    assert sums == {"P.new_project_investment", "P.new_hitech_project_investment"}
    assert CASES.keys() | sums == own.keys()
    assert figures.of_ledgers() == {"P.new_projects", "P.new_hitech_projects", "P.new_project_investment"} <= set(own)


@pytest.mark.parametrize("figure", CASES)
def test_figure_counts_its_rows_and_no_others(park_rows: Ledger, figure: str) -> None:
    counted, other = CASES[figure]
    measure = counting.MEASURES[figure]
    with system():
        for number, told in enumerate([*counted, *other]):
            _store(park_rows, measure.book, number, told)
        assert counting.counted(park_rows, YEAR)[figure] == str(len(counted))
        found = counting.rows_of(measure.book).filter(measure.rows(YEAR)).values_list("name", flat=True)
        assert sorted(found) == [f"行{number}" for number in range(len(counted))]


def test_investment_is_added_up_and_an_empty_book_counts_nothing(park_rows: Ledger) -> None:
    with system():
        assert set(counting.counted(park_rows, YEAR).values()) == {None}
        begun_before = {"year": 2013, "started_on": "2013-12-31"}
        for number, told in enumerate([{"hitech": "是"}, {"completed": "0.75"}, begun_before]):
            _store(park_rows, Book.PROJECTS, number, told)
        found = counting.counted(park_rows, YEAR)
        _store(park_rows, Book.PROJECTS, 3, {"completed": ""})
        lacking = counting.counted(park_rows, YEAR)
    assert found["P.new_project_investment"] == "2"
    assert found["P.new_hitech_project_investment"] == "1.25"
    assert found["P.new_enterprises"] is None
    assert (lacking["P.new_project_investment"], lacking["P.new_hitech_project_investment"]) == (None, "1.25")


@pytest.fixture
def park_rows() -> Ledger:
    """A ledger alone."""
    return begin().ledger


def _store(ledger: Ledger, book: Book, number: int, told: dict[str, Any]) -> None:
    own: dict[str, Any] = {"ledger": ledger, "tenant_id": ledger.tenant_id, "dossier": ledger.dossier}
    key: dict[str, Any] = {"name": f"行{number}"}
    if book == Book.PROJECTS:
        Project.objects.create(**own, **values(book, **{**PROJECT, **told, **key}))
    else:
        Enterprise.objects.create(**own, **values(book, credit_code=code(number), **told, **key))


def test_row_keeps_its_versions_whoever_changes_it(park: Park) -> None:
    row = park.project()
    actor = park.people["city"]
    with enter(actor.scope):
        services.change_row(row, values(Book.PROJECTS, **{**PROJECT, "planned": "2"}), actor, version=1)
        with pytest.raises(Refused, match="被别人改过"):
            services.change_row(row, values(Book.PROJECTS, **{**PROJECT, "planned": "3"}), actor, version=1)
        with pytest.raises(Refused, match="理由"):
            services.remove_row(row, " ", actor, version=2)
        services.remove_row(row, "重复登记", actor, version=2)
        assert list(counting.rows_of(Book.PROJECTS)) == []
        kept = LedgerVersion.objects.filter(row=row.pk).order_by("version")
        assert [(one.version, one.data["planned"]) for one in kept] == [(1, 1.25), (2, 2)]
        again = services.enter_row(park.ledger, Book.PROJECTS, values(Book.PROJECTS, **PROJECT), actor)
    assert (again.pk, again.version, again.removed_at) == (row.pk, 4, None)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM indicators_project",
        "UPDATE indicators_project SET planned = 9",
        "UPDATE indicators_project SET version = version + 1, tenant_id = gen_random_uuid()",
        "UPDATE indicators_ledgerversion SET data = '{}'",
        "DELETE FROM indicators_ledgerversion",
        "DELETE FROM indicators_ledger",
    ],
)
def test_database_itself_keeps_what_a_row_said(park: Park, sql: str) -> None:
    row, actor = park.project(), park.people["city"]
    with enter(actor.scope):
        services.change_row(row, values(Book.PROJECTS, **{**PROJECT, "planned": "2"}), actor, version=1)
    with system(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_row_is_seen_by_its_city_and_by_authorities_once_handed_in(park: Park) -> None:
    project, firm = park.project(), park.enterprise(1)
    park.project(year=YEAR + 1)

    def seen(who: str) -> tuple[int, int]:
        with enter(park.people[who].scope):
            return Project.objects.count(), Enterprise.objects.count()

    assert [seen(who) for who in ("city", "committee", "neighbour", "lead")] == [(2, 1), (2, 1), (0, 0), (0, 0)]
    park.hand_in()
    assert [seen(who) for who in ("neighbour", "lead")] == [(0, 0), (1, 1)]
    neighbour = park.people["neighbour"]
    with enter(neighbour.scope):
        told = values(Book.PROJECTS, **PROJECT)
        with pytest.raises(Refused, match="经办人"):
            services.enter_row(park.ledger, Book.PROJECTS, told, neighbour)
        own = {"ledger": park.ledger, "tenant": neighbour.organisation, "dossier": park.ledger.dossier}
        with pytest.raises(DatabaseError), transaction.atomic():
            Project.objects.create(**own, **{**told, "name": "别人的台账"})
    actor = park.people["committee"]
    with enter(actor.scope), pytest.raises(Refused, match="已经报送"):
        services.change_row(project, values(Book.PROJECTS, **{**PROJECT, "planned": "9"}), actor, version=1)
    assert firm.pk


def test_worker_counts_what_changed_for_the_return(park: Park) -> None:
    report = park.hand_in()
    park.enterprise(1, registered_on="2014-05-20")
    park.project(completed="1.2")
    with system():
        assert ledger_counts(report) == {}
    deliver_all()
    with system():
        found = {code: row.value for code, row in ledger_counts(report).items()}
        assert (found["P.new_enterprises"], found["P.new_project_investment"]) == ("1", "1.2")
        known = (Book.PROJECTS, Book.ENTERPRISES)
        assert set(found) == {code for code, measure in counting.MEASURES.items() if measure.book in known}
    with enter(park.people["lead"].scope):
        of_parks = [one for one in counting.MEASURES.values() if one.book != Book.REGISTERS]
        assert LedgerCount.objects.filter(year=YEAR).count() == len(of_parks)
        assert not LedgerCount.objects.exclude(year=YEAR).exists()
    with enter(park.people["neighbour"].scope):
        assert not LedgerCount.objects.exists()


def test_admitted_without_assessment_or_with_a_flag_is_told_once(park: Park) -> None:
    fine = park.project()
    blank = {"assessed_on": "", "assessed_by": "", "assessment": ""}
    park.project(name="否决的", decision="否决", polluting="是")
    wrong = park.project(name="没评价的", **blank)
    actor = park.people["committee"]
    with enter(actor.scope):
        told = values(Book.PROJECTS, **{**PROJECT, "name": "没评价的", **blank, "wasteful": "是"})
        services.change_row(wrong, told, actor, version=1)
    deliver_all()
    with system():
        rows = Message.objects.filter(title__contains="准入项目").values_list("organisation__kind", "address", "body")
        address = f"/ledgers/projects/{wrong.pk}/"
        body = "没评价的（2014）：入园前没有科技水平评价"
        assert sorted(rows) == [("kjt", address, body), ("park_committee", address, body)]
        assert Project.objects.get(pk=fine.pk).alerted_at is None
    with enter(park.people["lead"].scope):
        # What was told of may be opened, though nothing was handed in.
        assert list(Project.objects.values_list("name", flat=True)) == ["没评价的"]
