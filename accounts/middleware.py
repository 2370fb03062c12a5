"""One transaction and one row scope around each request; sign-in unless a page opts out; the access log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from rest_framework.views import APIView

from accounts.actors import actor_of, scope_of
from accounts.models import AccessLog
from accounts.scope import enter

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS"}
# Addresses that are keys themselves stay out of the log.
SECRET_PATHS = {"accounts:accept"}


class ScopeMiddleware:
    """Set the row scope for the request's transaction; a GET is read-only in the database."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in settings.UNSCOPED_PATHS:
            return self.get_response(request)
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        outermost = not connection.in_atomic_block
        with enter(scope_of(request.actor)):  # type: ignore[attr-defined]
            if outermost and request.method in SAFE:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION READ ONLY")
            return self.get_response(request)


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


class AccessLogMiddleware:
    """Write who opened what, in a transaction of its own, after the response."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        actor = getattr(request, "actor", None)
        match = request.resolver_match
        if request.user.is_authenticated and not (match and getattr(match.func, "is_unlogged", False)):
            view = match.view_name[:100] if match else ""
            path = reverse("accounts:people") if view in SECRET_PATHS else request.path
            try:
                AccessLog.objects.create(
                    person_id=request.user.pk,
                    organisation=actor.organisation if actor else None,
                    method=str(request.method),
                    path=path[:500],
                    view=view,
                    status=response.status_code,
                    address=request.META.get("REMOTE_ADDR") or None,
                )
            except DatabaseError:
                log.exception("the access log could not be written for %s", request.path)
        return response
