"""列入创建名单 (T13): the register takes the park over from the frozen version that was decided on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from accounts.actors import Actor
from applications.enums import KindCode
from notifications.enums import LegalEffect
from notifications.models import Paper
from notifications.rendering import wording
from registry.models import Park
from registry.services import list_park
from reviews.models import Case
from reviews.outcomes import Outcome, declare


def _compose(filing: wording.Filing, lead: str, duties: Sequence[str], case: Case) -> dict[str, Any]:
    return wording.approval(filing, lead=lead, duties=duties)


def _grant(case: Case, paper: Paper, actor: Actor) -> Park:
    filing, content = case.filing, case.version.content
    return list_park(
        tenant=filing.tenant,
        dossier=case.dossier,
        name=filing.park_name,
        city=filing.created_in.city,
        county=None,
        host_zone=filing.host_zone,
        area_km2=Decimal(content["boundary"]["area_km2"]),
        four_sides=content["four_sides"],
        industries=[(row["name"], row.get("code", "")) for row in content["industries"] if row["name"]],
        geojson=content["boundary"]["geojson"],
        paper=paper,
        actor=actor,
    )


CREATION = declare(KindCode.CREATION, Outcome(_compose, _grant, lambda case: LegalEffect.CREATING))
