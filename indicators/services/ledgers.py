"""Rows of the ledgers are entered, changed and marked as removed; what must not have been admitted is told (N13)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.queries import the_lead
from indicators.enums import Book, Decision
from indicators.ledgers import access
from indicators.ledgers.columns import COLUMNS, KEYS, MODELS, whole
from indicators.ledgers.counting import FLAGGED
from indicators.models import Enterprise, Ledger, Project
from indicators.services.opening import REPORTING, county_of
from notifications.enums import Topic
from notifications.notices import notify
from registry.models import Park
from workflow import ledger as events
from workflow import outbox
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

ONE_BY_ONE = 20


@transaction.atomic
def open_ledgers() -> list[Ledger]:
    """Open the ledgers of parks that report and have none; for the worker, under the system scope. The new ones."""
    known = set(Ledger.objects.values_list("park", flat=True))
    parks = Park.objects.filter(status__in=REPORTING).exclude(slug__in=known)
    return [open_ledger(park) for park in parks.select_related("tenant", "host_zone__committee")]


def open_ledger(park: Park) -> Ledger:
    """The ledger of one park, open to its committee, its county and the city's science bureau."""
    committee = park.host_zone.committee if park.host_zone else None
    opened = Ledger.objects.create(tenant=park.tenant, park=park.slug, name=park.name, reporter=committee)
    events.open_chain(opened.dossier, park.tenant)
    bureaus = Organisation.objects.filter(parent=park.tenant, kind=OrganisationKind.CITY_ST_BUREAU, active=True)
    for helper in filter(None, (committee, county_of(park), *bureaus)):
        open_dossier(opened.dossier, opened.tenant_id, helper, GrantLevel.COLLEAGUE, park.tenant)
    return opened


@transaction.atomic
def enter_row(ledger: Ledger, book: Book, values: dict[str, Any], actor: Actor) -> Project | Enterprise:
    """Enter a row. Raises Refused, also where the book has the row already."""
    _may_write(ledger, actor)
    _check(book, values)
    key = {name: values[name] for name in KEYS[book]}
    if removed := MODELS[book].objects.filter(ledger=ledger, removed_at__isnull=False, **key).first():
        reason = recorded("重新登记已删除的一行")
        return change_row(removed, values, actor, reason=reason, version=removed.version)
    own = {"ledger": ledger, "tenant_id": ledger.tenant_id, "dossier": ledger.dossier, "changed_by": actor.person}
    row = MODELS[book](**own, **values)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refused(
            [_("%(park)s的台账里已有这一行（V11），请在台账中找到它再修改。") % {"park": ledger.name}]
        ) from None
    _follow(row, _said(row, "enter_row", recorded("登记台账"), actor, ""))
    return row


@transaction.atomic
def change_row(
    row: Project | Enterprise, values: dict[str, Any], actor: Actor, *, reason: str = "", version: int
) -> Project | Enterprise:
    """Change a row; the one before stays as a version. A row that was handed in needs a reason. Raises Refused."""
    _may_write(row.ledger, actor)
    _check(row.book, values)
    if all(getattr(row, name) == value for name, value in values.items()) and row.removed_at is None:
        return row
    if not reason.strip() and access.was_handed_in(row):
        raise Refused([_("含这一行的年度报表已经报送，请写明改动的理由。")])
    told = {**values, "reason": reason.strip()[:200], "removed_at": None}
    _write(row, told, actor, version)
    _follow(row, _said(row, "change_row", recorded("修改台账"), actor, reason))
    return row


@transaction.atomic
def remove_row(row: Project | Enterprise, reason: str, actor: Actor, *, version: int) -> None:
    """Mark a row as removed; it stays with its history, and is not counted. Raises Refused."""
    _may_write(row.ledger, actor)
    if not reason.strip():
        raise Refused([_("请写明删除的理由；这一行和理由都会保留在历史中。")])
    _write(row, {"removed_at": timezone.now(), "reason": reason.strip()[:200]}, actor, version)
    _follow(row, _said(row, "remove_row", recorded("删除台账"), actor, reason))


