"""A round in which a third party evaluates two cities, with everybody who works on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from accounts.actors import Actor
from accounts.enums import DivisionLevel, OrganisationKind, PostRole
from accounts.models import Division, Organisation
from accounts.scope import enter, system
from indicators import queries_rating
from indicators.enums import FigureLevel, RankingList, SubjectKind
from indicators.enums_evaluating import EvaluationKind
from indicators.models import (
    EvaluationContract,
    EvaluationPlace,
    EvaluationRound,
    Figure,
    IndexVersion,
    RatingSeat,
    Return,
)
from indicators.papers.evaluation_report import start_report
from indicators.services import evaluation_rounds, evaluation_seats, evaluation_sheets, index_signing
from notifications import signoff
from policy import index
from registry.enums import CityTitleKind
from registry.services import keep_title
from tests.factories import make_actor, make_organisation
from tests.indicators.indices import Departments, departments
from workflow import instants, ledger

YEAR = instants.today().year - 1
FIRST, SECOND, THIRD = 1, 2, 3
PEOPLE = ("first", "second", "third", "spare")


@dataclass
class World:
    """Two cities that are pilots, their figures, the signed index, a third party with people."""

    departments: Departments
    places: dict[str, Division]
    governments: dict[str, Organisation]
    office: Organisation
    people: dict[str, Actor]
    codes: list[str]
    row: EvaluationRound = field(init=False)

    def lead(self, role: str = PostRole.HANDLER) -> Actor:
        """A person of 省科技厅."""
        return self.departments.actor("lead", role)

    def place(self, code: str) -> EvaluationPlace:
        """A place of the round, as it is now."""
        with system():
            return EvaluationPlace.objects.select_related("round__tenant").get(round=self.row, place=code)

    def seat(self, name: str, code: str = "a") -> RatingSeat:
        """The seat in which a person sits at a place."""
        with system():
            rows = RatingSeat.objects.select_related("place__round", "round__version", "person", "tenant")
            return rows.filter(place__place=self.places[code], person=self.people[name].person).latest("ended_at")

    def sit(self, name: str, turn: int, code: str = "a") -> RatingSeat:
        """省科技厅 seats a person."""
        with enter(self.lead().scope):
            return evaluation_seats.seat(self.place(self.places[code].pk), turn, self.people[name].post, self.lead())

    def declare(self, name: str) -> list[RatingSeat]:
        """A person signs the declaration of independence."""
        actor = self.people[name]
        with enter(actor.scope):
            return evaluation_seats.declare_independence(EvaluationRound.objects.get(pk=self.row.pk), actor)

    def score(self, name: str, *scores: str, code: str = "a", hand_in: bool = True) -> str:
        """A person scores a place, indicator by indicator, and hands in; what came of it."""
        actor = self.people[name]
        with enter(actor.scope):
            seat = self.own(name, code)
            told = {
                one: {"score": score, "reason": f"理由{score}"} for one, score in zip(seat.codes, scores, strict=True)
            }
            evaluation_sheets.save_draft(seat, told, actor)
            return evaluation_sheets.hand_in(seat, actor) if hand_in else ""

    def own(self, name: str, code: str = "a") -> RatingSeat:
        """The own seat, in the scope of the person."""
        rows = RatingSeat.objects.select_related("place__round", "round__version", "person", "tenant")
        return rows.get(place__place=self.places[code], person=self.people[name].person, ended_at=None)

    def open(self) -> None:
        """省科技厅 opens a biennial round of both places and contracts the third party."""
        lead, codes = self.lead(), [one.pk for one in self.places.values()]
        due = instants.today() + dt.timedelta(days=30)
        with enter(lead.scope):
            self.row = evaluation_rounds.open_round(EvaluationKind.BIENNIAL, YEAR, codes, due, lead)
            evaluation_rounds.contract(self.row, self.office, codes, "合〔1〕", instants.today(), lead)

    def report(self) -> None:
        """The report of the third party, drafted, checked and signed."""
        handler, reviewer, signer = (self.people[name] for name in ("handler", "reviewer", "signer"))
        with enter(handler.scope):
            rows = EvaluationContract.objects.select_related("round__tenant", "organisation", "tenant")
            draft = start_report(rows.get(round=self.row.pk), handler)
            signoff.save_fields(draft, {"findings": "成效明显。", "contact": "联系人：某某"}, handler)
            signoff.send(draft, handler)
        with enter(reviewer.scope):
            signoff.pass_on(draft, reviewer)
        with enter(signer.scope):
            signoff.sign(draft, signer)

    def close(self, role: str = PostRole.REVIEWER) -> None:
        """Closed by 省科技厅."""
        actor = self.lead(role)
        with enter(actor.scope):
            self.row = EvaluationRound.objects.get(pk=self.row.pk)
            evaluation_rounds.close(self.row, "", actor)


def world() -> World:
    """Everybody, and nothing opened yet."""
    offices = departments()
    index_signing.sign_default(RankingList.CITY, offices.signing)
    with system():
        places, governments = {}, {}
        for number, key in enumerate(("a", "b"), start=1):
            place = Division.objects.create(code=f"3399{number}0", name=f"示例{key}市", level=DivisionLevel.PREFECTURE)
            places[key] = place
            governments[key] = make_organisation(division=place)
            keep_title(
                place, CityTitleKind.PILOT, held=True, since=dt.date(YEAR - 3, 7, 1), citation="示例",
                office=offices.offices["lead"],
            )  # fmt: skip
            _tell(place, governments[key], number)
        office = make_organisation(OrganisationKind.THIRD_PARTY, "评估院")
        roles = {"handler": PostRole.HANDLER, "reviewer": PostRole.REVIEWER, "signer": PostRole.SIGNER}
        people = {name: make_actor(office, role) for name, role in roles.items()}
        people |= {name: make_actor(office, PostRole.HANDLER, f"评价人{name}") for name in PEOPLE}
        version = IndexVersion.objects.get(ranking=RankingList.CITY)
        codes = [part.code for part in queries_rating.rated_parts(version)]
    return World(offices, places, governments, office, people, codes)


def _tell(place: Division, government: Organisation, number: int) -> None:
    """Final figures of the year and of the one before; the second place has twice the first's."""
    parts = index.indicators(index.default(RankingList.CITY).tree)
    codes = sorted({code for part in parts for code in (*part.numerator, part.denominator) if code})
    rows = []
    for year in (YEAR - 1, YEAR):
        report = Return.objects.create(
            tenant=government, kind=SubjectKind.CITY, subject=place.pk, name=place.name, year=year
        )
        ledger.open_chain(report.dossier, government)
        for at, code in enumerate(codes, start=1):
            value = str(at * number + (year - YEAR + 1) * at)
            rows.append(Figure.follow(report, code, None, level=FigureLevel.IMPORTED, value=value))
    Figure.objects.bulk_create(rows)


def opened() -> World:
    """A biennial round of both places, contracted; nobody is seated."""
    made = world()
    made.open()
    return made


def scoring() -> World:
    """The first two sit at both places, declared; scoring has begun."""
    made = opened()
    for code in made.places:
        made.sit("first", FIRST, code)
        made.sit("second", SECOND, code)
    for name in ("first", "second"):
        made.declare(name)
    with enter(made.lead().scope):
        evaluation_rounds.start(EvaluationRound.objects.get(pk=made.row.pk), "", made.lead())
    return made
