"""What a new ledger of a park begins with: who answers for the park by the plan on which it was listed (P-IV.4d)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indicators.enums import Book
from indicators.enums_ledgers import LeaderRole
from indicators.models import Leader, Ledger
from registry.models import Park
from workflow import instants, ledger
from workflow.ledger import recorded

NAME, POST, PHONE = 40, 120, 40


@dataclass(frozen=True)
class Named:
    """Somebody whom a park's plan names."""

    role: LeaderRole
    name: str
    post: str
    phone: str


_sources: list[Callable[[Park], list[Named]]] = []


def register(source: Callable[[Park], list[Named]]) -> None:
    """Name where the leaders of a listed park are found; for a room above, when it is ready."""
    _sources.append(source)


def take_over(opened: Ledger, park: Park) -> list[Leader]:
    """Enter into a ledger that was just opened whom the park's plan names; under the system scope."""
    named = [one for source in _sources for one in source(park)]
    if not named:
        return []
    since = park.legal_statuses.filter(since__isnull=False).order_by("since").values_list("since", flat=True).first()
    own = {"ledger": opened, "tenant_id": opened.tenant_id, "dossier": opened.dossier}
    note = recorded("列入创建名单时的创建规划")
    rows = [
        Leader(
            **own,
            role=one.role,
            name=one.name[:NAME],
            post=one.post[:POST],
            phone=one.phone[:PHONE],
            since=since or instants.today(),
            note=note,
        )
        for one in named
    ]
    told = {"book": str(Book.LEADERS), "rows": len(rows)}
    label = recorded("按创建规划登记负责人")
    ledger.append(opened, "take_over", label, None, dossier=opened.dossier, data=told, basis="P-IV.4d")
    return Leader.objects.bulk_create(rows)
