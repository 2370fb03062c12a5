"""Finds in the entries that the scope opens; what is shown is read again from the thing, under its own policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.compiled import Compiled, Slot
from applications.models import Filing
from indicators import queries_practices
from notifications.models import Paper
from portal.search import places, rankings
from portal.search.index import CASE, OPINION, PAPER
from portal.search.words import Piece, excerpt, marked
from registry.enums import ParkStatus
from registry.models import Park
from registry.queries import published_papers, with_text
from reviews import queries
from reviews.models import Opinion
from workflow.models import SearchEntry

Thing = TypeVar("Thing", bound=Model)
PARK, PLACE, RANKING, REPORT, PRACTICE = "park", "place", "ranking", "report", "practice"
GROUPS = {
    CASE: gettext_lazy("案件"),
    OPINION: gettext_lazy("部门意见"),
    PAPER: gettext_lazy("文书"),
    PARK: gettext_lazy("园区"),
    PLACE: gettext_lazy("市、县（市、区）"),
    RANKING: gettext_lazy("年度评价"),
    REPORT: gettext_lazy("统计监测报告"),
    PRACTICE: gettext_lazy("优秀做法"),
}
PUBLIC = (PARK, PLACE, RANKING, REPORT, PRACTICE, PAPER)
FIRST = 8
# With all kinds in one page each is counted up to here; its own page, to which that leads, counts all.
MOST = 999
# So many matches are read and sorted as they come; of more, each kind looks for its newest.
FEW = 300
NEWEST = "SELECT kind, total, subject_id, title, words FROM workflow_newest_found(%s, %s, %s, %s, %s)"
# One kind in pages: all are counted by the look that finds those of the page.
PAGED = """
WITH m AS MATERIALIZED ({matching}), page AS (SELECT id FROM m ORDER BY at DESC, id LIMIT %s OFFSET %s)
SELECT s.kind, (SELECT count(*) FROM m), s.subject_id, s.title, s.text
  FROM page JOIN workflow_searchentry s ON s.id = page.id ORDER BY s.at DESC, s.id
