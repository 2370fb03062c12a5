"""A county of the programme that files for the state or leaves it, with the offices that decide, as tests need them."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from accounts.enums import OrganisationKind, PostRole
from accounts.scope import enter, system
from applications import completeness, services
from applications.enums import KindCode
from applications.models import Filing
from notifications.models import Paper
from portal.sample.acting import Office
from registry import titles
from registry.enums import CityTitleKind
from registry.services import keep_title
from reviews.models import Case
from tests.places import a_county, an_office, fill, lodge
from workflow import instants
from workflow.models import Task

SINCE = dt.date(2013, 3, 1)


class Scene:
    """A county that is a pilot (and recognised, where asked), 省科技厅 and 省政府办公厅."""

    def __init__(self, *held: CityTitleKind) -> None:
        self.lead, self.county = an_office(OrganisationKind.LEAD), a_county()
        self.government = an_office(OrganisationKind.PROV_GOV_OFFICE)
        place = self.county.organisation.division
        assert place is not None
        self.place = place
        for title in held:
            with enter(self.lead.handler.scope):
                keep_title(
                    place, title, held=True, since=SINCE, citation=f"示例文件〔2013〕{title.value}",
                    office=self.lead.organisation, actor=self.lead.handler,
                )  # fmt: skip

    def client(self, office: Office, role: PostRole = PostRole.HANDLER) -> Client:
        client = Client()
        client.force_login(office.actor(role).person)
        return client

    def accepted(self, kind: KindCode) -> tuple[Filing, Case]:
        """A filing of that kind, lodged and accepted; its case is open."""
        with enter(self.county.handler.scope):
            filing = services.create_for_place(self.county.handler, kind)
        fill(filing, self.county.handler)
        with enter(self.county.handler.scope):
            assert [gap.text for gap in completeness.missing(filing)] == []
        lodge(filing, self.county)
        self.lead.issue("acceptance", filing, filing.dossier, "受理", {"contact": "联系人：示例"})
        return self.reload(filing)

    def reload(self, filing: Filing) -> tuple[Filing, Case]:
        with system():
            found = Case.objects.select_related("filing__tenant", "filing__division", "version", "decision_paper").get(
                filing=filing
            )
            return found.filing, found

    def issue(self, office: Office, kind: str, case: Case, **fields: str) -> Paper:
        return office.issue(kind, case, case.dossier, kind, fields)

    def held(self) -> set[str]:
        return set(titles.standing_on(instants.today(), [self.place.pk]).get(self.place.pk, {}))

    def tasks(self, filing: Filing) -> set[str]:
        with system():
            return set(Task.objects.filter(dossier=filing.dossier, done_at=None).values_list("kind", flat=True))
