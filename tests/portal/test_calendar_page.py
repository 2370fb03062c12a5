"""The calendar's page: everybody who signs in reads it, its keeper previews and applies."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.scope import system
from tests.factories import make_actor, make_organisation
from tests.workflow.conftest import Dossier
from workflow import clocks, parameters
from workflow.models import CalendarChange, CalendarDay, CalendarYear

pytestmark = pytest.mark.django_db
parameters.declare(parameters.Parameter("test_page_days", "测试期限", "days", 5, "T0"))
clocks.declare(clocks.ClockKind("test_page", "测试期限", "test_page_days", "T0"))
YEAR = reverse("portal:calendar_year", args=[2027])
SOURCE = "国办发明电〔2026〕7号"


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


@pytest.fixture
def keeper() -> Client:
    return client_of(make_actor(make_organisation(OrganisationKind.OPERATOR), PostRole.ADMIN))


def test_year_shows_its_holidays_and_make_up_days() -> None:
    shown = client_of(make_actor()).get(reverse("portal:calendar_year", args=[2026])).content.decode()
    assert "10月1日（国庆节放假）" in shown
    assert "10月10日（国庆节调休上班）" in shown
    assert "随系统提供" in shown
    assert "更改一天" not in shown


def test_unknown_year_says_so_and_far_ones_do_not_exist(keeper: Client) -> None:
    assert "尚未录入" in keeper.get(YEAR).content.decode()
    assert keeper.get(reverse("portal:calendar_year", args=[2003])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "role"), [(OrganisationKind.LEAD, PostRole.SIGNER), (OrganisationKind.OPERATOR, PostRole.AUDITOR)]
)
def test_others_cannot_change_it(kind: str, role: str) -> None:
    client = client_of(make_actor(make_organisation(kind), role))
    sent = {"act": "day", "day": "2027-03-01", "kind": "off", "source": SOURCE, "step": "apply"}
    assert client.post(YEAR, sent).status_code == 404


def test_preview_says_what_would_move_and_changes_nothing(keeper: Client) -> None:
    Dossier().start(dt.date(2027, 3, 1), "test_page", title="某园区的形式审查")
    sent = {"act": "day", "day": "2027-03-03", "kind": "off", "name": "测试节", "source": SOURCE}
    shown = keeper.post(YEAR, sent).content.decode()
    assert "有 1 项在办期限随之变化" in shown
    assert "2027年3月8日" in shown
    assert "2027年3月9日" in shown
    assert "某园区" not in shown  # the keeper sees no business data
    with system():
        assert not CalendarDay.objects.exists()


def test_day_is_changed_with_its_ground(keeper: Client) -> None:
    sent = {"act": "day", "day": "2027-03-03", "kind": "off", "name": "", "source": SOURCE, "step": "apply"}
    assert keeper.post(YEAR, sent).status_code == 302
    with system():
        assert CalendarDay.objects.get().day == dt.date(2027, 3, 3)
        assert CalendarChange.objects.get().source == SOURCE
    assert SOURCE in keeper.get(YEAR).content.decode()


def test_bad_lines_are_listed_and_what_was_typed_stays(keeper: Client) -> None:
    sent = {"act": "year", "lines": "2027-01-01，休，元旦\n2027-02-30，休，春节", "source": SOURCE}
    answer = keeper.post(YEAR, sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "第 2 行" in shown
    assert "日期“2027-02-30”无法识别" in shown
    assert "2027-01-01，休，元旦" in shown


def test_year_is_entered_from_a_file_after_its_preview(keeper: Client) -> None:
    file = SimpleUploadedFile("2027.csv", "日期,安排,节日\n2027-01-01,休,元旦\n".encode("utf-8-sig"))
    shown = keeper.post(YEAR, {"act": "year", "file": file, "source": SOURCE}).content.decode()
    assert "请确认不是漏写" in shown
    assert "5月1日" in shown
    sent = {"act": "year", "lines": "2027-01-01,休,元旦", "source": SOURCE, "step": "apply"}
    assert keeper.post(YEAR, sent).status_code == 302
    with system():
        assert CalendarYear.objects.get().year == 2027
    assert "已录入" in keeper.get(YEAR).content.decode()
