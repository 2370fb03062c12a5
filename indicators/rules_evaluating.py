"""What stands in the way of a round of evaluation, and who is who in it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import OrganisationKind
from indicators import conflicts
from indicators.enums_evaluating import Turn
from indicators.models import EvaluationContract, EvaluationPlace, EvaluationRound, RatingSeat
from workflow import instants

PAIR = (Turn.FIRST, Turn.SECOND)


def is_third_party(actor: Actor) -> bool:
    """Of an organisation that evaluates (R18)."""
    return actor.organisation.kind == OrganisationKind.THIRD_PARTY


def opens(actor: Actor) -> bool:
    """A handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


def returns(actor: Actor) -> bool:
    """A handler or reviewer of 省科技厅."""
    return actor.is_lead and (actor.is_handler or actor.is_reviewer)


def sees(actor: Actor) -> bool:
    """Whom the pages of evaluations are for: 省科技厅, third parties, the governments of places."""
    return actor.is_lead or is_third_party(actor) or actor.may_file_for_place


def seats_of(row: EvaluationRound) -> list[RatingSeat]:
    """The evaluators of a round who are in their seats."""
    found = RatingSeat.objects.filter(place__round=row, ended_at=None)
    return list(found.select_related("person", "tenant", "place").order_by("place__place", "turn"))


def against(row: EvaluationRound, seats: list[RatingSeat]) -> dict[RatingSeat, list[conflicts.Interest]]:
    """Who of these has a conflict of interest with the own place, and which."""
    known = conflicts.known(
        {seat.person_id for seat in seats},
        {seat.tenant_id for seat in seats},
        {seat.place.place_id for seat in seats if seat.place},
    )
    day = instants.day_of(row.opened_at)
    found = {
        seat: known.against(seat.person_id, seat.tenant_id, seat.place.place_id, day) for seat in seats if seat.place
    }
    return {seat: told for seat, told in found.items() if told}


def unready(row: EvaluationRound) -> list[str]:
    """Scoring begins when every place is contracted and has two evaluators without a conflict of interest."""
    places = list(row.places.all())
    contracted = {code for told in row.contracts.values_list("places", flat=True) for code in told}
    seats = seats_of(row)
    taken = {(seat.place_id, seat.turn) for seat in seats}
    reasons = [
        _("%(place)s还没有委托第三方机构。") % {"place": one.name} for one in places if one.place_id not in contracted
    ]
    reasons += [
        _("%(place)s还没有指派两名评价人。") % {"place": one.name}
        for one in places
        if not all((one.pk, turn) in taken for turn in PAIR)
    ]
    return reasons + [
        _("%(person)s与%(place)s有利益关系，须先更换。") % {"person": seat.person, "place": seat.place}
        for seat in against(row, seats)
    ]


def unreported(row: EvaluationRound) -> list[str]:
    """A round is closed when a signed report tells the result of every place."""
    reported = {code for told in row.contracts.values_list("reported", flat=True) for code in told}
    names = [one.name for one in row.places.all() if one.place_id not in reported]
    if not names:
        return []
    return [_("还没有测评结果：%(names)s。须由第三方机构签发测评报告。") % {"names": "、".join(names)}]


def contract_of(place: EvaluationPlace) -> EvaluationContract | None:
    """The contract under which a place is evaluated, as far as the scope lets one see it."""
    rows = EvaluationContract.objects.filter(round=place.round_id, places__contains=[place.place_id])
    return rows.select_related("organisation", "tenant", "round").first()
