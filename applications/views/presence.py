"""The heartbeat of an open page of a plan: who else is there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts import carrying
from accounts.decorators import public_page, unlogged
from accounts.requests import ActorRequest
from applications import plan, presence
from applications.models import Filing
from applications.plan_state import opened_on
from applications.views.access import filing_in_work

MATERIALS = "materials"


@require_POST
@csrf_exempt
@unlogged
@public_page
def beat(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say which section the page shows (or that it is left); the others on the plan, for whom may read it.

    The seal of the page stands in for the CSRF token, which may have changed since the page was shown.
    """
    if not request.user.is_authenticated or request.actor is None:
        return JsonResponse({"need": "sign_in"}, status=401 if carrying.is_autosave(request) else 403)
    seal = carrying.opened(request.POST.get(carrying.FIELD, ""))
    if seal is None or seal.person != str(request.user.pk) or str(pk) not in seal.path:
        return JsonResponse({}, status=403)
    filing = filing_in_work(request.actor, pk)
    page = request.POST.get("page", "")
    if "leave" in request.POST:
        presence.leave(filing.pk, request.actor, page)
        return HttpResponse(status=204)
    slug = request.POST.get("section", "")
    others = presence.beat(filing.pk, request.actor, page, slug if plan_has(filing, slug) else "")
    shown = [
        {"name": one.name, "organisation": one.organisation, "section": _title(filing, one.section)} for one in others
    ]
    return JsonResponse({"others": shown})


def plan_has(filing: Filing, slug: str) -> bool:
    """Whether a page of the plan goes by that name; the materials have one of their own."""
    return slug == MATERIALS or plan.section_of(slug, opened_on(filing), filing.kind) is not None


def _title(filing: Filing, slug: str) -> str:
    if slug == MATERIALS:
        return _("申报材料")
    section = plan.section_of(slug, opened_on(filing), filing.kind)
    return str(section.title) if section else _("任务清单")
