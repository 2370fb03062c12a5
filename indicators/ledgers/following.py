"""What follows when rows of a ledger change: they are counted anew, and offices are told of what they must know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.models import Organisation
from accounts.queries import the_lead
from indicators.enums import Book, Decision
from indicators.enums_ledgers import OPEN_MODES, LandKind, LandUse, LeaderRole
from indicators.ledgers.columns_life import AnyRow
from indicators.ledgers.counting import FLAGGED
from indicators.ledgers.kinds import FLAWED_LAND
from indicators.models import Issue, Land, Leader, Ledger, Project
from notifications.enums import Topic
from notifications.notices import notify
from workflow import outbox
from workflow.ledger import recorded
from workflow.models import Event

ONE_BY_ONE = 20
ENVIRONMENT, LAND = "dept-env", "dept-land"


@dataclass(frozen=True)
class Alert:
    """Rows that should not be, of which 省科技厅, the committee and a department are told once."""

    rows: Any
    flawed: Q
    faults: Callable[[Any], list[str]]
    title: str
    department: str


def _of_project(row: Project) -> list[str]:
    flags = (
        (row.low_tech, recorded("低技术")),
        (row.polluting, recorded("高污染")),
        (row.wasteful, recorded("高能耗")),
    )
    found = [word for flag, word in flags if flag]
    return found if row.assessed_on else [recorded("入园前没有科技水平评价"), *found]


def _of_land(row: Land) -> list[str]:
    if row.kind != LandKind.SUPPLY:
        return []
    if row.use == LandUse.INDUSTRY and not row.sei:
        return [recorded("新增工业用地没有用于战略性新兴产业（P-II.3.4d）")]
    if row.use == LandUse.RESEARCH and row.mode not in OPEN_MODES:
        return [recorded("科研用地没有以招标拍卖挂牌方式供应（P-III.2c）")]
    return []


ALERTS: dict[Book, Alert] = {
    # N13, P-II.2.0c, 2.0d
    Book.PROJECTS: Alert(
        Project.objects,
        Q(decision=Decision.ADMITTED) & (FLAGGED | Q(assessed_on__isnull=True)),
        _of_project,
        recorded("%(park)s有 %(n)d 个准入项目须核查"),
        ENVIRONMENT,
    ),
    # N14, P-II.3.4d, P-III.2c
    Book.LAND: Alert(Land.objects, FLAWED_LAND, _of_land, recorded("%(park)s有 %(n)d 宗新增供地须核查"), LAND),
}


def of_book(ledger: Ledger, book: Book, event: Event) -> None:
    """The worker counts what the changed book counts for; support is added up for everybody."""
    tenant = Organisation.objects.get(pk=ledger.tenant_id)
    if not ledger.measures:
        outbox.follow(event, "indicators.count_ledger", str(event.pk), {"ledger": str(ledger.pk)}, tenant)
    if book == Book.SUPPORT:
        outbox.follow(event, "indicators.total_support", str(event.pk), {}, tenant)


def of_row(row: AnyRow, event: Event) -> None:
    """What is told of a row that was entered, changed or removed."""
    if row.removed_at is not None:
        return
    if row.book in ALERTS:
        alert(row.ledger, row.book, event, to_alert(row.ledger, row.book).filter(pk=row.pk))
    elif isinstance(row, Leader):
        _changed(row, event)
    elif isinstance(row, Issue) and row.solved_on is None:
        _raised(row, event)


def of_import(ledger: Ledger, book: Book, event: Event) -> None:
    """What is told of the rows that a table brought."""
    of_book(ledger, book, event)
    if book in ALERTS:
        alert(ledger, book, event, to_alert(ledger, book))


def to_alert(ledger: Ledger, book: Book) -> Any:
    """Rows that should not be, and of which nobody was told yet."""
    found = ALERTS[book].rows.filter(ledger=ledger, removed_at=None, alerted_at=None)
    return found.filter(ALERTS[book].flawed).order_by("-year", "name")


def alert(ledger: Ledger, book: Book, event: Event, found: Iterable[Any]) -> None:
    """Tell 省科技厅, the committee and the department of them, once; many at once in one notice."""
    kind, rows = ALERTS[book], list(found)
    if not rows:
        return
    lines = [f"{row.name}（{row.year}）：{'、'.join(kind.faults(row))}" for row in rows[:ONE_BY_ONE]]
    if len(rows) > ONE_BY_ONE:
        lines.append(recorded("……共 %d 项") % len(rows))
    many = reverse("ledgers:list", args=[book]) + f"?park={ledger.park}&flaw=alerted"
    address = rows[0].get_absolute_url() if len(rows) == 1 else many
    title = kind.title % {"park": ledger.name, "n": len(rows)}
    department = Organisation.objects.filter(code=kind.department, active=True).first()
    for office in filter(None, {the_lead(), ledger.reporter or ledger.tenant, department}):
        notify(event, office, title, address, "\n".join(lines), Topic.REMINDER)
    kind.rows.filter(pk__in=[row.pk for row in rows]).update(alerted_at=event.at)


def _changed(row: Leader, event: Event) -> None:
    """The city is told that who answers for a park changed (N17)."""
    said = {"park": row.ledger.name, "role": LeaderRole(row.role).label}
    body = f"{row.name}，{row.post}（{row.since}—{row.until or ''}）"
    notify(event, row.ledger.tenant, recorded("%(park)s的%(role)s有变化") % said, row.get_absolute_url(), body)


def _raised(row: Issue, event: Event) -> None:
    """The office that must decide is told of the question (P-IV.4e)."""
    if office := Organisation.objects.filter(code=row.needs, active=True).first():
        title = recorded("%(park)s有问题需%(office)s协调") % {"park": row.ledger.name, "office": office.short_name}
        body = recorded("%(name)s。应于 %(due)s 前解决。") % {"name": row.name, "due": row.due_on.isoformat()}
        notify(event, office, title, row.get_absolute_url(), body, Topic.REMINDER)
