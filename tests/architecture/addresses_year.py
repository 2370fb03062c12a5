"""The addresses of the year: returns, ledgers, index, runs, sanctions, inspections."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from indicators.enums import Book
from tests import annual_evaluations, annual_index, annual_monitoring, city_reviews
from tests.architecture import audiences as who
from tests.architecture.cases import Case
from tests.architecture.posted import data, sealed
from tests.architecture.visits import (
    Visit,
    _conflicts,
    _inspection_acts,
    _inspections,
    _park_of_the_running_year,
    _returns_by_code,
    _running_years,
    assessments,
    compared_versions,
    cosignatures,
    findings,
    fixed,
    index_versions,
    ledger_imports,
    ledger_rows,
    plain,
    recommendations,
    returns,
    rulings,
    runs,
    sanctions,
    strength_items,
    unscored_lists,
)
from tests.scenarios import Scene

E = who.everybody
# Of practices there are none in the scene: tests/indicators/test_practices.py tells who reads one in each state.
NONE = UUID(int=0)


def _ratings(*more: str) -> Callable[[Scene], list[Visit]]:
    """The round of scoring that is open."""
    return lambda scene: [Visit("open", (annual_index.the_rating().pk, *more))]


def _of_the_review(*more: str) -> Callable[[Scene], list[Visit]]:
    """The review of 甲's closed round."""
    return lambda scene: [Visit("closed", (city_reviews.the_review().pk, *more))]


def _evaluations(*more: str) -> Callable[[Scene], list[Visit]]:
    """The round that is closed, and the one being scored."""
    keys = ("scoring",) if more else ("closed", "scoring")
    return lambda scene: [Visit(key, (annual_evaluations.the_round(key).pk, *more)) for key in keys]


def _evaluated(found: Callable[[], UUID], *more: str) -> Callable[[Scene], list[Visit]]:
    """What hangs on a round."""
    return lambda scene: [Visit("scoring", (found(), *more))]


def _monitoring(*more: str) -> Callable[[Scene], list[Visit]]:
    """The report that is drafted."""
    return lambda scene: [Visit("draft", (annual_monitoring.the_report().pk, *more))]


