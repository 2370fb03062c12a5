"""Parks with the final figures of two years, to be judged."""

from __future__ import annotations

from datetime import date

from accounts.enums import GrantLevel
from accounts.models import Organisation
from accounts.queries import the_lead
from indicators.enums import FigureLevel, SubjectKind
from indicators.models import Figure, Return
from indicators.services.asking import open_to
from registry.models import LegalStatus, Park
from tests.factories import make_host_zone
from workflow import ledger

YEAR = 2025
# A park that meets every target of the year: (last year, this year).
GOOD = {
    "P.new_hitech_enterprises": (None, "70"), "P.new_enterprises": (None, "100"),
    "P.new_hitech_projects": (None, "6"), "P.new_projects": (None, "10"),
    "P.new_hitech_project_investment": (None, "60"), "P.new_project_investment": (None, "100"),
    "P.hitech_va": ("10", "20"), "P.industrial_va": ("20", "32"),
    "P.sei_va": ("10", "18"), "P.gdp": ("100", "120"),
    "P.hitech_output": ("100", "130"), "P.hts_revenue": ("10", "14"),
    "P.tax_union": ("100", "200"), "P.tax_total": ("200", "320"),
    "P.ent_rd_institutions": ("10", "14"), "Z.ent_rd_institutions": ("20", "22"),
    "P.high_talents": ("10", "14"), "Z.high_talents": ("20", "22"),
    "P.rd_expenditure": ("10", "14"), "Z.rd_expenditure": ("20", "22"),
}  # fmt: skip


def park_of(slug: str, tenant: Organisation, *life: tuple[str, str | None, str]) -> Park:
    """A park with its host zone; `life` are (status, since, precision), the last one being today's."""
    rows = [
        LegalStatus(status=status, since=since and date.fromisoformat(since), precision=precision, citation="公报")
        for status, since, precision in life or [("creating", "2020-05-01", "day")]
    ]
    park = Park.objects.create(
        slug=slug,
        tenant=tenant,
        name=f"{slug}高新园区",
        city=tenant.division,
        host_zone=make_host_zone(tenant.division),
        status=rows[-1].status,
        current_id=rows[-1].pk,
    )
    for row in rows:
        row.park = park
    LegalStatus.objects.bulk_create(rows)
    return park


def tell(park: Park, year: int = YEAR, **changed: str | None) -> None:
    """Imported figures of a park and its zone; `changed` as P_gdp=... replace this year's."""
    assert park.host_zone is not None
    reports = {
        (kind, at): _report(kind, subject, park, at)
        for kind, subject in (("P", park.slug), ("Z", park.host_zone.slug))
        for at in (year - 1, year)
    }
    rows = []
    for code, (before, now) in GOOD.items():
        value = changed.get(code.replace(".", "_", 1), now)
        for at, told in ((year - 1, before), (year, value)):
            rows.append(Figure.follow(reports[code[0], at], code, None, level=FigureLevel.IMPORTED, value=told))
    Figure.objects.bulk_create(rows)


def _report(kind: str, subject: str, park: Park, year: int) -> Return:
    kinds = {"P": SubjectKind.PARK, "Z": SubjectKind.ZONE}
    told = {"kind": kinds[kind], "subject": subject, "year": year}
    found = Return.objects.filter(**told).first()
    if found is None:
        found = Return.objects.create(tenant=park.tenant, name=subject, **told)
        ledger.open_chain(found.dossier, park.tenant)
        open_to(found, the_lead(), GrantLevel.READ, park.tenant)
    return found
