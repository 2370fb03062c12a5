"""The three departments that sign the index, with a city and the parks that are scored."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Organisation
from accounts.scope import system
from indicators.models import IndexVersion, VerifyingOffice
from indicators.scoring import Scored
from policy import index
from tests.factories import make_actor, make_organisation


@dataclass
class Departments:
    """省科技厅, 省发改委, 省统计局 and a city with their people."""

    offices: dict[str, Organisation]
    people: dict[tuple[str, str], Actor]

    def actor(self, office: str, role: str = PostRole.HANDLER) -> Actor:
        """The person of a post."""
        return self.people[office, str(role)]

    @property
    def signing(self) -> dict[str, Actor]:
        """Who takes a version all the way, as `sign_default` wants them."""
        return {
            "handler": self.actor("lead"),
            "reviewer": self.actor("lead", PostRole.REVIEWER),
            "signer": self.actor("lead", PostRole.SIGNER),
            "development": self.actor("development", PostRole.SIGNER),
            "statistics": self.actor("statistics", PostRole.SIGNER),
        }


def departments() -> Departments:
    """Everybody, with the offices of 发改 and 统计 named."""
    with system():
        offices = {
            "lead": make_organisation(OrganisationKind.LEAD, "省科技厅"),
            "development": make_organisation(OrganisationKind.DEPARTMENT, "省发改委"),
            "statistics": make_organisation(OrganisationKind.DEPARTMENT, "省统计局"),
            "other": make_organisation(OrganisationKind.DEPARTMENT, "省商务厅"),
            "city": make_organisation(),
        }
        people = {
            (name, str(role)): make_actor(office, role)
            for name, office in offices.items()
            for role in (PostRole.HANDLER, PostRole.REVIEWER, PostRole.SIGNER)
        }
        for label, name in (("发改", "development"), ("统计", "statistics")):
            VerifyingOffice.objects.create(label=label, organisation=offices[name])
    return Departments(offices, people)


@dataclass(frozen=True)
class Found:
    """A finding as scoring reads it."""

    clause: str
    observed: str | None
    threshold: str | None = None
    outcome: str = "met"


@dataclass
class Example:
    """A park with what its clauses observed in the order of the default index, and its figures."""

    code: str
    observed: list[str | None]
    ahead: list[tuple[str, str]]
    figures: dict[str, str] = field(default_factory=dict)

    TARGETS = ("P-II.2.1a", "P-II.2.1b", "P-II.2.1c", "P-II.2.1d", "P-II.2.2a", "P-II.2.2b", "P-II.2.2c", "P-II.2.2d")
    THRESHOLDS = ("60", "60", "60", "60", "3", "25", "20", "60")
    AHEAD = ("P-II.2.3a", "P-II.2.3b", "P-II.2.3c")

    def scored(self) -> Scored:
        """What `score` takes."""
        targets = zip(self.TARGETS, self.observed, self.THRESHOLDS, strict=True)
        findings = [
            Found(clause, value, threshold, "not_assessable" if value is None else "met")
            for clause, value, threshold in targets
        ]
        findings += [Found(clause, own, zone) for clause, (own, zone) in zip(self.AHEAD, self.ahead, strict=True)]
        return Scored(self.code, {code: {2014: Fraction(text)} for code, text in self.figures.items()}, findings)


def unsaved(ranking: str = "creating") -> IndexVersion:
    """The default version of a list, not stored."""
    return IndexVersion(ranking=ranking, tree=[part.as_json() for part in index.default(ranking).tree])
