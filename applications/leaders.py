"""Who answers for a park by the plan on which it was listed, for the park's ledger (P-IV.4d)."""

from __future__ import annotations

from applications.models import Filing
from applications.queries import latest_version
from indicators.enums_ledgers import LeaderRole
from indicators.ledgers import starting
from indicators.ledgers.starting import Named
from registry.models import Park


def named_by(park: Park) -> list[Named]:
    """The leaders of city and county in the last version of the park's filing; none of a park without one."""
    filing = Filing.objects.filter(dossier=park.dossier).first() if park.dossier else None
    version = latest_version(filing) if filing else None
    if version is None:
        return []
    fields = version.content.get("fields", {})
    found = []
    for role in LeaderRole:
        name, post, phone = (
            str(fields.get(f"leader.{role}.{part}") or "").strip() for part in ("name", "post", "phone")
        )
        if name and post:
            found.append(Named(role, name, post, phone))
    return found


starting.register(named_by)
