"""Who makes a ruling, and what stands in its way (AMB-05, AMB-06, AMB-13)."""

from __future__ import annotations

from accounts.actors import Actor
from indicators.models import Ruling


def is_handler_of_lead(actor: Actor | None, ruling: Ruling) -> bool:
    """A handler of 省科技厅, who drafts and may give it up."""
    return actor is not None and actor.is_handler and actor.organisation.pk == ruling.tenant_id


def is_signer_of_lead(actor: Actor | None, ruling: Ruling) -> bool:
    """A signer of 省科技厅, whose paper makes the ruling or takes it back."""
    return actor is not None and actor.is_signer and actor.organisation.pk == ruling.tenant_id
