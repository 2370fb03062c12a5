"""Sanctions: the list, a case for each who has to do with it, its acts; what was decided, for everybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from accounts.decorators import public_page
from accounts.requests import ActorRequest
from indicators import casework_sanction as casework
from indicators.enums_sanction import RUNNING, STANDING, WEIGHING, AnswerOutcome, CardStatus, SanctionStatus
from indicators.models import SanctionArgument, SanctionCase, SanctionOpinion, YellowCard
from notifications import signoff
from notifications.models import Draft, Paper
from registry.enums import ParkStatus
from registry.models import LegalStatus
from workflow import basis, clocks, instants, ledger
from workflow.machine import Refused
from workflow.models import Clock

PER_PAGE = 30
S = SanctionStatus
TAGS = {
    **dict.fromkeys(RUNNING, "progress"),
    **dict.fromkeys(WEIGHING, "card"),
    S.PROPOSED: "waiting",
    S.HEARING: "waiting",
}
CARD_TAGS = {CardStatus.IN_FORCE: "card", CardStatus.ENDED: "done", CardStatus.ANNULLED: "ended"}
ROWS = ("tenant", "reporter", "park", "card", "decided_by", "received_by", "served_by")


def tag(case: SanctionCase) -> dict[str, str]:
    """A case's status as shape and word."""
    kind = "late" if case.is_revocation and case.status in STANDING else TAGS.get(S(case.status), "ended")
    return {"kind": kind, "text": case.get_status_display()}


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The cases that the actor's office has to do with, those under way first."""
    found = SanctionCase.objects.select_related("tenant")
    under_way, closed = found.filter(status__in=RUNNING), found.exclude(status__in=RUNNING)
    page = Paginator(closed, PER_PAGE).get_page(request.GET.get("page"))
    running = list(under_way)
    faces = clocks.Faces.of_subjects([case.pk for case in running])
    context = {
        "running": [{"case": case, "tag": tag(case), "clock": faces(case.pk)} for case in running],
        "closed": [{"case": case, "tag": tag(case)} for case in page],
        "page": page,
    }
    return render(request, "indicators/sanctions/list.html", context)


