"""The city's pages about its filings: list, start, task list, self-check, request, answers, frozen versions."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import only
from accounts.requests import ActorRequest
from applications import completeness, copying, delegating, editing, rules, selfcheck, services
from applications import dossier as shown
from applications.display import figure_grid, plan_sections
from applications.enums import FilingStatus, KindCode
from applications.facts import Dossier
from applications.forms import AnswerForm
from applications.forms_copying import StartForm
from applications.kinds import kind_of, word
from applications.models import Delegation, Filing, FilingVersion, Remark
from applications.parts import PIECES_TO_GIVE, parts
from applications.plan_state import Plan
from applications.queries import request_title
from applications.views import autosave, carry
from applications.views.access import filing_in_work, filings_of
from applications.views.ending import offers
from applications.views.plan import tasks
from applications.views.remarks import rows_of_city
from notifications import signoff
from notifications.models import Draft
from workflow.machine import Refused
from workflow.models import Task

PAGE = 20
TAGS = {
    FilingStatus.DRAFT: "progress",
    FilingStatus.RETURNED: "warning",
    FilingStatus.REJECTED: "ended",
    FilingStatus.DECLINED: "ended",
    FilingStatus.WITHDRAWN: "ended",
    FilingStatus.DISCARDED: "ended",
    FilingStatus.LISTED: "done",
    FilingStatus.ACCEPTED: "done",
}


def index(request: ActorRequest) -> HttpResponse:
    """The filings of one's organisation, with state, due date and next step."""
    page = Paginator(filings_of(request.actor), PAGE).get_page(request.GET.get("page"))
    drafts = {
        draft.subject_id: draft
        for draft in Draft.objects.filter(
            kind=rules.REQUEST, subject_id__in=[filing.pk for filing in page], status__in=signoff.OPEN
        )
    }
    clocks, owed = shown.clocks_of(page), shown.owed_by(request.actor, [filing.dossier for filing in page])
    rows = [
        {
            "filing": filing,
            "tag": TAGS.get(FilingStatus(filing.status), "waiting"),
            "clock": clocks(filing.dossier, filing.due_on),
            "next": next_step(filing, drafts.get(filing.pk), owed.get(filing.dossier)),
        }
        for filing in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "may_create": request.actor.is_applicant and request.actor.is_handler,
        "may_apply": request.actor.may_file_for_place,
    }
    return render(request, "applications/list.html", context)


def next_step(filing: Filing, draft: Draft | None, owed: list[Task] | None = None) -> str:
    """What happens next and who does it, in one phrase; under joint review what the office owes comes first."""
    if draft and filing.division_id:
        return {
            "drafting": _("经办人拟好函后送审"),
            "checking": _("审核人审核函"),
            "signing": _("签发人签发函"),
        }[draft.status]
    if draft:
        return {
            "drafting": _("经办人拟好请示后送审"),
            "checking": _("审核人审核请示"),
            "signing": _("签发人签发请示"),
        }[draft.status]
    if owed and filing.status == FilingStatus.IN_REVIEW:
        return "、".join(dict.fromkeys(task.title.partition("：")[0] for task in owed))
    if filing.status == FilingStatus.LISTED:
        return _after_listing(filing)
    return {
        FilingStatus.DRAFT: _("填写%(plan)s和材料") % {"plan": plan_title(filing)},
        FilingStatus.RETURNED: _("答复补正意见，补正后再报"),
        FilingStatus.SUBMITTED: _("等待省政府办公厅交办"),
        FilingStatus.FORMAL_CHECK: _("等待省科技厅形式审查"),
        FilingStatus.ACCEPTED: str(word(filing.kind, "next.accepted", _("等待启动联审联评"))),
        FilingStatus.IN_REVIEW: str(word(filing.kind, "next.in_review", _("等待联审联评"))),
        FilingStatus.REJECTED: _("已办结"),
        FilingStatus.DECLINED: _("已办结"),
        FilingStatus.WITHDRAWN: _("已撤回"),
        FilingStatus.DISCARDED: _("已弃用，可以恢复"),
    }[FilingStatus(filing.status)]


def _after_listing(filing: Filing) -> str:
    """What a granted filing still waits for, as its kind says it; else how it stands."""
    waits = str(word(filing.kind, "next.listed", ""))
    return waits if waits and filing.case.state_answer is None else str(filing.get_status_display())


def plan_title(filing: Filing) -> str:
    """What the main text of the filing is called."""
    return str(word(filing.kind, "plan", _("创建规划")))


