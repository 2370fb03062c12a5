"""The ledgers of a park's later life: what a changed row changes, who sees it, who is told, what everybody reads."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.enums import OrganisationKind
from accounts.scope import enter, system
from indicators.enums import Book
from indicators.ledgers import counting, duties, reminding, totals
from indicators.models import LedgerVersion, Support, SupportTotal
from indicators.services import ledgers as services
from notifications.models import Message
from policy.supports import supports
from registry.models import Park as Listed
from tests.factories import make_organisation
from tests.indicators.ledgers import YEAR, Park, begin, values
from tests.indicators.ledgers_life import EIA, EXIT, FUND, LEADER, LOT, RESULT, issue, listed, seen, support
from tests.kept_pages import unwatched
from workflow import instants
from workflow.machine import Refused
from workflow.outbox import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def park() -> Park:
    """One park, and a department beside its offices."""
    return listed()


def test_each_measure_of_support_stands_in_the_text() -> None:
    text = Path("policy/texts/park-creation.txt").read_text()
    known = supports()
    assert [one.heading for one in known.measures.values()] == sorted(one.heading for one in known.measures.values())
    assert len(known.headings) == 6
    assert all(one.quote in text for one in known.measures.values())
    assert all(one.role in text and one.label in text for one in known.headings.values())


FIGURES: list[tuple[Book, dict[str, Any], dict[str, Any], dict[str, str]]] = [
    (Book.SUPPORT, FUND, {"amount": "120"}, {"P.sme_fund_gov": "120", "P.sme_fund_committee": "0"}),
    (Book.SUPPORT, FUND, {"clause": "P-III.3d[committee]"}, {"P.sme_fund_gov": "0", "P.sme_fund_committee": "100"}),
    (
        Book.LAND,
        LOT,
        {"area": "5", "sei": "否", "farmland": "0"},
        {"P.new_industrial_land": "5", "P.new_industrial_land_sei": "0", "P.land_quota_used": "2", "P.land_quota": "0"},
    ),
    (Book.LAND, LOT, {"use": "科研用地"}, {"P.new_industrial_land": "0", "P.farmland_taken": "1"}),
    (Book.EXITS, EXIT, {"measure": "关"}, {"P.exit_enterprises[关]": "1", "P.exit_enterprises[迁]": "0"}),
]


@pytest.mark.parametrize(("book", "told", "change", "figures"), FIGURES)
def test_changed_row_changes_its_figures(
    park: Park, book: Book, told: dict[str, Any], change: dict[str, Any], figures: dict[str, str]
) -> None:
    row = park.enter(book, "city", **told)
    with system():
        before = counting.counted(park.ledger, YEAR)
    assert all(before[code] is not None for code in figures)
    actor = park.people["city"]
    with enter(actor.scope):
        services.change_row(row, values(book, **{**told, **change}), actor, version=1)
        assert LedgerVersion.objects.filter(row=row.pk, book=book).count() == 1
    with system():
        after = counting.counted(park.ledger, YEAR)
    assert {code: after[code] for code in figures} == figures
    assert {code: before[code] for code in figures} != figures


def outcomes(park: Park, year: int = YEAR) -> dict[tuple[str, str], str]:
    """What the duties of a year come to, by clause and ledger."""
    with system():
        found = duties.duties(park.ledger, year, whole=True)
    return {(one["clause"], one["title"]): one["outcome"] for one in found}


def test_duties_follow_the_rows(park: Park) -> None:
    before = set(outcomes(park).items())
    support(park, "city", year=YEAR - 1)
    support(park, "city", amount="100")
    park.enter(Book.LAND, "city", **{**LOT, "sei": "否"})
    park.enter(Book.LAND, "city", year=YEAR, kind="补充耕地", name="复垦", area="1")
    park.enter(Book.LAND, "city", year=YEAR, kind="指标下达", name="文件", area="1.5")
    park.enter(Book.LAND, "city", **{**LOT, "name": "科研", "use": "科研用地", "mode": "协议", "farmland": "0"})
    park.enter(Book.LEADERS, "city", **LEADER)
    park.enter(Book.ISSUES, "city", **issue(park))
    park.enter(Book.RESULTS, "city", **RESULT)
    changed = {clause: outcome for (clause, _title), outcome in set(outcomes(park).items()) - before}
    wanted = {"P-II.3.4b": {"met", "not_met"}, "P-II.3.4d": "not_met", "P-III.2c": "not_met", "P-III.3d": "not_met"}
    wanted |= {"P-IV.4e": "not_met", "P-II.1.7": "met"}
    quota = {outcome for (clause, _title), outcome in outcomes(park).items() if clause == "P-II.3.4b"}
    assert {**changed, "P-II.3.4b": quota} == wanted
    row = park.enter(Book.LEADERS, "city", **{**LEADER, "role": "分管负责人"})
    assert outcomes(park)["P-IV.4d", "主要负责人亲自抓，分管负责人具体抓"] == "met"
    actor = park.people["city"]
    with enter(actor.scope):
        services.remove_row(row, "误登", actor, version=1)
    assert outcomes(park)["P-IV.4d", "主要负责人亲自抓，分管负责人具体抓"] == "not_met"


def test_assessment_of_the_plan_must_cover_the_boundary(park: Park) -> None:
    with system():
        listed = Listed.objects.get(slug=park.ledger.park)
        area = listed.boundaries.get().area_km2
        assert reminding.uncovered(park.ledger, listed) == "台账里没有规划环评"
    park.enter(Book.EIAS, "city", **{**EIA, "covered": str(round(area - 1, 4))})
    with system():
        assert reminding.uncovered(park.ledger, listed) != ""
    park.enter(Book.EIAS, "city", **{**EIA, "approved_on": "2014-01-01", "covered": str(round(area, 4))})
    with system():
        assert reminding.uncovered(park.ledger, listed) == ""


@pytest.mark.parametrize(
    ("book", "told"),
    [
        (Book.SUPPORT, {**FUND, "amount": ""}),
        (Book.SUPPORT, {**FUND, "count": "2"}),
        (Book.LAND, {**LOT, "use": ""}),
        (Book.LAND, {"year": YEAR, "kind": "指标下达", "name": "文件", "area": "1", "sei": "是"}),
        (Book.LEADERS, {**LEADER, "until": "2012-12-31"}),
        (Book.ISSUES, {"solved_on": f"{YEAR}-06-01"}),
    ],
)
def test_row_that_does_not_fit_together_is_refused(park: Park, book: Book, told: dict[str, Any]) -> None:
    given = issue(park, **told) if book == Book.ISSUES else told
    with pytest.raises(Refused):
        park.enter(book, "city", **given)


def test_support_is_read_as_the_rights_say(park: Park) -> None:
    own = support(park, "department", clause="P-III.1b", name="厅里的", amount="500")
    support(park, "committee", name="园区的")
    everybody = ("city", "committee", "lead", "department", "neighbour")
    assert seen(park, Book.SUPPORT, *everybody) == {
        "city": 2,
        "committee": 2,
        "lead": 2,
        "department": 1,
        "neighbour": 0,
    }
    actor = park.people["city"]
    with enter(actor.scope):
        changed = values(Book.SUPPORT, **{**FUND, "clause": "P-III.1b", "name": "厅里的", "amount": "900"})
        with pytest.raises(Refused, match="这个部门的经办人"):
            services.change_row(own, changed, actor, version=1)
        assert Support.objects.filter(pk=own.pk).update(amount=900) == 0
    with enter(park.people["neighbour"].scope), pytest.raises(Refused, match="不能填写"):
        services.ledger_of(park.ledger.park, Book.SUPPORT, park.people["neighbour"])
    department = park.people["department"]
    with enter(department.scope):
        with pytest.raises(Refused, match="经办人"):
            services.enter_row(park.ledger, Book.SUPPORT, values(Book.SUPPORT, **FUND), department)
        told = {"ledger": park.ledger, "tenant": park.ledger.tenant, "dossier": park.ledger.dossier}
        with pytest.raises(DatabaseError), transaction.atomic():
            Support.objects.create(**told, **values(Book.SUPPORT, **FUND))
        services.change_row(own, changed, department, version=1)
    with enter(actor.scope):
        assert LedgerVersion.objects.filter(row=own.pk).count() == 1


VISIBLE: list[tuple[Book, dict[str, int], dict[str, int]]] = [
    (Book.LAND, {"lead": 0, "department": 0}, {"lead": 1}),
    (Book.EXITS, {"lead": 0, "department": 0}, {"lead": 1}),
    (Book.LEADERS, {"lead": 1, "department": 1}, {}),
    (Book.ISSUES, {"lead": 1, "department": 0}, {}),
    (Book.RESULTS, {"lead": 1, "department": 0}, {}),
    (Book.EIAS, {"lead": 1, "department": 0}, {}),
]


@pytest.mark.parametrize(("book", "before", "after"), VISIBLE)
def test_rows_are_seen_by_their_own_and_by_whom_they_concern(
    park: Park, book: Book, before: dict[str, int], after: dict[str, int]
) -> None:
    told = {Book.LAND: LOT, Book.EXITS: EXIT, Book.LEADERS: LEADER, Book.RESULTS: RESULT, Book.EIAS: EIA}
    given = told.get(book) or issue(park)
    park.enter(book, "city", **given)
    own = {"city": 1, "committee": 1, "neighbour": 0}
    assert seen(park, book, "city", "committee", "neighbour", *before) == {**own, **before}
    if after:
        park.hand_in()
        assert seen(park, book, "neighbour", *after) == {"neighbour": 0, **after}


def told_of(word: str) -> set[tuple[str, str]]:
    """The offices that got a message with a word in its title, by kind."""
    deliver_all()
    with system():
        return set(Message.objects.filter(title__contains=word).values_list("organisation__kind", "address"))


def test_flawed_land_is_told_once_to_committee_lead_and_land_department(park: Park) -> None:
    with system():
        make_organisation(OrganisationKind.DEPARTMENT, code="dept-land")
    row = park.enter(Book.LAND, "city", **{**LOT, "sei": "否"})
    park.enter(Book.LAND, "city", **{**LOT, "name": "二号地"})
    offices = {(kind, row.get_absolute_url()) for kind in ("kjt", "park_committee", "department")}
    assert told_of("供地须核查") == offices
    actor = park.people["city"]
    with enter(actor.scope):
        services.change_row(row, values(Book.LAND, **{**LOT, "sei": "否", "area": "4"}), actor, version=1)
    assert told_of("供地须核查") == offices
    assert seen(park, Book.LAND, "lead") == {"lead": 1}


def test_question_and_new_leader_are_told_at_once(park: Park) -> None:
    question = park.enter(Book.ISSUES, "committee", **issue(park))
    leader = park.enter(Book.LEADERS, "committee", **LEADER)
    assert told_of("协调") == {("kjt", question.get_absolute_url())}
    assert told_of("主要负责人有变化") == {("applicant_gov", leader.get_absolute_url())}


def test_reminders_go_out_once_and_only_for_what_lacks(park: Park) -> None:
    today = dt.date(YEAR + 1, 4, 1)
    support(park, "city", year=YEAR - 1, amount="100")
    fund = support(park, "city", amount="100")
    park.enter(Book.ISSUES, "city", **issue(park))
    park.enter(Book.LEADERS, "city", **{**LEADER, "until": f"{YEAR}-12-31"})
    with system():
        ledger = park.ledger
        assert reminding.remind(ledger, dt.date(YEAR + 1, 3, 31)) == 5
        assert reminding.remind(ledger, today) == 2
        assert reminding.remind(ledger, today) == 0
    deliver_all()
    words = ("没有扩大", "没有登记：", "考核结果没有登记", "主要负责人空缺", "分管负责人空缺", "逾期未解决", "没有覆盖")
    with system():
        sent = list(Message.objects.exclude(title__contains="有变化").exclude(title__contains="协调"))
    said = {one.pk: f"{one.title}：{one.body}" for one in sent}
    kinds = {word: sorted(one.organisation.kind for one in sent if word in said[one.pk]) for word in words}
    assert kinds == {
        "没有扩大": ["applicant_gov", "park_committee"],
        "没有登记：": ["applicant_gov", "park_committee"],
        "考核结果没有登记": ["applicant_gov"],
        "主要负责人空缺": ["applicant_gov"],
        "分管负责人空缺": ["applicant_gov"],
        "逾期未解决": ["applicant_gov", "kjt", "park_committee"],
        "没有覆盖": ["park_committee"],
    }
    # All that concerns an office comes in one message: on the first day three offices, on the next two.
    assert len(sent) == 5
    assert {one.address.split("?")[0] for one in sent} == {"/ledgers/checks/", "/ledgers/issues/", "/ledgers/support/"}
    assert fund.year == YEAR


def test_public_sums_keep_small_cells_back(park: Park) -> None:
    support(park, "city", clause="P-III.1b", amount="7")
    with system():
        assert totals.add_up() == 1
        [row] = SupportTotal.objects.all()
        assert (row.heading, row.parks, row.measures, row.amount) == ("P-III.1", None, None, None)
        for _number in range(2):
            other = begin()
            for heading, amount in ((1, "3"), (2, "1")):
                support(other, "city", clause=f"P-III.{heading}b", name="补助", amount=amount)
            support(other, "city", clause="P-III.1b", name="今年的", year=instants.today().year, amount="9")
        support(park, "city", clause="P-III.2b", name="补助", amount="5")
        totals.add_up()
        found = {row.heading: (row.parks, row.measures, row.amount) for row in SupportTotal.objects.all()}
    assert found == {"P-III.1": (3, 3, 13), "P-III.2": (3, 3, 7)}
    stranger = Client()
    page = stranger.get("/support/").content.decode()
    assert ("13" in page, park.ledger.name in page) == (True, False)
    assert f"{YEAR},P-III.1,引导高层次人才集聚,3,3,13" in stranger.get("/open/support.csv").content.decode()
    assert unwatched(stranger, "/support/") == set()
