"""The review of 甲's closed round in the scene: 省统计局 is asked for its word."""

from __future__ import annotations

from accounts.models import Organisation
from accounts.scope import system
from portal.sample.acting import office
from reviews.models import CityReview
from reviews.services import city_reviewing
from tests import annual_evaluations

ASKED = "dept-stat"


def load() -> None:
    """After the evaluations; under the system scope."""
    people = office(Organisation.objects.get(code="kjt"))
    row = city_reviewing.open_review(annual_evaluations.the_round("closed"), people.reviewer)
    city_reviewing.ask_departments(row, [Organisation.objects.get(code=ASKED)], people.handler)


def the_review() -> CityReview:
    """That review."""
    with system():
        return CityReview.objects.get()
