"""Plans that are filled in at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.actors import Actor
from accounts.scope import enter
from applications.editing import NAME
from applications.models import Filing, PlanField


def write_plan(filing: Filing, values: Mapping[str, Any], actor: Actor) -> None:
    """What `editing.save_fields` leaves in an empty plan, in one statement; it takes two for each of 160 fields."""
    assert NAME not in values
    with enter(actor.scope):
        PlanField.objects.bulk_create(
            PlanField(
                tenant_id=filing.tenant_id,
                dossier=filing.dossier,
                filing=filing,
                key=key,
                value=values[key],
                changed_by=actor.person,
            )
            for key in sorted(values)
            if values[key] is not None
        )
