"""Whether the portal is alive, and whether what it needs answers."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from accounts.decorators import public_page


@public_page
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@public_page
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, broker and storage answer; 503 and the reason for each that does not."""
    checks = {"database": _database, "broker": _broker, "storage": _storage}
    result = {}
    for name, check in checks.items():
        try:
            check()
            result[name] = "ok"
        except Exception as error:
            result[name] = type(error).__name__
    return JsonResponse(result, status=200 if set(result.values()) == {"ok"} else 503)


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    cache.set("readyz", "1", 5)


def _storage() -> None:
    settings.PRIVATE_ROOT.mkdir(parents=True, exist_ok=True)
    probe = settings.PRIVATE_ROOT / ".readyz"
    probe.write_text("ok")
    probe.unlink()