def _about_park(filing: Filing, dossier: Dossier) -> dict[str, Any]:
    """While a filing is in work: what to know of its park beforehand, and what is read for it and never typed."""
    kind = kind_of(filing)
    if filing.status not in rules.IN_WORK:
        return {}
    if kind.alone and kind.content:
        return {"record": kind.content(dossier)["place"]["record"]}
    if filing.park is None:
        return {}
    return {
        "notes": kind.notes(filing.park),
        "book": figure_grid(kind.content(dossier)) if kind.content else None,
    }


@carry.survives_sign_out
@only(lambda actor: actor.is_applicant)
def new(request: ActorRequest) -> HttpResponse:
    """Start a filing, empty or from an older one; a second one in the same host zone needs a reason."""
    owner = request.actor.organisation
    kept = carry.carried(request)
    if request.method != "POST":
        initial = dict(kept[0]) if kept else {"source": f"filing:{request.GET.get('from', '')}"}
        form = StartForm(initial=initial, owner=owner, ask_reason="reason" in initial)
        context = {"form": form, "seal": carry.seal(request), "carried": bool(kept)}
        return render(request, "applications/new.html", context)
    form = StartForm(request.POST, owner=owner, ask_reason="reason" in request.POST)
    if form.is_valid():
        try:
            filing = _start(request, form)
        except Refused as refused:
            form = StartForm(request.POST, owner=owner, ask_reason=_is_second(form.cleaned_data))
            form.is_valid()
            form.add_error(None, refused.reasons)
        else:
            carry.drop(request)
            messages.success(request, _("申报已建立，可以开始填写。"))
            return redirect(filing)
    return render(request, "applications/new.html", {"form": form, "seal": carry.seal(request)}, status=422)


def _start(request: ActorRequest, form: StartForm) -> Filing:
    data, source = form.cleaned_data, form.chosen
    reason = data.get("reason", "")
    if source:
        filing = copying.start_from(
            source,
            request.actor,
            data["park_name"],
            data["host_zone"],
            reason,
            with_boundary=data["with_boundary"],
            with_materials=data["with_materials"],
        )
    else:
        filing = services.create_filing(request.actor, data["park_name"], data["host_zone"], reason)
    if reason:
        editing.save_fields(filing, {"space.second_zone_reason": reason}, request.actor)
    return filing


def _is_second(data: dict[str, Any]) -> bool:
    return bool(services.second_application(data["host_zone"]))


def page_of(request: ActorRequest, found: Filing, errors: list[str], status: int) -> HttpResponse:
    """The page of a filing with what was refused."""
    return render(request, "applications/filing.html", _context(request, found, errors), status=status)


