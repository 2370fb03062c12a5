"""On-site visits and expert panels: who arranges, who is told, pictures only, minutes through the sign-off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.enums import PostRole
from accounts.queries import the_lead
from accounts.scope import enter, system
from files.models import Upload
from portal.sample.acting import Office, office
from portal.sample.documents import document
from reviews import periods, services
from reviews.enums_publicity import VisitKind
from reviews.models import Visit
from tests.affairs import Affair, first
from tests.files import corpus
from tests.scenarios import Scene
from workflow import clocks, instants, ledger
from workflow.machine import Refused

pytestmark = pytest.mark.django_db
PEOPLE = "省科技厅 王处长\n省自然资源厅 李处长"


@pytest.fixture(scope="module")
def review(province: Scene) -> Affair:
    """A case under review."""
    with system():
        return province.begin("jia", "review").draft().submit().route().open_review()


@pytest.fixture
def affair(review: Affair) -> Iterator[Affair]:
    """The same; every test takes back what it does."""
    point = transaction.savepoint()
    yield review
    transaction.savepoint_rollback(point)


def lead() -> Office:
    """省科技厅."""
    return first(lambda: office(the_lead()))


def plan(affair: Affair, kind: VisitKind = VisitKind.SITE, experts: str = "", days: int = 0) -> Visit:
    """省科技厅 arranges it."""
    desk, day = lead(), first(instants.today) + dt.timedelta(days=days)
    with desk.as_(PostRole.HANDLER):
        return services.plan_visit(affair.case, kind, day, "大江东管委会", PEOPLE, desk.handler, experts)


def minutes(affair: Affair, visit: Visit) -> Any:
    """The minutes, by three persons."""
    fields = {"seen": "实地查看了核心区。", "advice": "建议优化东侧边界。"}
    return lead().issue("visit_minutes", visit, visit.dossier, "现场考察纪要", fields)


def test_visit_is_told_to_the_city_and_minuted_for_the_departments(affair: Affair, province: Scene) -> None:
    visit = plan(affair)
    with enter(affair.city.handler.scope):
        told = ledger.history(affair.filing.dossier).filter(name="plan_visit").get()
        assert told.data["place"] == "大江东管委会"
        assert not Visit.objects.exists(), "what is seen and advised stays with the authorities"
    paper = minutes(affair, visit)
    assert (paper.data["format"], paper.data["attendance"][0]["names"]) == ("minutes", PEOPLE.replace("\n", "、"))
    for name, seen in (("stat-handler", 1), ("government-handler", 1), ("jia-signer", 0), ("yi-handler", 0)):
        actor = province.audiences[name].actor
        assert actor is not None
        with enter(actor.scope):
            assert (name, Visit.objects.filter(paper=paper.pk).count()) == (name, seen)


def test_photographs_are_pictures_and_open_with_the_minutes(affair: Affair, province: Scene) -> None:
    visit, desk = plan(affair), lead()
    picture = SimpleUploadedFile("核心区.png", corpus.GOOD["图.png"], "image/png")
    with desk.as_(PostRole.HANDLER):
        with pytest.raises(Refused, match="可用格式：jpg、jpeg、png"):
            services.add_photos(visit, [document("纪要")], "", desk.handler)
        services.add_photos(visit, [picture], "核心区", desk.handler)
        assert visit.photos.count() == 1
    department = province.audiences["stat-handler"].actor
    assert department is not None
    pictures = Upload.objects.filter(name="核心区.png")
    with enter(department.scope):
        assert not pictures.exists()
    minutes(affair, visit)
    with enter(department.scope):
        assert pictures.count() == 1
    with enter(affair.city.handler.scope):
        assert not pictures.exists()
    with desk.as_(PostRole.HANDLER), pytest.raises(Refused, match="纪要已经签发"):
        services.add_photos(Visit.objects.get(pk=visit.pk), [picture], "", desk.handler)


def test_panel_has_a_clock_of_its_own_and_stops_that_of_the_case(affair: Affair) -> None:
    with pytest.raises(Refused, match="请列出论证专家"):
        plan(affair, VisitKind.PANEL)
    visit = plan(affair, VisitKind.PANEL, "赵教授，某大学，产业规划")
    with system():
        panel, conclusion = (clocks.running(affair.case, kind) for kind in (periods.PANEL, periods.CONCLUSION))
        assert panel is not None
        assert conclusion is not None
        assert (panel.days, conclusion.paused) == (20, True)
    with enter(affair.city.handler.scope):
        assert not ledger.history(affair.filing.dossier).filter(name="plan_visit").exists()
    minutes(affair, visit)
    with system():
        running = clocks.running(affair.case, periods.CONCLUSION)
        assert clocks.running(affair.case, periods.PANEL) is None
        assert running is not None
        assert running.paused is False


def test_minutes_are_not_signed_before_the_day(affair: Affair) -> None:
    visit = plan(affair, days=3)
    with pytest.raises(Refused, match="还没有到考察或论证的日期"):
        minutes(affair, visit)
