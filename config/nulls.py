"""U+0000 is left out of what forms carry: PostgreSQL cannot hold it, and no text needs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

NULL = "\x00"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class NullCharactersMiddleware:
    """What was pasted from a PDF may hold such characters: the rest of it is kept as it was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Clean a form before its view reads it."""
        if request.method != "POST" or request.content_type not in FORMS:
            return
        try:
            told = request.POST
        except UnreadablePostError:
            return  # the check of the form's token answers
        if any(NULL in text for name, texts in told.lists() for text in (name, *texts)):
            request.POST = without_nulls(told)  # type: ignore[assignment]


def without_nulls(told: QueryDict) -> QueryDict:
    """The same names and values without U+0000."""
    cleaned = QueryDict(mutable=True, encoding=told.encoding)
    for name, texts in told.lists():
        cleaned.setlist(name.replace(NULL, ""), [str(text).replace(NULL, "") for text in texts])
    cleaned._mutable = False
    return cleaned
