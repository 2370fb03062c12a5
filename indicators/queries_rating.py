"""Which indicators of a year people score, how far a round is, and what its scores come to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.enums import OrganisationKind, PostRole
from accounts.models import Post
from indicators.enums_policy import RatingStatus
from indicators.models import Assessment, GivenScore, IndexVersion, RatingRound, RatingSeat
from policy import decimals, index
from policy.index import Part

SEATED_KINDS = (
    OrganisationKind.LEAD,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.OTHER_DEPARTMENT,
    OrganisationKind.EXPERT,
)
SEATED_ROLES = (PostRole.HANDLER, PostRole.REVIEWER, PostRole.SIGNER)
# By indicator: "score" (the mean, a plain decimal), "said" (office, person and reason of each), "round".
Reviews = Mapping[str, Mapping[str, Any]]


def rated_parts(version: IndexVersion | None) -> tuple[Part, ...]:
    """The indicators of a version that people score."""
    if version is None:
        return ()
    return tuple(part for part in index.indicators(version.parts) if part.kind == index.REVIEW)


def candidates() -> list[Post]:
    """Who may be asked to score: people of 省科技厅 and of the departments, and experts; each by one post."""
    rows = Post.objects.in_force().filter(
        organisation__kind__in=SEATED_KINDS, organisation__active=True, role__in=SEATED_ROLES
    )
    found: dict[UUID, Post] = {}
    for post in rows.select_related("person", "organisation").order_by("organisation__order", "organisation", "role"):
        found.setdefault(post.person_id, post)
    # Experts first: of so many people they are the ones most often asked.
    return sorted(found.values(), key=lambda post: post.organisation.kind != OrganisationKind.EXPERT)


def standing(versions: Collection[IndexVersion], year: int) -> dict[UUID, RatingRound]:
    """The round that counts by version: the newest closed one; those of evaluations count for these alone."""
    rows = RatingRound.objects.filter(version__in=versions, year=year, status=RatingStatus.CLOSED, evaluation=None)
    return {row.version_id: row for row in rows.order_by("closed_at")}


def reviews_of(versions: Collection[IndexVersion], year: int) -> dict[str, dict[str, dict[str, Any]]]:
    """What closed rounds give by subject and indicator, in the form in which an assessment keeps it.

    The mean of those who scored; who did not is not counted. Nothing of an indicator that nobody scored.
    """
    rounds = [row.pk for row in standing([one for one in versions if rated_parts(one)], year).values()]
    if not rounds:
        return {}
    rows = GivenScore.objects.filter(seat__round__in=rounds, superseded_at=None)
    rows = rows.select_related("seat", "tenant", "person").order_by("subject", "code", "tenant__order", "person__name")
    told: dict[str, dict[str, list[GivenScore]]] = {}
    for row in rows:
        told.setdefault(row.subject, {}).setdefault(row.code, []).append(row)
    return {subject: {code: _kept(given) for code, given in codes.items()} for subject, codes in told.items()}


def _kept(given: list[GivenScore]) -> dict[str, Any]:
    return {
        "score": mean([decimals.parse(str(one.score)) for one in given]),
        "said": [{"office": one.tenant.short_name, "reason": one.reason} for one in given],
        "round": str(given[0].seat.round_id),
    }


def mean(scores: Collection[Fraction]) -> str:
    """The mean as a plain decimal: exact, or to 20 significant digits where it never ends."""
    return decimals.render(sum(scores, Fraction(0)) / len(scores))


def scores_in(reviews: Reviews) -> dict[str, str]:
    """The scores alone, as `scoring.Scored` takes them."""
    return {code: str(one["score"]) for code, one in reviews.items()}


@dataclass(frozen=True)
class Reviewed:
    """What people gave an indicator of a stored result: the mean to two places, offices and their reasons."""

    code: str
    label: str
    score: str
    said: Sequence[Mapping[str, str]]


def reviewed(one: Assessment) -> list[Reviewed]:
    """The scores of people that a stored result rests on, with the names that the index gives them."""
    if not one.reviews:
        return []
    told = one.run.index_versions.get(one.list, {})
    version = IndexVersion.objects.filter(pk=told.get("id")).first()
    labels = {part.code: part.label for part in rated_parts(version)}
    return [
        Reviewed(code, labels.get(code, code), decimals.show(decimals.parse(given["score"])), given["said"])
        for code, given in sorted(one.reviews.items())
    ]


@dataclass(frozen=True)
class Sitting:
    """How far a person is with one indicator: how many of the subjects are scored."""

    seat: RatingSeat
    part: Part
    given: int
    wanted: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing."""
        return self.given >= self.wanted


def progress(row: RatingRound) -> list[Sitting]:
    """Who scored how many, for 省科技厅, and nothing of what the scores are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seat, code, number FROM indicators_rating_progress(%s)", [row.pk])
        given = {(seat, code): number for seat, code, number in cursor.fetchall()}
    return _sittings(row, list(row.seats.select_related("tenant", "person")), given)


def own_sittings(row: RatingRound, person: UUID) -> list[Sitting]:
    """What a person is asked for in a round, with how far it is."""
    seats = list(row.seats.filter(person=person).select_related("tenant", "person"))
    given: dict[tuple[UUID, str], int] = {}
    for seat, code in GivenScore.objects.filter(seat__in=seats, superseded_at=None).values_list("seat_id", "code"):
        given[seat, code] = given.get((seat, code), 0) + 1
    return _sittings(row, seats, given)


def _sittings(row: RatingRound, seats: list[RatingSeat], given: Mapping[tuple[UUID, str], int]) -> list[Sitting]:
    return [
        Sitting(seat, part, given.get((seat.pk, part.code), 0), len(row.subjects))
        for part in rated_parts(row.version)
        for seat in seats
        if part.code in seat.codes
    ]


@dataclass(frozen=True)
class Lack:
    """A list whose index wants scores of people for a year, and the open round, if there is one."""

    version: IndexVersion
    parts: tuple[Part, ...]
    open_round: RatingRound | None


def lacking(versions: Collection[IndexVersion], year: int) -> list[Lack]:
    """The lists of which scores are wanted and no round is closed, or a new one is open."""
    wanted = [one for one in versions if rated_parts(one)]
    if not wanted:
        return []
    rows = RatingRound.objects.filter(version__in=wanted, year=year, evaluation=None)
    rows = rows.exclude(status=RatingStatus.DROPPED)
    found = list(rows)
    open_ones = {row.version_id: row for row in found if row.status == RatingStatus.OPEN}
    closed = {row.version_id for row in found if row.status == RatingStatus.CLOSED}
    return [
        Lack(one, rated_parts(one), open_ones.get(one.pk))
        for one in wanted
        if one.pk in open_ones or one.pk not in closed
    ]
