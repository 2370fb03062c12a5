"""A recommendation for national status in the scene: 甲's park is being judged, one item by 省统计局."""

from __future__ import annotations

from django.utils import timezone

from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.scope import system
from indicators.models import Assessment
from portal.sample.acting import office
from registry.models import Park
from reviews.models import Recommendation, StrengthItem
from tests.markers import mark
from workflow import ledger

KEY = "appraising"


def load(owner_code: str) -> None:
    """Of the year that was computed: the city knows that its park is judged, never what the reviewers say."""
    offices = {one.code: one for one in Organisation.objects.filter(code__in=["kjt", "dept-stat", owner_code])}
    lead, judge = offices["kjt"], offices["dept-stat"]
    row = Recommendation.objects.create(
        tenant=lead, park=Park.objects.get(tenant__code=owner_code), city=offices[owner_code],
        assessment=Assessment.objects.get(subject="jia-judged", final=False), year=2024, rank=1, ranked=1,
        status=KEY,
    )  # fmt: skip
    ledger.open_chain(row.dossier, lead)
    for organisation in (offices[owner_code], judge):
        open_dossier(row.dossier, lead.pk, organisation, "read", lead)
    for strength, person in (("location", office(judge).handler.person), ("resources", None)):
        StrengthItem.objects.create(
            dossier=row.dossier, tenant=judge, recommendation=row, strength=strength, requested_by=lead,
            outcome="met" if person else "", reason=mark("jia", KEY, "strength") if person else "",
            reviewer=person, reviewer_name=person.name if person else "", judged_at=timezone.now() if person else None,
        )  # fmt: skip


def the_recommendation() -> Recommendation:
    """That recommendation."""
    with system():
        return Recommendation.objects.get()


def the_open_item() -> StrengthItem:
    """The item that waits for 省统计局."""
    with system():
        return StrengthItem.objects.get(judged_at=None)