"""


class Things(Generic[Thing]):
    """The things behind entries, each under its own policy; those of a first page by a query compiled once."""

    def __init__(self, rows: Callable[[], QuerySet[Thing]]) -> None:
        self.rows = rows
        self.places = [f"key{number}" for number in range(FIRST)]
        self.few = Compiled(lambda: rows().filter(pk__in=[Slot(place) for place in self.places]))

    def read(self, keys: list[UUID]) -> dict[UUID, Thing]:
        """The things of these keys that the scope opens."""
        if len(keys) > FIRST:
            return self.rows().in_bulk(keys)
        named = dict(zip(self.places, [*keys, *keys[:1] * FIRST], strict=False))
        return {one.pk: one for one in self.few(**named)}


FILINGS = Things(lambda: Filing.objects.select_related("tenant", "host_zone", "case"))
OPINIONS = Things(lambda: Opinion.objects.filter(status="signed").select_related("case"))
PAPERS = Things(lambda: Paper.objects.only("id", "title", "issued_on"))


class Entry(NamedTuple):
    """What the search says of one thing: its title and the words that it is found by."""

    title: str
    text: str


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
    is_counted: bool = True

    @property
    def number(self) -> str:
        """How many were found; with a plus where they were not counted to the end."""
        return str(self.total) if self.is_counted else f"{self.total}+"

    def count(self, found: int, *, is_capped: bool) -> None:
        """Take over how many were found, which may be one more than is told."""
        self.is_counted = not is_capped or found <= MOST
        self.total = found if self.is_counted else MOST


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
    _public_found(groups, wanted, only, start, size)
    return [group for group in groups.values() if group.total]


def find_public(wanted: list[str], only: str = "", start: int = 0, size: int = FIRST) -> list[Group]:
    """What the terms find among what everybody may read, published papers last; under the public scope."""
    if not wanted:
        return []
    groups = {code: Group(code, str(GROUPS[code])) for code in PUBLIC}
    _public_found(groups, wanted, only, start, size)
    if only in {"", PAPER}:
        _published_found(groups[PAPER], wanted, start, size)
    return [group for group in groups.values() if group.total]


def _public_found(groups: dict[str, Group], wanted: list[str], only: str, start: int, size: int) -> None:
    """What is public, looked up where it is."""
    _parks_found(groups[PARK], wanted, only, start, size)
    _places_found(groups[PLACE], wanted, only, start, size)
    _rankings_found(groups[RANKING], wanted, only, start, size)
    _reports_found(groups[REPORT], wanted, only, start, size)
    _practices_found(groups[PRACTICE], wanted, only, start, size)


def _published_found(group: Group, wanted: list[str], start: int, size: int) -> None:
    """Published papers by title, number and issuer, the newest first."""
    rows = published_papers()
    for term in wanted:
        rows = rows.filter(Q(title__icontains=term) | Q(number__icontains=term) | Q(issuer_name__icontains=term))
    group.count(rows.count(), is_capped=False)
    for paper in rows.defer("data")[start : start + size] if group.total else []:
        facts = [paper.number, paper.issuer_name, date_format(paper.issued_on)]
        group.hits.append(Hit(paper.get_absolute_url(), marked(paper.title, wanted), [], facts))


def _entries_found(groups: dict[str, Group], wanted: list[str], actor: Actor, only: str, start: int, size: int) -> None:
    """What stands in the entries, by one statement: of each kind the number, and the newest of the page."""
    found: dict[str, dict[UUID, Entry]] = {}
    for kind, total, subject, title, text in _look(wanted, only, start, size):
        groups[kind].count(total, is_capped=not only)
        found.setdefault(kind, {})[subject] = Entry(title, text)
    _cases(groups[CASE], found.get(CASE, {}), wanted, actor)
    _opinions(groups[OPINION], found.get(OPINION, {}), wanted)
    _papers(groups[PAPER], found.get(PAPER, {}), wanted)


def _look(wanted: list[str], only: str, start: int, size: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        if only:
            rows = entries(wanted).filter(kind=only).order_by()
            matching, said = rows.values("id", "at").query.sql_with_params()
            cursor.execute(PAGED.format(matching=matching), [*said, size, start])
        else:
            patterns = [f"%{connection.ops.prep_for_like_query(term)}%" for term in wanted]
            cursor.execute(NEWEST, [[CASE, OPINION, PAPER], patterns, size, FEW, MOST + 1])
        return cursor.fetchall()


def _cases(group: Group, found: dict[UUID, Entry], wanted: list[str], actor: Actor) -> None:
    if not found:
        return
    filings = FILINGS.read(list(found))
    for pk, entry in found.items():
        if pk in filings:
            filing = filings[pk]
            stage = queries.stage_of(filing, getattr(filing, "case", None))
            facts = [filing.number, filing.tenant.short_name, filing.zone_name, str(stage["text"])]
            passage = excerpt(entry.text, wanted)
            told = [fact for fact in facts if fact]
            group.hits.append(
                Hit(queries.filing_address(filing, actor), marked(filing.park_name, wanted), passage, told, pk)
            )


def _opinions(group: Group, found: dict[UUID, Entry], wanted: list[str]) -> None:
    if not found:
        return
    opinions = OPINIONS.read(list(found))
    for pk, entry in found.items():
        if pk in opinions:
            opinion = opinions[pk]
            address = f"{opinion.case.get_absolute_url()}?tab=opinions"
            facts = [str(opinion.get_stance_display())]
            group.hits.append(Hit(address, marked(entry.title, wanted), excerpt(entry.text, wanted), facts))


def _papers(group: Group, found: dict[UUID, Entry], wanted: list[str]) -> None:
    if not found:
        return
    papers = PAPERS.read(list(found))
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
    if only:
        group.count(rows.count(), is_capped=False)
    else:
        keys = list(rows.order_by().values_list("pk", flat=True)[: MOST + 1])
        group.count(len(keys), is_capped=True)
        # Where few are found, all were looked through: not a second time.
        rows = Park.objects.filter(pk__in=keys) if len(keys) <= FEW else rows
    if not group.total:
        return
    for park in rows.select_related("city", "host_zone").order_by("city_id", "slug")[start : start + size]:
        zone = park.host_zone.name if park.host_zone else ""
        facts = [str(ParkStatus(park.status).label), park.city.name, zone]
        address = reverse("registry:park", args=[park.slug])
        group.hits.append(Hit(address, marked(park.name, wanted), [], [fact for fact in facts if fact]))


def _places_found(group: Group, wanted: list[str], only: str, start: int, size: int) -> None:
    """Cities and counties: looked up among the divisions themselves, a hundred or so."""
    if only not in {"", PLACE}:
        return
    rows = list(places.places(wanted))
    group.count(len(rows), is_capped=not only)
    for told in places.told_of(rows[start : start + size]):
        group.hits.append(Hit(told["href"], marked(told["title"], wanted), [], told["facts"]))


def _reports_found(group: Group, wanted: list[str], only: str, start: int, size: int) -> None:
    """The published monitoring reports, the newest first."""
    if only not in {"", REPORT}:
        return
    rows = places.reports(wanted)
    group.count(len(rows), is_capped=not only)
    for told in map(places.told_of_report, rows[start : start + size]):
        group.hits.append(Hit(told["href"], marked(told["title"], wanted), [], told["facts"]))


def _rankings_found(group: Group, wanted: list[str], only: str, start: int, size: int) -> None:
    """Published years: the rankings first, then what they say of each park that is named."""
    if only not in {"", RANKING}:
        return
    asked = rankings.read(wanted)
    runs, rows = rankings.runs(asked), rankings.assessments(asked)
    number = rows.order_by().count() if only else rows.order_by()[: MOST + 1].count()
    group.count(len(runs) + number, is_capped=not only)
    for run in runs[start : start + size]:
        facts = [run.paper.number] if run.paper and run.paper.published_at else []
        group.hits.append(Hit(rankings.address_of_run(run), marked(rankings.title_of_run(run), wanted), [], facts))
    if number and (left := size - len(group.hits)):
        start = max(start - len(runs), 0)
        for one in rows[start : start + left]:
            title = marked(rankings.title_of(one), wanted)
            group.hits.append(Hit(rankings.address_of(one), title, [], rankings.facts_of(one)))


def _practices_found(group: Group, wanted: list[str], only: str, start: int, size: int) -> None:
    """What is published for everybody, the newest first."""
    if only not in {"", PRACTICE}:
        return
    rows = queries_practices.published()
    for term in wanted:
        rows = queries_practices.with_text(rows, term)
    number = rows.order_by().count() if only else rows.order_by()[: MOST + 1].count()
    group.count(number, is_capped=not only)
    for row in rows[start : start + size] if number else []:
        facts = [row.place.name, str(row.year), str(row.get_dimension_display())]
        group.hits.append(Hit(row.public_address, marked(row.title, wanted), excerpt(row.text, wanted), facts))
