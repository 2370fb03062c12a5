"""A park's published years on its own page: verdict, rank and every finding, with the circular."""

from __future__ import annotations

from typing import Any

from indicators import queries_public
from indicators.circular_content import score_shown
from indicators.models import Assessment, Run
from indicators.views.public import as_component, subject_address, tag_of
from registry.models import Park
from registry.park_parts import shows


@shows
def years(park: Park) -> dict[str, Any] | None:
    """The years that everybody sees of a park; None where there is none."""
    found = queries_public.years_of(park.slug)
    if not found:
        return None
    return {
        "template": "rankings/_park_years.html",
        "name": park.name,
        "rows": [
            {
                "one": one,
                "href": subject_address(one.run, one, _standing(one)),
                "tag": tag_of(one),
                "score": score_shown(one),
                "paper": one.run.paper if one.run.paper and one.run.paper.published_at else None,
                "superseded": one.superseded,  # type: ignore[attr-defined]
                "findings": [as_component(finding) for finding in one.findings.all()],
            }
            for one in found
        ],
    }


def _standing(one: Assessment) -> list[Run]:
    return [] if one.superseded else [one.run]  # type: ignore[attr-defined]
