"""Applications of cities and counties wait for their evaluation by third parties (U3, C-III.2c), and are told of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from accounts.actors import Actor
from accounts.models import Division, Organisation
from applications import periods
from applications.enums import FilingStatus, KindCode
from applications.models import Filing
from applications.plan import city
from applications.plan_state import opened_on
from applications.queries import latest_version
from applications.services.asking import ASSESS, ask_for_assessment, ask_office, authority_address, tell_owner
from indicators import evaluating, sealed
from indicators.enums_evaluating import EvaluationKind, EvaluationStatus
from indicators.models import EvaluationResult, EvaluationRound
from notifications.enums import Topic
from workflow import clocks, instants, ledger, todo
from workflow.ledger import recorded
from workflow.models import Event

OPEN_REVIEW = "open_review"


def accepted() -> list[Filing]:
    """The accepted applications of places that are not evaluated yet, as far as the scope lets one see them."""
    rows = Filing.objects.filter(kind=KindCode.CITY, status=FilingStatus.ACCEPTED, division__isnull=False)
    filings = list(rows.select_related("division", "tenant"))
    known = assessments_of(filings)
    return [one for one in filings if one.pk not in known]


def assessment_of(filing: Filing) -> EvaluationResult | None:
    """The result of the place in a first evaluation that was opened after the application was accepted."""
    return assessments_of([filing]).get(filing.pk)


def assessments_of(filings: Sequence[Filing]) -> dict[UUID, EvaluationResult]:
    """The same of many, by application, in two queries; those that are not evaluated are left out."""
    told = Event.objects.filter(dossier__in=[one.dossier for one in filings], name="accept").order_by("serial")
    since = dict(told.values_list("subject_id", "at"))
    rows = EvaluationResult.objects.filter(
        place__in=[one.division_id for one in filings if one.division_id],
        round__kind=EvaluationKind.INITIAL,
        round__status=EvaluationStatus.CLOSED,
    )
    newest = {one.place_id: one for one in rows.select_related("round").order_by("round__closed_at")}
    return {
        one.pk: found
        for one in filings
        if one.pk in since
        and (found := newest.get(one.division_id or "")) is not None
        and found.round.opened_at >= since[one.pk]
    }


def open_figures(filing: Filing) -> None:
    """The place reports its figures of the last year, by which it is evaluated, beginning with its self-assessment.

    What growth is counted from is asked of the year before, where the application told it (AMB-07).
    """
    place, told = filing.of_place, self_assessed(filing)
    for year in sorted({instants.today().year - 1, *told}):
        sealed.open_returns(year, [(place, filing.tenant)])
    source = recorded("申报自评") + (f"（{filing.request_paper.number}）" if filing.request_paper else "")
    for year, values in told.items():
        sealed.propose_entries(place.pk, year, values, filing.created_by, source)


def self_assessed(filing: Filing) -> dict[int, dict[str, str]]:
    """The figures of the frozen self-assessment by year and code: last year's, and those of the one before."""
    version = latest_version(filing)
    fields = version.content["fields"] if version else {}
    last = opened_on(filing).year - 1
    found: dict[int, dict[str, str]] = {}
    for one in city.dimensions():
        for code in one.figures:
            for year, key in ((last, city.figure_key(code)), (last - 1, city.figure_key(code, True))):
                if key in fields:
                    found.setdefault(year, {})[code] = str(fields[key])
    return found


@evaluating.candidates
def waiting() -> list[tuple[Division, Organisation, str]]:
    """The places that wait for their first evaluation, with the pages of their applications."""
    return [(one.of_place, one.tenant, authority_address(one)) for one in accepted()]


@evaluating.on_opened
def arranged(row: EvaluationRound, actor: Actor) -> None:
    """A first evaluation is arranged for the places of the round: nobody has to see to it any more."""
    for filing in _waiting_in(row):
        todo.close(filing, actor, ASSESS)


@evaluating.on_dropped
def to_be_arranged_again(row: EvaluationRound, actor: Actor) -> None:
    """The round was taken back: a first evaluation is to be arranged anew, until the same day."""
    for filing in _waiting_in(row):
        ask_for_assessment(filing, row.tenant, actor, clocks.running(filing, periods.ASSESSMENT))


def _waiting_in(row: EvaluationRound) -> list[Filing]:
    """The accepted applications of the places of a first evaluation."""
    if row.kind != EvaluationKind.INITIAL:
        return []
    places = {*row.places.values_list("place", flat=True), *row.results.values_list("place", flat=True)}
    rows = Filing.objects.filter(kind=KindCode.CITY, status=FilingStatus.ACCEPTED, division__in=places)
    return list(rows.select_related("tenant", "division"))


@evaluating.on_closed
def assessed(row: EvaluationRound, actor: Actor) -> None:
    """A first evaluation is closed: the departments may be asked (U4)."""
    results = {one.place_id: one for one in row.results.all()}
    for filing in _waiting_in(row):
        todo.close(filing, actor, ASSESS)
        told = results[filing.of_place.pk]
        event = ledger.append(
            filing, "assess", recorded("完成第三方测评"), actor, dossier=filing.dossier, basis="C-III.2c",
            data={"round": str(row.pk), "result": str(told.pk), "score": told.score},
        )  # fmt: skip
        clocks.finish(filing, event, periods.ASSESSMENT)
        ask_office(filing, OPEN_REVIEW, recorded("启动部门审核：%(park)s"), row.tenant, actor)
        periods.begin(periods.OPENING, filing, event, row.tenant, authority_address(filing))
        tell_owner(event, filing, recorded("%(park)s%(noun)s申报已完成第三方测评"), Topic.PROGRESS)
