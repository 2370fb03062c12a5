"""A city files about a park that is there: recognition, expansion, a change of the register."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.models import Organisation
from accounts.queries import sample_is_loaded
from applications.enums import FilingStatus
from applications.kinds import by_code, word
from applications.models import Filing
from applications.models.filing import NO_PARK, OPEN
from applications.services.asking import open_to
from registry.models import Park
from workflow import ledger
from workflow.ledger import recorded
from workflow.machine import Refused


def obstacles(actor: Actor, park: Park, kind: str) -> list[str]:
    """Why this person cannot start a filing of a kind about a park now."""
    if kind in NO_PARK or park.tenant_id != actor.organisation.pk:
        return [_("只能就本单位的园区申报。")]
    if not (actor.is_applicant and actor.is_handler):
        return [_("只有申报市政府的经办人可以新建申报。")]
    if Filing.objects.filter(park=park, kind=kind, status__in=OPEN).exists():
        return [_("“%(park)s”已有在办的%(kind)s申报。") % {"park": park.name, "kind": by_code(kind).label}]
    return by_code(kind).obstacles(actor, park)


@transaction.atomic
def create_about(actor: Actor, park: Park, kind: str, *, former: Filing | None = None, changes: str = "") -> Filing:
    """Start a filing about a park (T23, T27, T30); `services.reapply` sets `former` and `changes`. Raises Refused."""
    if against := obstacles(actor, park, kind):
        raise Refused(against)
    filing = Filing.objects.create(
        kind=kind,
        park=park,
        tenant=actor.organisation,
        park_name=park.name,
        host_zone=park.host_zone,
        created_by=actor.person,
        sample=sample_is_loaded(),
        former=former,
        changes_stated=changes.strip(),
    )
    ledger.open_chain(filing.dossier, actor.organisation)
    bureau = Organisation.objects.filter(parent=actor.organisation, kind=OrganisationKind.CITY_ST_BUREAU)
    committee = [park.host_zone.committee] if park.host_zone and park.host_zone.committee else []
    for helper in {*bureau, *committee} - {actor.organisation}:
        open_to(filing, helper, GrantLevel.COLLEAGUE, actor)
    ledger.append(
        filing,
        "create",
        recorded("新建%(kind)s申报") % {"kind": by_code(kind).matter.noun},
        actor,
        dossier=filing.dossier,
        after=FilingStatus.DRAFT,
        basis=str(word(kind, "basis.create", "P-II.1.8a")),
        data={"park": park.slug, "kind": kind},
    )
    return filing
