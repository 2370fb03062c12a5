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
from applications.display import is_unfolded, plan_sections
from applications.kinds import topic_of
from applications.models import Filing
from notifications import signoff
from notifications.kinds import kind_of
from notifications.models import Paper
from reviews import casepage, countersigned, items, marks, offers, overlap, queries, services, shown_publicity
from reviews.forms import CaseFilter
from reviews.forms_departments import NoteForm, QuestionForm
from reviews.models import Case
from reviews.services import state_answers
from reviews.services.waiving import WAIVER
from reviews.transitions import case as machine
from workflow.clock_face import Faces
from workflow.machine import Refused

authorities = only(lambda actor: actor.is_authority)


@authorities
def case_list(request: ActorRequest) -> HttpResponse:
    """The filings and cases that are open to the acting office, filtered by what stands in the address."""
    form = CaseFilter(request.GET or None)
    form.fields["city"].choices = [("", _("全部")), *((o.code, o.name) for o in applicants())]  # type: ignore[attr-defined]
    form.fields["status"].choices = [("", _("全部")), *queries.stage_choices()]  # type: ignore[attr-defined]
    rows = queries.filings_for(request.actor)
    if form.is_valid():
        rows = queries.narrowed(rows, form.cleaned_data, request.actor)
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    counts = {} if is_alone(request.actor) else queries.answers_to([filing.dossier for filing in page])
    clocks = dossier.clocks_of(page)
    table = [_row(filing, request.actor, counts.get(filing.dossier), clocks) for filing in page]
    shown = {"form": form, "shows_opinions": not is_alone(request.actor)}
    return render(request, "reviews/list.html", {**shown, "page": page, "rows": table})


def is_alone(actor: Actor) -> bool:
    """Whether the actor does not see who else was asked: a department or an expert."""
    return actor.is_department or actor.is_expert


def _row(filing: Filing, actor: Actor, answers: queries.Answers | None, clocks: Faces) -> dict[str, Any]:
    case = getattr(filing, "case", None)
    return {
        "filing": filing,
        "href": _address(filing, case, actor),
        "stage": queries.stage_of(filing, case),
        "turn": queries.turn_of(filing, case, answers.count if answers else ""),
        "clock": clocks(filing.dossier, case.due_on if case else filing.due_on),
        "answers": answers,
    }


def _address(filing: Filing, case: Case | None, actor: Actor) -> str:
    if case is not None:
        return case.get_absolute_url()
    from applications.services import authority_address

    return authority_address(filing)