CASES_OF_THE_YEAR: dict[str, Case] = {
    # The yearly returns
    "indicators:targets": Case(plain({"year": "2015"}), who.everybody, public=True),
    "indicators:target_values": Case(plain(), who.lead, who.lead_handler_only, data(code="C-III.3c")),
    "indicators:list": Case(plain(), who.signed_in),
    "indicators:fiscal_latest": Case(plain(), who.everybody, public=True),
    "indicators:fiscal": Case(fixed((2024,)), who.nobody, public=True),
    "places:compare": Case(plain({"code": "330100"}), who.everybody, public=True),
    "places:compare_csv": Case(plain(), who.nobody, public=True),
    "practices:list": Case(plain({"dimension": "spirit", "tag": "three"}), who.everybody, public=True),
    "practices:desk": Case(plain(), who.practices),
    "practices:new": Case(plain(), who.handler_of_a_place, who.handler_of_a_place, data(title="x")),
    "practices:page": Case(fixed((NONE,)), who.nobody, who.nobody, data(title="x")),
    "practices:act": Case(fixed((NONE, "submit")), who.nobody, who.nobody, data(), get=False),
    "practices:practice": Case(fixed((NONE,)), who.nobody, public=True),
    "practices:file": Case(fixed((NONE,)), who.nobody, public=True),
    "indicators:fiscal_list": Case(plain(), who.oversees_the_returns),
    "indicators:return": Case(
        returns(), who.of_the_return, who.writes_the_return, data(**{"P.gdp-value": "1", "P.gdp-version": "1"})
    ),
    "indicators:evidence": Case(returns("P.gdp"), who.writes_the_return, who.writes_the_return, data(remove="1")),
    "indicators:confirm": Case(returns(), who.of_the_return, post=data(code="P.gdp", reason="x"), get=False),
    "indicators:sheet": Case(returns(), who.writes_the_return, who.writes_the_return, data(text="P.gdp\t1", apply="1")),
    # No park's boundary changed here; who restates then is tested with the page itself.
    "indicators:restate": Case(returns(), who.nobody, who.nobody, data(reason="x")),
    "indicators:template": Case(returns("xlsx"), who.writes_the_return),
    "api_returns": Case(plain(), who.signed_in),
    "api_return": Case(_returns_by_code, who.of_the_return),
    "indicators:act": Case(returns("pass_on"), who.of_the_return, post=data(), get=False),
    "indicators:verify": Case(
        returns(), who.of_the_return, who.verifies, data(**{"P.gdp-outcome": "confirmed"}), get=False
    ),
    "indicators:progress": Case(plain(), who.oversees_the_returns),
    "indicators:verify_many": Case(plain(), who.signed_in, post=data()),
    "indicators:figure": Case(
        lambda scene: returns("P.gdp")(scene)[1:], who.of_the_return, post=data(act="object", **{"object-reason": "x"})
    ),
    "indicators:settle": Case(_conflicts, who.of_the_return, who.verifies, data(settled="1", reason="x"), get=False),
    "inspections:list": Case(plain(), who.signed_in),
    "inspections:new": Case(plain(), who.lead_handler_only, who.lead_handler_only, data(days="5")),
    "inspections:inspection": Case(_inspections, who.of_the_inspection),
    "inspections:order": Case(_inspections, who.nobody, who.lead_handler_only, data(), get=False),
    "inspections:answer": Case(_inspections, who.nobody, post=data(answer="x"), get=False),
    "inspections:act": Case(_inspection_acts, who.nobody, who.lead_handler_only, data(reason="x"), get=False),
    # Rounds in which named people score
    # The monitoring report
    "monitoring:list": Case(plain(), who.oversees_the_returns, who.nobody, data(year="1999")),
    "monitoring:years": Case(plain(), who.everybody, public=True),
    "monitoring:year": Case(fixed((2024,)), who.nobody, public=True),
    "monitoring:edition": Case(fixed((2024, 1)), who.nobody, public=True),
    "monitoring:file": Case(fixed((2024, 1, "rankings.csv")), who.nobody, public=True),
    "monitoring:report": Case(_monitoring(), who.oversees_the_returns),
    # Nothing was composed or printed here; who reads it then is tested with the report itself.
    "monitoring:preview": Case(_monitoring(), who.nobody),
    "monitoring:draft_file": Case(_monitoring(), who.nobody),
    "monitoring:write": Case(_monitoring(), who.writes_the_report, who.writes_the_report, data(summary="文字")),
    "monitoring:act": Case(_monitoring("give_back"), who.nobody, who.oversees_the_returns, data(reason="x"), get=False),
    "ratings:list": Case(plain(), who.signed_in),
    "ratings:open": Case(
        fixed((annual_index.RATED_LIST, annual_index.YEAR)),
        who.lead_handler_only,
        who.lead_handler_only,
        data(due_on=""),
    ),
    "ratings:round": Case(_ratings(), who.of_the_rating),
    "ratings:act": Case(_ratings("drop"), who.nobody, who.lead_handler_only, data(reason="x"), get=False),
    "ratings:score": Case(_ratings(annual_index.RATED), who.scores, who.scores, data(**{"s1-score": "1"})),
    # Evaluations by third parties
    "evaluations:list": Case(plain(), who.of_evaluations),
    "evaluations:open": Case(plain({"kind": "initial"}), who.lead_handler_only, who.lead_handler_only, data(due_on="")),
    "evaluations:engagements": Case(plain(), who.of_the_engagements, who.evaluates, data(what="")),
    "evaluations:end_engagement": Case(
        _evaluated(lambda: annual_evaluations.the_engagement().pk), who.nobody, who.evaluates, data(until=""), get=False
    ),
    "evaluations:sheet": Case(
        _evaluated(lambda: annual_evaluations.the_seat().pk),
        who.evaluates,
        who.evaluates,
        sealed("x", **{f"{annual_index.RATED}-score": "1"}),
    ),
    # The seat of the scene is in a round of pilots: what a place applied with belongs to first rounds alone.
    "applications:evaluated": Case(_evaluated(lambda: annual_evaluations.the_seat().pk), who.nobody),
    "applications:evaluated_file": Case(_evaluated(lambda: annual_evaluations.the_seat().pk, str(NONE)), who.nobody),
    "evaluations:recuse": Case(
        _evaluated(lambda: annual_evaluations.the_seat().pk), who.nobody, who.evaluates, data(reason=""), get=False
    ),
    "evaluations:place": Case(_evaluated(lambda: annual_evaluations.the_place().pk), who.lead),
    "evaluations:seat": Case(
        _evaluated(lambda: annual_evaluations.the_place().pk),
        who.nobody,
        who.lead_handler_only,
        data(turn="2"),
        get=False,
    ),
    "evaluations:seat_act": Case(
        _evaluated(lambda: annual_evaluations.the_seat().pk, "replace"),
        who.nobody,
        who.lead_handler_only,
        data(reason=""),
        get=False,
    ),
    "evaluations:report": Case(
        _evaluated(lambda: annual_evaluations.the_contract().pk), who.nobody, who.evaluates, data(), get=False
    ),
    "evaluations:seat_all": Case(
        _evaluated(lambda: annual_evaluations.the_contract().pk),
        who.lead_handler_only,
        who.lead_handler_only,
        data(first=""),
    ),
    "evaluations:result": Case(_evaluated(lambda: annual_evaluations.the_result().pk), who.of_the_evaluated_place),
    "evaluations:round": Case(_evaluations(), who.of_the_evaluation),
    "evaluations:contract": Case(_evaluations(), who.lead_handler_only, who.lead_handler_only, data(number="")),
    "evaluations:declare": Case(_evaluations(), who.evaluates, post=data(declared="")),
    "evaluations:act": Case(_evaluations("drop"), who.nobody, who.lead_handler_only, data(reason=""), get=False),
    # Recommendations for national status
    "city_reviews:list": Case(plain(), who.asked_by_the_lead),
    "city_reviews:progress": Case(plain(), who.follows_places),
    "city_reviews:one": Case(_of_the_review(), who.of_the_city_review),
    "city_reviews:act": Case(_of_the_review("ask"), who.nobody, who.lead_handler_only, data(), get=False),
    "city_reviews:draft": Case(
        _of_the_review("evaluation_circular"), who.nobody, who.lead_handler_only, data(), get=False
    ),
    "recommendations:list": Case(plain(), who.signed_in),
    "recommendations:one": Case(recommendations(), who.of_the_recommendation),
    "recommendations:act": Case(recommendations("pass_over"), who.nobody, who.lead, data(reason=""), get=False),
    "recommendations:assign": Case(recommendations(), who.nobody, who.lead_handler_only, data(), get=False),
    "recommendations:judge": Case(strength_items, who.nobody, who.judges_the_item, data(), get=False),
    "recommendations:answer": Case(recommendations(), who.nobody, who.nobody, data(), get=False),
    "recommendations:draft": Case(
        recommendations("recommendation_report"), who.nobody, who.lead_handler_only, data(), get=False
    ),
    # Sanctions
    "sanctions:list": Case(plain(), who.signed_in),
    "sanctions:case": Case(sanctions(), who.of_the_sanction),
    "sanctions:act": Case(sanctions("answer"), who.nobody, who.lead_handler_only, data(reason="x"), get=False),
    "sanctions:start": Case(sanctions("yellow_card"), who.nobody, who.lead_handler_only, data(), get=False),
    "sanctions:notices": Case(plain(), E, public=True),
    "sanctions:notice": Case(fixed((UUID(int=1),)), who.nobody, public=True),
    # The versions of the index, and the rulings
    "index_versions:list": Case(plain(), E, public=True),
    "index_versions:compare": Case(compared_versions, who.of_the_index, public=True),
    "index_versions:version": Case(index_versions(), who.of_the_index, public=True),
    "index_versions:json": Case(index_versions(), who.of_the_index, public=True),
    "index_versions:meta": Case(index_versions(), who.of_the_index, public=True),
    "index_versions:draft": Case(
        plain(), who.lead_handler_only, who.lead_handler_only, data(ranking="city"), get=False
    ),
    "index_versions:head": Case(
        index_versions("draft"), who.lead_handler_only, who.lead_handler_only, data(edition="1", title="x")
    ),
    "index_versions:weights": Case(
        index_versions("draft"), who.lead_handler_only, who.lead_handler_only, data(edition="1")
    ),
    "index_versions:add": Case(
        index_versions("draft"), who.lead_handler_only, who.lead_handler_only, data(edition="1", code="x")
    ),
    "index_versions:node": Case(
        index_versions("draft", more=("patents",)), who.lead_handler_only, who.lead_handler_only, data(edition="1")
    ),
    "index_versions:arrange": Case(
        index_versions("draft", more=("patents", "up")),
        who.lead_handler_only,
        who.lead_handler_only,
        data(edition="1"),
        get=False,
    ),
    "index_versions:act": Case(
        index_versions("draft", more=("check",)), who.lead, who.lead_handler_only, data(), get=False
    ),
    "rulings:list": Case(plain(), who.signed_in),
    "rulings:on_finding": Case(
        findings, who.lead_handler_only, who.lead_handler_only, data(outcome="met", reasons="理由")
    ),
    "rulings:on_omission": Case(plain(), who.lead_handler_only, who.lead_handler_only, data(reasons="理由")),
    "rulings:ruling": Case(rulings, who.of_the_ruling),
    "rulings:withdraw": Case(rulings, who.nobody, who.lead_handler_only, data(reasons="理由"), get=False),
    # The ledgers
    "ledgers:index": Case(plain(), who.signed_in),
    "ledgers:list": Case(fixed(*((str(book),) for book in Book)), who.signed_in),
    "ledgers:checks": Case(plain(), who.checks_the_ledgers),
    "ledgers:contacts": Case(plain(), who.signed_in, who.names_a_contact, data(name="x")),
    "ledgers:statistics": Case(plain(), who.signed_in),
    "ledgers:statistics_file": Case(plain(), who.signed_in),
    "support:page": Case(plain(), E, public=True),
    "ledgers:row": Case(ledger_rows, who.of_the_return),
    "ledgers:add": Case(
        fixed(("projects",), ("enterprises",), ("land",), ("issues",)),
        who.keeps_the_ledgers,
        who.keeps_the_ledgers,
        data(name="x"),
    ),
    "ledgers:edit": Case(ledger_rows, who.keeps_the_ledgers, who.keeps_the_ledgers, data(name="x")),
    "ledgers:remove": Case(ledger_rows, who.of_the_return, who.keeps_the_ledgers, data(reason="x", version="1"), False),
    "ledgers:send": Case(fixed(("projects",)), who.keeps_the_ledgers, who.keeps_the_ledgers, data(file=b"x")),
    "ledgers:template": Case(fixed(*((str(book),) for book in Book)), who.signed_in),
    "ledgers:export": Case(
        fixed(("projects",)), who.signed_in, who.signed_in, data(format="csv", key="x", query=""), False
    ),
    "ledgers:import": Case(ledger_imports, who.of_the_committee),
    "ledgers:import_act": Case(ledger_imports, who.of_the_committee, who.of_the_committee, data(act="give_up"), False),
    "indicators:outlook": Case(plain(), who.signed_in),
    "indicators:watch": Case(
        _running_years,
        who.of_the_running_year,
        who.writes_the_running_year,
        data(month="1", **{"P.gdp": "1"}),
    ),
    "indicators:recognition": Case(plain(), who.signed_in),
    "indicators:recognition_park": Case(_park_of_the_running_year, who.of_the_running_year),
    "indicators:what_if": Case(_running_years, who.of_the_running_year, post=data(**{"P.gdp-2026": "1"})),
    # The year's computation
    "indicators:runs": Case(plain(), who.lead),
    "indicators:start_run": Case(
        plain({"programme": "park", "year": "2024"}),
        who.lead,
        who.lead_handler_only,
        data(programme="park", year="2024"),
    ),
    "indicators:own_assessments": Case(plain(), who.signed_in),
    "indicators:run": Case(runs, who.lead),
    "indicators:propose_run": Case(runs, who.lead, who.lead_handler_only, data(listing="own"), get=False),
    "indicators:withdraw_run": Case(runs, who.lead, who.nobody, data(reason="理由"), get=False),
    "indicators:compare_run": Case(runs, who.lead),
    "indicators:run_stages": Case(unscored_lists, who.nobody),
    "indicators:start_circular": Case(runs, who.nobody, who.lead_handler_only, data(), get=False),
    "indicators:cosign": Case(cosignatures, who.of_the_opinion, who.of_the_opinion, data(stance="agree")),
    "indicators:assessment": Case(assessments, who.of_the_result),
    "indicators:finding": Case(findings, who.of_the_result),
}
