"""Finds in the entries that the scope opens; what is shown is read again from the thing, under its own policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from applications.models import Filing
from applications.services import authority_address
from notifications.models import Paper
from portal.search.index import CASE, OPINION, PAPER
from portal.search.words import Piece, excerpt, marked
from registry.enums import ParkStatus
from registry.models import Park
from registry.queries import with_text
from reviews import queries
from reviews.models import Opinion
from reviews.views.authority import is_authority
from workflow.models import SearchEntry

PARK = "park"
GROUPS = {
    CASE: gettext_lazy("案件"),
    OPINION: gettext_lazy("部门意见"),
    PAPER: gettext_lazy("文书"),
    PARK: gettext_lazy("园区"),
}
FIRST = 8
# The matches are looked up once; each kind then keeps its newest few without sorting all.
NEWEST = """
WITH m AS MATERIALIZED ({matching})
SELECT k.kind, k.total, t.id
  FROM (SELECT kind, count(*) AS total FROM m GROUP BY kind) k
 CROSS JOIN LATERAL (SELECT id, at FROM m WHERE m.kind = k.kind ORDER BY at DESC, id LIMIT %s OFFSET %s) t
 ORDER BY k.kind, t.at DESC, t.id
"""


@dataclass
class Hit:
    """One thing found: where it is, its title and a passage with the terms marked, a line of facts."""

    href: str
    title: list[Piece]
    passage: list[Piece] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    filing: UUID | None = None


@dataclass
class Group:
    """What was found of one kind: how many, and those of the page that is shown."""

    code: str
    label: str
    total: int = 0
    hits: list[Hit] = field(default_factory=list)


def entries(wanted: list[str]) -> QuerySet[SearchEntry]:
    """The entries in which every term stands, as far as the scope opens them."""
    condition = Q()
    for term in wanted:
        condition &= Q(folded__contains=term)
    return SearchEntry.objects.filter(condition)


def find(wanted: list[str], actor: Actor, only: str = "", start: int = 0, size: int = FIRST) -> list[Group]:
    """What the terms find, grouped; with `only`, that group alone from the hit `start` on."""
    if not wanted:
        return []
    groups = {code: Group(code, str(label)) for code, label in GROUPS.items()}
    _entries_found(groups, wanted, actor, only, start, size)
    _parks_found(groups[PARK], wanted, only, start, size)
    return [group for group in groups.values() if group.total]


def _entries_found(groups: dict[str, Group], wanted: list[str], actor: Actor, only: str, start: int, size: int) -> None:
    """One pass over the entries: the number found of each kind, and the newest of the page that is shown."""
    rows = entries(wanted).order_by()
    if only:
        rows = rows.filter(kind=only)
    matching, said = rows.values("id", "kind", "at").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(NEWEST.format(matching=matching), [*said, size, start])
        places = cursor.fetchall()
    shown = SearchEntry.objects.in_bulk([pk for _kind, _total, pk in places])
    found: dict[str, dict[UUID, SearchEntry]] = {}
    for kind, total, pk in places:
        groups[kind].total = total
        found.setdefault(kind, {})[shown[pk].subject_id] = shown[pk]
    _cases(groups[CASE], found.get(CASE, {}), wanted, actor)
    _opinions(groups[OPINION], found.get(OPINION, {}), wanted)
    _papers(groups[PAPER], found.get(PAPER, {}), wanted)


def address_of(filing: Filing, actor: Actor) -> str:
    """Where the actor reads a filing: an authority its case or check page, anybody else the filing itself."""
    if not is_authority(actor):
        return filing.get_absolute_url()
    case = getattr(filing, "case", None)
    return case.get_absolute_url() if case is not None else authority_address(filing)


def _cases(group: Group, found: dict[UUID, SearchEntry], wanted: list[str], actor: Actor) -> None:
    if not found:
        return
    filings = Filing.objects.select_related("tenant", "host_zone", "case").in_bulk(list(found))
    for pk, entry in found.items():
        if pk in filings:
            filing = filings[pk]
            stage = queries.stage_of(filing, getattr(filing, "case", None))
            facts = [filing.number, filing.tenant.short_name, filing.host_zone.name, str(stage["text"])]
            passage = excerpt(entry.text, wanted)
            group.hits.append(Hit(address_of(filing, actor), marked(filing.park_name, wanted), passage, facts, pk))


def _opinions(group: Group, found: dict[UUID, SearchEntry], wanted: list[str]) -> None:
    if not found:
        return
    opinions = Opinion.objects.filter(status="signed").select_related("tenant", "case").in_bulk(list(found))
    for pk, entry in found.items():
        if pk in opinions:
            opinion = opinions[pk]
            address = f"{opinion.case.get_absolute_url()}?tab=opinions"
            facts = [str(opinion.get_stance_display())]
            group.hits.append(Hit(address, marked(entry.title, wanted), excerpt(entry.text, wanted), facts))


def _papers(group: Group, found: dict[UUID, SearchEntry], wanted: list[str]) -> None:
    if not found:
        return
    papers = Paper.objects.only("id", "title", "number", "issuer_name", "issued_on", "check_code").in_bulk(list(found))
    for pk, entry in found.items():
        if pk in papers:
            paper = papers[pk]
            address = reverse("notifications:paper", args=[paper.pk])
            facts = [date_format(paper.issued_on)]
            group.hits.append(Hit(address, marked(paper.title, wanted), marked(entry.text, wanted), facts))


def _parks_found(group: Group, wanted: list[str], only: str, start: int, size: int) -> None:
    """Parks are public: looked up in the register itself."""
    if only not in {"", PARK}:
        return
    rows: QuerySet[Park] = Park.objects.all()
    for term in wanted:
        rows = with_text(rows, term)
    group.total = rows.count()
    if not group.total:
        return
    for park in rows.select_related("city", "host_zone").order_by("city_id", "slug")[start : start + size]:
        zone = park.host_zone.name if park.host_zone else ""
        facts = [str(ParkStatus(park.status).label), park.city.name, zone]
        address = reverse("registry:park", args=[park.slug])
        group.hits.append(Hit(address, marked(park.name, wanted), [], [fact for fact in facts if fact]))
