"""Pages of the authorities: the list of cases, a case, and the papers that move it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.decorators import only
from accounts.queries import applicants, the_departments
from accounts.requests import ActorRequest
from applications import dossier
from applications.display import plan_sections
from applications.models import Filing
from notifications import signoff
from notifications.kinds import kind_of
from notifications.models import Paper
from reviews import offers, queries, services, shown_publicity
from reviews.forms import CaseFilter, QuestionForm
from reviews.models import Case, Opinion, Question
from reviews.transitions import case as machine
from workflow.machine import Refused


def is_authority(actor: Actor) -> bool:
    """省科技厅, 省政府办公厅 or a department."""
    return actor.is_lead or actor.is_government or actor.is_department


@only(is_authority)
def case_list(request: ActorRequest) -> HttpResponse:
    """The filings and cases that are open to the acting office, filtered by what stands in the address."""
    form = CaseFilter(request.GET or None)
    form.fields["city"].choices = [("", _("全部")), *((o.code, o.name) for o in applicants())]  # type: ignore[attr-defined]
    form.fields["status"].choices = [("", _("全部")), *queries.stage_choices()]  # type: ignore[attr-defined]
    rows = queries.filings_for(request.actor)
    if form.is_valid():
        rows = queries.narrowed(rows, form.cleaned_data, request.actor)
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    table = [_row(filing, request.actor) for filing in page]
    shown = {"form": form, "shows_opinions": not request.actor.is_department}
    return render(request, "reviews/list.html", {**shown, "page": page, "rows": table})


def _row(filing: Filing, actor: Actor) -> dict[str, Any]:
    case = getattr(filing, "case", None)
    count = queries.answered(filing) if case is not None and not actor.is_department else ""
    return {
        "filing": filing,
        "href": _address(filing, case, actor),
        "stage": queries.stage_of(filing, case),
        "turn": queries.turn_of(filing, case, count),
        "clock": dossier.clock(case.due_on if case else filing.due_on),
        "answered": count,
    }


def _address(filing: Filing, case: Case | None, actor: Actor) -> str:
    if case is not None:
        return case.get_absolute_url()
    from applications.services import authority_address

    return authority_address(filing)


@only(is_authority)
def case(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A case: header with stage and clock, the file, opinions, questions, history, papers, and the next act."""
    found = _case(pk)
    return render(request, "reviews/case.html", _context(request, found))


def _case(pk: UUID) -> Case:
    filing = ("filing__tenant", "filing__host_zone", "filing__acceptance_paper")
    rows = Case.objects.select_related(*filing, "version", "report_paper")
    return get_object_or_404(rows, pk=pk)


def _context(request: ActorRequest, found: Case, errors: list[str] | None = None, **more: Any) -> dict[str, Any]:
    actor = request.actor
    opinions, papers = queries.opinions_of(found), dossier.papers_of(found.dossier)
    signed = sum(opinion.status == "signed" for opinion in opinions)
    questions = list(found.questions.select_related("asked_person", "answered_person"))
    tabs = _tabs(actor, opinions, questions, papers)
    asked = request.GET.get("tab", "")
    own = next((opinion for opinion in opinions if opinion.tenant_id == actor.organisation.pk), None)
    return {
        "case": found,
        "filing": found.filing,
        "version": found.version,
        "tabs": tabs,
        "tab": asked if asked in {tab["code"] for tab in tabs} else "plan",
        "stage": queries.stage_of(found.filing, found),
        "turn": queries.turn_of(found.filing, found, "" if actor.is_department else f"{signed}/{len(opinions)}"),
        "content": found.version.content,
        "sections": plan_sections(found.version.content),
        "counts": dossier.findings_of(found.version),
        "steps": dossier.stages(found.filing, found.status),
        "clock": dossier.clock(found.due_on, queries.since(found)),
        "tally": [] if actor.is_department else queries.tally(opinions),
        "conclusion": found.conclusion,
        "publicity": shown_publicity.publicity(found, actor),
        "decision": getattr(found, "decision", None),
        "opinions": [] if actor.is_department else opinions,
        "opinion_rows": [(opinion, dossier.clock(opinion.due_on)) for opinion in opinions],
        "signed": signed,
        "own_opinion": own,
        "questions": questions,
        "question_form": QuestionForm(),
        "may_ask": actor.is_lead and actor.is_handler and found.status == "reviewing",
        "events": dossier.timeline(found.dossier),
        "papers": papers,
        "drafts": dossier.open_drafts(found.dossier, actor),
        "offered": _offered(actor, found),
        "errors": [{"text": error} for error in errors or []],
        **more,
    }


