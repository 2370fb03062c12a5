"""Public pages are kept until the edition changes: never a stale one, never one of a signed-in person.

The edition is read from the database with each request, outside of any transaction and before the page is made. What
a page is made of can thus only be as new as its key says, or newer; and a newer edition has another key.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from registry.shelf import shelf

T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., HttpResponse])
GetResponse = Callable[[HttpRequest], HttpResponse]
KEPT_HEADERS = ("Content-Type", "Content-Disposition", "Content-Length", "Vary", "X-Total-Count", "Link")
# What the request that is being answered has read of the edition: nothing yet, or one thing.
_seen: ContextVar[list[tuple[UUID, dt.date] | None] | None] = ContextVar("edition", default=None)
SIGNS_OF_A_PERSON = {settings.SESSION_COOKIE_NAME, "messages"}


def kept(view: View) -> View:
    """Mark a public page that shows rows of watched tables alone (see `registry.watching`), and nobody's own."""
    view.is_kept = True  # type: ignore[attr-defined]
    return view


def edition() -> tuple[UUID, dt.date] | None:
    """The stamp of what is public now, and the day in China by the database's clock; None where nothing may be kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stamp, now() FROM registry_edition")
        row = cursor.fetchone()
    return (row[0], timezone.localdate(row[1])) if row else None


def _of_request() -> tuple[UUID, dt.date] | None:
    """The edition as this request read it first."""
    seen = _seen.get()
    if seen is None:
        return edition()
    if not seen:
        seen.append(edition())
    return seen[0]


def figures(name: str, make: Callable[[], T]) -> T:
    """What is counted over the whole register, kept until the edition changes; `name` says all it depends on."""
    now = _of_request() if settings.KEEP_FIGURES else None
    if now is None:
        return make()
    key = "\n".join((release(), str(now[0]), name))
    found: T | None = shelf.get(key)
    if found is None:
        found = make()
        shelf.put(key, found, len(repr(found)))
    return found


@dataclass(frozen=True)
class Page:
    """A page as it was first made."""

    etag: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @classmethod
    def of(cls, response: HttpResponse) -> Page | None:
        """A response as a page to keep; None when it is about one reader, or not a page."""
        if response.status_code != 200 or response.streaming or response.cookies:
            return None
        headers = tuple((name, response.headers[name]) for name in KEPT_HEADERS if name in response.headers)
        return cls(f'"{hashlib.sha256(response.content).hexdigest()[:32]}"', headers, response.content)

    def response(self) -> HttpResponse:
        """The page as a response."""
        return HttpResponse(self.body, headers=dict(self.headers))


class KeptPagesMiddleware:
    """Answers with what is kept, ahead of sessions and scopes; tells browsers to ask each time, by ETag."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = _seen.set([])
        try:
            return self._answer(request)
        finally:
            _seen.reset(before)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        now = _of_request() if settings.KEEP_PAGES and is_of_everybody(request) else None
        if now is None:
            return self.get_response(request)
        key = _key(request, *now)
        page: Page | None = shelf.get(key)
        if page is not None:
            return _answer(request, page, page.response())
        response = self.get_response(request)
        page = Page.of(response)
        if page is None:
            return response
        shelf.put(key, page, len(page.body))
        return _answer(request, page, response)


def is_of_everybody(request: HttpRequest) -> bool:
    """Whether a stranger asks for a page that is kept."""
    if request.method != "GET" or SIGNS_OF_A_PERSON & request.COOKIES.keys():
        return False
    try:
        return bool(getattr(resolve(request.path_info).func, "is_kept", False))
    except Resolver404:
        return False


def _key(request: HttpRequest, stamp: UUID, day: dt.date) -> str:
    """Everything that a page depends on."""
    care = "care" if request.COOKIES.get("portal_care") == "1" else ""
    where = (request.scheme or "", request.get_host(), request.get_full_path())
    return "\n".join((release(), str(stamp), day.isoformat(), get_language() or "", care, *where))


def _answer(request: HttpRequest, page: Page, response: HttpResponse) -> HttpResponse:
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = "no-cache"
    answer = get_conditional_response(request, etag=page.etag, response=response)
    assert isinstance(answer, HttpResponse)
    return answer


@cache
def release() -> str:
    """A digest of the code, templates, words and settings that make pages: another release has pages of its own."""
    digest = hashlib.sha256(json.dumps(settings.SITE, sort_keys=True).encode())
    for folder in sorted({settings.BASE_DIR / "templates", settings.BASE_DIR / "locale", *_rooms()}):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".html", ".mo", ".json", ".yaml"}:
                state = path.stat()
                digest.update(f"{path}\0{state.st_mtime_ns}\0{state.st_size}\n".encode())
    return digest.hexdigest()[:16]


def _rooms() -> list[Any]:
    return [path.parent for path in settings.BASE_DIR.glob("*/apps.py")] + [settings.BASE_DIR / "config"]
