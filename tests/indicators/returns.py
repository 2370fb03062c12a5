"""A year's return with everybody who works on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Organisation
from accounts.scope import enter, system
from indicators import queries, services
from indicators.enums import SubjectKind, VerificationOutcome
from indicators.models import Return, VerifyingOffice
from tests.factories import make_actor, make_organisation

YEAR = 2025
# What the departments of the catalogue's names are here; all others fall to the first.
LABELS = ("统计", "科技")


@dataclass
class Year:
    """One return and its people; every act enters the scope of who acts."""

    report: Return
    offices: dict[str, Organisation]
    people: dict[tuple[str, str], Actor]

    def actor(self, office: str, role: str = PostRole.HANDLER) -> Actor:
        """The person of a post."""
        return self.people[office, role]

    def write(self, code: str, text: str, office: str = "committee", **more: Any) -> None:
        """Enter one figure."""
        actor = self.actor(office)
        with enter(actor.scope):
            entry = self.report.entries.filter(code=code).first()
            version = entry.version if entry else 0
            services.save_entry(self.report, code, text, actor, version=version, **more)

    def fill(self) -> Year:
        """Enter every figure that is needed: 100."""
        for code in queries.needed(self.report):
            self.write(code, "100")
        return self

    def act(self, name: str, office: str, role: str = PostRole.SIGNER, *args: str) -> None:
        """Perform a service of the return."""
        actor = self.actor(office, role)
        with enter(actor.scope):
            getattr(services, name)(self.report, *args, actor)
            self.report.refresh_from_db()

    def hand_in(self) -> Year:
        """All the way to the departments."""
        self.act("hand_up", "committee")
        if "county" in self.offices:
            self.act("pass_on", "county")
        self.act("submit", "city")
        return self

    def verify(self, code: str, outcome: str = VerificationOutcome.CONFIRMED, **more: str) -> None:
        """The department that owns the figure says what it makes of it."""
        with system():
            owner = queries.owners([code])[code]
        office = next(name for name, found in self.offices.items() if found.pk == owner)
        actor = self.actor(office)
        with enter(actor.scope):
            services.verify(self.report, code, VerificationOutcome(outcome), actor, **more)

    def verify_all(self, *but: str) -> Year:
        """Everything is confirmed, except some."""
        with system():
            codes = [code for code in queries.reported(self.report) if code not in but]
        for code in codes:
            self.verify(code)
        return self


def begin(*, county: bool = True, subject: str = "test-park") -> Year:
    """An opened return of a park whose committee fills in."""
    with system():
        offices = {
            "city": make_organisation(),
            "committee": make_organisation(OrganisationKind.PARK_COMMITTEE),
            "lead": make_organisation(OrganisationKind.LEAD),
            "stat": make_organisation(OrganisationKind.DEPARTMENT, "省统计局"),
            "neighbour": make_organisation(),
        }
        if county:
            offices["county"] = make_organisation(OrganisationKind.COUNTY_GOV)
        people = {
            (name, str(role)): make_actor(office, role)
            for name, office in offices.items()
            for role in (PostRole.HANDLER, PostRole.SIGNER)
        }
        for label, office in zip(LABELS, ("stat", "lead"), strict=True):
            VerifyingOffice.objects.create(label=label, organisation=offices[office])
        report = services.open_return(
            SubjectKind.PARK,
            subject,
            "测试高新园区",
            YEAR,
            offices["city"],
            offices["committee"],
            offices.get("county"),
        )
    assert report is not None
    return Year(report, offices, people)
