"""The pages of a return: filled in, checked, verified and settled by those whose turn it is."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from accounts.enums import OrganisationKind, PostRole
from accounts.scope import system
from indicators import queries, services, tasks
from indicators.models import Conflict, Entry, Return, VerifyingOffice
from tests.factories import make_organisation, make_park
from tests.indicators.returns import Year, begin
from workflow import deadlines, instants

pytestmark = pytest.mark.django_db
GDP, OUTPUT = "P.gdp", "P.hitech_output"
QUERIES = 17


@pytest.fixture
def year() -> Year:
    """An opened return."""
    return begin()


def browser(year: Year, office: str, role: str = PostRole.HANDLER) -> Client:
    """The browser of a post."""
    client = Client()
    client.force_login(year.actor(office, role).person)
    return client


def address(year: Year, more: str = "") -> str:
    """The return's page."""
    return f"/figures/{year.report.pk}/{more}"


def post(client: Client, path: str, **data: Any) -> tuple[int, str]:
    """Status and text of the page that follows."""
    response = client.post(path, data, follow=True)
    return response.status_code, response.content.decode()


def test_what_is_right_is_saved_and_what_is_wrong_comes_back_with_its_reason(year: Year) -> None:
    client = browser(year, "committee")
    typed = {f"{GDP}-value": "1,234.5", f"{GDP}-note": "现价", f"{OUTPUT}-value": "很多"}
    status, text = post(client, address(year), **typed)
    assert status == 422
    assert "高新技术产业产值应填写数字" in text
    assert 'value="很多"' in text
    assert "其余 1 项已保存" in text
    with system():
        assert list(Entry.objects.values_list("code", "value", "note")) == [(GDP, "1234.5", "现价")]


def test_two_windows_lose_nothing(year: Year) -> None:
    first, second = browser(year, "committee"), browser(year, "city")
    assert post(first, address(year), **{f"{GDP}-value": "100", f"{GDP}-version": "0"})[0] == 200
    status, text = post(second, address(year), **{f"{GDP}-value": "120", f"{GDP}-version": "0"})
    assert (status, "改为“100”" in text, 'value="120"' in text) == (422, True, True)
    assert post(second, address(year), **{f"{GDP}-value": "120", f"{GDP}-version": "1"})[0] == 200
    with system():
        assert Entry.objects.get(code=GDP).value == "120"


def test_step_is_shown_with_what_stands_in_its_way(year: Year) -> None:
    signer = browser(year, "committee", PostRole.SIGNER)
    assert "项数据没有填写" in signer.get(address(year)).content.decode()
    status, text = post(signer, address(year, "act/hand_up/"))
    assert (status, "项数据没有填写" in text) == (422, True)
    year.fill()
    assert post(signer, address(year, "act/hand_up/"))[0] == 200
    with system():
        assert Return.objects.get(pk=year.report.pk).status == "county"
    status, text = post(browser(year, "county", PostRole.SIGNER), address(year, "act/give_back/"), reason=" ")
    assert (status, "请写明退回的理由" in text) == (422, True)
    post(browser(year, "county", PostRole.SIGNER), address(year, "act/give_back/"), reason="工业总产值请核对")
    context = browser(year, "committee").get(address(year)).context
    assert (context["returned"].reason, context["writes"]) == ("工业总产值请核对", True)
    year.act("hand_up", "committee")
    assert browser(year, "committee").get(address(year)).context["returned"] is None
    # Twice is once.
    assert post(signer, address(year, "act/hand_up/"))[0] == 422
    assert signer.post(address(year, "act/nothing/")).status_code == 404


def test_department_verifies_only_its_own_and_the_difference_is_settled(year: Year) -> None:
    year.fill().hand_in()
    client = browser(year, "lead")
    text = client.get(address(year)).content.decode()
    with system():
        owners = queries.owners(queries.reported(year.report))
    own = {code for code, owner in owners.items() if owner == year.offices["lead"].pk}
    assert own
    assert {code for code in owners if f'name="{code}-outcome"' in text} == own
    status, text = post(client, address(year, "verify/"), **{f"{OUTPUT}-outcome": "returned", f"{GDP}-outcome": ""})
    assert (status, "退回数据请写明理由" in text) == (422, True)
    assert post(client, address(year, "verify/"), **{f"{OUTPUT}-outcome": "own", f"{OUTPUT}-own": "80"})[0] == 200
    with system():
        conflict = Conflict.objects.get()
    stat = browser(year, "stat")
    settle = f"/figures/conflicts/{conflict.pk}/"
    assert "数据冲突：高新技术产业产值" in stat.get(address(year)).content.decode()
    assert post(stat, settle, settled="85", reason="")[0] == 422
    for typed in ({"settled": "9" * 201, "reason": "以直报为准"}, {"settled": "84", "reason": "以直报为准" * 101}):
        status, text = post(stat, settle, **typed)
        kept = [f'value="{value}"' in text for value in typed.values()]
        assert (status, kept, "过长，最多" in text) == (422, [True, True], True)
    assert post(stat, settle, settled="85", reason="以联网直报为准")[0] == 200
    with system():
        assert Conflict.objects.get().settled == "85"


def test_return_that_is_late_says_so_on_its_page_and_in_the_list(year: Year) -> None:
    def told(word: str) -> list[bool]:
        client = browser(year, "committee")
        return [word in client.get(page).content.decode() for page in ("/figures/", address(year))]

    assert told("已逾期") == [False, False]
    with time_machine.travel(instants.end_of(year.report.due_on) + dt.timedelta(days=30)):
        assert told("已逾期") == [True, True]


@pytest.mark.parametrize("number", [1, 30])
def test_list_asks_the_same_number_of_queries(year: Year, django_assert_num_queries: Any, number: int) -> None:
    with system():
        for serial in range(1, number):
            services.open_return("park", f"park-{serial}", f"园区{serial}", 2024, year.offices["city"])  # type: ignore[arg-type]
    client = browser(year, "city")
    with django_assert_num_queries(QUERIES):
        assert client.get("/figures/").status_code == 200


def test_returns_of_the_last_year_are_opened_once_and_only_when_somebody_verifies() -> None:
    park = make_park()
    with system():
        make_organisation(OrganisationKind.LEAD)
    tasks.open_returns()
    with system():
        assert not Return.objects.exists()
    out = io.StringIO()
    call_command("name_verifying_office", "统计", park.tenant.code, stdout=out)
    assert out.getvalue().startswith(f"统计\t{park.tenant.code}\t")
    tasks.open_returns()
    tasks.open_returns()
    last = instants.today().year - 1
    assert park.host_zone is not None
    with system():
        rows = Return.objects.order_by("kind").values_list("kind", "subject", "year", "due_on")
        due = max(dt.date(last + 1, 3, 31), deadlines.due(20).date)
        subjects = [("park", park.slug), ("province", "330000"), ("zone", park.host_zone.slug)]
        assert list(rows) == [(*subject, last, due) for subject in subjects]


@pytest.mark.parametrize(("label", "code"), [("无此部门", "kjt"), ("统计", "nobody")])
def test_unknown_department_or_office_is_refused(label: str, code: str) -> None:
    with pytest.raises(CommandError) as error:
        call_command("name_verifying_office", label, code)
    assert error.value.returncode == 2
    with system():
        assert not VerifyingOffice.objects.exists()
