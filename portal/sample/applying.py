"""Invented applications for the pilot: a city's was accepted and awaits its assessment, a county's is being written."""

from __future__ import annotations

from collections.abc import Callable

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.queries import the_lead
from accounts.scope import system
from applications import attaching, editing, materials, plan, services
from applications.enums import KindCode
from applications.models import Filing
from applications.plan import Field, Kind
from applications.plan.city import figure_key
from applications.plan_state import opened_on
from applications.queries import request_title
from portal.sample import city_years
from portal.sample.acting import Office, office
from portal.sample.documents import document
from workflow import instants

CITY, COUNTY = "gov-330400", "county-330521"
CONTACT = "联系人：示例·张经办，电话：0573-0000003"


def load(progress: Callable[[str], None]) -> None:
    """Make both once; every step by the office whose turn it is."""
    with system():
        if Filing.objects.filter(kind=KindCode.CITY).exists():
            return
        city, county, lead = (
            office(one)
            for one in (Organisation.objects.get(code=CITY), Organisation.objects.get(code=COUNTY), the_lead())
        )
        _write(county, complete=False)
        accepted(city, lead)
    progress(f"Applications for the pilot: {city.organisation.name}, {county.organisation.name}")


def accepted(government: Office, lead: Office) -> Filing:
    """The application of a place, whole, sent and accepted. Under the system scope."""
    filing = _write(government, complete=True)
    fields = {"grounds": "示例：科技创新基础较好，创建规划和实施方案已经政府常务会议审议。", "contact": CONTACT}
    government.issue("creation_request", filing, filing.dossier, request_title(filing), fields)
    title = f"{filing.park_name}创新型试点申请受理通知书"
    lead.issue("acceptance", filing, filing.dossier, title, {"contact": "联系人：示例·李经办"})
    return filing


def _write(government: Office, *, complete: bool) -> Filing:
    """The application of a place, whole or with its first half written and no files."""
    with government.as_(PostRole.HANDLER):
        filing = services.create_for_place(government.handler)
        fill(filing, government.handler, complete=complete)
    return filing


def fill(filing: Filing, handler: Actor, *, complete: bool = True) -> None:
    """Write an application: everything that is asked, or the first half and no files. Under the handler's scope."""
    sections = plan.sections(opened_on(filing), filing.kind)
    fields = [field for section in sections for field in section.fields]
    written = fields if complete else fields[: len(fields) // 2]
    known = _figures(filing)
    editing.save_fields(filing, {field.key: known.get(field.key) or _words(field) for field in written}, handler)
    for piece in materials.pieces_of(filing.kind) if complete else ():
        if piece.code not in materials.OPTIONAL:
            attaching.attach(filing, piece.code, [document(f"{piece.label}（示例）")], handler)


def _figures(filing: Filing) -> dict[str, str]:
    """What a place says of itself: its figures of the year before it applies, and of the one before that."""
    year = instants.today().year - 1
    told = city_years.of_applicant(filing.division_id or "", year)
    return {
        figure_key(code, before): value
        for before in (False, True)
        for code, value in told[year - before].items()
    }  # fmt: skip


def _words(field: Field) -> str | bool:
    if field.kind is Kind.BOOLEAN:
        return True
    if field.kind in (Kind.DECIMAL, Kind.INTEGER):
        return "126"
    return f"示例：{field.label}已按要求写明，分年度安排，责任到部门。" if field.kind is Kind.LONGTEXT else "示例·某某"
