"""The outlines of host zones: who records a version, what it needs, and which one holds."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from registry.geometry import Boundary, Level, Problem, problems
from registry.models import HostZone, ZoneOutline
from workflow import instants, ledger
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Chain

EVENT = "record_outline"


def is_keeper(actor: Actor) -> bool:
    """Whether the actor keeps the outlines: the administrator of 省科技厅."""
    return actor.is_lead and actor.is_admin


def barring(boundary: Boundary) -> list[Problem]:
    """What makes a shape unusable as an outline."""
    return [found for found in problems(boundary) if found.level is Level.ERROR]


@transaction.atomic
def record(
    zone: HostZone, boundary: Boundary, actor: Actor, *, valid_from: dt.date, source: str, file_name: str = ""
) -> ZoneOutline:
    """Record a version in the name of 省科技厅; the zone bears the one that holds. Raises Refused."""
    if not is_keeper(actor):
        raise Refused([_("只有省科技厅的管理员可以登记开发区范围。")])
    reasons = [str(found.message) for found in barring(boundary)]
    if valid_from > instants.today():
        reasons.append(_("起始日期不能晚于今天；尚未生效的范围，请到生效之日再登记。"))
    if not source.strip():
        reasons.append(_("请写明依据，如批准文件的名称和文号。"))
    if reasons:
        raise Refused(reasons)
    return keep(zone, boundary, actor.organisation, actor, valid_from=valid_from, source=source, file_name=file_name)


@transaction.atomic
def keep(
    zone: HostZone,
    boundary: Boundary,
    office: Organisation,
    actor: Actor | None,
    *,
    valid_from: dt.date,
    source: str,
    file_name: str = "",
) -> ZoneOutline:
    """Write a version down, with its event in the zone's own chain; the newest by its day is the zone's outline."""
    locked = HostZone.objects.select_for_update(no_key=True).get(pk=zone.pk)
    made = ZoneOutline.objects.create(
        id=uuid4(),
        zone=locked,
        tenant=office,
        dossier=_chain_of(locked, office),
        geojson=boundary.geojson,
        area_km2=format(boundary.area_km2, "f"),
        crs=boundary.source_crs,
        file_name=file_name[:200],
        valid_from=valid_from,
        source=source.strip(),
        recorded_by=actor.person if actor else None,
    )
    ledger.append(
        made,
        EVENT,
        recorded("登记开发区范围：%(zone)s") % {"zone": locked.name[:100]},
        actor,
        dossier=made.dossier,
        reason=made.source,
        data={
            "zone": locked.slug,
            "valid_from": valid_from,
            "area_km2": made.area_km2,
            "file": made.file_name,
            "geojson": ledger.digest(made.geojson),
        },
    )
    newest = locked.outlines.first()
    assert newest is not None
    HostZone.objects.filter(pk=locked.pk).update(geojson=newest.geojson)
    zone.geojson = newest.geojson
    return made


def _chain_of(zone: HostZone, office: Organisation) -> UUID:
    if not Chain.objects.filter(dossier=zone.pk).exists():
        ledger.open_chain(zone.pk, office)
    return zone.pk
