"""Writing the plan: everything typed is kept, only changed fields get a new version, nobody is overwritten unseen."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.carrying import Seen
from applications import rules
from applications.models import Delegation, Filing, PlanField
from applications.models.delegation import WRITABLE
from workflow.ledger import digest
from workflow.machine import Refused

Row = TypeVar("Row", bound=models.Model)
# The name of the park is a field like any other; the filing bears what was saved last.
NAME = "park_name"
NAME_LENGTH = 80
ANSWER = "answer."


@dataclass(frozen=True)
class Saved:
    """What became of a save: changed keys, the version of every key now, and what others had changed meanwhile."""

    changed: tuple[str, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)
    conflicts: Mapping[str, PlanField] = field(default_factory=dict)


def obstacles(filing: Filing, actor: Actor, keys: Collection[str] = ()) -> list[str]:
    """Why the actor may not change the plan (or these fields of it) now; empty when they may."""
    if actor.organisation.pk != filing.tenant_id and keys and held(filing.pk, actor, keys) is not None:
        return []
    if not rules.is_handler_of_owner(actor, filing):
        return [
            _("只有申报单位的经办人可以填写，协同单位的经办人填写分工给本单位的章节；您当前的岗位是%(post)s。")
            % {"post": actor.post_label}
        ]
    if not rules.is_editable(filing) and not rules.is_opened(filing, keys):
        return [
            _("申报当前为“%(status)s”或已送审，不能修改；如需修改，请先由审核人或签发人退回请示。")
            % {"status": filing.get_status_display()}
        ]
    return []


def held(filing: UUID, actor: Actor, keys: Collection[str], lock: bool = False) -> Delegation | None:
    """The open delegation by which a helper may write all of these fields; row security allows no others."""
    if not actor.is_handler or NAME in keys:
        return None
    rows = Delegation.objects.filter(
        filing_id=filing,
        filing__status__in=rules.IN_WORK,
        organisation=actor.organisation,
        status__in=WRITABLE,
        keys__contains=list(keys),
    )
    found = (rows.select_for_update(no_key=True, of=("self",)) if lock else rows).first()
    return found if found and rules.is_holder(actor, found) else None


def locked(filing: Filing, actor: Actor, keys: Collection[str] = ()) -> Filing:
    """The filing's row locked for a change of its plan, materials or boundary by its owner. Raises Refused.

    `keys` say what is changed, where that may be open although the plan is not.
    """
    # Asked first: who may only read the filing cannot lock its row.
    if not rules.is_handler_of_owner(actor, filing):
        raise Refused(obstacles(filing, actor))
    row = Filing.objects.select_for_update(no_key=True).get(pk=filing.pk)
    if reasons := obstacles(row, actor, keys):
        raise Refused(reasons)
    return row


def locked_for(filing: Filing, actor: Actor, keys: Collection[str]) -> Filing:
    """The filing locked for a change of these fields: its own row, or the delegation of who helps. Raises Refused.

    A delegation that is written in cannot be handed back at the same moment, and no request is sent for checking
    while one is open: what a helper writes is never beside what was frozen.
    """
    if actor.organisation.pk == filing.tenant_id:
        return locked(filing, actor, keys)
    if held(filing.pk, actor, keys, lock=True) is None:
        raise Refused(obstacles(filing, actor))
    return filing


LOCKED = "SELECT * FROM applications_locked_plan(%s, %s, %s::text[])"
WRITTEN = "SELECT applications_write_field(%s, %s, %s::jsonb, %s, %s)"


def locked_by_id(pk: UUID, actor: Actor, keys: Collection[str]) -> tuple[Filing, dict[str, PlanField]] | None:
    """An own filing locked for a handler's change, with its fields of these keys, in one round trip.

    The filing knows what saving needs; the rest of it is read when it is asked for. None where it is not theirs.
    Raises Refused where it may not be changed now.
    """
    if not actor.is_handler:
        return None
    owner = actor.organisation.pk
    with connection.cursor() as cursor:
        cursor.execute(LOCKED, [pk, owner, list(keys)])
        found = cursor.fetchall()
    if not found:
        return None
    names = ("dossier", "status", "created_at", "kind")
    *told, frozen = found[0][: len(names) + 1]
    known = {"id": pk, "tenant_id": owner, **dict(zip(names, told, strict=True))}
    filing = _read(Filing, known)
    if frozen or filing.status not in rules.IN_WORK:
        raise Refused(obstacles(filing, actor))
    return filing, {row[6]: _field(filing, row[5:]) for row in found if row[5]}


def _field(filing: Filing, row: tuple[Any, ...]) -> PlanField:
    names = ("id", "key", "value", "version", "changed_by_id", "changed_at")
    known = dict(zip(names, row, strict=True))
    known |= {"value": json.loads(known["value"]), "tenant_id": filing.tenant_id, "dossier": filing.dossier}
    return _read(PlanField, {**known, "filing_id": filing.pk})


def _read(model: type[Row], known: Mapping[str, Any]) -> Row:
    """A row of which these columns were read."""
    names = [column.attname for column in model._meta.concrete_fields if column.attname in known]
    return model.from_db(connection.alias, names, [known[name] for name in names])


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

    With `base` (what the page showed) a field that changed meanwhile, in another's hand or another window, stays as
    it is: it is no conflict where the writer had not touched it, else it comes back in `conflicts`.
    """
    return write(locked_for(filing, actor, values.keys()), values, actor, base)


