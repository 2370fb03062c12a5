"""T15 and T16: a return is filled in, checked, verified, settled, locked and corrected."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from accounts.enums import PostRole
from accounts.scope import enter, system
from indicators import queries, services
from indicators.enums import FigureLevel, ReturnStatus, VerificationOutcome
from indicators.models import Conflict, Entry, Figure, Return
from tests.indicators.returns import YEAR, Year, begin
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db
GDP, OUTPUT = "P.gdp", "P.hitech_output"


@pytest.fixture
def year() -> Year:
    """An opened return."""
    return begin()


def waiting(year: Year, office: str) -> list[str]:
    """The kinds of tasks that wait for an office."""
    with system():
        rows = Task.objects.filter(organisation=year.offices[office], done_at=None)
        return sorted(rows.values_list("kind", flat=True))


def figures(year: Year, code: str) -> list[tuple[int, str, str | None]]:
    """All vintages of a figure."""
    with system():
        rows = Figure.objects.filter(report=year.report, code=code).order_by("vintage")
        return list(rows.values_list("vintage", "level", "value"))


def refused(year: Year, name: str, office: str, role: str = PostRole.SIGNER, *args: str) -> str:
    """Why an act is refused."""
    with pytest.raises(Refused) as error:
        year.act(name, office, role, *args)
    return str(error.value)


def test_return_goes_from_committee_to_county_to_city_to_departments_and_is_locked(year: Year) -> None:
    assert waiting(year, "committee") == ["fill_return"]
    year.fill()
    year.act("hand_up", "committee")
    assert (year.report.status, waiting(year, "committee")) == (ReturnStatus.COUNTY, [])
    assert waiting(year, "county") == ["check_return"]
    year.act("pass_on", "county")
    assert (waiting(year, "county"), waiting(year, "city")) == ([], ["submit_return"])
    year.act("submit", "city")
    assert (year.report.status, waiting(year, "city")) == (ReturnStatus.VERIFYING, [])
    assert (waiting(year, "stat"), waiting(year, "lead")) == (["verify_return"], ["verify_return"])
    year.verify_all()
    assert (waiting(year, "stat"), waiting(year, "lead")) == (["lock_return"], [])
    year.act("lock", "stat")
    assert (year.report.status, waiting(year, "stat")) == (ReturnStatus.LOCKED, [])
    assert figures(year, GDP) == [(1, FigureLevel.REPORTED, "100"), (2, FigureLevel.VERIFIED, "100")]
    with system():
        assert set(queries.final("test-park", [YEAR])) == set(queries.needed(year.report))


def test_return_without_a_county_goes_to_the_city() -> None:
    year = begin(county=False).fill()
    year.act("hand_up", "committee")
    assert (year.report.status, waiting(year, "city")) == (ReturnStatus.CITY, ["submit_return"])


def test_blank_figure_holds_the_return_up_and_an_unknown_one_with_a_note_does_not(year: Year) -> None:
    assert "数据没有填写" in refused(year, "hand_up", "committee")
    year.fill()
    year.write(GDP, "")
    assert "生产总值" in refused(year, "hand_up", "committee")
    year.write(GDP, "", note="核算尚未完成")
    assert "选“未知”" in refused(year, "hand_up", "committee")
    year.write(GDP, "未知")
    year.hand_in()
    assert figures(year, GDP) == [(1, FigureLevel.REPORTED, None)]


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        (GDP, "一百", "应填写数字"),
        (GDP, "-1", "不能为负数：-1（V1）"),
        ("P.new_enterprises", "1.5", "应为整数：1.5（V6）。例如 1 家"),
        ("P.nothing", "1", "没有代码为 P.nothing 的指标"),
        ("Z.rd_expenditure", "1", "不是这份报表的指标"),
    ],
)
def test_unusable_figure_is_refused_in_words(year: Year, code: str, text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        year.write(code, text)


def test_second_writer_sees_both_values_and_loses_nothing(year: Year) -> None:
    year.write(GDP, "100")
    city = year.actor("city")
    with enter(city.scope), pytest.raises(services.Conflicting) as met:
        services.save_entry(year.report, GDP, "120", city, version=0)
    assert (met.value.entry.value, met.value.value) == ("100", "120")
    with enter(city.scope):
        services.save_entry(year.report, GDP, "120", city, version=1)
        assert Entry.objects.get(report=year.report, code=GDP).version == 2
        # The same once more is no change.
        assert services.save_entry(year.report, GDP, "120", city, version=1).version == 2


def test_return_sent_back_is_mended_and_only_what_changed_is_a_new_vintage(year: Year) -> None:
    year.fill().hand_in()
    assert "理由" in refused(year, "reopen", "stat", PostRole.SIGNER, " ")
    year.act("reopen", "stat", PostRole.HANDLER, "产值与税务数据不符")
    assert (year.report.status, waiting(year, "committee")) == (ReturnStatus.FILLING, ["fill_return"])
    year.write(OUTPUT, "105")
    year.hand_in()
    assert figures(year, OUTPUT) == [(1, FigureLevel.REPORTED, "100"), (2, FigureLevel.REPORTED, "105")]
    assert figures(year, GDP) == [(1, FigureLevel.REPORTED, "100")]


def test_county_gives_back_with_a_reason(year: Year) -> None:
    year.fill()
    year.act("hand_up", "committee")
    assert "理由" in refused(year, "give_back", "county", PostRole.SIGNER, "")
    year.act("give_back", "county", PostRole.SIGNER, "缺少口径说明")
    assert (year.report.status, waiting(year, "county")) == (ReturnStatus.FILLING, [])


def test_returned_figure_blocks_the_lock_until_it_is_handed_in_again(year: Year) -> None:
    year.fill().hand_in()
    with pytest.raises(Refused, match="理由"):
        year.verify(OUTPUT, VerificationOutcome.RETURNED)
    year.verify(OUTPUT, VerificationOutcome.RETURNED, reason="口径有误")
    year.verify_all(OUTPUT)
    assert "被退回" in refused(year, "lock", "stat")
    year.act("reopen", "stat", PostRole.HANDLER, "口径有误")
    year.write(OUTPUT, "104")
    year.hand_in()
    # What was confirmed before and did not change need not be verified again.
    assert "还有 1 项数据没有核定：高新技术产业产值" in refused(year, "lock", "stat")
    year.verify(OUTPUT)
    year.act("lock", "stat")
    assert figures(year, OUTPUT)[-1] == (3, FigureLevel.VERIFIED, "104")


@pytest.mark.parametrize(("own", "differs"), [("100.99", False), ("99", True), ("101.0101", False), ("102", True)])
def test_difference_over_one_percent_of_the_departments_figure_is_a_conflict(
    year: Year, own: str, differs: bool
) -> None:
    year.fill().hand_in()
    year.verify(OUTPUT, VerificationOutcome.OWN, own=own, source="税务数据")
    with system():
        assert Conflict.objects.filter(report=year.report).exists() is differs


def test_conflict_is_settled_on_the_record_once_and_what_was_agreed_holds(year: Year) -> None:
    year.fill().hand_in().verify_all(OUTPUT)
    year.verify(OUTPUT, VerificationOutcome.OWN, own="80")
    assert "数据冲突" in refused(year, "lock", "stat")
    stat, city = year.actor("stat"), year.actor("city")
    with system():
        conflict = Conflict.objects.get(report=year.report)
    with enter(city.scope), pytest.raises(Refused, match="省统计局"):
        services.settle(conflict, "100", "我市数据无误", city)
    with enter(stat.scope):
        with pytest.raises(Refused, match="依据"):
            services.settle(conflict, "85", " ", stat)
        services.settle(conflict, "85", "以联网直报为准", stat)
        with pytest.raises(Refused, match="已经协商"):
            services.settle(conflict, "86", "再议", stat)
    year.act("lock", "stat")
    assert figures(year, OUTPUT)[-1] == (2, FigureLevel.VERIFIED, "85")


def test_correction_after_locking_is_a_new_vintage_and_the_old_one_stays(year: Year) -> None:
    year.fill().hand_in().verify_all()
    year.act("lock", "stat")
    stat = year.actor("stat", PostRole.SIGNER)
    with enter(stat.scope):
        with pytest.raises(Refused, match="理由"):
            services.correct(year.report, GDP, "110", "", stat)
        with pytest.raises(Refused, match="相同"):
            services.correct(year.report, GDP, "100", "复核", stat)
        services.correct(year.report, GDP, "110", "经济普查修订", stat)
    assert figures(year, GDP)[1:] == [(2, FigureLevel.VERIFIED, "100"), (3, FigureLevel.CORRECTED, "110")]
    with system():
        assert queries.final("test-park", [YEAR])[GDP][YEAR].value == "110"
    with pytest.raises(Refused, match="不能修改"):
        year.write(GDP, "120")


def sees(year: Year, model: type[Entry] | type[Figure] | type[Return]) -> set[str]:
    """The offices that see rows of the return."""
    found = set()
    for office in year.offices:
        with enter(year.actor(office).scope):
            if model.objects.filter(dossier=year.report.dossier).exists():
                found.add(office)
    return found


def test_neighbour_sees_nothing_and_departments_nothing_of_what_is_being_written(year: Year) -> None:
    year.fill()
    assert sees(year, Entry) == sees(year, Return) == {"city", "committee", "county"}
    year.hand_in()
    assert sees(year, Entry) == {"city", "committee", "county"}
    assert sees(year, Figure) == sees(year, Return) == {"city", "committee", "county", "stat", "lead"}


def test_figures_are_never_changed_nor_deleted(year: Year) -> None:
    year.fill().hand_in()
    with system():
        rows = Figure.objects.filter(code=GDP)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(value="1")
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)
