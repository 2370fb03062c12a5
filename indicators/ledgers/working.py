"""What the worker does for the ledgers: checks and stores tables with their progress on the row, counts the figures."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts.actors import Actor
from accounts.scope import enter
from indicators.enums import Book, ImportStatus, SubjectKind
from indicators.ledgers import access, counting, following, reading, storing, totals
from indicators.ledgers.packing import unpacked
from indicators.models import Ledger, LedgerCount, LedgerImport, Return
from indicators.services import ledgers as services
from indicators.sheets import SheetRefused
from workflow import instants, jobs, outbox
from workflow import ledger as events
from workflow.ledger import recorded

COUNTED = (SubjectKind.PARK, SubjectKind.CITY)
SECONDS = 0.5
TOLD = ("new", "changed", "same")


class Watched:
    """Writes how far an import is, on a connection of its own: the rows themselves are not there before all are."""

    def __init__(self, row: LedgerImport) -> None:
        self.row, self.last = row, 0.0
        self.connection = connection.copy()

    def __enter__(self) -> Callable[[int, int], None]:
        settings = ("organisation", str(self.row.tenant_id), str(self.row.person_id))
        with self.connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
            for name, value in zip(("scope", "organisation", "person"), settings, strict=True):
                cursor.execute("SELECT set_config(%s, %s, false)", [f"app.{name}", value])
        return self

    def __exit__(self, *_error: object) -> None:
        self.connection.close()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.last < SECONDS and done < total:
            return
        self.last = time.monotonic()
        with self.connection.cursor() as cursor:
            cursor.execute(
                "UPDATE indicators_ledgerimport SET done = %s, total = %s WHERE id = %s", [done, total, self.row.pk]
            )


@outbox.effect("indicators.check_import")
def check_import(payload: dict[str, Any]) -> None:
    """Check a table and tell what it would do; a worker that dies in between begins anew."""
    row = LedgerImport.objects.get(pk=payload["import"])
    if row.state == ImportStatus.CHECKING:
        _work(row, ImportStatus.CHECKED)


@outbox.effect("indicators.store_import")
def store_import(payload: dict[str, Any]) -> None:
    """Store a table that was checked, all rows or none, in the transaction of this delivery."""
    row = LedgerImport.objects.get(pk=payload["import"])
    if row.state == ImportStatus.STORING:
        _work(row, ImportStatus.DONE)


@outbox.on_failure("indicators.check_import")
@outbox.on_failure("indicators.store_import")
def note_problem(payload: dict[str, Any]) -> None:
    """Say on the import that it could not be done yet; the next try is due."""
    LedgerImport.objects.filter(pk=payload["import"]).update(
        problems=[recorded("处理时出错，系统会自动重试；一小时后仍未完成的，请把本页网址告知平台运维单位。")]
    )


def _work(row: LedgerImport, then: ImportStatus) -> None:
    actor = jobs.actor_of(row)  # type: ignore[arg-type]  # an import names person and post as a job does
    row.problems = []
    if actor is None:
        row.problems = [recorded("您已不在提交时的岗位上，没有导入。")]
        return _end(row, ImportStatus.GIVEN_UP)
    dry = then == ImportStatus.CHECKED
    origin = storing.Origin(row.pk, row.person_id, recorded("批量导入：%s") % row.name)
    try:
        tables = reading.tables(row.name, unpacked(row.content))
        with Watched(row) as progress, enter(actor.scope):
            if access.supports(actor, Book(row.book)):
                services.open_all_measures(actor)
            kept = list(access.kept_by(actor, Book(row.book)))
            loaded = storing.load(Book(row.book), tables, kept, origin, dry=dry, progress=progress)
            if not dry:
                conclude(Book(row.book), loaded, {"file": row.name, "sha256": row.sha256}, actor)
    except SheetRefused as refused:
        row.problems = refused.problems
        return _end(row, ImportStatus.REFUSED)
    row.new, row.changed, row.same = loaded.new, loaded.changed, loaded.same
    row.total = row.done = loaded.new + loaded.changed + loaded.same
    row.preview = loaded.preview
    return _end(row, then)


def _end(row: LedgerImport, status: ImportStatus) -> None:
    row.state = status
    if status != ImportStatus.CHECKED:
        row.content, row.finished_at = None, timezone.now()
    row.save()


def conclude(book: Book, loaded: storing.Loaded, told: dict[str, Any], actor: Actor | None) -> None:
    """One event in each ledger that rows came into, what is to be told of them, and the count that follows."""
    for ledger in Ledger.objects.filter(pk__in=list(loaded.ledgers)).select_related("tenant", "reporter"):
        data = {**told, "book": str(book), "rows": loaded.ledgers[ledger.pk]}
        event = events.append(
            ledger, "import_rows", recorded("批量导入台账"), actor, dossier=ledger.dossier, data=data, basis="T15"
        )
        following.of_import(ledger, book, event)


@outbox.effect("indicators.count_ledger")
def count(payload: dict[str, Any]) -> None:
    """Count what the ledger of a park says for each year that is reported on; under the system scope."""
    count_ledger(Ledger.objects.get(pk=UUID(payload["ledger"])))


@outbox.effect("indicators.total_support")
def total(payload: dict[str, Any]) -> None:
    """Add up for everybody what support the years that are over had; under the system scope."""
    totals.add_up()


def count_ledger(ledger: Ledger) -> None:
    """Write the counts of this year, of the last, and of every year with a return."""
    returns = Return.objects.filter(kind__in=COUNTED, subject=ledger.park)
    this_year = instants.today().year
    own = {"tenant_id": ledger.tenant_id, "dossier": ledger.dossier, "subject": ledger.park}
    for year in sorted({this_year, this_year - 1, *returns.values_list("year", flat=True)}):
        rows = [
            LedgerCount(ledger=ledger, year=year, code=code, value=value, **own)
            for code, value in counting.counted(ledger, year).items()
        ]
        LedgerCount.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["ledger", "year", "code"],
            update_fields=["value", "counted_at"],
        )


def count_what_is_new() -> int:
    """Count for returns that were opened since; how many ledgers. For the sweep, under the system scope."""
    counted = set(LedgerCount.objects.values_list("subject", "year").distinct())
    asked = set(Return.objects.filter(kind__in=COUNTED).values_list("subject", "year"))
    found = Ledger.objects.filter(measures=False, park__in={subject for subject, _year in asked - counted})
    for ledger in found:
        count_ledger(ledger)
    return len(found)