def write(
    filing: Filing,
    values: Mapping[str, Any],
    actor: Actor,
    base: Seen | None = None,
    tried: Mapping[str, Any] | None = None,
    rows: Mapping[str, PlanField] | None = None,
) -> Saved:
    """Keep values in a filing that is locked for it; `tried` are values that the page sent without hearing back.

    `rows` are the fields as they were read after the filing was locked, where the caller has them.
    """
    if rows is None:
        rows = {row.key: row for row in filing.plan_fields.filter(key__in=values)}
    changed: list[str] = []
    versions: dict[str, int] = {}
    conflicts: dict[str, PlanField] = {}
    for key in sorted(values):
        row, value = rows.get(key), values[key]
        stored = value_of(row.value) if row else None
        if stored == value:
            versions[key] = row.version if row else 0
        elif row and base is not None and row.version > base.get(key, (0, ""))[0] and not _ours(row, key, actor, tried):
            if fingerprint(value) == base.get(key, (0, fingerprint(None)))[1]:
                versions[key] = row.version
            else:
                conflicts[key] = row
        elif written := _write(filing, key, value, actor, row):
            versions[key] = written
            changed.append(key)
        else:
            conflicts[key] = filing.plan_fields.get(key=key)
    if NAME in changed:
        Filing.objects.filter(pk=filing.pk).update(park_name=values[NAME])
        filing.park_name = values[NAME]
    return Saved(tuple(changed), versions, conflicts)


def _ours(row: PlanField, key: str, actor: Actor, tried: Mapping[str, Any] | None) -> bool:
    """Whether the stored value is what this very page had sent before the connection broke."""
    if not tried or key not in tried:
        return False
    return row.changed_by_id == actor.person.pk and value_of(row.value) == tried[key]


def _write(filing: Filing, key: str, value: Any, actor: Actor, row: PlanField | None) -> int:
    """Store one value; its new version, 0 where somebody else wrote the field at this very moment."""
    kept = "" if value is None else value
    if row is None:
        made = PlanField(
            tenant_id=filing.tenant_id,
            dossier=filing.dossier,
            filing=filing,
            key=key,
            value=kept,
            changed_by=actor.person,
        )
        PlanField.objects.bulk_create([made], ignore_conflicts=True)
        return int(filing.plan_fields.filter(pk=made.pk).exists())
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [row.pk, row.version, json.dumps(kept), actor.person.pk, timezone.now()])
        done = cursor.fetchone()[0]
    return row.version + 1 if done else 0


@transaction.atomic
def rename(filing: Filing, name: str, actor: Actor) -> None:
    """Change the name of the park to be created. Raises Refused."""
    if not name.strip():
        raise Refused([_("请填写拟创建园区的名称。")])
    save_fields(filing, {NAME: name.strip()[:NAME_LENGTH]}, actor)
    filing.refresh_from_db(fields=["park_name"])
