"""The four bare sides: the same bytes, a public list, a list behind sign-in, one UPDATE behind sign-in."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bench.bare.models import Case, Note, Park

PER_PAGE = 50


@cache
def _bytes(name: str) -> bytes:
    found: bytes = (settings.PAGES / f"{name}.html").read_bytes()
    return found


@require_safe
def same_bytes(request: HttpRequest, name: str) -> HttpResponse:
    """What the portal answered, without asking anything."""
    return HttpResponse(_bytes(name))


@require_safe
def park_list(request: HttpRequest) -> HttpResponse:
    """Fifty rows of a list, with its pages."""
    found = Park.objects.select_related("city").order_by("name")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "bare/parks.html", {"page": page})


@require_safe
@login_required
def case_list(request: HttpRequest) -> HttpResponse:
    """Fifty rows of a list behind sign-in."""
    found = Case.objects.select_related("city").order_by("due_on", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "bare/cases.html", {"page": page})


@require_POST
@login_required
def save_note(request: HttpRequest, pk: int) -> HttpResponse:
    """One UPDATE."""
    changed = Note.objects.filter(pk=pk).update(text=request.POST["text"], changed_at=timezone.now())
    return JsonResponse({"saved": changed})