@require_safe
def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One case as the actor may see it."""
    return _page(request, _the_case(pk))


def _the_case(pk: UUID) -> SanctionCase:
    return get_object_or_404(SanctionCase.objects.select_related(*ROWS), pk=pk)


@require_POST
def act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """Perform an act of the case page; what was typed stays where it is refused."""
    case = _the_case(pk)
    found = next((one for one in casework.ACTS if one.name == name), None)
    if found is None or not found.who(case, request.actor):
        raise Http404
    form = found.form(request.POST, request.FILES, case=case, actor=request.actor)
    reasons: list[str] = []
    if form.is_valid():
        try:
            found.perform(case, form, request.actor)
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, str(found.done))
            return redirect(case.get_absolute_url())
    return _page(request, _the_case(pk), reasons, {name: form})


@require_POST
def start(request: ActorRequest, pk: UUID, kind: str) -> HttpResponse:
    """Begin the draft of a paper of the case, or go on with the one that is open."""
    case = _the_case(pk)
    found = next((one for one in casework.STARTS if one.kind == kind), None)
    if found is None or not found.who(case, request.actor):
        raise Http404
    reasons = [] if found.is_open(case, request.actor) else [_("本案现在的状态下不能起草这份公文。")]
    if not reasons:
        try:
            title = casework.draft_title(found, case)
            draft = signoff.start(kind, case, case.dossier, title, request.actor)
        except Refused as refused:
            reasons = refused.reasons
        else:
            return redirect(draft.get_absolute_url())
    return _page(request, case, reasons)


def _page(
    request: ActorRequest, case: SanctionCase, reasons: list[str] | None = None, bound: dict[str, Any] | None = None
) -> HttpResponse:
    actor, bound = request.actor, bound or {}
    acts = [
        {"act": one, "form": bound.get(one.name) or one.form(case=case, actor=actor), "open": one.name in bound}
        for one in casework.acts_of(case, actor)
    ]
    errors = [{"text": reason} for reason in reasons or []]
    errors += [
        {"text": error, "href": f"#{form[name].id_for_label}" if name in form.fields else ""}
        for form in bound.values()
        for name, found in form.errors.items()
        for error in found
    ]
    context = {
        "case": case,
        "tag": tag(case),
        "errors": errors,
        "acts": acts,
        "starts": casework.starts_of(case, actor),
        "drafts": _drafts(case, actor),
        "grounds": [_finding(row, case) for row in case.grounds],
        "arguments": _arguments(case),
        "hearing": getattr(case, "hearing", None),
        "opinions": SanctionOpinion.objects.filter(case=case).select_related("tenant"),
        "files": case.files.select_related("upload"),
        "card": casework.card_of(case),
        "clocks": [clock_face(clock) for clock in clocks.of(case.dossier) if _is_on(clock)],
        "papers": Paper.objects.filter(dossier=case.dossier).defer("data").order_by("signed_at"),
        "events": timeline(case),
        "facts": facts(case),
        "authority": actor.is_lead or actor.is_department or actor.is_government,
    }
    return render(request, "indicators/sanctions/case.html", context, status=422 if errors else 200)


def _drafts(case: SanctionCase, actor: Actor) -> list[Draft]:
    rows = Draft.objects.filter(dossier=case.dossier, tenant=actor.organisation, status__in=signoff.OPEN)
    return list(rows)


def _finding(row: dict[str, str], case: SanctionCase) -> dict[str, str]:
    """A ground of the case; one that a review left out stays to be read, and says so."""
    struck = row["clause"] in case.struck
    return {
        "clause": row["clause"], "title": row["label"], "outcome": "not_met", "observed": row["shown"],
        "unit": row["unit"], "threshold": f"{row['threshold']}{row['unit']}", "formula": row["formula"],
        "reason": " ".join(filter(None, [_("复核后不再计入。") if struck else "", row["reason"]])),
        "quote": row["quote"],
    }  # fmt: skip


def _arguments(case: SanctionCase) -> list[dict[str, Any]]:
    kinds = {AnswerOutcome.ACCEPTED: "done", AnswerOutcome.PARTLY: "progress", AnswerOutcome.REJECTED: "ended"}
    rows = SanctionArgument.objects.filter(case=case).select_related("answer", "office").order_by("place")
    return [
        {"argument": row, "answer": given, "kind": kinds[AnswerOutcome(given.outcome)] if given else "waiting"}
        for row in rows
        for given in [getattr(row, "answer", None)]
    ]


def _is_on(clock: Clock) -> bool:
    """Whether a period still matters: a span that is over, by which nobody is late, does not."""
    ended = clocks.kind_of(clock).ended and not clock.paused and instants.is_over(clock.due_on)
    return clock.finished_at is None and not ended


def clock_face(clock: Any) -> dict[str, Any]:
    """A running period with what it is for."""
    return {"title": clock.title, **clocks.shown(clock)}


def facts(case: SanctionCase) -> list[dict[str, Any]]:
    """The case in a summary list: who, which year, what it rests on, when it was received, decided, served."""
    deemed = _("（期满未签收，视为送达）")
    rows = [
        (_("园区"), case.name),
        (_("所属政府"), case.tenant.name),
        (_("管理机构"), case.reporter.name if case.reporter else ""),
        (_("评价年度"), str(case.year)),
        (_("告知书签收"), _at(case.received_at, case.received_by, deemed)),
        (_("决定"), _at(case.decided_at, case.decided_by)),
        (_("决定签收"), _at(case.served_at, case.served_by, deemed)),
        (_("复核结果"), case.get_review_outcome_display() if case.review_outcome else ""),
    ]
    found: list[dict[str, Any]] = [{"key": key, "value": value} for key, value in rows if value]
    found[0] |= {"href": case.park.get_absolute_url(), "link": _("查看园区")}
    return found


def _at(moment: Any, person: Any, otherwise: str = "") -> str:
    if moment is None:
        return ""
    when = timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
    return f"{when} {person.name if person else otherwise}".strip()


def timeline(case: SanctionCase) -> list[dict[str, Any]]:
    """What happened, newest first, as far as the scope lets one see it."""
    papers = {paper.number: paper for paper in Paper.objects.filter(dossier=case.dossier).defer("data")}
    return [
        {
            "title": event.label,
            "at": timezone.localtime(event.at),
            "actor": event.actor_name,
            "organisation": event.actor_organisation_name,
            "text": event.reason,
            "basis": basis.in_words(event.basis),
            "paper": {"number": paper.number, "href": paper.get_absolute_url()} if paper else None,
        }
        for event in ledger.history(case.dossier).order_by("-serial")
        for paper in [papers.get(event.data.get("paper", ""))]
    ]


@public_page
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """黄牌警告和取消创建资格公告: what was decided and published, whatever became of it since."""
    cards = YellowCard.objects.select_related("paper", "park").order_by("-year", "subject")
    page_ = Paginator(cards, PER_PAGE).get_page(request.GET.get("page"))
    revoked = LegalStatus.objects.filter(status=ParkStatus.REVOKED).select_related("park__current__paper", "paper")
    context = {
        "cards": [
            {"card": card, "tag": {"kind": CARD_TAGS[CardStatus(card.status)], "text": card.get_status_display()}}
            for card in page_
        ],
        "page": page_,
        "revoked": [
            {"row": row, "undone": _undone(row)}
            for row in revoked.order_by("-since")
            if row.paper is None or row.paper.published_at
        ],
    }
    return render(request, "indicators/sanctions/notices.html", context)


def _undone(row: LegalStatus) -> LegalStatus | None:
    """The status that a paper of the same affair gave back; a park that was let in anew was revoked all the same."""
    now = row.park.current
    same = now.paper is not None and row.paper is not None and now.paper.dossier == row.paper.dossier
    return now if now.pk != row.pk and same else None


@public_page
@require_safe
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One card: its year, its paper, what became of it."""
    card = get_object_or_404(YellowCard.objects.select_related("paper", "park", "ended_by"), pk=pk)
    tag_ = {"kind": CARD_TAGS[CardStatus(card.status)], "text": card.get_status_display()}
    ended = card.ended_by if card.ended_by and card.ended_by.published_at else None
    return render(request, "indicators/sanctions/notice.html", {"card": card, "tag": tag_, "ended": ended})
