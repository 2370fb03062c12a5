"""T17: a year is computed once for the same input, all of it or nothing, and released by two people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.scope import enter, system
from indicators import queries_results, queries_run, released, services
from indicators.enums import Listing, Programme, RunStatus
from indicators.models import Assessment, ClauseText, Figure, FigureObjection, Finding, Return, Run, VerifyingOffice
from indicators.services import running
from indicators.views.assessments import corrected_since
from policy.outcomes import Outcome, Verdict
from registry.models import Park
from tests.delivered import deliver_acts
from tests.factories import make_actor, make_grant, make_organisation, make_paper
from tests.indicators.years import YEAR, park_of, tell
from workflow import todo
from workflow.machine import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> dict[str, Actor]:
    """省科技厅's people by role."""
    with system():
        office = make_organisation(OrganisationKind.LEAD)
        return {str(role): make_actor(office, role) for role in (PostRole.HANDLER, PostRole.SIGNER)}


@pytest.fixture
def parks(lead: dict[str, Actor]) -> dict[str, Park]:
    """One that meets everything, one that misses a target, one whose base is zero, and a recognised one."""
    with system():
        tenant = make_organisation()
        found = {slug: park_of(slug, tenant) for slug in ("good", "miss", "open")}
        found["old"] = park_of("old", tenant, ("creating", "2012-01-01", "year"), ("recognised", "2016-03-01", "month"))
        tell(found["good"])
        tell(found["miss"], P_hitech_output="124.999")
        tell(found["open"], P_new_enterprises="0", P_new_hitech_enterprises="0")
        tell(found["old"])
    return found


def computed(dry: bool = False, year: int = YEAR) -> Run:
    """The year, computed by command."""
    with system():
        return running.compute(running.start_run(Programme.PARK, year, None, dry))


def verdicts(run: Run) -> dict[str, str]:
    """The verdicts of a run by park."""
    with system():
        return dict(run.assessments.order_by().values_list("subject", "verdict"))


def publish(run: Run, lead: dict[str, Actor], listing: str = Listing.OWN, top: int = 0) -> Run:
    """Proposed by the handler, released by the signer."""
    with enter(lead["handler"].scope):
        running.propose_release(run, listing, top, lead["handler"])
    paper = make_paper(lead["signer"].organisation)
    with enter(lead["signer"].scope):
        return running.release(run, lead["signer"], paper)


def test_run_judges_parks_under_creation_and_only_ranks_recognised_ones(parks: dict[str, Park]) -> None:
    run = computed()
    assert (run.status, run.done, run.total, run.number) == (RunStatus.COMPUTED, 4, 4, 1)
    assert verdicts(run) == {"good": Verdict.MET, "miss": Verdict.NOT_MET, "open": Verdict.OPEN, "old": ""}
    with system():
        assert Finding.objects.filter(assessment__run=run).count() == 3 * 11
        missed = Finding.objects.get(assessment__subject="miss", outcome=Outcome.NOT_MET)
        assert (missed.clause, missed.shown, missed.threshold, missed.unit) == ("P-II.2.2b", "24.999", "25", "%")
        used = {(one["code"], one["year"]): one for one in missed.figures}
        figure = Figure.objects.get(pk=used["P.hitech_output", YEAR]["figure"])
        assert (figure.value, figure.subject, used["P.hitech_output", YEAR]["level"]) == ("124.999", "miss", "imported")
        assert ClauseText.objects.get(pk=run.clause_sets["park-annual"]).name == "park-annual"


def test_same_input_gives_the_same_run_and_a_changed_figure_the_next_one(
    parks: dict[str, Park], lead: dict[str, Actor]
) -> None:
    first = computed()
    assert computed() == first
    assert computed(dry=True) == first
    with enter(lead["handler"].scope):
        assert running.start_run(Programme.PARK, YEAR, lead["handler"]) == first
    with system():
        before = Figure.objects.get(subject="miss", code="P.hitech_output", year=YEAR)
        Figure.follow(before.report, before.code, before, level="corrected", value="125").save(force_insert=True)
    dry = computed(dry=True)
    assert (dry.number, dry.dry) == (2, True)
    second = computed()
    assert (second.number, second.dry, second.result_hash) == (3, False, dry.result_hash)
    assert first.result_hash != second.result_hash
    assert (verdicts(first)["miss"], verdicts(second)["miss"]) == (Verdict.NOT_MET, Verdict.MET)


