"""The running year: opened by itself, fed by interim figures, warned of once, tried out with other figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.scope import enter, system
from indicators.models import InterimFigure, Return, Watch
from indicators.services import watching
from notifications.models import Message
from policy.outcomes import Outcome
from tests.delivered import deliver_acts
from tests.factories import make_actor, make_organisation
from tests.indicators.years import park_of, tell
from workflow import instants, ledger
from workflow.machine import Refused

pytestmark = pytest.mark.django_db
YEAR = 2026
OUTPUT = "P.hitech_output"
# Queries of the list, whatever its length.
LIST = 11


@dataclass
class Running:
    """A park's running year with its people."""

    park: Watch
    zone: Watch
    city: Actor
    committee: Actor
    lead: Actor
    neighbour: Actor

    def record(self, month: int, actor: Actor | None = None, **typed: str) -> list[InterimFigure]:
        """Interim figures of the park, as P_gdp=…"""
        who = actor or self.committee
        with enter(who.scope):
            return watching.record(
                self.park, month, {key.replace("_", ".", 1): told for key, told in typed.items()}, who
            )

    def outcome(self, clause: str) -> tuple[Outcome, str | None]:
        """What a clause is heading to, as the city sees it."""
        with enter(self.city.scope):
            found = {one.finding.clause: one for one in watching.foresee(self.park)}[clause]
        return found.finding.outcome, str(found.need.lacking) if found.need else None


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Running:
    """August of the year after the figures of `years`."""
    return begun(monkeypatch)


def begun(monkeypatch: pytest.MonkeyPatch, *life: tuple[str, str | None, str]) -> Running:
    """The running year of a park with that `life`, see `years.park_of`."""
    monkeypatch.setattr(instants, "today", lambda: dt.date(YEAR, 8, 20))
    with system():
        city, committee = make_organisation(), make_organisation(OrganisationKind.PARK_COMMITTEE)
        lead, neighbour = make_organisation(OrganisationKind.LEAD), make_organisation()
        park = park_of("watched", city, *life)
        assert park.host_zone is not None
        park.host_zone.committee = committee
        park.host_zone.save(update_fields=["committee"])
        tell(park)
        for report in Return.objects.all():
            open_dossier(report.dossier, city.pk, committee, GrantLevel.COLLEAGUE, city)
        watching.open_running_year()
        watches = {watch.kind: watch for watch in Watch.objects.select_related("tenant", "reporter")}
        people = [make_actor(office) for office in (city, committee, lead, neighbour)]
    return Running(watches["park"], watches["zone"], *people)


def told(office: Organisation) -> list[str]:
    """The messages of an office."""
    with system():
        deliver_acts()
        return list(
            Message.objects.filter(organisation=office, title__contains="完不成").values_list("body", flat=True)
        )


def test_running_year_is_opened_once(running: Running) -> None:
    with system():
        assert watching.open_running_year() == []
        assert Watch.objects.count() == 2


def test_interim_figures_are_carried_to_the_year_s_end(running: Running) -> None:
    assert running.outcome("P-II.2.2b") == (Outcome.NOT_ASSESSABLE, None)
    # 130 in the year before: 25 % more is 162.5; 100 until August go on to 150.
    running.record(8, P_hitech_output="100")
    assert running.outcome("P-II.2.2b") == (Outcome.NOT_MET, "25/2")
    running.record(8, P_hitech_output="108.4")
    assert running.outcome("P-II.2.2b") == (Outcome.MET, None)
    running.record(8, P_hitech_output="")
    assert running.outcome("P-II.2.2b") == (Outcome.NOT_ASSESSABLE, None)


def test_city_and_committee_are_warned_of_a_target_once(running: Running) -> None:
    running.record(6, P_hitech_output="50")
    running.record(7, P_hitech_output="60")
    assert len(told(running.city.organisation)) == len(told(running.committee.organisation)) == 1
    assert "高新技术产业产值增长" in told(running.city.organisation)[0]
    assert told(running.neighbour.organisation) == []
    with enter(running.lead.scope):
        assert "高新技术产业产值增长" in ledger.history(running.park.dossier).get(name="warn").reason


def test_target_that_recovered_is_warned_of_again_when_it_falls(running: Running) -> None:
    for month, output in ((6, "50"), (7, "97"), (8, "100")):
        running.record(month, P_hitech_output=output)
        with system():
            running.park.refresh_from_db()
    with enter(running.city.scope):
        names = list(ledger.history(running.park.dossier).values_list("name", flat=True))
    assert names == ["open", "interim", "warn", "interim", "recover", "interim", "warn"]
    assert len(told(running.city.organisation)) == 2


def test_zone_s_figures_warn_of_its_parks(running: Running) -> None:
    running.record(8, P_high_talents="14")
    with enter(running.city.scope):
        watching.record(running.zone, 8, {"Z.high_talents": "30"}, running.city)
    assert any("高层次人才数增速" in body for body in told(running.city.organisation))


