"""An office's papers: those it issued and those it was sent."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from accounts.requests import ActorRequest
from notifications.checks import TAGS, successor_of
from notifications.enums import FileState, PaperValidity
from notifications.forms import PaperFilterForm
from notifications.models import Paper, PaperCopy
from notifications.queries import kind_label, papers_of
from notifications.views.check import pdf_of
from notifications.views.sheet import sheet

PAGE = 25


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The papers that the own office issued or was sent (公文)."""
    organisation = request.actor.organisation
    everything = papers_of(organisation).defer("data").annotate(successor=F("superseded_by__number"))
    years = sorted(set(everything.order_by().values_list("year", flat=True).distinct()), reverse=True)
    form = PaperFilterForm(request.GET, years=years)
    found = _filtered(everything, form, request.actor)
    mine = PaperCopy.objects.filter(organisation=organisation)
    page = Paginator(found.prefetch_related(Prefetch("copies", mine, to_attr="mine")), PAGE).get_page(
        request.GET.get("page")
    )
    rows = [
        {
            "paper": paper,
            "kind": kind_label(paper.kind),
            "tag": {"kind": TAGS[PaperValidity(paper.validity)], "text": paper.get_validity_display()},
            "copy": paper.mine[0] if paper.mine else None,  # type: ignore[attr-defined]
            "issued": paper.tenant_id == organisation.pk,
        }
        for paper in page
    ]
    context = {"form": form, "page": page, "rows": rows, "filtered": any(form.cleaned_data.values())}
    return render(request, "notifications/list.html", context)


def _filtered(papers: QuerySet[Paper], form: PaperFilterForm, actor: Actor) -> QuerySet[Paper]:
    """The papers that the filters leave; a filter that makes no sense leaves all."""
    form.is_valid()
    wanted = form.cleaned_data
    side = {
        "issued": Q(tenant=actor.organisation),
        "received": Q(copies__organisation=actor.organisation),
        "new": Q(copies__organisation=actor.organisation, copies__received_at=None),
    }
    if wanted.get("side"):
        papers = papers.filter(side[wanted["side"]])
    if wanted.get("kind"):
        papers = papers.filter(kind=wanted["kind"])
    if wanted.get("year"):
        papers = papers.filter(year=wanted["year"])
    if wanted.get("text"):
        papers = papers.filter(Q(title__icontains=wanted["text"]) | Q(number__icontains=wanted["text"]))
    return papers


@require_safe
def paper(request: ActorRequest, pk: str) -> HttpResponse:
    """One paper: what it says, its validity, its file, who got it and when it was received."""
    found = get_object_or_404(Paper.objects.select_related("handler", "reviewer"), pk=pk)
    copies = list(
        found.copies.select_related("organisation", "received_by").order_by("-is_main", "organisation__order")
    )
    mine = next((copy for copy in copies if copy.organisation_id == request.actor.organisation.pk), None)
    return render(
        request,
        "notifications/paper.html",
        {
            "paper": found,
            "kind": kind_label(found.kind),
            "status": {"kind": TAGS[PaperValidity(found.validity)], "text": found.get_validity_display()},
            "successor": successor_of(found),
            "copies": copies,
            "mine": mine,
            "is_issuer": found.tenant_id == request.actor.organisation.pk,
            "sheet": sheet(found.data),
        },
    )


@require_POST
def receive(request: ActorRequest, pk: str) -> HttpResponse:
    """Confirm that the paper arrived (签收); the first confirmation counts."""
    copy = get_object_or_404(
        PaperCopy.objects.select_for_update(no_key=True), paper_id=pk, organisation=request.actor.organisation
    )
    if copy.received_at is None:
        copy.received_at, copy.received_by = timezone.now(), request.actor.person
        copy.save(update_fields=["received_at", "received_by"])
        messages.success(request, _("已签收。"))
    return redirect("notifications:paper", pk)


@require_safe
def download(request: ActorRequest, pk: str) -> HttpResponse | FileResponse:
    """A paper's PDF; while it is not rendered yet, a page that says so."""
    found = get_object_or_404(Paper.objects.defer("data"), pk=pk)
    if found.file_state != FileState.READY or not found.path.is_file():
        return render(request, "notifications/pending.html", {"paper": found}, status=202)
    return pdf_of(found)
