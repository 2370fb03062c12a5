"""Sign-in is required unless a page opts out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse

from accounts.actors import Actor

View = TypeVar("View", bound=Callable[..., HttpResponse])


def public_page(view: View) -> View:
    """Mark a page that needs no sign-in."""
    view.is_public_page = True  # type: ignore[attr-defined]
    return view


def unlogged(view: View) -> View:
    """Mark a page of which the access log says nothing: whoever objects there is promised confidence."""
    view.is_unlogged = True  # type: ignore[attr-defined]
    return view


def without_post(view: View) -> View:
    """Mark a page that a signed-in person may open before an acting post is chosen."""
    view.needs_no_post = True  # type: ignore[attr-defined]
    return view


def only(test: Callable[[Actor], bool]) -> Callable[[View], View]:
    """Open a page only to actors that pass the test; to all others it does not exist (404)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not test(request.actor):  # type: ignore[attr-defined]
                raise Http404
            return view(request, *args, **kwargs)

        return checked  # type: ignore[return-value]

    return decorate
