"""Search over cases, opinions, papers, parks and rankings that the acting office may see."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import ActorRequest
from portal import markup
from portal.search import GROUPS, Group, find, terms

PAGE = 30


@require_safe
def search(request: ActorRequest) -> HttpResponse:
    """检索: what the words find, in groups; with `kind`, one group in pages."""
    query = request.GET.get("q", "")[:100].strip()
    wanted = terms(query)
    kind = request.GET.get("kind", "")
    kind = kind if kind in GROUPS else ""
    context: dict[str, Any] = {"q": query, "kind": kind, "too_short": bool(query) and not wanted}
    if kind:
        number = _page_number(request)
        groups = find(wanted, request.actor, kind, (number - 1) * PAGE, PAGE)
        context["page"] = _page(groups, number)
    else:
        groups = find(wanted, request.actor)
    context["lists"] = [(group, markup.hits(group.hits)) for group in groups]
    context |= {"total": _number(groups), "asked": bool(wanted)}
    return render(request, "portal/desk_search.html", context)


def _number(groups: list[Group]) -> str:
    """How many were found in all."""
    more = "" if all(group.is_counted for group in groups) else "+"
    return f"{sum(group.total for group in groups)}{more}"


def _page_number(request: ActorRequest) -> int:
    given = request.GET.get("page", "1")
    return max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 7 else 1


def _page(groups: list[Group], number: int) -> Any:
    """The page for the numbers below the list; its rows were read already."""
    return Paginator(range(groups[0].total if groups else 0), PAGE).get_page(number)
