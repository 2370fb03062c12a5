"""Who keeps the ledgers of which parks, and which years were handed in."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.query import QuerySet

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.models import Grant
from indicators.enums import Book, SubjectKind
from indicators.ledgers.columns_life import AnyRow
from indicators.ledgers.kinds import year_of
from indicators.models import Ledger, Return

# Books of whose rows no return counts any.
UNCOUNTED = (Book.LEADERS, Book.ISSUES, Book.RESULTS, Book.EIAS)


def supports(actor: Actor, book: Book | None) -> bool:
    """Whether the actor's office enters measures of its own for any park: 省科技厅 and the departments (B.1b)."""
    return book == Book.SUPPORT and (actor.is_lead or actor.is_department)


def kept_by(actor: Actor, book: Book | None = None) -> QuerySet[Ledger]:
    """The ledgers that a handler writes: of the parks of their city, county or committee, or of their department."""
    if not actor.is_handler:
        return Ledger.objects.none()
    own = actor.organisation.pk
    if supports(actor, book):
        return Ledger.objects.filter(tenant_id=own, measures=True).order_by("park")
    kept = Q(tenant_id=own) | Q(reporter_id=own)
    if actor.organisation.kind == OrganisationKind.COUNTY_GOV:
        opened = Grant.objects.filter(organisation_id=own, level=GrantLevel.COLLEAGUE)
        kept |= Q(dossier__in=opened.values("dossier"))
    return Ledger.objects.filter(kept, measures=False, place=of_places(book)).order_by("tenant__order", "park")


def of_places(book: Book | None) -> bool:
    """Whether a book is of cities and counties; all others are of parks."""
    return book == Book.REGISTERS


def parks_kept(actor: Actor, book: Book) -> list[tuple[str, str]]:
    """The parks, by code and name, into whose ledgers a handler may enter rows."""
    if actor.is_handler and supports(actor, book):
        rows = Ledger.objects.filter(measures=False, place=False).order_by("tenant__order", "park")
        return list(rows.values_list("park", "name"))
    return list(kept_by(actor, book).values_list("park", "name"))


def keeps(actor: Actor, ledger: Ledger, book: Book | None = None) -> bool:
    """Whether the actor writes this ledger."""
    if not actor.is_handler:
        return False
    if ledger.measures:
        return supports(actor, book) and ledger.tenant_id == actor.organisation.pk
    if actor.organisation.kind == OrganisationKind.COUNTY_GOV:
        return kept_by(actor, Book.REGISTERS if ledger.place else book).filter(pk=ledger.pk).exists()
    return actor.organisation.pk in {ledger.tenant_id, ledger.reporter_id}


def seen_by(actor: Actor, book: Book | None = None) -> QuerySet[Ledger]:
    """The parks of which the actor may see rows: of their own city or committee, else all that are handed in.

    省科技厅 is told of single projects of any park (N13), and offices of the province read what no return counts.
    """
    parks = Ledger.objects.filter(measures=False, place=of_places(book)).order_by("tenant__order", "park")
    if of_places(book) and actor.is_department:
        return parks
    if actor.is_lead or actor.is_government or (actor.is_department and book in (Book.SUPPORT, *UNCOUNTED)):
        return parks
    kept = Q(tenant_id=actor.organisation.pk) | Q(reporter_id=actor.organisation.pk)
    if actor.is_helper:
        kept |= Q(dossier__in=Grant.objects.filter(organisation=actor.organisation).values("dossier"))
    handed_in = Return.objects.filter(kind=SubjectKind.CITY if of_places(book) else SubjectKind.PARK).values("subject")
    return parks.filter(kept | Q(park__in=handed_in))


def was_handed_in(row: AnyRow) -> bool:
    """Whether a return that counts the row left the city: a change then says why."""
    if row.book in UNCOUNTED or row.ledger.measures:
        return False
    kind = SubjectKind.CITY if row.ledger.place else SubjectKind.PARK
    returns = Return.objects.filter(kind=kind, subject=row.ledger.park, submitted_at__isnull=False)
    year = year_of(row)
    return (returns if year is None else returns.filter(year=year)).exists()


def is_own(actor: Actor, ledger: Ledger) -> bool:
    """Whether all rows of a park's ledger are open to the actor: to its city, committee, county and bureaus."""
    if actor.organisation.pk in {ledger.tenant_id, ledger.reporter_id}:
        return True
    opened = Grant.objects.filter(organisation=actor.organisation, level=GrantLevel.COLLEAGUE)
    return opened.filter(dossier=ledger.dossier).exists()


def checks(actor: Actor) -> bool:
    """Whether the actor may look at what a park's ledgers say of its duties."""
    return actor.is_lead or actor.is_government or actor.is_applicant or actor.is_helper
