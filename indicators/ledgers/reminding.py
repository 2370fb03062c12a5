"""What the ledgers of a park remind of, each once: N15, N16, N17, N24, and questions that are overdue (P-IV.4e)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum
from django.urls import reverse

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from indicators.enums import Book
from indicators.enums_ledgers import LeaderRole
from indicators.ledgers.following import ENVIRONMENT
from indicators.models import Eia, Issue, Leader, Ledger, Record, Result, Support
from notifications.enums import Topic
from notifications.notices import notify
from registry.enums import ParkStatus
from registry.models import Park, ParkBoundary
from workflow import instants
from workflow import ledger as events
from workflow.ledger import recorded
from workflow.models import Event

REMINDED = "ledger_reminder"
BASIS = 120
DEPARTMENTS = (OrganisationKind.DEPARTMENT, OrganisationKind.OTHER_DEPARTMENT)
# What a year came to is expected by the end of March of the next (T15, N16).
DUE_MONTH, DUE_DAY = 3, 31
FUNDS = {"gov": recorded("同级政府"), "committee": recorded("管委会")}
NEEDED = (LeaderRole.MAIN, LeaderRole.DEPUTY)
STANDING = (ParkStatus.CREATING, ParkStatus.RECOGNISED, ParkStatus.NATIONAL)


@dataclass(frozen=True)
class Reminder:
    """What is told to whom; `key` is what it is told of once."""

    key: str
    title: str
    body: str
    book: Book
    basis: str
    offices: tuple[Organisation | None, ...]


def remind(ledger: Ledger, today: dt.date | None = None) -> int:
    """Tell what a park's ledgers lack and nobody was told of yet; how much. Under the system scope."""
    today = today or instants.today()
    park = Park.objects.filter(slug=ledger.park, status__in=STANDING).select_related("tenant").first()
    if park is None and not ledger.place:
        return 0
    wanted = _wanted(ledger, park, today) if park else _of_place(ledger, today)
    told = Event.objects.filter(dossier=ledger.dossier, name=REMINDED).values_list("data__keys", flat=True)
    known = {key for keys in told for key in keys}
    fresh = [one for one in wanted if one.key not in known]
    if fresh:
        _tell(ledger, fresh)
    return len(fresh)


@transaction.atomic
def _tell(ledger: Ledger, fresh: list[Reminder]) -> None:
    """One event, and one message for each office with all that concerns it."""
    data = {"keys": [one.key for one in fresh]}
    basis = "、".join(dict.fromkeys(one.basis for one in fresh))[:BASIS]
    event = events.append(ledger, REMINDED, recorded("台账提醒"), None, dossier=ledger.dossier, basis=basis, data=data)
    concerned: dict[Organisation, list[Reminder]] = {}
    for one in fresh:
        for office in dict.fromkeys(filter(None, one.offices)):
            concerned.setdefault(office, []).append(one)
    for office, own in concerned.items():
        first = own[0]
        title, body = first.title, first.body
        if len(own) > 1:
            title = recorded("%(park)s的台账有 %(n)d 项须处理") % {"park": ledger.name, "n": len(own)}
            body = "\n".join(f"{one.title}：{one.body}" for one in own)
        notify(event, office, title, _address(ledger, office, own), body, Topic.REMINDER)


def _address(ledger: Ledger, office: Organisation, own: list[Reminder]) -> str:
    """The ledger that is lacking; where several are, the check of them all, which departments do not have."""
    books = {one.book for one in own}
    whole = len(books) > 1 and office.kind not in DEPARTMENTS
    page = reverse("ledgers:checks") if whole else reverse("ledgers:list", args=[own[0].book])
    return f"{page}?park={ledger.park}"


def _wanted(ledger: Ledger, park: Park, today: dt.date) -> Iterator[Reminder]:
    last, over = today.year - 1, today > dt.date(today.year, DUE_MONTH, DUE_DAY)
    yield from _funds(ledger, park, last, over)
    if over:
        yield from _results(ledger, park, last)
    yield from _vacant(ledger, today)
    yield from _uncovered(ledger, park)
    yield from _overdue(ledger, today)


def fund(ledger: Ledger, of: str, year: int) -> Decimal | None:
    """The fund of a year in 万元 (P-III.3d); None where none is entered."""
    rows = Support.objects.filter(ledger=ledger, removed_at=None, year=year, clause=f"P-III.3d[{of}]")
    found: Decimal | None = rows.aggregate(total=Sum("amount"))["total"]
    return found


def _funds(ledger: Ledger, park: Park, year: int, over: bool) -> Iterator[Reminder]:
    for of, whose in FUNDS.items():
        now, before = fund(ledger, of, year), fund(ledger, of, year - 1)
        said = {"park": ledger.name, "whose": whose, "year": year}
        if now is None and over:
            body = recorded("台账里没有这一年的专项资金规模。同级政府与管委会要设立并持续扩大专项资金（P-III.3d）。")
            title = recorded("%(park)s%(whose)s%(year)s年度科技型中小企业专项资金没有登记") % said
        elif now is not None and before is not None and now <= before:
            title = recorded("%(park)s%(whose)s%(year)s年度科技型中小企业专项资金没有扩大") % said
            amounts = {"now": format(now.normalize(), "f"), "before": format(before.normalize(), "f")}
            body = recorded("当年 %(now)s 万元，上年 %(before)s 万元（P-III.3d）。") % amounts
        else:
            continue
        yield Reminder(f"N15:{of}:{year}", title, body, Book.SUPPORT, "P-III.3d", (ledger.reporter, park.tenant))


