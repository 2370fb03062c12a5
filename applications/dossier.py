"""What every page about a filing shows: its stages, its clock, its history and its papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications.display import label_of
from applications.enums import OVER, FilingStatus, KindCode, RemarkAct, RemarkState
from applications.kinds import kind_of, word
from applications.models import Filing, FilingVersion, Remark
from applications.models.remark import STATES
from notifications.models import Draft, Paper
from workflow import basis, ledger
from workflow.clock_face import Faces, plain
from workflow.models import Event, Task

S = FilingStatus
MAIN = ("applications.filing", "reviews.case")
REMARK_TAGS = {
    RemarkState.OPEN: "waiting",
    RemarkState.ANSWERED: "progress",
    RemarkState.SETTLED: "done",
    RemarkState.UNSETTLED: "warning",
    RemarkState.CANCELLED: "ended",
}


def stages(filing: Filing, case_status: str = "") -> list[dict[str, Any]]:
    """The stages of a filing for the stepper: what is done, where it stands, where it stopped."""
    if filing.division_id is not None:
        return _stages_of_place(filing, case_status)
    words = [
        _("申报"), _("交办"), _("形式审查"), _("受理"), _("联审联评"), _("联审结论"), _("公示"),
        _("报省政府"), _("决定"),
    ]  # fmt: skip
    place = {
        S.DRAFT: 0, S.SUBMITTED: 1, S.FORMAL_CHECK: 2, S.RETURNED: 2, S.REJECTED: 3, S.ACCEPTED: 4, S.IN_REVIEW: 4,
        S.LISTED: 9, S.DECLINED: 8, S.WITHDRAWN: 4 if filing.acceptance_paper_id else 2, S.DISCARDED: 0,
    }[S(filing.status)]  # fmt: skip
    if filing.status == S.IN_REVIEW:
        case_status = case_status or filing.case.status
        place = {"reviewing": 4, "concluded": 6, "publicity": 6, "reported": 8}.get(case_status, 4)
    case = getattr(filing, "case", None) if filing.kind == KindCode.CHANGE else None  # nobody else's is waived
    if case is not None and case.is_waived:
        words[4:6] = [_("未组织联审联评"), _("办理意见")]
    stopped = filing.status in OVER
    return [
        {"text": word, "state": "done" if n < place else "todo" if n > place else "stopped" if stopped else "current"}
        for n, word in enumerate(words)
    ]


def _stages_of_place(filing: Filing, case_status: str) -> list[dict[str, Any]]:
    """The stages of a city or county (CT-10 to CT-30): a third party assesses it before the departments review.

    What lies before 省科技厅 alone (CT-55, CT-90) goes from the acceptance to its review.
    """
    words = [_("申报"), _("形式审查"), _("受理"), _("第三方测评"), _("部门审核"), _("公布")]
    if kind_of(filing).alone:
        words[3:] = [_("省科技厅审核"), _("报省政府"), _("决定")]
    place = {
        S.DRAFT: 0, S.SUBMITTED: 1, S.FORMAL_CHECK: 1, S.RETURNED: 1, S.REJECTED: 2, S.ACCEPTED: 3, S.IN_REVIEW: 4,
        S.LISTED: 6, S.DECLINED: 5, S.WITHDRAWN: 3 if filing.acceptance_paper_id else 1, S.DISCARDED: 0,
    }[S(filing.status)]  # fmt: skip
    if kind_of(filing).alone:
        case = getattr(filing, "case", None)
        if case is None or case.direct:
            del words[4]
        if filing.status == S.IN_REVIEW:
            place = 5 if (case_status or filing.case.status) == "reported" else 3
        place = min(place, len(words) - 1) if filing.status != S.LISTED else len(words)
    here = "stopped" if filing.status in OVER else "current"
    return [{"text": text, "state": "done" if n < place else "todo" if n > place else here}
            for n, text in enumerate(words)]  # fmt: skip


def clock(due_on: dt.date | None) -> dict[str, Any] | None:
    """A due date without a clock of its own, with its traffic light, for components/clock.html."""
    return plain(due_on)


def clocks_of(filings: Iterable[Filing]) -> Faces:
    """The clocks of many filings by dossier: of the formal part, or of the case under joint review."""
    return Faces.of_dossiers([filing.dossier for filing in filings], *MAIN)


def clock_of(filing: Filing) -> dict[str, Any] | None:
    """The clock of a filing with how it was counted: of its formal part, or of the case under joint review."""
    return clocks_of([filing])(filing.dossier, filing.due_on)


def clock_on(subject: Any) -> dict[str, Any] | None:
    """The clock that runs on a case, an opinion or a question, or the due date that stands on it."""
    return Faces.of_subjects([subject.pk])(subject.pk, subject.due_on)


def owed_by(actor: Actor, dossiers: list[UUID]) -> dict[UUID, list[Task]]:
    """What the actor's office owes in these dossiers besides its drafts, by dossier, the earliest due first."""
    rows = Task.objects.filter(organisation=actor.organisation, dossier__in=dossiers, done_at=None)
    found: dict[UUID, list[Task]] = {}
    for task in rows.exclude(subject_type="notifications.draft").order_by("due_on", "created_at"):
        found.setdefault(task.dossier, []).append(task)
    return found


def turn(filing: Filing, case_status: str = "") -> str:
    """Whose turn it is, in one sentence."""
    if filing.status == S.IN_REVIEW and filing.kind == KindCode.CITY and case_status == "concluded":
        return _("部门审核结论已形成，等待省科技厅公布。")
    if filing.status == S.IN_REVIEW and kind_of(filing).alone and case_status != "reported":
        return str(word(filing.kind, "turn.reviewing", ""))
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
        S.ACCEPTED: str(word(filing.kind, "turn.accepted", _("等待省科技厅启动联审联评。"))),
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
    papers = {paper.number: paper for paper in papers_of(dossier)}
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
        "basis": basis.in_words(event.basis),
        "kind": KINDS.get(event.name, ""),
        "paper": {"number": paper.number, "href": paper.get_absolute_url()} if paper else None,
    }


def papers_of(dossier: UUID) -> QuerySet[Paper]:
    """The papers of a dossier that the scope lets one see, oldest first; also the one that decided it with others."""
    decided = Filing.objects.filter(dossier=dossier).values("decision_paper")
    return Paper.objects.filter(Q(dossier=dossier) | Q(pk__in=decided)).order_by("signed_at")


def open_drafts(dossier: UUID, actor: Actor) -> list[Draft]:
    """The drafts of the actor's office in this dossier that are on their way."""
    rows = Draft.objects.filter(dossier=dossier, tenant=actor.organisation)
    return list(rows.exclude(status__in=["signed", "cancelled"]))