def test_run_stopped_half_way_leaves_nothing_and_begins_again(parks: dict[str, Park]) -> None:
    with system():
        run = running.start_run(Programme.PARK, YEAR, None)
        steps = running.steps(run)
        assert [next(steps), next(steps)] == [0, 4]
        steps.close()
        assert (run.status, run.assessments.count()) == (RunStatus.COMPUTING, 0)
        assert running.waiting() == [run.pk]
        assert running.start_run(Programme.PARK, YEAR, None) == run
        running.compute(Run.objects.get(pk=run.pk))
        assert (run.assessments.count(), running.waiting()) == (4, [])


def test_unusable_figure_ends_the_run_with_its_name_and_keeps_nothing(parks: dict[str, Park]) -> None:
    with system():
        before = Figure.objects.get(subject="miss", code="P.gdp", year=YEAR)
        Figure.follow(before.report, before.code, before, level="corrected", value="-1").save(force_insert=True)
    run = computed()
    assert (run.status, "miss" in run.failure, "P.gdp" in run.failure) == (RunStatus.FAILED, True, True)
    assert verdicts(run) == {}


def test_release_takes_two_people_and_makes_the_result_final(parks: dict[str, Park], lead: dict[str, Actor]) -> None:
    told: list[Run] = []
    released._followers.append(told.append)
    run = computed()
    try:
        with enter(lead["handler"].scope):
            with pytest.raises(Refused, match="公开前几名"):
                running.propose_release(run, Listing.TOP, 0, lead["handler"])
            running.propose_release(run, Listing.FULL, 0, lead["handler"])
        alone = Actor(lead["handler"].person, lead["signer"].post)
        paper = make_paper(alone.organisation)
        with enter(alone.scope), pytest.raises(Refused, match="两人"):
            running.release(run, alone, paper)
        with system():
            assert queries_run.standing("miss", YEAR) is None
        with enter(lead["signer"].scope):
            running.release(run, lead["signer"], paper)
        deliver_acts()
        deliver_acts()
    finally:
        released._followers.remove(told.append)
    assert told == [run]
    with system():
        stands = queries_run.standing("miss", YEAR)
        assert stands is not None
        assert (stands.run, stands.final, stands.shown, stands.verdict) == (run, True, True, Verdict.NOT_MET)


def test_dry_run_is_never_proposed_nor_an_old_one_after_a_newer(parks: dict[str, Park], lead: dict[str, Actor]) -> None:
    dry = computed(dry=True)
    with enter(lead["handler"].scope), pytest.raises(Refused, match="试算结果不能发布"):
        running.propose_release(dry, Listing.OWN, 0, lead["handler"])
    first = computed()
    with system():
        tell_more(parks["miss"])
    second = computed()
    assert (first.number, second.number) == (2, 3)
    with enter(lead["handler"].scope), pytest.raises(Refused, match="更新的第 3 次"):
        running.propose_release(first, Listing.OWN, 0, lead["handler"])


def test_correction_after_a_release_asks_for_a_new_run_and_the_old_one_stands_until_then(
    parks: dict[str, Park], lead: dict[str, Actor]
) -> None:
    first = publish(computed(), lead)
    with system():
        stat = make_actor(make_organisation(OrganisationKind.DEPARTMENT), PostRole.SIGNER)
        VerifyingOffice.objects.create(label="统计", organisation=stat.organisation)
        report = Return.objects.get(kind="park", subject="miss", year=YEAR)
        Return.objects.filter(pk=report.pk).update(
            status="locked", locked_at=report.opened_at, submitted_at=report.opened_at
        )
        report.refresh_from_db()
        make_grant(report.dossier, report.tenant, stat.organisation, report.tenant, "act")
    with enter(stat.scope):
        services.correct(report, "P.hitech_output", "125", "经济普查修订", stat)
    deliver_acts()
    with enter(lead["handler"].scope):
        (task,) = todo.waiting_for(lead["handler"])
        assert task.title == "重新测算2025年度：miss高新技术产业产值已勘误"
        assert task.address == f"/runs/start/?programme=park&year={YEAR}"
        again = running.start_run(Programme.PARK, YEAR, lead["handler"])
        assert not todo.waiting_for(lead["handler"]).exists()
    with system():
        running.compute(again)
        stands = queries_run.standing("miss", YEAR)
        assert stands is not None
        assert (stands.run, stands.verdict) == (first, Verdict.NOT_MET)
        (told,) = corrected_since(stands)
        assert (told["label"], told["now"].value, told["now"].reason) == ("高新技术产业产值", "125", "经济普查修订")
    publish(again, lead)
    with system():
        stands = queries_run.standing("miss", YEAR)
        assert stands is not None
        assert (stands.run, stands.verdict) == (again, Verdict.MET)
        assert corrected_since(stands) == []
        assert Assessment.objects.get(run=first, subject="miss").final