def _may_write(ledger: Ledger, actor: Actor) -> None:
    if not access.keeps(actor, ledger):
        raise Refused([_("只有市政府或园区管委会的经办人可以填写%(park)s的台账。") % {"park": ledger.name}])


def _check(book: Book, values: dict[str, Any]) -> None:
    missing = [column.name for column in COLUMNS[book] if column.required and values.get(column.name) in (None, "")]
    problems = whole(book, {column.name: values.get(column.name) for column in COLUMNS[book]})
    if missing or problems:
        raise Refused([_("还有必填的列没有填写。")] if missing else [f"{rule}。" for _name, rule in problems])


def _write(row: Project | Enterprise, told: dict[str, Any], actor: Actor, version: int) -> None:
    told = {**told, "version": version + 1, "changed_by": actor.person, "changed_at": timezone.now(), "batch": None}
    try:
        with transaction.atomic():
            written = type(row)._default_manager.filter(pk=row.pk, version=version).update(**told)
    except IntegrityError:
        raise Refused([_("%(park)s的台账里已有这样一行（V11）。") % {"park": row.ledger.name}]) from None
    if not written:
        raise Refused([_("这一行在您填写期间被别人改过，请核对后再保存。")])
    row.refresh_from_db()


def _said(row: Project | Enterprise, name: str, label: str, actor: Actor, reason: str) -> Event:
    told = {"book": str(row.book), "row": str(row), "version": row.version}
    return events.append(row, name, label, actor, dossier=row.dossier, reason=reason.strip(), data=told)


def _follow(row: Project | Enterprise, event: Event) -> None:
    follow_count(row.ledger, event)
    if isinstance(row, Project) and row.removed_at is None and row.needs_alert and row.alerted_at is None:
        alert(row.ledger, [row], event)


def follow_count(ledger: Ledger, event: Event) -> None:
    """The worker counts the ledger anew."""
    tenant = Organisation.objects.get(pk=ledger.tenant_id)
    outbox.follow(event, "indicators.count_ledger", str(event.pk), {"ledger": str(ledger.pk)}, tenant)


def to_alert(ledger: Ledger) -> list[Project]:
    """Projects that were admitted without assessment or with a red flag, and of which nobody was told yet (N13)."""
    found = Project.objects.filter(ledger=ledger, removed_at=None, alerted_at=None, decision=Decision.ADMITTED)
    return list(found.exclude(~FLAGGED, assessed_on__isnull=False).order_by("-year", "name"))


def alert(ledger: Ledger, projects: Iterable[Project], event: Event) -> None:
    """Tell 省科技厅 and the committee of them, once (N13, P-II.2.0c, 2.0d); many at once in one notice."""
    rows = list(projects)
    if not rows:
        return
    lines = [f"{row.name}（{row.year}）：{'、'.join(_faults(row))}" for row in rows[:ONE_BY_ONE]]
    if len(rows) > ONE_BY_ONE:
        lines.append(recorded("……共 %d 项") % len(rows))
    many = reverse("ledgers:list", args=[Book.PROJECTS]) + f"?park={ledger.park}&flaw=alerted"
    address = rows[0].get_absolute_url() if len(rows) == 1 else many
    title = recorded("%(park)s有 %(n)d 个准入项目须核查") % {"park": ledger.name, "n": len(rows)}
    keeper = ledger.reporter or ledger.tenant
    for office in {the_lead(), keeper}:
        notify(event, office, title, address, "\n".join(lines), Topic.REMINDER)
    Project.objects.filter(pk__in=[row.pk for row in rows]).update(alerted_at=timezone.now())


def _faults(row: Project) -> list[str]:
    flags = (
        (row.low_tech, recorded("低技术")),
        (row.polluting, recorded("高污染")),
        (row.wasteful, recorded("高能耗")),
    )
    found = [word for flag, word in flags if flag]
    return found if row.assessed_on else [recorded("入园前没有科技水平评价"), *found]
