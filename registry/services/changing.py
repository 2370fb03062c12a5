"""What of a park changes by a paper: its name, its boundary, its host zone, and which parks it takes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from notifications.models import Paper
from registry import dates
from registry.enums import LIVING, ParkStatus
from registry.models import HostZone, Park, ParkBoundary, ParkMerger, ParkName, ParkZone
from registry.services.statuses import follow
from workflow import ledger, outbox
from workflow.machine import Refused
from workflow.models import Event

# Whoever keeps figures by boundary is told: {"slug": …, "since": ISO day}.
REDRAWN = "registry.redrawn"


@transaction.atomic
def rename_park(park: Park, name: str, *, paper: Paper, dossier: UUID, actor: Actor, since: dt.date) -> ParkName:
    """更名 (PK-80): the park bears another name from a day on; the old one keeps finding it. Raises Refused.

    `since` is the first day of the new name, not after the paper's date.
    """
    locked = _changeable(park, paper, dossier, actor, since)
    name = name.strip()
    if not name or name == locked.name:
        raise Refused([_("新名称与现名相同或为空，没有变更。")])
    if Park.objects.filter(name=name, status__in=LIVING).exclude(pk=locked.pk).exists():
        raise Refused([_("已有园区名为“%(name)s”，不能重名。") % {"name": name}])
    old = ParkName.objects.filter(park=locked, valid_to="").first()
    if old is not None:
        _not_before(dates.parse(old.valid_from)[0], since)
        ParkName.objects.filter(pk=old.pk).update(valid_to=since.isoformat())
    made = ParkName.objects.create(
        park=locked, name=name, valid_from=since.isoformat(), source=paper.number, paper=paper
    )
    Park.objects.filter(pk=locked.pk).update(name=name)
    _tell(locked, "rename", _("更名"), paper, dossier, actor, since, {"from": locked.name, "to": name})
    park.refresh_from_db()
    return made


@transaction.atomic
def redraw_park(
    park: Park,
    *,
    geojson: dict[str, Any],
    area_km2: Decimal,
    four_sides: dict[str, str],
    paper: Paper,
    dossier: UUID,
    actor: Actor,
    since: dt.date,
) -> ParkBoundary:
    """调整范围 (P-II.4e, PK-80): the next version of the boundary; the earlier ones stay. Raises Refused.

    `geojson` is a MultiPolygon in EPSG:4490, `area_km2` its unrounded ellipsoidal area, `four_sides` has the keys
    east, south, west, north.
    """
    locked = _changeable(park, paper, dossier, actor, since)
    last = ParkBoundary.objects.filter(park=locked).order_by("-valid_from", "-recorded_at").first()
    _not_before(last.valid_from if last else None, since)
    made = ParkBoundary.objects.create(
        park=locked, geojson=geojson, area_km2=area_km2, four_sides=four_sides, valid_from=since, paper=paper
    )
    Park.objects.filter(pk=locked.pk).update(area_km2=area_km2, four_sides=four_sides)
    areas = {"from": f"{last.area_km2:f}" if last else "", "to": f"{area_km2:f}"}
    event = _tell(locked, "redraw", _("调整范围"), paper, dossier, actor, since, areas)
    told = {"slug": locked.slug, "since": since.isoformat()}
    outbox.follow(event, REDRAWN, str(made.pk), told, locked.tenant)
    park.refresh_from_db()
    return made


@transaction.atomic
def move_park(
    park: Park, host_zone: HostZone | None, *, paper: Paper, dossier: UUID, actor: Actor, since: dt.date
) -> ParkZone:
    """变更所在开发区 (PK-80): the park lies in another host zone from a day on, or in none. Raises Refused."""
    locked = _changeable(park, paper, dossier, actor, since)
    if locked.host_zone_id == (host_zone.pk if host_zone else None):
        raise Refused([_("所在开发区与现在相同，没有变更。")])
    last = ParkZone.objects.filter(park=locked, since__isnull=False).order_by("-since", "-recorded_at").first()
    _not_before(last.since if last else None, since)
    made = ParkZone.objects.create(park=locked, zone=host_zone, since=since, paper=paper)
    names = {"from": str(locked.host_zone or ""), "to": str(host_zone or "")}
    Park.objects.filter(pk=locked.pk).update(host_zone=host_zone)
    _tell(locked, "move", _("变更所在开发区"), paper, dossier, actor, since, names)
    park.refresh_from_db()
    return made


@transaction.atomic
def merge_parks(
    into: Park, parks: Sequence[Park], *, paper: Paper, dossier: UUID, actor: Actor, since: dt.date
) -> list[ParkMerger]:
    """合并 (PK-80, PK-99): parks end and go on in another one; their names and codes keep finding it. Raises Refused.

    The paper confers the end. The boundary of `into` changes by `redraw_park` alone.
    """
    target = _changeable(into, paper, dossier, actor, since)
    if not parks or target.pk in {park.pk for park in parks}:
        raise Refused([_("应至少有一个并入的园区，且园区不能并入自身。")])
    made = []
    for park in parks:
        ended = follow(park, LIVING, ParkStatus.ENDED, paper, dossier, actor, _("并入其他园区"), "PK-99")
        made.append(ParkMerger.objects.create(park=park, ended=ended, into=target, since=since, paper=paper))
    taken = [{"slug": park.slug, "name": park.name} for park in parks]
    _tell(target, "merge", _("合并"), paper, dossier, actor, since, {"parks": taken})
    into.refresh_from_db()
    return made


def _changeable(park: Park, paper: Paper, dossier: UUID, actor: Actor, since: dt.date) -> Park:
    """The park, locked: it lives, and 省政府办公厅 acts by a paper of its own in this dossier."""
    if not actor.is_government:
        raise Refused([_("只有省政府办公厅可以变更园区登记。")])
    if paper.dossier != dossier or paper.tenant_id != actor.organisation.pk:
        raise Refused([_("园区登记应依据本案签发的公文变更。")])
    if since > paper.issued_on:
        raise Refused([_("变更的起始日期不能晚于公文的成文日期。")])
    locked = Park.objects.select_for_update(no_key=True, of=("self",)).get(pk=park.pk)
    if locked.status not in LIVING:
        words = {"name": locked.name, "status": ParkStatus(locked.status).label}
        raise Refused([_("“%(name)s”现在的状态为“%(status)s”，不能办理。") % words])
    return locked


def _not_before(last: dt.date | None, since: dt.date) -> None:
    """A version never begins before the one that it follows."""
    if last is not None and since < last:
        raise Refused([_("变更的起始日期不能早于现行登记的起始日期（%(day)s）。") % {"day": last.isoformat()}])


def _tell(
    park: Park, name: str, label: str, paper: Paper, dossier: UUID, actor: Actor, since: dt.date, data: dict[str, Any]
) -> Event:
    told = {"slug": park.slug, "paper": str(paper.pk), "number": paper.number, "since": since.isoformat(), **data}
    return ledger.append(park, name, label, actor, dossier=dossier, basis="PK-80", data=told)