def _tabs(
    actor: Actor, opinions: list[Opinion], questions: list[Question], papers: list[Paper]
) -> list[dict[str, Any]]:
    """The parts of a case that the actor may open; a department's own opinion has a page of its own."""
    signed = sum(opinion.status == "signed" for opinion in opinions)
    matrix = [{"code": "opinions", "text": _("部门意见"), "count": f"{signed}/{len(opinions)}"}]
    return [
        {"code": "plan", "text": _("申报材料")},
        *([] if actor.is_department else matrix),
        {"code": "findings", "text": _("自查结果")},
        {"code": "questions", "text": _("询问和答复"), "count": len(questions)},
        {"code": "timeline", "text": _("办理过程")},
        {"code": "papers", "text": _("公文"), "count": len(papers)},
    ]


def _offered(actor: Actor, found: Case) -> list[dict[str, Any]]:
    """The papers that this handler may draft now, each with what would block its signature."""
    office = actor.is_government if found.status == "reported" else actor.is_lead
    if not (office and actor.is_handler):
        return []
    return [
        {
            "code": code,
            "label": str(kind_of(code).label),
            "act": str(kind_of(code).act),
            "blocked": (reasons := [reason for rule in machine[arrow].unless for reason in rule(found)]),
            "missing": [{"text": reason} for reason in reasons],
            "missing_id": f"blocked-{code}",
        }
        for code, arrow in offers.papers(found)
    ]


@only(is_authority)
@require_POST
def start_paper(request: ActorRequest, pk: UUID, code: str) -> HttpResponse:
    """Start (or go on with) the paper that moves the case."""
    found = _case(pk)
    offer = next((offer for offer in _offered(request.actor, found) if offer["code"] == code), None)
    if offer is None:
        raise Http404
    rivals = {other["code"] for other in _offered(request.actor, found)} - {code}
    for rival in rivals:
        if signoff.open_draft_of(rival, found, request.actor.organisation.pk):
            reason = _("“%(other)s”正在办理，请先作废它再另起文稿。") % {"other": kind_of(rival).label}
            return render(request, "reviews/case.html", _context(request, found, [reason]))
    if offer["blocked"]:
        return render(request, "reviews/case.html", _context(request, found, offer["blocked"]))
    title = f"{found.filing.park_name}：{kind_of(code).label}"
    return redirect(signoff.start(code, found, found.dossier, title, request.actor))


@only(lambda actor: actor.is_lead)
@require_POST
def start_review(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Start the letter (征求意见函) whose signature opens the joint review (T6)."""
    filing = get_object_or_404(Filing, pk=pk, status="accepted")
    fields = {"departments": [department.code for department in the_departments()]}
    title = f"关于征求创建{filing.park_name}意见的函"
    try:
        draft = signoff.start("consultation", filing, filing.dossier, title, request.actor, fields)
    except Refused as refused:
        messages.error(request, "；".join(refused.reasons))
        return redirect("applications:check", pk=filing.pk)
    return redirect(draft)


@only(lambda actor: actor.is_lead)
@require_POST
def ask(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask the city a question."""
    found = _case(pk)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            services.ask_question(found, form.cleaned_data["text"], request.actor)
        except Refused as refused:
            context = _context(request, found, refused.reasons, question_form=form, tab="questions")
            return render(request, "reviews/case.html", context)
        messages.success(request, _("已向申报单位提出询问。"))
        return redirect(f"{found.get_absolute_url()}?tab=questions")
    return render(request, "reviews/case.html", _context(request, found, question_form=form, tab="questions"))