@pytest.mark.parametrize(
    ("month", "typed", "words"),
    [
        (9, {"P_gdp": "1"}, "9月尚未到"),
        (0, {"P_gdp": "1"}, "请选择"),
        (8, {"P_gdp": "很多", "P_hitech_output": "-1"}, "应填写数字"),
        (8, {"Z_high_talents": "1"}, "不是这里的指标"),
    ],
)
def test_wrong_interim_figures_are_refused_whole(
    running: Running, month: int, typed: dict[str, str], words: str
) -> None:
    with pytest.raises(Refused) as refused:
        running.record(month, **typed)
    assert words in "".join(refused.value.reasons)
    with system():
        assert InterimFigure.objects.count() == 0


def test_neither_lead_nor_neighbour_writes(running: Running) -> None:
    for actor in (running.lead, running.neighbour):
        with pytest.raises(Refused):
            running.record(8, actor, P_gdp="1")


def test_pages_show_what_lacks_and_try_out_other_figures(running: Running) -> None:
    running.record(8, P_hitech_output="100")
    client = Client()
    client.force_login(running.committee.person)
    page = client.get(running.park.get_absolute_url()).content.decode()
    assert "全年高新技术产业产值须达到 162.50 亿元，还差 12.50 亿元" in page
    address = f"{running.park.get_absolute_url()}what-if/"
    tried = client.post(address, {f"{OUTPUT}-2025": "130", f"{OUTPUT}-2026": "162.5"})
    assert tried.status_code == 200
    assert {row["clause"]: row["outcome"] for row in tried.context["rows"]}["P-II.2.2b"] == "met"
    assert "项无法判定，不能得出本年度的结论" in tried.content.decode()
    missed = client.post(address, {f"{OUTPUT}-2025": "130", f"{OUTPUT}-2026": "162.4"}).content.decode()
    assert ("本年度未达到要求：1 项未达到" in missed, "将建议给予黄牌警告" in missed) == (True, True)
    wrong = client.post(address, {f"{OUTPUT}-2026": "许多"})
    assert (wrong.status_code, 'value="许多"' in wrong.content.decode()) == (422, True)
    assert f'id="{OUTPUT}-2026-error">2026：' in wrong.content.decode()
    with system():
        assert InterimFigure.objects.count() == 1


def test_park_listed_on_an_unknown_day_is_reported_on_though_nothing_is_foreseen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    running = begun(monkeypatch, ("creating", None, "unknown"))
    client = Client()
    client.force_login(running.committee.person)
    address = running.park.get_absolute_url()
    kept = client.post(address, {"month": "8", OUTPUT: "100"}, follow=True)
    assert (kept.status_code, "截至8月 100" in kept.content.decode()) == (200, True)
    for page in (address, f"{address}what-if/"):
        shown = client.get(page)
        assert (shown.status_code, "列入创建名单的日期不详" in shown.content.decode()) == (200, True)
    tried = client.post(f"{address}what-if/", {f"{OUTPUT}-2026": "162.5"})
    assert (tried.status_code, 'value="162.5"' in tried.content.decode()) == (200, True)
    assert told(running.city.organisation) == []


def test_figure_or_source_that_is_too_long_is_refused(running: Running) -> None:
    with pytest.raises(Refused, match="过长，最多 200 位"):
        running.record(8, P_hitech_output="1" * 201)
    with enter(running.committee.scope), pytest.raises(Refused, match="最多 200 字，现有 201 字"):
        watching.record(running.park, 8, {OUTPUT: "1"}, running.committee, "源" * 201)


def test_page_keeps_what_was_typed_wrongly(running: Running) -> None:
    client = Client()
    client.force_login(running.committee.person)
    answer = client.post(running.park.get_absolute_url(), {"month": "8", OUTPUT: "很多", "P.gdp": "5"})
    text = answer.content.decode()
    assert (answer.status_code, 'value="很多"' in text, 'value="5"' in text) == (422, True, True)


@pytest.mark.parametrize("number", [1, 30])
def test_list_asks_the_same_number_of_queries(running: Running, django_assert_num_queries: Any, number: int) -> None:
    with system():
        rows = []
        for place in range(1, number):
            made = Watch(
                tenant=running.park.tenant, reporter=running.park.reporter, kind=running.park.kind,
                subject=f"many-{place}", name=f"园区{place}", year=YEAR, warned=["P-II.2.2b"] * (place % 2),
            )  # fmt: skip
            ledger.open_chain(made.dossier, running.park.tenant)
            rows.append(made)
        Watch.objects.bulk_create(rows)
    client = Client()
    client.force_login(running.city.person)
    with django_assert_num_queries(LIST):
        page = client.get("/figures/outlook/")
    assert page.content.decode().count("data-label") == 3 * number


def test_list_is_one_s_own(running: Running) -> None:
    for actor, seen in ((running.city, True), (running.lead, True), (running.neighbour, False)):
        client = Client()
        client.force_login(actor.person)
        assert (running.park.name in client.get("/figures/outlook/").content.decode()) is seen
        assert (client.get(running.park.get_absolute_url()).status_code == 200) is seen
