"""What every page about a filing shows: its stages, its clock, its history and its papers."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications.display import label_of
from applications.enums import OVER, FilingStatus, RemarkAct, RemarkState
from applications.models import Filing, FilingVersion, Remark
from applications.models.remark import STATES
from notifications.models import Draft, Paper
from workflow import ledger
from workflow.deadlines import due, light, passed
from workflow.models import Event
from workflow.workdays import DueDate

S = FilingStatus
SATURDAY = 5
REMARK_TAGS = {
    RemarkState.OPEN: "waiting",
    RemarkState.ANSWERED: "progress",
    RemarkState.SETTLED: "done",
    RemarkState.UNSETTLED: "warning",
    RemarkState.CANCELLED: "ended",
}


def stages(filing: Filing, case_status: str = "") -> list[dict[str, Any]]:
    """The stages of a filing for the stepper: what is done, where it stands, where it stopped."""
    words = [
        _("申报"), _("交办"), _("形式审查"), _("受理"), _("联审联评"), _("联审结论"), _("公示"), _("报省政府"), _("决定"),
    ]  # fmt: skip
    place = {
        S.DRAFT: 0, S.SUBMITTED: 1, S.FORMAL_CHECK: 2, S.RETURNED: 2, S.REJECTED: 3, S.ACCEPTED: 4, S.IN_REVIEW: 4,
        S.LISTED: 9, S.DECLINED: 8, S.WITHDRAWN: 4 if filing.acceptance_paper_id else 2, S.DISCARDED: 0,
    }[S(filing.status)]  # fmt: skip
    if filing.status == S.IN_REVIEW:
        case_status = case_status or filing.case.status
        place = {"reviewing": 4, "concluded": 6, "publicity": 6, "reported": 8}.get(case_status, 4)
    stopped = filing.status in OVER
    return [
        {"text": word, "state": "done" if n < place else "todo" if n > place else "stopped" if stopped else "current"}
        for n, word in enumerate(words)
    ]


def clock(due_on: dt.date | None, since: dt.date | None = None) -> dict[str, Any] | None:
    """A due date with its traffic light, for components/clock.html; None where nothing is due.

    With `since`, the day from whose next day on the period counts, also how many working days have passed
    and how the due date came about.
    """
    if due_on is None:
        return None
    shown = {"due": due_on, "state": light(due_on, timezone.localdate()), "used": 0, "total": 0, "explain": []}
    if since is None or since >= due_on:
        return shown
    total = passed(since, due_on)
    used = passed(since, timezone.localdate())
    return shown | {"used": used, "total": total, "explain": _explained(due(total, since), since)}


def _explained(reached: DueDate, since: dt.date) -> list[str]:
    """How a due date was counted, as lines to read."""
    left_out = [step for step in reached.path if not step.counted]
    words = {"start": date_format(since), "days": reached.counted, "end": date_format(reached.date)}
    lines = [
        _("%(start)s的次日为第 1 日，共 %(days)d 个工作日，到%(end)s止。") % words,
        _("其间有 %(n)d 个休息日和节假日，不计入期限。") % {"n": len(left_out)},
    ]
    named = [step for step in left_out if step.day.weekday() < SATURDAY]
    holidays = [f"{date_format(step.day, 'MONTH_DAY_FORMAT')}（{step.why}）" for step in named]
    return [*lines, _("节假日：%(days)s。") % {"days": "、".join(holidays)}] if holidays else lines


def clock_of(filing: Filing) -> dict[str, Any] | None:
    """The clock of a filing: of its formal part with how it was counted, under review the date of the case."""
    if filing.status == S.IN_REVIEW:
        return clock(filing.case.due_on)
    since = reached_on(filing) if filing.due_on else None
    return clock(filing.due_on, since)


def reached_on(filing: Filing) -> dt.date | None:
    """The day on which the filing came to its status, read from the ledger; None where one may not see the act."""
    last = ledger.history(filing.dossier).filter(subject_id=filing.pk, after=filing.status).last()
    return timezone.localdate(last.at) if last else None


def turn(filing: Filing, case_status: str = "") -> str:
    """Whose turn it is, in one sentence."""
    if filing.status == S.IN_REVIEW:
        return {
            "reviewing": _("各部门正在出具意见，由省科技厅汇总。"),
            "answered": _("意见已收齐，等待省科技厅形成结论。"),
            "concluded": _("联审结论已形成，等待省科技厅公示或者报省政府审定。"),
            "publicity": _("正在公示；公示结束并公布结果后，由省科技厅报省政府审定。"),
            "reported": _("等待省政府审定。"),
        }.get(case_status, "")
    return {
        S.SUBMITTED: _("等待省政府办公厅交办。"),
        S.FORMAL_CHECK: _("省科技厅正在进行形式审查。"),
        S.RETURNED: _("等待申报单位补正。"),
        S.ACCEPTED: _("等待省科技厅启动联审联评。"),
    }.get(S(filing.status), _("已经办结。"))


def remarks_of(filing: Filing) -> list[dict[str, Any]]:
    """The remarks of the formal check for templates/applications/_remarks.html, each with what was said under it.

    What an office has not sent yet the database shows to that office alone.
    """
    rows = filing.remarks.select_related("made_by", "version").prefetch_related("entries__organisation")
    return [remark_row(remark) for remark in rows.order_by("round", "made_at", "pk")]


def remark_row(remark: Remark) -> dict[str, Any]:
    """One remark with its label, its place in the frozen plan, its entries and how it stands."""
    entries = list(remark.entries.all())
    state = STATES[RemarkAct(entries[-1].act)] if entries else RemarkState.OPEN
    return {
        "remark": remark,
        "label": label_of(remark.target),
        "href": _anchor(remark.target),
        "entries": entries,
        "state": state,
        "tag": {"kind": REMARK_TAGS[state], "text": state.label},
    }


def _anchor(target: str) -> str:
    kind, _colon, rest = target.partition(":")
    return {
        "material": "?tab=plan#plan-materials",
        "section": f"?tab=plan#section-{rest}",
        "field": f"?tab=plan#field-{rest}",
    }.get(kind, "")


def findings_of(version: FilingVersion | None) -> list[dict[str, Any]]:
    """How many clauses of the self-check ended how, in words."""
    words = {
        "met": _("符合"),
        "not_met": _("不符合"),
        "not_assessable": _("无法判定"),
        "not_applicable": _("不适用"),
    }
    found = [row["outcome"] for row in version.findings["findings"]] if version else []
    return [{"text": word, "count": found.count(outcome)} for outcome, word in words.items()]


KINDS = {
    "reject": "late",
    "decline": "late",
    "return_for_supplement": "warning",
    "send_back": "warning",
    "accept": "done",
    "list": "done",
    "sign": "done",
}


def timeline(dossier: UUID) -> list[dict[str, Any]]:
    """The events that the scope lets one see, newest first, for components/timeline.html."""
    papers = {paper.number: paper for paper in Paper.objects.filter(dossier=dossier)}
    return [entry(event, papers) for event in ledger.history(dossier).order_by("-serial")]


def entry(event: Event, papers: dict[str, Paper]) -> dict[str, Any]:
    """One event for components/timeline.html, with its paper where `papers` knows its number."""
    paper = papers.get(event.data.get("paper", ""))
    return {
        "title": _(event.label),
        "at": timezone.localtime(event.at),
        "actor": event.actor_name,
        "organisation": event.actor_organisation_name,
        "text": event.reason,
        "basis": event.basis,
        "kind": KINDS.get(event.name, ""),
        "paper": {"number": paper.number, "href": paper.get_absolute_url()} if paper else None,
    }


def papers_of(dossier: UUID) -> list[Paper]:
    """The papers of a dossier that the scope lets one see, oldest first."""
    return list(Paper.objects.filter(dossier=dossier).order_by("signed_at"))


def open_drafts(dossier: UUID, actor: Actor) -> list[Draft]:
    """The drafts of the actor's office in this dossier that are on their way."""
    rows = Draft.objects.filter(dossier=dossier, tenant=actor.organisation)
    return list(rows.exclude(status__in=["signed", "cancelled"]))