def filing(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The task list: every section with its state, what is missing, the self-check, sign-off and history."""
    found = filing_in_work(request.actor, pk)
    return render(request, "applications/filing.html", _context(request, found))


def _context(request: ActorRequest, found: Filing, errors: list[str] | None = None) -> dict[str, Any]:
    dossier = Dossier.of(found)
    editable = not editing.obstacles(found, request.actor)
    findings = selfcheck.rows(selfcheck.assess_dossier(dossier), found)
    drafts = shown.open_drafts(found.dossier, request.actor)
    in_work = found.status in {FilingStatus.DRAFT, FilingStatus.RETURNED}
    out = delegating.active_of(found)
    groups = tasks(dossier.plan, found, out)
    owed = shown.owed_by(request.actor, [found.dossier]).get(found.dossier, [])
    return {
        "filing": found,
        "steps": shown.stages(found),
        "clock": shown.clock_of(found),
        "groups": groups,
        "materials_done": sum(dossier.is_complete(kind) for kind in dossier.kinds),
        "materials_total": len(dossier.kinds),
        "plan_title": plan_title(found),
        **_about_park(found, dossier),
        "missing": completeness.missing_of(dossier) if in_work else [],
        "counts": selfcheck.counts(findings),
        "judged": bool(kind_of(found).clause_set),
        "failed": [row for row in findings if row.outcome == "not_met"],
        "drafts": drafts,
        "editable": editable,
        "in_work": in_work,
        "may_request": editable and not any(draft.kind == rules.REQUEST for draft in drafts),
        "remarks": rows_of_city(request, found, editable and found.status == FilingStatus.RETURNED),
        "versions": list(found.versions.select_related("receipt", "frozen_by").order_by("-serial")),
        "papers": shown.papers_of(found.dossier),
        "events": shown.timeline(found.dossier),
        "may_copy": found.kind == KindCode.CREATION and rules.is_handler_of_owner(request.actor, found),
        "copied": copying.provenance_of(found),
        "seal": carry.seal(request),
        "delegated": len(out),
        "given_to_me": _given(request, out, dossier.plan),
        "materials_out": [(part.title, out[part.slug]) for part in PIECES_TO_GIVE if part.slug in out],
        "ending": offers(found, request.actor),
        "may_state": editable,
        "next": next_step(found, next((d for d in drafts if d.kind == rules.REQUEST), None), owed),
        "owed": owed,
        "errors": [{"text": error} for error in errors or []],
    }


def _given(request: ActorRequest, out: dict[str, Delegation], state: Plan) -> list[dict[str, Any]]:
    """The sections and materials that wait for the actor, the earliest due first, with their titles."""
    mine = [row for row in out.values() if row.is_writable and rules.is_holder(request.actor, row)]
    mine.sort(key=lambda row: (row.due_on or dt.date.max, row.section))
    titles = {part.slug: part.title for part in parts(state.opened_on, state.kind)}
    return [{"row": row, "title": titles[row.section]} for row in mine if row.section in titles]


@carry.survives_sign_out
def answer(request: ActorRequest, pk: UUID, remark: UUID) -> HttpResponse:
    """The city's answer to one remark; it comes back unsaved when the session had ended."""
    if request.method == "POST" and carry.is_autosave(request):
        return autosave.save_answer(request, pk, remark)
    found = filing_in_work(request.actor, pk)
    row = get_object_or_404(Remark.objects.select_related("filing"), pk=remark, filing=found)
    kept = carry.carried(request)
    if request.method != "POST" and not kept:
        return redirect(found)
    form = AnswerForm(request.POST if request.method == "POST" else kept[0], prefix=str(row.pk))  # type: ignore[index]
    errors = []
    if request.method != "POST":
        errors = [_("这条答复是登录过期前填写的，尚未保存，请核对后保存。")]
    elif form.is_valid():
        try:
            services.answer_remark(row, form.cleaned_data["answer"], request.actor)
        except Refused as refused:
            errors = refused.reasons
        else:
            carry.drop(request)
            editing.save_fields(found, {f"{editing.ANSWER}{row.pk}": None}, request.actor)
            messages.success(request, _("答复已保存。"))
            return redirect(f"{found.get_absolute_url()}#remark-{row.pk}")
    context = _context(request, found, errors)
    for shown_row in context["remarks"]:
        if shown_row["remark"].pk == row.pk:
            shown_row["form"] = form
    context["errors"] += [{"text": error, "href": f"#id_{row.pk}-answer"} for error in form.errors.get("answer", [])]
    return render(request, "applications/filing.html", context, status=422)


@require_POST
def request_draft(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Start the city's request to the provincial government, or go on with it."""
    found = filing_in_work(request.actor, pk)
    reasons = editing.obstacles(found, request.actor)
    if not reasons:
        try:
            return redirect(signoff.start(rules.REQUEST, found, found.dossier, request_title(found), request.actor))
        except Refused as refused:
            reasons = refused.reasons
    return render(request, "applications/filing.html", _context(request, found, reasons), status=409)


def self_check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Every clause of P-II.1 and P-IV.2 with outcome, figure, threshold, quotation and what to do."""
    found = filing_in_work(request.actor, pk)
    assessment = selfcheck.assess(found)
    rows = selfcheck.rows(assessment, found)
    kinds = {"quantitative": _("数量条件"), "documents": _("文件条件"), "review": _("由评审判断的条件")}
    context = {
        "filing": found,
        "groups": [(title, [row for row in rows if row.kind == kind]) for kind, title in kinds.items()],
        "counts": selfcheck.counts(rows),
        "digest": assessment.digest,
        "conditions": kind_of(found).matter.conditions,
    }
    return render(request, "applications/selfcheck.html", context)


def version(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A frozen version as a document, for its owner and for whom it was submitted to."""
    found = get_object_or_404(
        FilingVersion.objects.select_related("filing__tenant", "filing__host_zone", "receipt", "frozen_by"), pk=pk
    )
    context = {
        "version": found,
        "filing": found.filing,
        "content": found.content,
        "sections": plan_sections(found.content),
        "is_own": found.tenant_id == request.actor.organisation.pk,
    }
    return render(request, "applications/version.html", context)