def tell_more(park: Park) -> None:
    """One figure is corrected."""
    before = Figure.objects.get(subject=park.slug, code="P.gdp", year=YEAR)
    Figure.follow(before.report, before.code, before, level="corrected", value="121").save(force_insert=True)


def test_owner_sees_its_own_once_final_and_the_public_what_is_shown(
    parks: dict[str, Park], lead: dict[str, Actor]
) -> None:
    neighbour = make_actor()
    owner = make_actor(parks["good"].tenant)

    def seen(actor: Actor) -> int:
        with enter(actor.scope):
            return Assessment.objects.count() + Finding.objects.count()

    run = computed()
    assert (seen(owner), seen(neighbour)) == (0, 0)
    publish(run, lead)
    assert (seen(owner), seen(neighbour)) == (4 + 33, 0)


@pytest.mark.parametrize(
    ("life", "judged", "since"),
    [
        ([("creating", "2025-12-31", "day")], "creating", date(2025, 12, 31)),
        ([("creating", "2026-01-01", "day")], None, None),
        ([("creating", "2012-01-01", "year")], "creating", date(2012, 1, 1)),
        ([("creating", "2012-01-01", "year"), ("revoked", "2025-12-31", "day")], None, None),
        ([("creating", "2012-01-01", "year"), ("revoked", "2026-01-05", "day")], "creating", date(2012, 1, 1)),
        ([("creating", "2012-01-01", "year"), ("recognised", "2025-06-01", "month")], "recognised", date(2025, 6, 1)),
        ([("creating", "2012-01-01", "year"), ("recognised", None, "unknown")], "recognised", None),
        ([("creating", None, "unknown")], None, None),
        ([("creating", None, "unknown"), ("ended", "2020-01-01", "year")], None, None),
        ([("recognised", "2012-01-01", "year"), ("national", "2015-01-01", "year")], None, None),
    ],
)
def test_year_judges_by_the_legal_status_of_its_last_day(
    life: list[tuple[str, str | None, str]], judged: str | None, since: Any
) -> None:
    with system():
        park_of("one", make_organisation(), *life)
        found = [(one.list, one.listed_on) for one in queries_run.parks_of(YEAR).subjects]
    assert found == ([(judged, since)] if judged else [])


@pytest.mark.parametrize("count", [1, 30])
def test_year_is_computed_in_the_same_number_of_queries_however_many_parks(
    count: int, lead: dict[str, Actor], django_assert_num_queries: Any
) -> None:
    with system():
        tenant = make_organisation()
        for number in range(count):
            tell(park_of(f"park-{number}", tenant))
        run = running.start_run(Programme.PARK, YEAR, None)
        with django_assert_num_queries(44):
            running.compute(run)
        assert run.assessments.count() == count


def test_unanswered_objection_of_a_city_holds_the_release_up(parks: dict[str, Park], lead: dict[str, Actor]) -> None:
    run = computed()
    with system():
        figure = Figure.objects.select_related("report").get(subject="miss", code="P.hitech_output", year=YEAR)
        report, city = figure.report, make_actor(parks["miss"].tenant)
        objection = FigureObjection.objects.create(
            tenant=report.tenant,
            dossier=report.dossier,
            report=report,
            figure=figure,
            code=figure.code,
            office=lead["handler"].organisation,
            reason="应为125亿元",
            raised_by=city.person,
        )
    with enter(lead["handler"].scope):
        with pytest.raises(Refused, match="还有数据异议没有答复：miss"):
            running.propose_release(run, Listing.OWN, 0, lead["handler"])
        assert queries_results.outstanding(Programme.PARK, YEAR).objections == [objection]
