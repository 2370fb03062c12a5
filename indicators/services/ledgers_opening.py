"""The ledgers of the parks are opened: one for the park's government, one for each department with own measures."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.granting import open_dossier
from accounts.models import Division, Grant, Organisation
from indicators.enums import Book, ReturnStatus, SubjectKind
from indicators.ledgers import access, starting
from indicators.models import Ledger, Return
from indicators.services.opening import REPORTING, county_of
from indicators.services.opening_cities import governments_of, taking_part
from registry.models import Park
from workflow import instants
from workflow import ledger as events
from workflow.machine import Refused

PROVINCE = (OrganisationKind.LEAD, OrganisationKind.PROV_GOV_OFFICE)
STATISTICS = "dept-stat"


@transaction.atomic
def open_ledgers() -> list[Ledger]:
    """Open the ledgers of parks that report and have none; for the worker, under the system scope. The new ones.

    A ledger bears the name that its park bears now, and is kept by the committee that the park has now.
    """
    named = Park.objects.filter(slug=OuterRef("park")).values("name")
    renamed = Ledger.objects.annotate(now=Subquery(named)).filter(now__isnull=False).exclude(name=F("now"))
    renamed.update(name=Subquery(named))
    _follow_committees()
    known = set(Ledger.objects.filter(measures=False).values_list("park", flat=True))
    parks = Park.objects.filter(status__in=REPORTING).exclude(slug__in=known)
    opened = [open_ledger(park) for park in parks.select_related("tenant", "host_zone__committee")]
    return [*opened, *_open_places(known)]


def _open_places(known: set[str]) -> list[Ledger]:
    """The registers of the cities and counties that have none: who takes part (C-IV, C-V), and who has to report.

    An applicant reports before it takes part, and counts what it reports from its registers as the others do.
    """
    asked = Return.objects.filter(kind=SubjectKind.CITY, status=ReturnStatus.FILLING).values("subject")
    wanted = {place.code: place for place in taking_part(instants.today().year)}
    wanted |= {place.code: place for place in Division.objects.filter(code__in=asked).select_related("parent")}
    places = [place for code, place in sorted(wanted.items()) if code not in known]
    found = governments_of(places)
    return [open_place(place, *found[place.code]) for place in places if place.code in found]


def open_for(places: Iterable[Division]) -> list[Ledger]:
    """Registers for places whose returns are opened now, as far as they have none; under the system scope."""
    known = set(Ledger.objects.filter(place=True).values_list("park", flat=True))
    wanted = [place for place in places if place.code not in known]
    found = governments_of(wanted)
    return [open_place(place, *found[place.code]) for place in wanted if place.code in found]


def open_place(place: Division, city: Organisation, county: Organisation | None) -> Ledger:
    """The registers of one place: its city's, kept by the county's government where that works here."""
    opened = Ledger.objects.create(tenant=city, park=place.code, name=place.name, reporter=county, place=True)
    events.open_chain(opened.dossier, city)
    for helper in filter(None, (county, *_bureaus(city))):
        open_dossier(opened.dossier, city.pk, helper, GrantLevel.COLLEAGUE, city)
    return opened


def _follow_committees() -> None:
    """A park that moved to another host zone has another committee: it writes the ledger, the former one no longer.

    What departments entered for the park is read by the new one as well.
    """
    now = Park.objects.filter(slug=OuterRef("park"))
    moved = Ledger.objects.filter(measures=False).annotate(
        is_known=Exists(now), committee=Subquery(now.values("host_zone__committee"))
    )
    came, went = Q(reporter=None, committee__isnull=False), Q(reporter__isnull=False, committee=None)
    other = Q(reporter__isnull=False, committee__isnull=False) & ~Q(reporter_id=F("committee"))
    for ledger in moved.filter(came | went | other, is_known=True).select_related("tenant"):
        former, ledger.reporter_id = ledger.reporter_id, ledger.committee  # type: ignore[attr-defined]
        ledger.save(update_fields=["reporter"])
        of_park = Ledger.objects.filter(park=ledger.park).select_related("tenant")
        Grant.objects.filter(dossier__in=of_park.values("dossier"), organisation_id=former).delete()
        committee = Organisation.objects.filter(pk=ledger.reporter_id).first()
        for one in of_park:
            if committee is None:
                break
            level = GrantLevel.READ if one.measures else GrantLevel.COLLEAGUE
            open_dossier(one.dossier, one.tenant_id, committee, level, one.tenant)


def open_ledger(park: Park) -> Ledger:
    """The ledger of one park, open to its committee, its county and the city's science bureau."""
    committee = park.host_zone.committee if park.host_zone else None
    opened = Ledger.objects.create(tenant=park.tenant, park=park.slug, name=park.name, reporter=committee)
    events.open_chain(opened.dossier, park.tenant)
    for helper in filter(None, (committee, county_of(park), *_bureaus(park.tenant))):
        open_dossier(opened.dossier, opened.tenant_id, helper, GrantLevel.COLLEAGUE, park.tenant)
    starting.take_over(opened, park)
    return opened


def _bureaus(tenant: Organisation) -> list[Organisation]:
    return list(Organisation.objects.filter(parent=tenant, kind=OrganisationKind.CITY_ST_BUREAU, active=True))


@transaction.atomic
def ledger_of(park: str, book: Book, actor: Actor) -> Ledger:
    """The ledger that a handler writes for a park; a department's is opened with its first row. Raises Refused."""
    if park not in dict(access.parks_kept(actor, book)):
        raise Refused([_("您不能填写这里的%(book)s。") % {"book": book.label}])
    found = access.kept_by(actor, book).filter(park=park).select_related("tenant", "reporter").first()
    return found or _open_measures(park, actor)


def _open_measures(slug: str, actor: Actor) -> Ledger:
    """A department's measures for a park, which the park's government and helpers and the province's offices read."""
    of = Ledger.objects.select_related("tenant", "reporter").get(park=slug, measures=False)
    office = actor.organisation
    opened = Ledger.objects.create(tenant=office, park=slug, name=of.name, measures=True)
    events.open_chain(opened.dossier, office)
    park = Park.objects.filter(slug=slug).first()
    province = Organisation.objects.filter(Q(kind__in=PROVINCE) | Q(code=STATISTICS), active=True)
    county = county_of(park) if park else None
    readers = (of.tenant, of.reporter, county, *_bureaus(of.tenant), *province)
    for reader in filter(None, readers):
        open_dossier(opened.dossier, office.pk, reader, GrantLevel.READ, office)
    return opened


def open_all_measures(actor: Actor) -> None:
    """Open a department's measures for every park that has none, before a table of them comes in."""
    for park, _name in access.parks_kept(actor, Book.SUPPORT):
        ledger_of(park, Book.SUPPORT, actor)
