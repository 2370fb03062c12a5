"""A county from its application to an innovative one: two rounds of evaluation, in the first of which two disagree."""

from __future__ import annotations

import pytest

from tests.journeys import cities, life, offices, prepared_cities
from tests.journeys.dates import lay_back_evaluation
from tests.journeys.walk import Walk, says
from workflow import instants

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PLACE, CODE = "德清县", prepared_cities.COUNTY
EVALUATORS = ("评甲1", "评乙1", "评丙1")
FIRST, SECOND = ("pg1-pj1", "pg1-pj2")


def evaluated(walk: Walk, address: str, *sheets: tuple[str, ...]) -> None:
    """A third party scores the place; where the first two disagree the third evaluator decides."""
    cities.contract(walk, address, prepared_cities.THIRD)
    cities.seat(walk, address, PLACE, *EVALUATORS[:2])
    for account in (FIRST, SECOND):
        cities.declare(walk, account, address)
    cities.start(walk, address)
    for account, scores in zip((FIRST, SECOND), sheets, strict=False):
        cities.score(walk, account, address, PLACE, *scores)
    if len(sheets) > 2:
        cities.seat(walk, address, PLACE, EVALUATORS[2])
        cities.declare(walk, "pg1-pj3", address)
        cities.score(walk, "pg1-pj3", address, PLACE, *sheets[2])
    cities.report(walk, "pg1", address)
    cities.close(walk, address)


def test_county_becomes_an_innovative_one(walk: Walk) -> None:
    year = instants.today().year - 1
    life.prepare(walk, prepared_cities.application)
    cities.lodge(walk, "dq")
    offices.accept(walk, PLACE)
    first = cities.open_round(walk, "初次测评", PLACE)
    evaluated(walk, first, ("95", "90", "92"), ("80", "88", "90"), ("93",))
    cities.ask_departments(walk, PLACE, "浙江省发展和改革委员会")
    offices.opine(walk, "fgw", PLACE, "同意", "示例：规划可行。")
    cities.conclude(walk, PLACE)
    cities.make_pilot(walk, PLACE)
    with walk.turn() as page:
        cities.public_page(page, CODE, "创新型试点县")
        walk.look(page, "pilot-public", phone=True)
    lay_back_evaluation(walk.portal.data, CODE, 2)
    second = cities.open_round(walk, "两年一次测评", PLACE)
    evaluated(walk, second, ("94", "95", "93"), ("92", "93", "94"))
    cities.review_results(walk, year, "fgw", "浙江省发展和改革委员会")
    cities.circulate(walk, year)
    cities.nominate(walk, year, PLACE)
    cities.recognise(walk)
    with walk.turn() as page:
        cities.public_page(page, CODE, "创新型县")
        page.goto("/cities/")
        says(page, "创新型县")
        walk.look(page, "innovative-public", phone=True)
    walk.finish()
