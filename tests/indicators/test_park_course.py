"""A park's page draws its targets over the published years: own values, the group's median, the threshold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import PostRole
from accounts.scope import system
from indicators import queries_public, series, series_chart
from indicators.models import Assessment, Finding, Run
from registry.models import Park
from tests import factories
from workflow import ledger

CLAUSE = "P-II.2.2b"
OBSERVED = {  # of each year: the park's own growth, and that of three others
    2022: ("24.999", "10", "30", "40"),
    2023: (None, "10", "20", "30"),
    2024: ("26", "25", "27", "50"),
}


def published(park: Park) -> None:
    """Three released years of a park and three others, everybody sees all of them."""
    lead = factories.make_organisation()
    first, second = (factories.make_actor(lead, role).person for role in (PostRole.REVIEWER, PostRole.SIGNER))
    for year, values in OBSERVED.items():
        run = Run.objects.create(
            tenant=lead, programme="park", year=year, number=1, status="released", released_at=timezone.now(),
            proposed_by=first, released_by=second, listing="full", result_hash="sha256:0",
        )  # fmt: skip
        ledger.open_chain(run.dossier, lead)
        for place, value in enumerate(values):
            one = Assessment.objects.create(
                run=run, dossier=run.dossier, tenant=park.tenant, subject=park.slug if place == 0 else f"other-{place}",
                name=park.name, year=year, list="creating", clause_set="park-annual", verdict="not_met",
                rank=place + 1, ranked=4, final=True, shown=True,
            )  # fmt: skip
            Finding.objects.create(
                assessment=one, place=0, clause=CLAUSE, label="产值增长", quote="高新技术产业产值增长25%以上",
                outcome="not_met" if value == "24.999" else "met", observed=value, shown=value or "",
                threshold="25", operator=">=", unit="%",
            )  # fmt: skip


@pytest.mark.django_db
def test_course_of_a_park_over_its_published_years(client: Client) -> None:
    park = factories.make_park()
    with system():
        published(park)
        (found,) = series.of(queries_public.years_of(park.slug))
    assert [one.year for one in found.points] == [2022, 2023, 2024]
    assert [one.own for one in found.points] == [Fraction("24.999"), None, Fraction(26)]
    # Three values only in 2023, since the park's own is unknown: no median of so few.
    assert [one.middle for one in found.points] == [Fraction("27.4995"), None, Fraction("26.5")]
    page = client.get(park.get_absolute_url()).content.decode()
    assert "各项目标的走势" in page
    assert "24.999" in page
    assert "2022 年度评价：未达到要求" in page


def test_drawing_leaves_a_gap_and_marks_what_was_missed() -> None:
    points = [
        series.Point(2020, Fraction(20), "20", None, Fraction(25), "not_met"),
        series.Point(2021, Fraction(30), "30", None, Fraction(25), "met"),
        series.Point(2022, None, "", None, Fraction(25), "not_assessable"),
        series.Point(2023, Fraction(30), "30", None, Fraction(25), "met"),
    ]
    drawn = series_chart.draw(series.Series(CLAUSE, "增长", "%", ">=", points))
    assert drawn.own == ["12.0,92.0 84.0,12.0"]
    assert [dot["missed"] for dot in drawn.dots] == [True, False, False]
    assert drawn.wanted == ["12.0,52.0 84.0,52.0 156.0,52.0 228.0,52.0"]
    assert drawn.middle == []
    assert [row["own"] for row in drawn.rows] == ["20", "30", "", "30"]


def test_single_year_has_no_course() -> None:
    assert series.of([Assessment(year=2024)]) == []
