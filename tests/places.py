"""The application of a county for the pilot, as far as a test needs it: held title, filled in, lodged, accepted."""

from __future__ import annotations

import datetime as dt

from accounts.actors import Actor
from accounts.enums import DivisionLevel, OrganisationKind
from accounts.models import Organisation
from accounts.scope import enter, system
from applications import attaching, editing, materials, plan, services
from applications.models import Filing
from applications.plan import Kind
from applications.plan_state import opened_on
from applications.queries import request_title
from notifications.models import Paper
from portal.sample.acting import Office, office
from portal.sample.documents import document
from registry.enums import CityTitleKind
from registry.services import keep_title
from tests import factories


def an_office(kind: OrganisationKind) -> Office:
    """An office of a kind with its three persons."""
    with system():
        made = factories.make_organisation(kind)
        factories.make_office(made)
        return office(made)


def a_county() -> Office:
    """The government of a county, under its city."""
    with system():
        above = factories.make_organisation(OrganisationKind.APPLICANT_GOV)
        made = factories.make_organisation(OrganisationKind.COUNTY_GOV)
        place = factories.make_division(name="示例县", level=DivisionLevel.COUNTY)
        Organisation.objects.filter(pk=made.pk).update(parent=above, division=place)
        made.refresh_from_db()
        factories.make_office(made)
        return office(made)


def strengthen(county: Office, lead: Office) -> None:
    """省科技厅 records that the county is a 科技强县."""
    place = county.organisation.division
    assert place is not None
    with enter(lead.handler.scope):
        keep_title(
            place, CityTitleKind.ST_STRONG, held=True, since=dt.date(2010, 5, 1), citation="浙委办〔2010〕1号",
            office=lead.organisation, actor=lead.handler,
        )  # fmt: skip


def fill(filing: Filing, actor: Actor) -> None:
    """Everything that the application asks for."""
    said = {Kind.BOOLEAN: True, Kind.DECIMAL: "12.5", Kind.INTEGER: "12"}
    with enter(actor.scope):
        sections = plan.sections(opened_on(filing), filing.kind)
        fields = {field.key: said.get(field.kind, "示例。") for section in sections for field in section.fields}
        editing.save_fields(filing, fields, actor)
        for piece in materials.pieces_of(filing.kind):
            if piece.code not in materials.OPTIONAL:
                attaching.attach(filing, piece.code, [document(str(piece.label))], actor)


def started(county: Office) -> Filing:
    """The application of a county, filled in."""
    with enter(county.handler.scope):
        filing = services.create_for_place(county.handler)
    fill(filing, county.handler)
    return filing


def lodge(filing: Filing, county: Office) -> Paper:
    """The letter by which the county applies."""
    said = {"grounds": "示例：已有基础。", "contact": "联系人：示例"}
    return county.issue("creation_request", filing, filing.dossier, request_title(filing), said)


def accepted(county: Office, lead: Office) -> Filing:
    """An application that 省科技厅 has accepted, which waits for its evaluation."""
    strengthen(county, lead)
    filing = started(county)
    lodge(filing, county)
    lead.issue("acceptance", filing, filing.dossier, "受理", {"contact": "联系人：示例"})
    with system():
        filing.refresh_from_db()
    return filing
