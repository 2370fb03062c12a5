"""The government of a city or county applies for the pilot of the second programme (C-III.2b, U1)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.models import Organisation
from accounts.queries import sample_is_loaded
from applications.enums import FilingStatus, KindCode
from applications.kinds import by_code, word
from applications.models import Filing
from applications.models.filing import OF_PLACES, OPEN
from applications.services import place_openings
from applications.services.asking import open_to
from workflow import ledger
from workflow.ledger import recorded
from workflow.machine import Refused


def place_obstacles(actor: Actor, kind: str = KindCode.CITY) -> list[str]:
    """Why this person cannot start a filing of a kind for the place of their government now."""
    place = actor.organisation.division
    if not actor.may_file_for_place or place is None:
        return [_("只有市、县（市、区）政府可以为本地申报。")]
    reasons = [*by_code(kind).against_place(place), *(place_openings.closed() if kind == KindCode.CITY else [])]
    if Filing.objects.filter(division=place, status__in=OPEN).exists():
        reasons.append(_("“%(place)s”已有在办的申报。") % {"place": place.name})
    if not actor.is_handler:
        reasons.append(_("只有本单位的经办人可以新建申报。"))
    return reasons


@transaction.atomic
def create_for_place(
    actor: Actor, kind: str = KindCode.CITY, *, former: Filing | None = None, changes: str = ""
) -> Filing:
    """Start a filing of the actor's city or county (CT-05 to CT-10, CT-55, CT-90). Raises Refused."""
    if kind not in OF_PLACES:
        raise Refused([_("这类申报不是市、县（市、区）的申报。")])
    if against := place_obstacles(actor, kind):
        raise Refused(against)
    place = actor.organisation.division
    assert place is not None
    filing = Filing.objects.create(
        kind=kind,
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
        recorded("新建%(kind)s申报") % {"kind": by_code(kind).matter.noun},
        actor,
        dossier=filing.dossier,
        after=FilingStatus.DRAFT,
        basis=str(word(kind, "basis.create", "")),
        data={"place": place.pk, "kind": str(kind)},
    )
    return filing


def city_above(filing: Filing) -> list[Organisation]:
    """The government of the city above a county that applies, which gets copies; none for a city itself."""
    above = filing.tenant.parent
    return [above] if above is not None and above.kind == OrganisationKind.APPLICANT_GOV else []
