"""The changes of a park that papers made beside its status and its name, as acts of its life on its page."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from notifications.models import Paper
from registry import words
from registry.models import Park, ParkMerger, ParkZone
from registry.park_parts import Act, tells


@tells
def changes(park: Park) -> list[Act]:
    """Later boundaries, other host zones and mergers of a park that was read whole."""
    moves = list(ParkZone.objects.filter(park=park, since__isnull=False).order_by("since", "recorded_at")[1:])
    mergers = list(ParkMerger.objects.select_related("park", "into").filter(Q(park=park) | Q(into=park)))
    rows: list[Any] = [*moves, *mergers]
    # Read by themselves: a paper that is not open to the reader hides itself, not the change.
    papers = Paper.objects.defer("data").in_bulk([row.paper_id for row in rows if row.paper_id]) if rows else {}
    acts = [
        Act(
            row.valid_from,
            _("调整范围，面积 %(area)s") % {"area": words.area(row.area_km2)},
            kind="info",
            paper=words.paper_link(row.paper),
        )
        for row in list(park.boundaries.all())[1:]
    ]
    acts += [_move(row, papers.get(row.paper_id)) for row in moves]
    return [*acts, *(_merger(row, park, papers.get(row.paper_id)) for row in mergers)]


def _move(row: ParkZone, paper: Paper | None) -> Act:
    title = _("所在开发区变更为%(zone)s") % {"zone": row.zone} if row.zone else _("不再属于任何开发区")
    assert row.since is not None
    return Act(row.since, title, kind="info", paper=words.paper_link(paper))


def _merger(row: ParkMerger, park: Park, paper: Paper | None) -> Act:
    link = words.paper_link(paper)
    if row.park_id == park.pk:
        title = _("并入%(name)s") % {"name": row.into.name}
        return Act(row.since, title, kind="ended", paper=link, href=row.into.get_absolute_url())
    title = _("%(name)s并入") % {"name": row.park.name}
    return Act(row.since, title, kind="info", paper=link, href=row.park.get_absolute_url())
