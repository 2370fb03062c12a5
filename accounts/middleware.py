"""One transaction and one row scope around each request; sign-in unless a page opts out; the access log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.views import APIView

from accounts.actors import Actor, actor_of, scope_of
from accounts.scope import enter, undo

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS"}
# Addresses that are keys themselves stay out of the log.
SECRET_PATHS = {"accounts:accept"}


class ScopeMiddleware:
    """Set the row scope for the request's transaction; a GET is read-only in the database.

    A view that raises has written nothing: the page that says so is made in what is left of the transaction.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in settings.UNSCOPED_PATHS:
            return self.get_response(request)
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        with enter(scope_of(request.actor), read_only=request.method in SAFE):  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo what the view wrote before it failed, refused or found nothing."""
        if request.path not in settings.UNSCOPED_PATHS:
            undo()


class SignInRequiredMiddleware:
    """Send strangers to the sign-in page and people with several posts to the choice of one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Decide before the view runs; API views decide by their own permissions."""
        if is_open(view):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), str(settings.LOGIN_URL))
        if request.actor is None and not getattr(view, "needs_no_post", False):  # type: ignore[attr-defined]
            return redirect_to_login(request.get_full_path(), reverse("accounts:choose_post"))
        return None


def is_open(view: Callable[..., HttpResponse]) -> bool:
    """Whether a view decides for itself who may open it: opted out, an API view, or a sign-in page."""
    if getattr(view, "is_public_page", False) or view.__module__.startswith("allauth."):
        return True
    cls = getattr(view, "cls", None) or getattr(view, "view_class", None)
    return isinstance(cls, type) and issubclass(cls, APIView)


# Nobody waits for the disk: when the machine loses its power, the last half second of this log may be missing.
ACCESS = """
SELECT set_config('synchronous_commit', 'off', true);
INSERT INTO accounts_accesslog (id, at, person_id, organisation_id, method, path, view, status, address)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::inet)
"""


def _write_down(request: HttpRequest, actor: Actor | None, status: int) -> None:
    """One line of the access log, in one round trip."""
    match = request.resolver_match
    view = match.view_name[:100] if match else ""
    path = reverse("accounts:people") if view in SECRET_PATHS else request.path
    who = (request.user.pk, actor.organisation.pk if actor else None)
    what = (str(request.method), path[:500], view, status, request.META.get("REMOTE_ADDR") or None)
    with connection.cursor() as cursor:
        cursor.execute(ACCESS, (uuid4(), timezone.now(), *who, *what))


class AccessLogMiddleware:
    """Write who opened what, in a transaction of its own, after the response."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        actor = getattr(request, "actor", None)
        match = request.resolver_match
        if request.user.is_authenticated and not (match and getattr(match.func, "is_unlogged", False)):
            try:
                _write_down(request, actor, response.status_code)
            except DatabaseError:
                log.exception("the access log could not be written for %s", request.path)
        return response