def _results(ledger: Ledger, park: Park, year: int) -> Iterator[Reminder]:
    if not Result.objects.filter(ledger=ledger, removed_at=None, year=year).exists():
        title = recorded("%(park)s%(year)s年度目标责任制考核结果没有登记") % {"park": ledger.name, "year": year}
        body = recorded("应于 3 月 31 日前登记上一年度的考核结果（P-II.1.7）。")
        yield Reminder(f"N16:{year}", title, body, Book.RESULTS, "P-II.1.7", (park.tenant,))


def _of_place(ledger: Ledger, today: dt.date) -> Iterator[Reminder]:
    """The result of the leaders' responsibility for science and technology of a city or county (N16, C-V.1a)."""
    year = today.year - 1
    known = Record.objects.filter(ledger=ledger, removed_at=None, year=year, register="responsibility")
    if today > dt.date(today.year, DUE_MONTH, DUE_DAY) and not known.exists():
        said = {"place": ledger.name, "year": year}
        title = recorded("%(place)s%(year)s年度党政领导科技进步目标责任制考核结果没有登记") % said
        body = recorded("应于 3 月 31 日前在登记簿登记上一年度的考核结果（C-V.1a）。")
        offices = (ledger.reporter or ledger.tenant,)
        yield Reminder(f"N16:{year}", title, body, Book.REGISTERS, "C-V.1a", offices)


def holds(day: dt.date) -> Q:
    """The leaders who are in office on a day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def _vacant(ledger: Ledger, today: dt.date) -> Iterator[Reminder]:
    rows = list(Leader.objects.filter(ledger=ledger, removed_at=None))
    for role in NEEDED:
        ends = [row.until for row in rows if row.role == role]
        if any(end is None or end >= today for end in ends):
            continue
        last = max((end for end in ends if end), default=None)
        said = {
            "park": ledger.name,
            "role": recorded("主要负责人") if role == LeaderRole.MAIN else recorded("分管负责人"),
        }
        body = recorded("主要负责人要亲自抓，分管负责人具体抓（P-IV.4d），请登记现任人员。")
        title = recorded("%(park)s的%(role)s空缺") % said
        yield Reminder(f"N17:{role}:{last or ''}", title, body, Book.LEADERS, "P-IV.4d", (ledger.tenant,))


def boundary_of(park: Park) -> ParkBoundary | None:
    """The boundary that holds today."""
    return park.boundaries.filter(valid_from__lte=instants.today()).order_by("-valid_from").first()


def uncovered(ledger: Ledger, park: Park) -> str:
    """Why no planning assessment covers the park's boundary of today; empty where one does or no boundary is known."""
    boundary = boundary_of(park)
    newest = Eia.objects.filter(ledger=ledger, removed_at=None).order_by("-approved_on").first()
    if boundary is None:
        return ""
    if newest is None:
        return recorded("台账里没有规划环评")
    if newest.covered < round(boundary.area_km2, 4):
        return recorded("规划环评覆盖 %(covered)s 平方公里，现行范围 %(area)s 平方公里") % {
            "covered": format(newest.covered.normalize(), "f"),
            "area": format(round(boundary.area_km2, 4).normalize(), "f"),
        }
    return ""


def _uncovered(ledger: Ledger, park: Park) -> Iterator[Reminder]:
    if why := uncovered(ledger, park):
        boundary = boundary_of(park)
        office = Organisation.objects.filter(code=ENVIRONMENT, active=True).first()
        title = recorded("%s的规划环评没有覆盖现行范围") % ledger.name
        key = f"N24:{boundary.pk if boundary else ''}"
        yield Reminder(key, title, f"{why}（P-II.3.5a）。", Book.EIAS, "P-II.3.5a", (ledger.reporter, office))


def _overdue(ledger: Ledger, today: dt.date) -> Iterator[Reminder]:
    rows = Issue.objects.filter(ledger=ledger, removed_at=None, solved_on=None, due_on__lt=today)
    for row in rows:
        office = Organisation.objects.filter(code=row.needs, active=True).first()
        title = recorded("%(park)s的问题逾期未解决：%(name)s") % {"park": ledger.name, "name": row.name}
        body = recorded("应于 %s 前解决（P-IV.4e）。") % row.due_on.isoformat()
        offices = (ledger.reporter, ledger.tenant, office)
        yield Reminder(f"issue:{row.pk}:{row.due_on}", title, body, Book.ISSUES, "P-IV.4e", offices)


def remind_all() -> int:
    """Every park's ledgers; how many reminders went out. For the sweep, under the system scope."""
    found: Iterable[Ledger] = Ledger.objects.filter(measures=False).select_related("tenant", "reporter")
    return sum(remind(ledger) for ledger in found)