@authorities
def case(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A case: header with stage and clock, the file, opinions, questions, history, papers, and the next act."""
    found = _case(pk)
    return case_page(request, found)


def _case(pk: UUID) -> Case:
    filing = ("filing__tenant", "filing__host_zone", "filing__acceptance_paper")
    rows = Case.objects.select_related(*filing, "version", "report_paper")
    return get_object_or_404(rows, pk=pk)


def case_page(
    request: ActorRequest, found: Case, reasons: list[str] | None = None, *, tab: str = "", **more: Any
) -> HttpResponse:
    """The page of a case; with reasons why an act was refused, and forms that keep what was typed."""
    context = _context(request, found, tab or request.GET.get("tab", ""))
    context["errors"] = [{"text": reason} for reason in reasons or []]
    wrong = reasons or any(form.errors for form in more.values())
    return render(request, "reviews/case.html", {**context, **more}, status=422 if wrong else 200)


def _context(request: ActorRequest, found: Case, asked: str) -> dict[str, Any]:
    actor = request.actor
    page = _tables(found, actor)
    papers, shown = list(dossier.papers_of(found.dossier)), page["matrix"]
    opinions = [row["opinion"] for row in shown]
    tabs = _tabs(actor, found, page, papers)
    signed = sum(opinion.status == "signed" for opinion in opinions)
    targets = casepage.targets_of(found.version.content)
    discusses = page["takes_part"]
    answer = found.state_answer
    turn = queries.turn_of(found.filing, found, "" if is_alone(actor) else f"{signed}/{len(opinions)}")
    own_opinion, own_expert = _own(shown, actor), _own(page["experts"], actor)
    return {
        **page,
        "case": found,
        "filing": found.filing,
        "version": found.version,
        "tabs": tabs,
        "tab": asked if asked in {tab["code"] for tab in tabs} else "plan",
        **queries.with_answer(queries.stage_of(found.filing, found), turn, answer, found),
        "content": found.version.content,
        "sections": casepage.with_margin(
            plan_sections(found.version.content), found, shown, page["discussion"], discusses
        ),
        "counts": dossier.findings_of(found.version),
        "steps": dossier.stages(found.filing, found.status),
        "clock": dossier.clock_on(found),
        "tally": [] if is_alone(actor) else queries.tally(opinions),
        "conclusion": found.conclusion,
        "evaluated": marks.shown(found),
        "countersigning": countersigned.panel(found, actor),
        "publicity": shown_publicity.publicity(found, actor),
        "changes": list(found.changes.order_by("asked_at")),
        "visits": list(found.visits.order_by("held_on")),
        "judgement": items.judgement(found) if asked == "items" and not is_alone(actor) else None,
        "overlap": overlap.of_case(found, actor) if asked == "findings" else None,
        **(overlap.of_boundary(found, actor) if asked == "findings" else {"neighbours": []}),
        "decision": getattr(found, "decision", None),
        "signed": signed,
        "own_opinion": own_opinion.get("opinion"),
        "own_expert": own_expert.get("opinion"),
        "judges": any(row["may_judge"] for row in page["items"]),
        "own_clock": own_opinion.get("clock") or own_expert.get("clock"),
        "unfolded": is_unfolded(request),
        "question_form": QuestionForm(targets=targets),
        "note_form": NoteForm(
            targets=targets, offices=page["offices"], initial={"section": request.GET.get("section", "")}
        ),
        "may_ask": actor.is_lead and actor.is_handler and found.status == "reviewing",
        "may_propose": discusses and not actor.is_lead and found.status == "reviewing",
        "may_invite": actor.is_lead and actor.is_handler and found.status == "reviewing" and not found.is_alone,
        "state_answer": answer,
        "may_keep_answer": answer is None and state_answers.may_keep(actor, found),
        "may_compare_answer": answer is not None and state_answers.may_decide(actor, answer),
        "events": dossier.timeline(found.dossier),
        "papers": papers,
        "drafts": dossier.open_drafts(found.dossier, actor),
        "offered": _offered(actor, found),
    }


def _own(rows: list[dict[str, Any]], actor: Actor) -> dict[str, Any]:
    """The row of the acting office among those of a table; empty where it was not asked."""
    return next((row for row in rows if row["opinion"].tenant_id == actor.organisation.pk), {})


def _tables(found: Case, actor: Actor) -> dict[str, Any]:
    """What the case page reads from the departments' side, each table once."""
    takes_part = services.takes_part(found, actor)
    matrix = casepage.matrix(found, actor)
    passed = [] if actor.is_expert else casepage.requirements(found, actor)
    return {
        "takes_part": takes_part,
        "offices": services.offices_of(found, actor) if takes_part else [],
        "matrix": matrix,
        "experts": casepage.expert_rows(found, actor),
        "requirements": passed,
        "kept": casepage.kept_conditions(matrix, passed) if actor.is_lead else [],
        "discussion": casepage.discussion(found, actor) if takes_part else [],
        "questions": casepage.questions(found, actor),
        "proposals": casepage.proposals(found) if takes_part else [],
        "recusals": casepage.recusals(found),
        "items": items.rows(found, actor),
    }


def _tabs(actor: Actor, found: Case, page: dict[str, Any], papers: list[Paper]) -> list[dict[str, Any]]:
    """The parts of a case that the actor may open; a department's own opinion has a page of its own."""
    signed = sum(row["opinion"].status == "signed" for row in page["matrix"])
    answered = f"{signed}/{len(page['matrix'])}"
    opinions = {"code": "opinions", "text": _("意见"), "count": "" if is_alone(actor) else answered}
    conditions = {"code": "conditions", "text": _("条件落实"), "count": len(page["requirements"])}
    notes = sum(len(talk["notes"]) for talk in page["discussion"])
    last: list[dict[str, Any]] = [
        {"code": "timeline", "text": _("过程")},
        {"code": "papers", "text": _("文书"), "count": len(papers)},
    ]
    if found.is_alone:
        asked = {"code": "questions", "text": _("询问"), "count": len(page["questions"])}
        return [{"code": "plan", "text": _("审查")}, asked, *last]
    return [
        {"code": "plan", "text": _("审查")},
        *([] if found.is_waived else [opinions]),
        *([] if actor.is_expert or found.is_waived else [conditions]),
        *([{"code": "discussion", "text": _("内部讨论"), "count": notes}] if page["takes_part"] else []),
        *_items_tab(page["items"]),
        {"code": "questions", "text": _("询问"), "count": len(page["questions"])},
        *last,
        {"code": "findings", "text": _("自查结果")},
    ]


def _items_tab(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The clauses that named reviewers judge, where the kind of filing has any and one sees them."""
    judged = sum(row["item"] is not None and row["item"].judged_at is not None for row in rows)
    return [{"code": "items", "text": _("评审条款"), "count": f"{judged}/{len(rows)}"}] if rows else []


def _offered(actor: Actor, found: Case) -> list[dict[str, Any]]:
    """The papers that this handler may draft now, each with what would block its signature."""
    office = actor.is_government if found.status == "reported" else actor.is_lead
    if not (office and actor.is_handler):
        return []
    return [
        {
            "code": code,
            "label": kind_of(code).label_for(found),
            "act": kind_of(code).act_for(found),
            "blocked": (reasons := offers.against(found, code, machine[arrow])),
            "missing": [{"text": reason} for reason in reasons],
            "missing_id": f"blocked-{code}",
        }
        for code, arrow in offers.papers(found)
    ]


@authorities
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
            reason = _("“%(other)s”正在办理，请先作废它再另起文稿。") % {"other": kind_of(rival).label_for(found)}
            return case_page(request, found, [reason])
    if offer["blocked"]:
        return case_page(request, found, offer["blocked"])
    title = f"{found.filing.park_name}：{offer['label']}"
    return redirect(signoff.start(code, found, found.dossier, title, request.actor))


@only(lambda actor: actor.is_lead)
@require_POST
def start_review(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Start the letter (征求意见函) whose signature opens the joint review (T6)."""
    filing = get_object_or_404(Filing, pk=pk, status="accepted")
    fields = {"departments": [department.code for department in the_departments()]}
    title = f"关于征求{topic_of(filing)}意见的函"
    if rival := _rival(WAIVER, filing, request):
        messages.error(request, rival[0])
        return redirect("applications:check", pk=filing.pk)
    try:
        draft = signoff.start("consultation", filing, filing.dossier, title, request.actor, fields)
    except Refused as refused:
        messages.error(request, "；".join(refused.reasons))
        return redirect("applications:check", pk=filing.pk)
    return redirect(draft)


def _rival(code: str, filing: Filing, request: ActorRequest) -> list[str]:
    """The other way of going on is being drafted: only one of the two is."""
    if signoff.open_draft_of(code, filing, request.actor.organisation.pk) is None:
        return []
    return [_("“%(other)s”正在办理，请先作废它再另起文稿。") % {"other": kind_of(code).label}]


@only(lambda actor: actor.is_lead)
@require_POST
def start_waiver(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Start the 办理意见 whose signature goes on without a joint review (T30)."""
    filing = get_object_or_404(Filing.objects.select_related("park"), pk=pk, status="accepted")
    against = services.against_waiving(filing) or _rival("consultation", filing, request)
    if not against:
        try:
            title = f"关于{topic_of(filing)}的办理意见"
            return redirect(signoff.start(WAIVER, filing, filing.dossier, title, request.actor))
        except Refused as refused:
            against = refused.reasons
    messages.error(request, "；".join(against))
    return redirect("applications:check", pk=filing.pk)
