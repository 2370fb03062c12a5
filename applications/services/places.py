"""The government of a city or county applies for the pilot of the second programme (C-III.2b, U1)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.models import Organisation
from accounts.queries import sample_is_loaded
from applications.enums import FilingStatus, KindCode
from applications.kinds import by_code
from applications.models import Filing
from applications.models.filing import OPEN
from applications.services.asking import open_to
from workflow import ledger
from workflow.ledger import recorded
from workflow.machine import Refused


def place_obstacles(actor: Actor) -> list[str]:
    """Why this person cannot start an application for the place of their government now."""
    from applications.kinds.city import obstacles_of

    place = actor.organisation.division
    if not actor.may_file_for_place or place is None:
        return [_("只有市、县（市、区）政府可以为本地申报。")]
    reasons = obstacles_of(place)
    if Filing.objects.filter(division=place, status__in=OPEN).exists():
        reasons.append(_("“%(place)s”已有在办的申报。") % {"place": place.name})
    if not actor.is_handler:
        reasons.append(_("只有本单位的经办人可以新建申报。"))
    return reasons


@transaction.atomic
def create_for_place(actor: Actor, *, former: Filing | None = None, changes: str = "") -> Filing:
    """Start the application of the actor's city or county (CT-05 to CT-10). Raises Refused."""
    if against := place_obstacles(actor):
        raise Refused(against)
    place = actor.organisation.division
    assert place is not None
    filing = Filing.objects.create(
        kind=KindCode.CITY,
        division=place,
        park_name=place.name,
        tenant=actor.organisation,
        created_by=actor.person,
        sample=sample_is_loaded(),
        former=former,
        changes_stated=changes.strip(),
    )
    ledger.open_chain(filing.dossier, actor.organisation)
    for bureau in Organisation.objects.filter(parent=actor.organisation, kind=OrganisationKind.CITY_ST_BUREAU):
        open_to(filing, bureau, GrantLevel.COLLEAGUE, actor)
    ledger.append(
        filing,
        "create",
        recorded("新建%(kind)s申报") % {"kind": by_code(KindCode.CITY).matter.noun},
        actor,
        dossier=filing.dossier,
        after=FilingStatus.DRAFT,
        basis="C-III.2a; C-III.2b",
        data={"place": place.pk, "kind": KindCode.CITY.value},
    )
    return filing


def city_above(filing: Filing) -> list[Organisation]:
    """The government of the city above a county that applies, which gets copies; none for a city itself."""
    above = filing.tenant.parent
    return [above] if above is not None and above.kind == OrganisationKind.APPLICANT_GOV else []
