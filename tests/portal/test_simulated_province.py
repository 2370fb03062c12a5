"""Sixty parks over twenty years: the list of any day is right, and every year replays after all that came later."""

from __future__ import annotations

import datetime as dt
import random

import pytest
import time_machine
from django.test import Client

from accounts.enums import OrganisationKind, PostRole
from accounts.scope import system
from indicators.enums import Programme, RankingList, RunStatus
from indicators.models import Figure, Run, VerifyingOffice
from indicators.services import index_signing, replaying, running
from registry import queries
from tests import factories
from tests.portal.province import FIRST, LAST, PARKS, Province, Stand, simulated

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AFTERWARDS = "2032-06-01T10:00:00+08:00"
DAYS = 120


def test_province_of_twenty_years_is_as_its_papers_left_it(client: Client) -> None:
    """Living through it takes long, so that both are asked of one: first what only reads, then what computes."""
    with time_machine.travel(AFTERWARDS, tick=True):
        province = simulated()
        _list_of_any_day_is_right(province, client)
        _every_year_replays_after_all_that_came_later(province)


def _list_of_any_day_is_right(province: Province, client: Client) -> None:
    chance = random.Random(7)
    first, last = dt.date(FIRST - 1, 1, 1), dt.date(LAST, 12, 31)
    days = {first + dt.timedelta(days=chance.randrange((last - first).days)) for _ in range(DAYS)}
    # The days of the acts themselves, and those before them.
    acts = [day for life in province.lives for day in life.stands]
    days |= set(chance.sample(acts, 40)) | {day - dt.timedelta(days=1) for day in chance.sample(acts, 20)}
    assert len(acts) > 2 * PARKS
    for day in sorted(days):
        with system():
            found = {
                one.slug: Stand(one.name, one.status, f"{one.area_km2:f}".rstrip("0").rstrip("."), str(one.host_zone))
                for one in queries.as_of(day)
            }
        expected = {slug: _plain(stand) for slug, stand in province.on(day).items()}
        assert found == expected, day
    middle = dt.date(2020, 6, 30)
    told = client.get(f"/api/v1/parks/?on={middle.isoformat()}&page_size=100").json()
    assert told["count"] == len(province.on(middle))


def _plain(stand: Stand) -> Stand:
    area = f"{float(stand.area_km2):f}".rstrip("0").rstrip(".")
    return Stand(stand.name, stand.status, area, stand.host_zone)


def _every_year_replays_after_all_that_came_later(province: Province) -> None:
    with system():
        offices = {
            name: factories.make_organisation(OrganisationKind.DEPARTMENT, name) for name in ("省发改委", "省统计局")
        }
        for label, name in (("发改", "省发改委"), ("统计", "省统计局")):
            VerifyingOffice.objects.create(label=label, organisation=offices[name])
        lead = {str(role): factories.make_actor(province.lead, role) for role in PostRole}
        signing = {
            "handler": lead["handler"], "reviewer": lead["reviewer"], "signer": lead["signer"],
            "development": factories.make_actor(offices["省发改委"], PostRole.SIGNER),
            "statistics": factories.make_actor(offices["省统计局"], PostRole.SIGNER),
        }  # fmt: skip
    for ranking in (RankingList.CREATING, RankingList.RECOGNISED):
        index_signing.sign_default(ranking, signing)
    with system():
        province.tell()
        runs = [running.compute(running.start_run(Programme.PARK, year, None)) for year in range(FIRST, LAST + 1)]
        assert {run.status for run in runs} == {RunStatus.COMPUTED}
        _as_the_register_says(province, runs)
        # Everything that went in is corrected afterwards: what was computed stands on what was known then.
        for figure in Figure.objects.filter(code="P.hitech_output", year__gte=2015).select_related("report")[:400]:
            Figure.follow(figure.report, figure.code, figure, level="corrected", value="1").save(force_insert=True)
        for run in runs:
            assert replaying.differences(Run.objects.get(pk=run.pk)) == [], run.year


def _as_the_register_says(province: Province, runs: list[Run]) -> None:
    """Each year judges those that were being created on its last day and ranks the recognised ones."""
    for run in runs:
        day = dt.date(run.year, 12, 31)
        expected = {
            (slug, stand.status)
            for slug, stand in province.on(day).items()
            if stand.status in ("creating", "recognised")
        }
        assert set(run.assessments.values_list("subject", "list")) == expected, run.year
