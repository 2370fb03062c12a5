"""Windows in which places may apply, exceptions from C-III.1a: recorded by 省科技厅, asked before an application."""

from __future__ import annotations

import datetime as dt
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Division
from applications import window_days
from applications.models import PlaceOpening
from workflow import instants, ledger
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Chain

RECORDS = uuid5(NAMESPACE_URL, "chuangyuan:place-openings")


def is_keeper(actor: Actor) -> bool:
    """Whether the actor records windows and exceptions: a signer of 省科技厅."""
    return actor.is_lead and actor.is_signer


def exception_of(place: Division, day: dt.date | None = None) -> PlaceOpening | None:
    """The exception by which a place may apply on a day (default today) without 科技强市/县."""
    day = day or instants.today()
    rows = PlaceOpening.objects.filter(division=place, since__lte=day, until__gte=day)
    return rows.order_by("-recorded_at").first()


def closed(day: dt.date | None = None) -> list[str]:
    """Why nobody can apply on a day: windows were announced and it lies in none. Open while none is announced."""
    day = day or instants.today()
    windows = list(PlaceOpening.objects.filter(division=None).order_by("since"))
    if not windows or any(one.since <= day <= one.until for one in windows):
        return []
    ahead = next((one for one in windows if one.since > day), None)
    if ahead is None:
        last = max(windows, key=lambda one: one.until)
        words = {"until": date_format(last.until), "source": last.citation}
        return [_("本轮申报已于%(until)s截止（%(source)s），请等待下一轮申报通知。") % words]
    words = {"since": date_format(ahead.since), "until": date_format(ahead.until), "source": ahead.citation}
    return [_("现在不受理申报；下一轮申报自%(since)s至%(until)s（%(source)s）。") % words]


@transaction.atomic
def record(
    since: dt.date,
    until: dt.date,
    citation: str,
    actor: Actor,
    *,
    place: Division | None = None,
    reason: str = "",
    checked: bool = False,
) -> PlaceOpening:
    """登记申报窗口, or for a `place` the exception from C-III.1a with its reason. Raises Refused.

    Days that hardly serve (`window_days.cautions`) are recorded by who has `checked` them alone.
    """
    if not is_keeper(actor):
        raise Refused([_("申报窗口和例外由省科技厅的签发人登记。")])
    reasons = _impossible(since, until)
    if not reasons and not checked:
        reasons += window_days.cautions(since, until)
    if not citation.strip():
        reasons.append(_("请写明依据，如通知或批示的名称和文号。"))
    if place is not None and not reason.strip():
        reasons.append(_("请写明同意先行申报的理由。"))
    if reasons:
        raise Refused(reasons)
    row = PlaceOpening.objects.create(
        division=place, since=since, until=until, citation=citation.strip(), reason=reason.strip(),
        recorded_by=actor.person,
    )  # fmt: skip
    if not Chain.objects.filter(dossier=RECORDS).exists():
        ledger.open_chain(RECORDS, actor.organisation)
    said = recorded("同意%s先行申报") % place.name if place else recorded("登记申报窗口")
    basis = "C-III.1a" if place else "U1"
    data = {"place": place.pk if place else None, "since": since.isoformat(), "until": until.isoformat()}
    ledger.append(
        row, "open_place", said, actor, dossier=RECORDS, reason=row.reason or row.citation, basis=basis, data=data
    )
    return row


def _impossible(since: dt.date, until: dt.date) -> list[str]:
    if until < since:
        return [_("截止日期不能早于开始日期。")]
    return [_("申报窗口和例外不能长于三年。")] if until - since > window_days.LONGEST else []
