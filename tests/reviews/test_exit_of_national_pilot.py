"""CT-90 of a place that is a national pilot: the state's title stays, and nothing is asked of the place any more."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.models import Division
from accounts.scope import enter, system
from applications.enums import KindCode
from indicators import subjects
from indicators.enums import FigureLevel, SubjectKind
from indicators.models import Return
from indicators.services import opening, opening_cities
from registry.enums import CityTitleKind
from registry.services import keep_title
from reviews import city_standing
from reviews.enums_city_review import CityStage
from tests.indicators.cities import PLACES, YEAR, released_cities
from tests.leaving import Scene
from tests.reviews.test_flow import outbox_done
from workflow import instants, ledger
from workflow.models import Clock, Task

pytestmark = pytest.mark.django_db


def test_exit_leaves_the_state_s_title_and_ends_every_demand() -> None:
    scene = Scene(CityTitleKind.PILOT, CityTitleKind.NATIONAL_PILOT)
    county = scene.county.organisation
    year = instants.today().year
    with system():
        above = county.parent
        assert above is not None
        report = opening.open_return(
            SubjectKind.CITY, scene.place.pk, scene.place.name, year - 1, above, county
        )  # fmt: skip
        assert report is not None
        assert Clock.objects.filter(dossier=report.dossier, finished_at=None).exists()
    _filing, case = scene.accepted(KindCode.EXIT)
    notice = scene.issue(scene.lead, "exit_notice", case)
    assert "国家创新型（试点）县由科学技术部批准，是否保留由科学技术部决定" in str(notice.data)
    outbox_done()
    assert scene.held() == {CityTitleKind.NATIONAL_PILOT}
    with system():
        assert not Task.objects.filter(dossier=report.dossier, done_at=None).exists()
        assert not Clock.objects.filter(dossier=report.dossier, finished_at=None).exists()
        (told,) = [one for one in ledger.history(report.dossier) if one.name == "forgo"]
        assert told.reason == notice.number
        assert opening_cities.asked_for(year - 1) == opening_cities.taking_part(year) == []
        Return.objects.filter(pk=report.pk).update(year=year - 9)
        assert [one.subject for one in opening.open_year(year - 1)] == []
    public = Client().get(f"/cities/{scene.place.pk}/").content.decode()
    assert "国家创新型（试点）县由科学技术部批准，不因此终止" in public
    with enter(scene.lead.handler.scope):
        (found,) = city_standing.stand(scene.lead.handler, [scene.place])
    assert (found.stage, found.affairs[0].text) == (CityStage.NATIONAL, "已退出本省的建设活动，不再报送年度数据")


def test_place_that_only_the_state_made_a_pilot_is_asked_for_its_figures() -> None:
    scene = Scene(CityTitleKind.NATIONAL_PILOT)
    with system():
        (asked,) = opening_cities.asked_for(instants.today().year - 1)
    assert (asked, asked.titles.get().since) == (scene.place, dt.date(2013, 3, 1))


def test_place_that_left_stays_in_the_released_list_and_is_in_no_new_one() -> None:
    world = released_cities(FigureLevel.VERIFIED)
    gone, _other, *_rest = (code for code, _name, _size in PLACES)
    with system():
        before = subjects.taking_part(YEAR)
        told = {"since": instants.today(), "citation": "示例：退出", "office": world.world.offices["lead"]}
        keep_title(Division.objects.get(code=gone), CityTitleKind.PILOT, held=False, **told)
        assert subjects.taking_part(YEAR) == before
        assert subjects.taking_part(YEAR + 1) == before - {gone}
