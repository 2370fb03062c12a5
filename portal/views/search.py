"""Search over what the acting office may see, and for everybody over what is public."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from accounts.requests import ActorRequest
from portal import markup
from portal.search import GROUPS, PUBLIC, Group, find, find_public, terms

PAGE = 30


@require_safe
def search(request: ActorRequest) -> HttpResponse:
    """检索: what the words find, in groups; with `kind`, one group in pages."""
    context = _found(request, GROUPS, lambda wanted, *part: find(wanted, request.actor, *part))
    return render(request, "portal/desk_search.html", context)


@public_page
@require_safe
def public_search(request: HttpRequest) -> HttpResponse:
    """The same over what is public: parks, places, rankings, reports, practices, published papers."""
    return render(request, "portal/search.html", _found(request, PUBLIC, find_public))


def _found(request: HttpRequest, kinds: Container[str], look: Callable[..., list[Group]]) -> dict[str, Any]:
    """What was asked, and what `look` finds of it: in groups, or one group in pages."""
    query = request.GET.get("q", "")[:100].strip()
    wanted = terms(query)
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    context: dict[str, Any] = {"q": query, "kind": kind, "too_short": bool(query) and not wanted}
    if kind:
        number = _page_number(request)
        groups = look(wanted, kind, (number - 1) * PAGE, PAGE)
        context["page"] = _page(groups, number)
    else:
        groups = look(wanted)
    context["lists"] = [(group, markup.hits(group.hits)) for group in groups]
    return context | {"total": _number(groups), "asked": bool(wanted)}


def _number(groups: list[Group]) -> str:
    """How many were found in all."""
    more = "" if all(group.is_counted for group in groups) else "+"
    return f"{sum(group.total for group in groups)}{more}"


def _page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    return max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 7 else 1


def _page(groups: list[Group], number: int) -> Any:
    """The page for the numbers below the list; its rows were read already."""
    return Paginator(range(groups[0].total if groups else 0), PAGE).get_page(number)
