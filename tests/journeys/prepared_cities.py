"""What lies before the journey of a county: its application but for the letter, and the final figures of the year.

Run by `script/manage shell`, so that nothing here may need a browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone

from accounts.enums import GrantLevel
from accounts.models import Division, Grant, Organisation
from accounts.queries import the_lead
from accounts.scope import enter, system
from applications.enums import KindCode
from applications.models import Filing
from indicators import queries
from indicators.enums import ReturnStatus, SubjectKind
from indicators.models import Return
from indicators.services.opening_cities import governments_of
from portal.sample import applying, city_years
from portal.sample.acting import office
from portal.sample.years import Told
from workflow import instants

COUNTY, OTHERS, THIRD = "330521", ("330502", "330522", "330523"), "评估"


def application() -> None:
    """德清县 has written everything but the letter; its figures of the last two years are final, and others' too."""
    with system():
        county = office(Organisation.objects.get(code=applying.COUNTY))
        filing = Filing.objects.get(kind=KindCode.CITY, tenant=county.organisation)
        _figures()
    with enter(county.handler.scope):
        applying.fill(filing, county.handler)


def _figures() -> None:
    """Final figures: of 德清县 those of a leader, of three others in its city their own."""
    year = instants.today().year - 1
    offices = {one.code: one for one in Organisation.objects.all()}
    told = Told(offices)
    for code in (COUNTY, *OTHERS):
        for one in (year - 1, year) if code == COUNTY else (year,):
            values = _values(code, one)
            place = Division.objects.get(pk=code)
            tenant, county = governments_of([place])[code]
            report = _made_final(code, one) or told.report(tenant, SubjectKind.CITY, code, place.name, one, county)
            told.owners = told.owners or queries.owners(values)
            told.figures_of(report, values)
            readers = {**dict.fromkeys(told.owners.values(), GrantLevel.ACT), the_lead().pk: GrantLevel.READ}
            readers |= {county.pk: GrantLevel.COLLEAGUE} if county else {}
            known = set(Grant.objects.filter(dossier=report.dossier).values_list("organisation", flat=True))
            told.open_to(report, {key: level for key, level in readers.items() if key not in known})
    told.keep()


def _made_final(code: str, year: int) -> Return | None:
    """The return of a place that takes part is open already: it is locked, as if it had gone its way."""
    rows, now = Return.objects.filter(kind=SubjectKind.CITY, subject=code, year=year), timezone.now()
    rows.update(status=ReturnStatus.LOCKED, submitted_at=now, locked_at=now)
    return rows.first()


def _values(code: str, year: int) -> Mapping[str, str]:
    strong, after = Decimal("1.9") if code == COUNTY else Decimal(1), year - city_years.FIRST
    base = {name: Decimal(value) * Decimal(factor) ** after for name, (value, factor) in city_years.PER_MILLION.items()}
    bases = {"C.gdp", "C.population", "C.employees", "C.industrial_va", "C.industrial_output"}
    return {
        name: city_years.written(name, value * (Decimal(1) if name in bases else strong) / 2)
        for name, value in base.items()
    }
