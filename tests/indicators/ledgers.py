"""A park with its ledgers, and everybody who may or may not see them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.scope import enter, system
from indicators.enums import Book, SubjectKind
from indicators.ledgers import credit_code
from indicators.ledgers.columns import COLUMNS
from indicators.models import Enterprise, Ledger, Project, Return
from indicators.services import ledgers as services
from indicators.services import open_return
from tests.factories import make_actor, make_host_zone, make_organisation, make_park

YEAR = 2014
PROJECT = {
    "year": YEAR,
    "name": "传感器产业化",
    "investor": "杭州示例科技有限公司",
    "planned": "1.25",
    "completed": "1.25",
    "started_on": "2014-05-06",
    "decision": "准入",
    "assessed_on": "2014-03-10",
    "assessed_by": "市科技局",
    "assessment": "国内领先",
}


def code(number: int) -> str:
    """A valid social credit code."""
    body = f"91330100MA{number:07d}"
    return body + credit_code.check_digit(body)


def values(book: Book, **told: Any) -> dict[str, Any]:
    """A whole row as a form reads it."""
    return {
        column.name: column.read(told.get(column.name, "")) for column in COLUMNS[book] if column.name != "note"
    } | {"note": ""}


@dataclass
class Park:
    """One park and its people: the city's and the committee's handlers, 省科技厅, a neighbouring city."""

    ledger: Ledger
    offices: dict[str, Organisation]
    people: dict[str, Actor]

    def enter(self, book: Book, who: str = "committee", **told: Any) -> Project | Enterprise:
        """A row entered by somebody."""
        actor = self.people[who]
        with enter(actor.scope):
            return services.enter_row(self.ledger, book, values(book, **told), actor)

    def project(self, **told: Any) -> Project:
        """A project, assessed and admitted unless told otherwise."""
        made = self.enter(Book.PROJECTS, **{**PROJECT, **told})
        assert isinstance(made, Project)
        return made

    def enterprise(self, number: int, **told: Any) -> Enterprise:
        """An enterprise."""
        made = self.enter(Book.ENTERPRISES, credit_code=code(number), name=f"企业{number}", **told)
        assert isinstance(made, Enterprise)
        return made

    def hand_in(self) -> Return:
        """The park's return of the year, handed in."""
        with system():
            told = (SubjectKind.PARK, self.ledger.park, self.ledger.name, YEAR)
            report = open_return(*told, self.offices["city"], self.offices["committee"])
            assert report is not None
            report.submitted_at = report.opened_at
            report.save()
            lead, city = self.offices["lead"], self.offices["city"]
            open_dossier(report.dossier, report.tenant_id, lead, GrantLevel.READ, city)
        return report


def begin() -> Park:
    """A park of a committee with its ledger opened."""
    with system():
        committee = make_organisation(OrganisationKind.PARK_COMMITTEE)
        city = make_organisation()
        offices = {
            "city": city,
            "committee": committee,
            "lead": make_organisation(OrganisationKind.LEAD),
            "neighbour": make_organisation(),
        }
    zone = make_host_zone(city.division)
    with system():
        zone.committee = committee
        zone.save()
    park = make_park(city, host_zone=zone)
    with system():
        people = {name: make_actor(office) for name, office in offices.items()}
        [ledger] = services.open_ledgers()
    assert ledger.park == park.slug
    return Park(ledger, offices, people)


def table(book: Book, *rows: dict[str, Any]) -> bytes:
    """A workbook with the columns' names as heads."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "台账"
    names = ["park", *(column.name for column in COLUMNS[book])]
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
