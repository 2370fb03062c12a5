"""What evaluators scored, before anybody may read it: the arithmetic sees it under the system scope and tells no score.

Row security shows a sheet to its own evaluator alone until the round is closed (C-III.2c).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import Organisation, Person
from accounts.scope import system
from indicators import arbitration, gathering, queries_policy, queries_rating, scoring
from indicators import rules_evaluating as rules
from indicators.arbitration import Bias
from indicators.enums import Programme, SubjectKind
from indicators.enums_evaluating import EvaluationStatus, Turn
from indicators.evaluating import EVALUATION_DIFFERENCE
from indicators.models import EvaluationContract, EvaluationPlace, EvaluationRound, GivenScore, RatingSeat
from indicators.services import computing, ledgers_opening, opening, opening_cities, prefilling
from indicators.subjects import Subject, cities_of, taking_part
from notifications.models import Paper
from policy import clauses, decimals
from workflow.ledger import digest
from workflow.parameters import value

# What became of a place when a sheet was handed in.
WAITING, DISPUTED, AGAIN, SETTLED = "waiting", "disputed", "again", "settled"
Sheets = Mapping[int, Mapping[str, GivenScore]]


def settle(place: EvaluationPlace) -> str:
    """Compare the sheets of a place that are handed in, and keep which indicators a third has to score.

    SETTLED when every score that is wanted is there; DISPUTED when a third is wanted and nobody sits there; AGAIN
    when the third has to score more than before.
    """
    with system():
        row = EvaluationPlace.objects.select_for_update(no_key=True).get(pk=place.pk)
        seats = {seat.turn: seat for seat in RatingSeat.objects.filter(place=row, ended_at=None)}
        outcome, disputed = WAITING, list[str]()
        if all((seat := seats.get(turn)) and seat.handed_at for turn in (Turn.FIRST, Turn.SECOND)):
            disputed = _disputed(row)
            outcome = _with_third(seats.get(Turn.THIRD), disputed)
        row.disputed, row.settled_at = disputed, timezone.now() if outcome == SETTLED else None
        row.save(update_fields=["disputed", "settled_at"])
    place.refresh_from_db()
    return outcome


def _disputed(row: EvaluationPlace) -> list[str]:
    sheets = _sheets([row])[row.place_id]
    limit = decimals.parse(value(EVALUATION_DIFFERENCE.name))
    first, second = (_plain(sheets.get(turn, {})) for turn in (Turn.FIRST, Turn.SECOND))
    return arbitration.differing(first, second, limit)


def _with_third(third: RatingSeat | None, disputed: list[str]) -> str:
    if not disputed:
        return SETTLED
    if third is None:
        return DISPUTED
    if lacking := set(disputed) - set(third.codes):
        third.codes, third.handed_at = sorted({*third.codes, *lacking}), None
        third.save(update_fields=["codes", "handed_at"])
        return AGAIN
    return SETTLED if third.handed_at else WAITING


def _plain(given: Mapping[str, GivenScore]) -> dict[str, Fraction]:
    return {code: decimals.parse(str(one.score)) for code, one in given.items()}


def _sheets(places: Iterable[EvaluationPlace]) -> dict[str, dict[int, dict[str, GivenScore]]]:
    """The standing scores of the evaluators in their seats that are handed in, by place, turn and indicator."""
    found: dict[str, dict[int, dict[str, GivenScore]]] = defaultdict(dict)
    rows = GivenScore.objects.filter(
        seat__place__in=[one.pk for one in places], seat__ended_at=None, seat__handed_at__isnull=False,
        superseded_at=None,
    )  # fmt: skip
    for one in rows.select_related("seat"):
        found[one.subject].setdefault(one.seat.turn or 0, {})[one.code] = one
    return found


def _finals(sheets: Sheets, disputed: Collection[str]) -> dict[str, dict[str, Any]]:
    """The final score of each indicator with the reasons, and of how many evaluators; no names."""
    found = {}
    for code in sorted(sheets.get(Turn.FIRST, {})):
        turns = (Turn.FIRST, Turn.SECOND, Turn.THIRD) if code in disputed else (Turn.FIRST, Turn.SECOND)
        given = [sheets[turn][code] for turn in turns if code in sheets.get(turn, {})]
        final = arbitration.final([decimals.parse(str(one.score)) for one in given])
        found[code] = {
            "score": decimals.render(final),
            "reasons": [one.reason for one in given],
            "number": len(given),
        }
    return found


def unfinished(contract: EvaluationContract) -> dict[str, list[str]]:
    """Why the places of a contract cannot be reported yet: names without all their scores, names without figures."""
    with system():
        places = list(contract.round.places.filter(place__in=contract.places))
        known = {one.code for one in cities_of(contract.round.year, contract.places)}
    return {
        "scores": [one.name for one in places if one.settled_at is None],
        "figures": [one.name for one in places if one.place_id not in known],
    }


def with_figures(row: EvaluationRound) -> set[str]:
    """The places of a round whose figures of the year are final, by code."""
    with system():
        codes = list(row.places.values_list("place", flat=True))
        return {one.code for one in cities_of(row.year, codes)}


def results(contract: EvaluationContract) -> dict[str, dict[str, Any]]:
    """What each place of a contract reached, as its report tells it and `EvaluationResult` keeps it.

    Scored by the version of its list over the places that took part in the year, and those of the round.
    """
    with system():
        row = contract.round
        places = list(row.places.all())
        sheets = _sheets(places)
        reviews = {one.place_id: _finals(sheets.get(one.place_id, {}), one.disputed) for one in places}
        members = taking_part(row.year) | set(reviews)
        subjects = cities_of(row.year, members)
        found: dict[str, dict[str, Any]] = {}
        for rating in row.ratings.select_related("version"):
            own = [one for one in subjects if one.list == rating.version.ranking]
            scores, facts = _scored(rating.version, own, row.year, reviews)
            for one in own:
                if one.code in contract.places:
                    score = scores.by_subject[one.code]
                    found[one.code] = {
                        "name": one.name,
                        "list": str(one.list),
                        "version": str(rating.version_id),
                        "score": score.score,
                        "scores": dict(score.scores),
                        "left_out": list(score.left_out),
                        "reviews": reviews[one.code],
                        "facts": facts[one.code],
                    }
    return dict(sorted(found.items()))


def _scored(
    version: Any, subjects: list[Subject], year: int, reviews: Mapping[str, Any]
) -> tuple[scoring.Scores, dict[str, str]]:
    known = gathering.known(subjects, year)
    lists = {one.code: str(one.list) for one in subjects}
    clause_set = clauses.load(computing.SETS[Programme.CITY])
    documents = [known[one.code].document for one in subjects]
    outcomes = computing.judged(lists, documents, clause_set, queries_policy.params_of(year, Programme.CITY), reviews)
    members = [
        scoring.Scored(one.subject, one.facts.figures, one.judged.findings if one.judged else (), one.reviews)
        for one in outcomes
    ]
    facts = {code: f"sha256:{digest(one.document)}" for code, one in known.items()}
    return scoring.score(version, members, year, draws_wanted=1), facts


def keep_report(contract: EvaluationContract, paper: Paper, told: Mapping[str, Any]) -> None:
    """The report of a contract is signed: what it says stands."""
    with system():
        row = EvaluationContract.objects.get(pk=contract.pk)
        row.paper, row.reported, row.reported_at = paper, dict(told), timezone.now()
        row.save(update_fields=["paper", "reported", "reported_at"])
    contract.refresh_from_db()


def is_reported(row: EvaluationRound) -> bool:
    """Whether signed reports tell the result of every place of a round."""
    with system():
        return not rules.unreported(row)


def biases(row: EvaluationRound | None = None, person: UUID | None = None) -> dict[str, Bias]:
    """How far evaluators score from their co-scorers, by person's key: in one closed round, or in all; of one person.

    A number alone leaves: nobody learns from it what another scored.
    """
    with system():
        rows = GivenScore.objects.filter(
            seat__place__round__status=EvaluationStatus.CLOSED, seat__ended_at=None, superseded_at=None
        )
        if row is not None:
            rows = rows.filter(seat__place__round=row)
        given: dict[tuple[str, str], dict[str, Fraction]] = defaultdict(dict)
        for place, code, who, score in rows.values_list("seat__place", "code", "person", "score"):
            given[str(place), code][str(who)] = decimals.parse(str(score))
    found = arbitration.biases(given.values())
    return {who: bias for who, bias in found.items() if person is None or who == str(person)}


def open_returns(year: int, places: Iterable[tuple[Any, Organisation]]) -> int:
    """Open the returns of places for a year where there is none, so that figures can be reported; how many."""
    with system():
        wanted = [place for place, _office in places]
        governments = opening_cities.governments_of(wanted)
        opened = [
            opening.open_return(SubjectKind.CITY, place.pk, place.name, year, *governments[place.pk])
            for place in wanted
            if place.pk in governments
        ]
        ledgers_opening.open_for(wanted)
    return sum(one is not None for one in opened)


def propose_entries(place: str, year: int, values: Mapping[str, str], writer: Person, source: str) -> list[str]:
    """Begin a place's return with what it wrote of itself; the codes that were written."""
    with system():
        return prefilling.propose_entries(place, year, values, writer, source)


def rated_codes(row: EvaluationRound) -> dict[str, list[str]]:
    """The indicators that people score, by list."""
    return {
        rating.version.ranking: [part.code for part in queries_rating.rated_parts(rating.version)]
        for rating in row.ratings.select_related("version")
    }
