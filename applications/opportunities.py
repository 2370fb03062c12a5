"""N12: once a year is released, the cities and 省科技厅 are told which parks may ask for an expansion (P-II.4a)."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.urls import reverse

from accounts.models import Organisation
from accounts.queries import the_lead
from indicators import place
from indicators.enums import Programme, RankingList
from indicators.models import Assessment, Run
from indicators.queries_run import standing
from indicators.released import follows
from notifications.enums import Topic
from notifications.notices import notify
from registry.enums import ParkStatus
from registry.models import Park
from workflow import ledger
from workflow.ledger import recorded
from workflow.models import Event

TOLD = "expansion_open"
LINE = "%(park)s：%(year)d年度排第%(rank)d名，共%(ranked)d个"


@follows
def after_release(run: Run) -> None:
    """Tell of each park in the top fraction of the recognised list; nothing of a year that a later one overtook."""
    if run.programme != Programme.PARK or Event.objects.filter(dossier=run.dossier, name=TOLD).exists():
        return
    found = [one for one in _top(run) if standing(one.subject, one.year) == one]
    if not found:
        return
    lines = {
        one.pk: LINE % {"park": one.name, "year": one.year, "rank": one.rank, "ranked": one.ranked} for one in found
    }
    event = ledger.append(
        run, TOLD, recorded("可以申请扩区"), None, dossier=run.dossier, basis="P-II.4a; N12",
        data={"parks": [one.subject for one in found]},
    )  # fmt: skip
    own: dict[UUID, list[str]] = defaultdict(list)
    for one in found:
        own[one.tenant_id].append(lines[one.pk])
    offices = Organisation.objects.in_bulk(own)
    title = recorded("%(year)d年度可以申请扩区的园区（%(n)d个）")
    for pk, told in own.items():
        words = title % {"year": run.year, "n": len(told)}
        notify(event, offices[pk], words, reverse("applications:about"), "\n".join(told), Topic.PROGRESS)
    notify(
        event,
        the_lead(),
        title % {"year": run.year, "n": len(found)},
        run.get_absolute_url(),
        "\n".join(lines.values()),
    )


def _top(run: Run) -> list[Assessment]:
    rows = run.assessments.filter(list=RankingList.RECOGNISED, final=True, rank__isnull=False).order_by("rank")
    living = set(
        Park.objects.filter(slug__in=[one.subject for one in rows], status=ParkStatus.RECOGNISED).values_list(
            "slug", flat=True
        )
    )
    found = []
    for one in rows:
        stands = place.latest(one.subject)
        if one.subject in living and stands is not None and stands.year == run.year and stands.is_top:
            found.append(one)
    return found
