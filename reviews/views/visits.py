"""Pages of an on-site visit or expert panel: arranged, photographed, minuted."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import only
from accounts.requests import ActorRequest
from files.rules import unreadable
from notifications import signoff
from reviews import services
from reviews.enums_publicity import VisitKind
from reviews.forms_visit import PhotoForm, VisitForm
from reviews.models import Visit
from reviews.views.acts import act_page, is_lead, reviews_cases, the_case
from workflow.machine import Refused


@only(is_lead)
def plan(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Arrange an on-site visit or an expert panel."""
    case = the_case(pk)
    return act_page(
        request,
        case,
        VisitForm(request.POST or None),
        lambda data: services.plan_visit(
            case,
            VisitKind(data["kind"]),
            data["held_on"],
            data["place"],
            data["participants"],
            request.actor,
            data["experts"],
        ),
        title=_("安排现场考察或专家论证"),
        text=_(
            "现场考察的日期和地点会告知申报单位；专家论证只在审查单位内可见。事后形成纪要，经审核、签发后记入案卷。"
        ),
        button=_("安排"),
        done=_("已安排，请在事后形成纪要。"),
        back=f"{case.get_absolute_url()}#visits",
    )


@only(reviews_cases)
def visit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A visit with its people, photographs and minutes."""
    return _shown(request, _visit(pk))


def _visit(pk: UUID) -> Visit:
    return get_object_or_404(Visit.objects.select_related("case__filing__tenant", "paper", "planned_by"), pk=pk)


def _shown(
    request: ActorRequest, found: Visit, errors: list[str] | None = None, form: PhotoForm | None = None
) -> HttpResponse:
    actor = request.actor
    works = actor.is_lead and actor.is_handler and not found.paper_id
    context = {
        "visit": found,
        "case": found.case,
        "filing": found.case.filing,
        "photos": [
            {"row": row, "closed": unreadable(row.upload, actor)} for row in found.photos.select_related("upload")
        ],
        "draft": signoff.open_draft_of("visit_minutes", found, actor.organisation.pk),
        "works": works,
        "photo_form": (form or PhotoForm(actor=actor, visit=found)) if works else None,
        "errors": [{"text": error} for error in errors or []],
    }
    return render(request, "reviews/visit.html", context, status=422 if errors else 200)


@only(is_lead)
@require_POST
def act(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add photographs, or start (or go on with) the minutes."""
    found = _visit(pk)
    try:
        if request.POST.get("act") == "minutes":
            title = f"{found.case.filing.park_name}{found.get_kind_display()}纪要"
            return redirect(signoff.start("visit_minutes", found, found.dossier, title, request.actor))
        form = PhotoForm(request.POST, request.FILES, actor=request.actor, visit=found)
        if not form.is_valid():
            problems = [str(error) for errors in form.errors.values() for error in errors]
            return _shown(request, found, problems, form)
        services.add_photos(found, form.cleaned_data["photos"], form.cleaned_data["caption"], request.actor)
    except Refused as refused:
        return _shown(request, found, refused.reasons)
    messages.success(request, _("照片已上传。"))
    return redirect("reviews:visit", pk=found.pk)
