"""A figure is written into a return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from files.models import Upload
from indicators import queries, rules
from indicators.enums import ReturnStatus
from indicators.models import Entry, Return
from policy import decimals, figures
from workflow.machine import Refused


@dataclass
class Conflicting(Exception):
    """Somebody else changed the figure meanwhile: theirs stands, and what was to be written is given back."""

    entry: Entry
    value: str | None


def read(code: str, text: str) -> str | None:
    """What was typed for a figure as plain decimal text; None for nothing typed. Raises Refused, saying what to do."""
    figure = figures.find(code)
    if figure is None:
        raise Refused([_("没有代码为 %(code)s 的指标。") % {"code": code}])
    text = text.strip().replace(",", "").replace("，", "")
    if not text or figure.type is figures.Type.TEXT:
        return text or None
    said = {"name": figure.label, "text": text}
    try:
        number = decimals.parse(text)
    except ValueError:
        raise Refused([_("%(name)s应填写数字，例如 1234.56，不是“%(text)s”。") % said]) from None
    if number < 0 and not figure.signed:
        raise Refused([_("%(name)s不能为负数。请核对 %(text)s。") % said])
    if figure.type is figures.Type.COUNT and number.denominator != 1:
        raise Refused([_("%(name)s是个数，应填写整数，不是 %(text)s。") % said])
    if figure.type is figures.Type.BOOLEAN and text not in ("0", "1"):
        raise Refused([_("%(name)s应填写 1（是）或 0（否）。") % said])
    return text


@transaction.atomic
def save_entry(
    report: Return,
    code: str,
    text: str,
    actor: Actor,
    *,
    version: int = 0,
    source: str = "",
    note: str = "",
    explanation: str = "",
    evidence: Upload | None = None,
) -> Entry:
    """Write one figure; `version` is that of the entry the writer saw, 0 where there was none.

    Raises Refused, or Conflicting where somebody else wrote meanwhile.
    """
    _may_write(report, actor)
    value = read(code, text)
    if queries.kind_of(code) != report.kind:
        raise Refused([_("%(name)s不是这份报表的指标。") % {"name": queries.named(code)}])
    told: dict[str, Any] = {
        "value": value,
        "source": source.strip(),
        "note": note.strip(),
        "explanation": explanation.strip(),
        "evidence": evidence,
    }
    by = {"changed_by": actor.person, "changed_at": timezone.now()}
    # Two first writers of one figure wait for each other at the return's row.
    Return.objects.select_for_update(no_key=True).get(pk=report.pk)
    found = Entry.objects.select_related("changed_by").filter(report=report, code=code).first()
    if found is None:
        own = {"tenant_id": report.tenant_id, "dossier": report.dossier}
        return Entry.objects.create(report=report, code=code, **own, **told, **by)
    if all(getattr(found, name) == wanted for name, wanted in told.items()):
        return found
    if found.version != version:
        raise Conflicting(found, told["value"])
    for name, wanted in {**told, **by}.items():
        setattr(found, name, wanted)
    found.version += 1
    found.save(update_fields=[*told, *by, "version"])
    return found


def _may_write(report: Return, actor: Actor) -> None:
    if report.status != ReturnStatus.FILLING:
        said = {"status": report.get_status_display()}
        raise Refused([_("报表现在“%(status)s”，不能修改。需要改的，请审核单位退回。") % said])
    if not rules.writes(actor, report):
        raise Refused([_("只有填报单位的经办人可以填写。")])
