"""扩区 (T27): the register takes the next version of the boundary from the frozen version that was decided on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications import expanding
from applications.enums import KindCode
from notifications.models import Paper
from notifications.rendering import wording
from notifications.rendering.wording_expansion import expansion_approval
from policy.decimals import parse, show
from registry.geometry import boundary_from_geojson
from registry.models import ParkBoundary
from registry.services import redraw_park
from reviews.models import Case
from reviews.outcomes import Outcome, declare
from workflow.machine import Refused


def _expansion(case: Case) -> expanding.Expansion:
    """The expansion on the boundary that holds now. Raises Refused where the park has none."""
    new = boundary_from_geojson(case.version.content["boundary"]["geojson"])
    found = expanding.of_park(case.filing.park, new)
    if found is None:
        raise Refused([_("名册没有园区的现有范围，不能办理扩区。")])
    return found


def _compose(filing: wording.Filing, lead: str, duties: Sequence[str], case: Case) -> dict[str, Any]:
    added = show(parse(format(_expansion(case).added_km2, "f")))
    return expansion_approval(filing, added=added, lead=lead, duties=duties)


def _grant(case: Case, paper: Paper, actor: Actor) -> ParkBoundary:
    expansion, content, park = _expansion(case), case.version.content, case.filing.park
    assert park is not None
    if expansion.lost is not None or expansion.added is None:
        # The register has moved on since the city drew it: the boundary that holds now is another one.
        raise Refused([_("园区范围在申报后已经变更，申报的范围不再包含现有范围，请退回重新申报。")])
    return redraw_park(
        park,
        geojson=content["boundary"]["geojson"],
        area_km2=Decimal(content["boundary"]["area_km2"]),
        four_sides=content["four_sides"],
        paper=paper,
        dossier=case.dossier,
        actor=actor,
        since=paper.issued_on,
    )


EXPANSION = declare(KindCode.EXPANSION, Outcome(_compose, _grant, paper="expansion", basis="P-II.4e; T27"))
