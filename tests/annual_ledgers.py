"""甲's ledgers in the scene: of the park whose return is being filled in, and of the one handed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from accounts.enums import GrantLevel, OrganisationKind
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.scope import enter, system
from indicators.enums import Book, ImportStatus
from indicators.ledgers import columns, packing
from indicators.ledgers.columns import COLUMNS
from indicators.models import Ledger, LedgerCount, LedgerImport
from indicators.services import ledgers as services
from portal.sample.acting import office
from tests.annual import YEAR
from tests.markers import mark
from workflow import ledger as events

KEYS = ("filling", "verifying")
# Those that the offices read once the year is handed in.
BOOKS = (Book.PROJECTS, Book.ENTERPRISES, Book.LAND, Book.EXITS)


def load(owner_code: str, reporter_code: str) -> None:
    """A project, changed once, and a row of each other book in each; a table on its way; each says whose it is."""
    organisations = {one.code: one for one in Organisation.objects.all()}
    owner, reporter = organisations[owner_code], organisations[reporter_code]
    actor = office(reporter).handler
    for key in KEYS:
        ledger = Ledger.objects.create(tenant=owner, park=f"jia-{key}", name=f"{key}园区", reporter=reporter)
        events.open_chain(ledger.dossier, owner)
        bureaus = Organisation.objects.filter(parent=owner, kind=OrganisationKind.CITY_ST_BUREAU)
        for helper in (reporter, *bureaus):
            open_dossier(ledger.dossier, owner.pk, helper, GrantLevel.COLLEAGUE, owner)
        said = mark("jia", key, "figure")
        with enter(actor.scope):
            project = services.enter_row(ledger, Book.PROJECTS, values(Book.PROJECTS, name=said), actor)
            told = values(Book.PROJECTS, name=said, planned="3")
            services.change_row(project, told, actor, version=1, reason=said)
            for book in BOOKS[1:]:
                services.enter_row(ledger, book, values(book, name=said, decided_on=f"{YEAR}-06-30"), actor)
        counted = {"tenant": owner, "dossier": ledger.dossier, "ledger": ledger, "subject": ledger.park}
        LedgerCount.objects.create(**counted, year=YEAR, code="P.new_projects", value=said)
    with enter(actor.scope):
        made = packing.send(Book.PROJECTS, f"{mark('jia', 'filling', 'figure')}.csv", b"x", actor)
        LedgerImport.objects.filter(pk=made.pk).update(state=ImportStatus.CHECKED)


def values(book: Book, **told: Any) -> dict[str, Any]:
    """A row as its examples have it."""
    given = {"year": str(YEAR), **told}
    return {column.name: column.read(given.get(column.name, column.example)) for column in COLUMNS[book]}


def the_row(book: Book, key: str) -> UUID:
    """A row's key, under the system scope."""
    model = columns.MODELS[book]
    with system():
        return model._default_manager.get(ledger__park=f"jia-{key}").pk


def the_import() -> UUID:
    """The table on its way."""
    with system():
        return LedgerImport.objects.get().pk
