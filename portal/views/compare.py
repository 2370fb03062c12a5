"""Two cases read side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import ActorRequest
from applications.models import Filing
from portal import comparing
from reviews.queries import filing_address

CHOICES = 200


@require_safe
def compare(request: ActorRequest) -> HttpResponse:
    """并排阅读: two filings that the scope opens; without both, the choice of them. Another's does not exist."""
    sides = [_side(request.GET.get(name, ""), request) for name in ("a", "b")]
    left, right = sides
    context: dict[str, Any] = {
        "left": left,
        "right": right,
        "only_differences": request.GET.get("differences") == "1",
        "filings": [],
    }
    if left and right:
        context |= {
            "parts": comparing.parts(left, right),
            "opinions": comparing.opinions(left, right, request.actor),
        }
    else:
        seen = Filing.objects.exclude(submitted_at=None).select_related("tenant").order_by("-submitted_at")
        context["filings"] = list(seen[:CHOICES])
    return render(request, "portal/desk_compare.html", context)


def _side(given: str, request: ActorRequest) -> comparing.Side | None:
    if not given:
        return None
    try:
        side = comparing.side_of(UUID(given))
    except ValueError:
        side = None
    if side is None:
        raise Http404
    side.href = filing_address(side.filing, request.actor)
    return side
