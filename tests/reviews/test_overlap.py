"""Overlap of leading industries (P-IV.2b): what each viewer may know, the same city first."""

from __future__ import annotations

import pytest

from accounts.scope import enter, system
from reviews import overlap
from reviews.models import Case
from tests.scenarios import Scene

pytestmark = pytest.mark.django_db


def test_overlap_shows_filings_to_the_lead_and_only_published_ones_to_departments(province: Scene) -> None:
    with system():
        ours = province.begin("jia", "review").draft().submit().route().open_review()
        hidden = province.begin("yi", "check").draft().submit().route()
        public = province.begin("jia", "listed").draft().submit().route().open_review().opinions().minutes().publish()
    seen = {}
    for name in ("lead-handler", "stat-handler"):
        actor = province.audiences[name].actor
        assert actor is not None
        with enter(actor.scope):
            found = overlap.of_case(
                Case.objects.select_related("filing__host_zone", "version").get(pk=ours.case.pk), actor
            )
        seen[name] = {row["name"] for row in found["rows"]}
        assert [row["same_city"] for row in found["rows"]] == sorted(
            (row["same_city"] for row in found["rows"]), reverse=True
        )
        same = [row for row in found["rows"] if row["name"] == public.filing.park_name]
        assert (same[0]["same_city"], same[0]["same"], same[0]["level"]) == (True, True, "行业代码相同")
    assert seen["lead-handler"] == {hidden.filing.park_name, public.filing.park_name}
    assert seen["stat-handler"] == {public.filing.park_name}
