"""Evaluations in the scene: a round in which a third party scores 甲's place, and a closed one with 甲's result."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.actors import Actor
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.scope import system
from indicators.models import (
    Engagement,
    EvaluationContract,
    EvaluationPlace,
    EvaluationResult,
    EvaluationRound,
    RatingRound,
    RatingSeat,
    SheetDraft,
)
from portal.sample.acting import office
from tests import annual_index
from tests.factories import make_paper
from tests.markers import mark
from workflow import instants, ledger

YEAR = 2024


def load(owner_code: str, evaluator: Actor | None) -> None:
    """Both rounds; the draft of the sheet and the reasons of the result say whose they are. Under the system scope."""
    assert evaluator is not None
    owner, lead = (Organisation.objects.get(code=code) for code in (owner_code, "kjt"))
    assert owner.division is not None
    people = office(lead)
    version = annual_index.version("signed")
    own = {"place": owner.division, "name": owner.division.name, "list": "city", "tenant": owner}
    for number, status in ((1, "closed"), (2, "scoring")):
        ended = {"closed_at": timezone.now(), "closed_by": people.reviewer.person} if status == "closed" else {}
        row = EvaluationRound.objects.create(
            tenant=lead, kind="biennial", year=YEAR, number=number, due_on=instants.today(), status=status,
            opened_by=people.handler.person, **ended,
        )  # fmt: skip
        ledger.open_chain(row.dossier, lead)
        place = EvaluationPlace.objects.create(round=row, dossier=row.dossier, **own)
        agreed = EvaluationContract.objects.create(
            tenant=lead, round=row, organisation=evaluator.organisation, places=[owner.division.pk],
            number=f"合{number}", signed_on=instants.today(), made_by=people.handler.person,
        )  # fmt: skip
        ledger.open_chain(agreed.dossier, lead)
        open_dossier(agreed.dossier, lead.pk, evaluator.organisation, "read", lead)
        if status == "scoring":
            _seat(row, place, evaluator, lead, people.handler)
        else:
            EvaluationResult.objects.create(
                round=row, dossier=row.dossier, version=version, scores={version.parts[0].code: "71.5"}, score="71.5",
                reviews={annual_index.RATED: {"score": "70", "reasons": [mark("jia", "closed", "evaluation")]}},
                facts="sha256:0", paper=make_paper(evaluator.organisation, published=False), **own,
            )  # fmt: skip
    Engagement.objects.create(
        tenant=evaluator.organisation, place=owner.division, kind="contract", what=mark("jia", "tie", "engagement"),
        since=dt.date(2012, 1, 1), declared_by=evaluator.person,
    )  # fmt: skip


def _seat(row: EvaluationRound, place: EvaluationPlace, evaluator: Actor, lead: Organisation, opener: Actor) -> None:
    """The evaluator sits there, declared, with a draft begun."""
    rating = RatingRound.objects.create(
        tenant=lead, version=annual_index.version("signed"), year=YEAR, evaluation=row, due_on=row.due_on,
        opened_by=opener.person, subjects=[{"code": place.place_id, "name": place.name}],
    )  # fmt: skip
    ledger.open_chain(rating.dossier, lead)
    open_dossier(rating.dossier, lead.pk, evaluator.organisation, "read", lead)
    own = {"dossier": rating.dossier, "tenant": evaluator.organisation, "person": evaluator.person}
    seat = RatingSeat.objects.create(
        round=rating, place=place, turn=1, codes=[annual_index.RATED], declared_at=timezone.now(), **own
    )
    said = {"score": "60", "reason": mark("jia", "sheet", "sheet")}
    SheetDraft.objects.create(seat=seat, given={annual_index.RATED: said}, **own)


def the_round(status: str) -> EvaluationRound:
    """One of them."""
    with system():
        return EvaluationRound.objects.get(status=status)


def the_seat() -> RatingSeat:
    """Where the evaluator sits."""
    with system():
        return RatingSeat.objects.get(place__isnull=False)


def the_place() -> EvaluationPlace:
    """What is being scored."""
    with system():
        return EvaluationPlace.objects.get(round__status="scoring")


def the_contract() -> EvaluationContract:
    """That of the round being scored."""
    with system():
        return EvaluationContract.objects.get(round__status="scoring")


def the_result() -> EvaluationResult:
    """That of the closed round."""
    with system():
        return EvaluationResult.objects.get()


def the_engagement() -> Engagement:
    """What the third party declared."""
    with system():
        return Engagement.objects.get()
