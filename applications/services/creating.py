"""PK-00: a city starts a filing."""

from __future__ import annotations

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.models import Organisation
from accounts.queries import sample_is_loaded
from applications.enums import OVER, FilingStatus, KindCode
from applications.models import Filing
from applications.services.asking import open_to
from registry.enums import ParkStatus
from registry.models import HostZone, Park
from workflow import ledger
from workflow.ledger import recorded
from workflow.machine import Refused

RECOGNISED = (ParkStatus.RECOGNISED, ParkStatus.NATIONAL)


@transaction.atomic
def create_filing(
    actor: Actor,
    park_name: str,
    host_zone: HostZone,
    reason: str = "",
    *,
    former: Filing | None = None,
    changes: str = "",
) -> Filing:
    """Start a filing; a second one for the same host zone needs a reason (P-II.1.2d, P-II.1.2g).

    A second one is acknowledged by 省科技厅 before it is accepted; see `services.acknowledge_second`. `former` and
    `changes` are set by `services.reapply`.
    """
    if not (actor.is_applicant and actor.is_handler):
        raise Refused([_("只有申报市政府的经办人可以新建申报。")])
    _one_at_a_time(host_zone)
    obstacles = second_application(host_zone)
    if obstacles and not reason.strip():
        raise Refused(obstacles)
    filing = Filing.objects.create(
        tenant=actor.organisation,
        park_name=park_name,
        host_zone=host_zone,
        created_by=actor.person,
        sample=sample_is_loaded(),
        second_reason=reason.strip() if obstacles else "",
        former=former,
        changes_stated=changes.strip(),
    )
    ledger.open_chain(filing.dossier, actor.organisation)
    helpers = Organisation.objects.filter(
        models.Q(parent=actor.organisation, kind=OrganisationKind.CITY_ST_BUREAU) | models.Q(pk=host_zone.committee_id)
    ).exclude(pk=actor.organisation.pk)
    for helper in helpers:
        open_to(filing, helper, GrantLevel.COLLEAGUE, actor)
    ledger.append(
        filing,
        "create",
        recorded("新建申报"),
        actor,
        dossier=filing.dossier,
        after=FilingStatus.DRAFT,
        basis="P-II.1.8a; PK-00",
        reason=reason,
    )
    return filing


def _one_at_a_time(host_zone: HostZone) -> None:
    """Two who start a filing for one host zone at once wait for each other until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"host_zone:{host_zone.pk}"])


def second_application(host_zone: HostZone) -> list[str]:
    """Why the host zone cannot have another functional zone now (P-II.1.2d: exactly one while none is recognised)."""
    if Park.objects.filter(host_zone=host_zone, status__in=RECOGNISED).exists():
        return []
    reasons = []
    running = Filing.objects.filter(host_zone=host_zone, kind=KindCode.CREATION)
    for filing in running.exclude(status__in=[*OVER, FilingStatus.LISTED]):
        reasons.append(
            _("%(zone)s已有申报“%(park)s”（%(status)s）。每个产业集聚区先确定一个功能分区创建（P-II.1.2d）。")
            % {"zone": host_zone, "park": filing.park_name, "status": filing.get_status_display()}
        )
    for park in Park.objects.filter(host_zone=host_zone, status=ParkStatus.CREATING):
        reasons.append(
            _("%(zone)s已有创建中的园区“%(park)s”，取得经验与成绩后再拓展（P-II.1.2g）。")
            % {"zone": host_zone, "park": park.name}
        )
    return reasons
