"""Who may not evaluate a place: whoever, or whose organisation, had a contract or a post there shortly before.

What counts is the place itself, the city above it and its counties; what was declared, and what the portal knows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from accounts.enums import DivisionLevel, OrganisationKind
from accounts.models import Division, Organisation, Post
from indicators.enums_evaluating import EngagementKind
from indicators.evaluating import CONFLICT_YEARS
from indicators.models import Engagement
from workflow.ledger import recorded
from workflow.parameters import value

# Whose posts tie a person to the place in which the office lies.
OFFICES = (
    OrganisationKind.APPLICANT_GOV,
    OrganisationKind.COUNTY_GOV,
    OrganisationKind.CITY_ST_BUREAU,
    OrganisationKind.PARK_COMMITTEE,
)


@dataclass(frozen=True)
class Interest:
    """What ties somebody to a place from a day on, until another (None: still); `known` where it was not declared."""

    place: str
    name: str
    kind: str
    what: str
    since: dt.date | None
    until: dt.date | None
    known: bool = False

    def __str__(self) -> str:
        until = self.until.isoformat() if self.until else recorded("至今")
        source = recorded("系统任职记录") if self.known else recorded("申明")
        span = f"{self.since.isoformat() if self.since else ''} 至 {until}".strip()
        words = {"name": self.name, "what": self.what, "span": span, "source": source}
        return recorded("%(name)s：%(what)s（%(span)s，%(source)s）") % words


def first_day(opened: dt.date, years: int | None = None) -> dt.date:
    """From which day on an engagement counts for a round opened on a day, that day included (`conflict_years`)."""
    before = opened.year - (value(CONFLICT_YEARS.name) if years is None else years)
    try:
        return opened.replace(year=before)
    except ValueError:  # 29 February
        return dt.date(before, 2, 28)


@dataclass
class Known:
    """What ties some people and organisations to places; read once for many."""

    years: int
    of_person: dict[UUID, list[Interest]] = field(default_factory=dict)
    of_organisation: dict[UUID, list[Interest]] = field(default_factory=dict)
    near: dict[str, set[str]] = field(default_factory=dict)

    def against(self, person: UUID, organisation: UUID, place: str, opened: dt.date) -> list[Interest]:
        """What bars a person of an organisation from a place in a round opened on a day; nothing when they may."""
        since, near = first_day(opened, self.years), self.near.get(place, {place})
        told = [*self.of_person.get(person, []), *self.of_organisation.get(organisation, [])]
        return [one for one in told if one.place in near and (one.until is None or one.until >= since)]


def known(people: Collection[UUID], organisations: Collection[UUID], places: Collection[str]) -> Known:
    """What the scope lets one see of these people's and organisations' ties, and what lies near the places."""
    found = Known(value(CONFLICT_YEARS.name), near=_near(places))
    declared = Engagement.objects.filter(
        Q(person__in=people) | Q(person=None, tenant__in=organisations)
    ).select_related("place")
    for row in declared:
        told = Interest(
            row.place_id, row.place.name, row.kind, f"{row.get_kind_display()}，{row.what}", row.since, row.until
        )
        if row.person_id:
            found.of_person.setdefault(row.person_id, []).append(told)
        else:
            found.of_organisation.setdefault(row.tenant_id, []).append(told)
    posts = Post.objects.filter(person__in=people, organisation__kind__in=OFFICES, organisation__division__isnull=False)
    for post in posts.select_related("organisation__division"):
        found.of_person.setdefault(post.person_id, []).append(_of_post(post))
    owned = Organisation.objects.filter(pk__in=organisations, parent__division__isnull=False)
    for office in owned.select_related("parent__division"):
        found.of_organisation.setdefault(office.pk, []).append(_of_parent(office))
    return found


def _of_post(post: Post) -> Interest:
    office = post.organisation
    assert office.division is not None
    what = f"{office.short_name}{post.get_role_display()}"
    return Interest(
        office.division.pk, office.division.name, EngagementKind.EMPLOYMENT, what, post.valid_from, post.valid_to, True
    )


def _of_parent(office: Organisation) -> Interest:
    """A third party that belongs to an office of a place."""
    above = office.parent
    assert above is not None
    assert above.division is not None
    what = recorded("隶属%s") % above.short_name
    return Interest(above.division.pk, above.division.name, EngagementKind.EMPLOYMENT, what, None, None, True)


def _near(places: Iterable[str]) -> dict[str, set[str]]:
    """By place: itself, the city above it, its counties."""
    wanted = set(places)
    found = {code: {code} for code in wanted}
    rows = Division.objects.filter(Q(pk__in=wanted) | Q(parent__in=wanted), level=DivisionLevel.COUNTY)
    for code, above in rows.values_list("pk", "parent"):
        if code in found and above:
            found[code].add(above)
        if above in found:
            found[above].add(code)
    return found
