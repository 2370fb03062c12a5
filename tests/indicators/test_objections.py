"""A city objects to its own final figures before they are published; the office that verifies answers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import GrantLevel, PostRole
from accounts.scope import enter, system
from indicators import queries, services
from indicators.enums import Programme, RunStatus
from indicators.models import Figure, FigureObjection, Run
from indicators.services import objecting
from indicators.services.asking import open_to
from indicators.templatetags.figure_values import said_of
from tests.indicators.returns import Year, begin
from workflow.machine import Refused
from workflow.models import Event, Task

pytestmark = pytest.mark.django_db
GDP = "P.gdp"


@pytest.fixture
def year() -> Year:
    """A return that is locked; 省统计局 verifies its product."""
    year = begin(county=False).fill().hand_in().verify_all()
    year.act("lock", "stat")
    return year


def browser(year: Year, office: str, role: str = PostRole.HANDLER) -> Client:
    """The browser of a post."""
    client = Client()
    client.force_login(year.actor(office, role).person)
    return client


def address(year: Year, code: str = GDP) -> str:
    """The figure's page."""
    return f"/figures/{year.report.pk}/{code}/"


def raised(year: Year, **more: str) -> FigureObjection:
    """What the city objects to."""
    told = {"proposed": "120", "reason": "联网直报为120"} | more
    actor = year.actor("city")
    with enter(actor.scope):
        return objecting.raise_objection(year.report, GDP, told["proposed"], told["reason"], actor)


def test_accepted_objection_corrects_the_figure_and_says_so(year: Year) -> None:
    city = browser(year, "city")
    assert "提出异议" in city.get(address(year)).content.decode()
    sent = {"act": "object", "object-value": "120", "object-reason": ""}
    assert city.post(address(year), sent).status_code == 422
    text = city.post(address(year), sent | {"object-reason": "联网直报为120"}, follow=True).content.decode()
    assert "等待省统计局答复" in text
    whole = city.get(year.report.get_absolute_url()).content.decode()
    assert ("等待答复的异议" in whole, "点开该项数据提出" in whole, address(year) in whole) == (True, True, True)
    assert "提出异议</button>" not in text
    signer = browser(year, "stat", PostRole.SIGNER)
    assert "答复异议" in signer.get(address(year)).content.decode()
    answer = {"act": "answer", "answer-outcome": "accept", "answer-value": "", "answer-reason": "核对无误"}
    assert signer.post(address(year), answer).status_code == 302
    with system():
        row = FigureObjection.objects.get()
        assert (row.accepted, row.answer) == (True, "核对无误")
        newest = queries.newest(year.report)[GDP]
        assert (newest.value, newest.level, newest.vintage) == ("120", "corrected", 3)
        assert not Task.objects.filter(kind=objecting.TASK, done_at=None).exists()
        names = Event.objects.filter(dossier=year.report.dossier).values_list("name", flat=True)
        assert {"object", "answer_objection", "correct"} <= set(names)
    for one in ("120", "第 3 版", "第 1 版", "采纳", "核对无误"):
        assert one in city.get(address(year)).content.decode()


def test_refused_objection_leaves_the_figure(year: Year) -> None:
    row, actor = raised(year), year.actor("stat", PostRole.SIGNER)
    with enter(actor.scope):
        with pytest.raises(Refused, match="请写明答复的理由"):
            objecting.answer(row, False, "", " ", actor)
        objecting.answer(row, False, "", "与年报一致", actor)
        with pytest.raises(Refused, match="已经答复"):
            objecting.answer(row, True, "130", "再看", actor)
    with system():
        assert queries.newest(year.report)[GDP].level == "verified"
        assert FigureObjection.objects.get().accepted is False


def test_nobody_else_objects_or_answers(year: Year) -> None:
    for office in ("committee", "neighbour", "stat"):
        actor = year.actor(office)
        with enter(actor.scope), pytest.raises(Refused, match="政府提出"):
            objecting.raise_objection(year.report, GDP, "", "不对", actor)
    row = raised(year)
    with enter(year.actor("city").scope), pytest.raises(Refused, match="等待答复"):
        objecting.raise_objection(year.report, GDP, "", "又不对", year.actor("city"))
    for office in ("lead", "city"):
        actor = year.actor(office, PostRole.SIGNER)
        with enter(actor.scope), pytest.raises(Refused, match="核定部门"):
            objecting.answer(row, True, "1", "同意", actor)
    with enter(year.actor("neighbour").scope):
        assert not FigureObjection.objects.exists()
    assert browser(year, "neighbour").get(address(year)).status_code == 404
    assert Client().get(address(year)).status_code == 302
    assert browser(year, "committee").get(address(year)).status_code == 200
    assert browser(year, "city").get(address(year, "P.nothing")).status_code == 404


def test_released_year_is_closed_to_objections_but_not_to_corrections(year: Year) -> None:
    with system():
        assert objecting.is_open_for_objections(year.report)
        told = {"programme": Programme.PARK, "year": year.report.year, "number": 1, "status": RunStatus.RELEASED}
        told |= {"proposed_by": year.actor("lead").person, "released_at": timezone.now(), "result_hash": "x"}
        Run.objects.create(tenant=year.offices["lead"], **told)
    with pytest.raises(Refused, match="申请勘误"):
        raised(year)
    signer = browser(year, "stat", PostRole.SIGNER)
    sent = {"act": "correct", "correct-value": "99", "correct-reason": "单位有误"}
    assert browser(year, "stat").post(address(year), sent).status_code == 422
    assert signer.post(address(year), sent).status_code == 302
    text = browser(year, "city").get(address(year)).content.decode()
    assert "单位有误" in text
    assert "提出异议" not in text
    assert "点开该项数据提出" not in browser(year, "city").get(year.report.get_absolute_url()).content.decode()


def test_department_confirms_its_unremarkable_figures_together() -> None:
    year = begin(county=False).fill().hand_in()
    with system():
        own = queries.reported(year.report)
        owners = queries.owners(own)
        last = services.open_return("park", "test-park", "测试", 2024, year.offices["city"])  # type: ignore[arg-type]
        assert last is not None
        Figure.follow(last, GDP, None, level="imported", value="90").save()
        open_to(last, year.offices["stat"], GrantLevel.ACT, year.offices["city"])
    stat = browser(year, "stat")
    text = stat.get("/figures/verify/").content.decode()
    assert text.count('name="confirm"') == 1
    assert "+11.11%" in text
    key = f"{year.report.pk}:{GDP}:1"
    assert browser(year, "neighbour").post("/figures/verify/", {"confirm": key}).status_code == 422
    assert stat.post("/figures/verify/", {"confirm": key}).status_code == 302
    with system():
        assert list(year.report.verifications.values_list("code", "outcome")) == [(GDP, "confirmed")]
    assert 'name="confirm"' not in stat.get("/figures/verify/").content.decode()
    assert owners[GDP] == year.offices["stat"].pk


def test_value_that_cannot_be_read_is_refused_at_its_field(year: Year) -> None:
    sent = {"act": "object", "object-value": "十三", "object-reason": "联网直报为120"}
    answer = browser(year, "city").post(address(year), sent)
    assert answer.status_code == 422
    assert "<title>错误" in answer.content.decode().replace("\n", "")
    form = answer.context["object_form"]
    assert list(form.errors) == ["value"]
    assert "亿元" in str(form.fields["value"].help_text)


def test_yes_or_no_is_said_in_words() -> None:
    assert [said_of(value, "P.env_ok[air]") for value in ("1", "0", None)] == ["是", "否", "—"]
    assert said_of("1", GDP) == "1"
