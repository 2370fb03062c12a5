"""Writing the plan: everything typed is kept, only changed fields get a new version, nobody is overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications import rules
from applications.models import Filing, PlanField
from workflow.ledger import digest
from workflow.machine import Refused

Seen = Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class Saved:
    """What became of a save: the keys that changed, and the fields that someone else had changed meanwhile."""

    changed: tuple[str, ...] = ()
    conflicts: Mapping[str, PlanField] = field(default_factory=dict)


def obstacles(filing: Filing, actor: Actor) -> list[str]:
    """Why the actor may not change the plan now; empty when they may."""
    if not rules.is_handler_of_owner(actor, filing):
        return [_("只有申报单位的经办人可以填写，您当前的岗位是%(post)s。") % {"post": actor.post_label}]
    if not rules.is_editable(filing):
        return [
            _("申报当前为“%(status)s”或已送审，不能修改；如需修改，请先由审核人或签发人退回请示。")
            % {"status": filing.get_status_display()}
        ]
    return []


def locked(filing: Filing, actor: Actor) -> Filing:
    """The filing's row locked for a change of its plan, materials or boundary. Raises Refused."""
    # Asked first: who may only read the filing cannot lock its row.
    if not rules.is_handler_of_owner(actor, filing):
        raise Refused(obstacles(filing, actor))
    row = Filing.objects.select_for_update(no_key=True).get(pk=filing.pk)
    if reasons := obstacles(row, actor):
        raise Refused(reasons)
    return row


def seen(rows: Mapping[str, PlanField]) -> dict[str, tuple[int, str]]:
    """What a page shows of each field: version and a digest of the value, to find changes by others later."""
    return {key: (row.version, fingerprint(row.value)) for key, row in rows.items()}


def fingerprint(value: Any) -> str:
    """A short digest of a value."""
    return digest(value_of(value))[:12]


def value_of(stored: Any) -> Any:
    """A stored value; None for a field that was cleared, which is kept as an empty text."""
    return None if stored == "" else stored


@transaction.atomic
def save_fields(filing: Filing, values: Mapping[str, Any], actor: Actor, base: Seen | None = None) -> Saved:
    """Keep values by key; a key changes its version only where its value changes. Raises Refused.

    With `base` (what the page showed) a field that someone else changed meanwhile stays as they left it:
    it is no conflict where the writer had not touched it, else it comes back in `conflicts`.
    """
    row_of_filing = locked(filing, actor)
    rows = {row.key: row for row in row_of_filing.plan_fields.filter(key__in=values).select_related("changed_by")}
    changed: list[str] = []
    conflicts: dict[str, PlanField] = {}
    for key, value in values.items():
        row = rows.get(key)
        if (value_of(row.value) if row else None) == value:
            continue
        if row and base is not None and _changed_by_others(row, base.get(key), actor):
            if fingerprint(value) != base.get(key, (0, fingerprint(None)))[1]:
                conflicts[key] = row
            continue
        _write(row_of_filing, key, value, actor, row)
        changed.append(key)
    return Saved(tuple(changed), conflicts)


def _changed_by_others(row: PlanField, shown: tuple[int, str] | None, actor: Actor) -> bool:
    return row.version > (shown[0] if shown else 0) and row.changed_by_id != actor.person.pk


def _write(filing: Filing, key: str, value: Any, actor: Actor, row: PlanField | None) -> None:
    if row is None:
        PlanField.objects.create(
            tenant_id=filing.tenant_id,
            dossier=filing.dossier,
            filing=filing,
            key=key,
            value="" if value is None else value,
            changed_by=actor.person,
        )
        return
    row.value, row.version = "" if value is None else value, row.version + 1
    row.changed_by, row.changed_at = actor.person, timezone.now()
    row.save(update_fields=["value", "version", "changed_by", "changed_at"])


@transaction.atomic
def rename(filing: Filing, name: str, actor: Actor) -> None:
    """Change the name of the park to be created. Raises Refused."""
    row = locked(filing, actor)
    if not name.strip():
        raise Refused([_("请填写拟创建园区的名称。")])
    row.park_name = filing.park_name = name.strip()[:80]
    row.save(update_fields=["park_name"])
