"""The remarks of a notice in draft, one row at a time: what two handlers write at once is kept from both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications.models import FilingVersion
from applications.remarks import default_clause
from notifications import signoff
from notifications.models import Draft
from workflow.machine import Refused

MOST = 100
KEPT = ("target", "reason", "text", "basis", "needed")


@transaction.atomic
def put_row(
    draft: Draft, version: FilingVersion, said: Mapping[str, Any], labels: Mapping[str, str], actor: Actor
) -> int:
    """Keep one remark of the list (a new one where `row` is empty); how many there are now. Raises Refused."""
    fields, rows = _rows(draft)
    row = {name: str(said.get(name, "")) for name in KEPT}
    row["label"] = labels.get(row["target"], "")
    row["basis"] = row["basis"] or default_clause(version.content, row["target"])
    row["row"] = str(said.get("row") or uuid4().hex)
    place = next((n for n, one in enumerate(rows) if one.get("row") == row["row"]), None)
    if place is None and len(rows) >= MOST:
        raise Refused([_("补正意见最多 %(n)d 条；同类问题请合并。") % {"n": MOST}])
    if place is None:
        rows.append(row)
    else:
        rows[place] = row
    signoff.save_fields(draft, {**fields, "remarks": rows}, actor)
    return len(rows)


@transaction.atomic
def drop_row(draft: Draft, row: str, actor: Actor) -> None:
    """Take one remark out of the list before it is issued. Raises Refused."""
    fields, rows = _rows(draft)
    signoff.save_fields(draft, {**fields, "remarks": [one for one in rows if one.get("row") != row]}, actor)


def _rows(draft: Draft) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The draft's fields as they stand, its row locked, and the remarks in them, each with its key."""
    fields = Draft.objects.select_for_update(no_key=True).get(pk=draft.pk).fields
    rows = [{"row": uuid4().hex, **row} for row in fields.get("remarks", [])]
    return fields, rows
