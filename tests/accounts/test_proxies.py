"""The asker's address: from the operator's own proxies, never from what a client wrote."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.proxies import ProxyMiddleware


def seen(forwarded: str | None) -> str:
    """The address that views see when a proxy at 10.0.0.2 sends the header."""
    found: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        found.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    ProxyMiddleware(view)(RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.2"))
    return found[0]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.2"),
        (1, "2001:DB8::0:1", "2001:db8::1"),
        (1, "unknown", "10.0.0.2"),
        (1, "", "10.0.0.2"),
        (1, None, "10.0.0.2"),
    ],
)
def test_address_is_what_the_outermost_own_proxy_saw(
    settings: Any, proxies: int, forwarded: str | None, address: str
) -> None:
    settings.PORTAL_PROXIES = proxies
    assert seen(forwarded) == address


def test_header_is_not_read_without_proxies(settings: Any) -> None:
    settings.PORTAL_PROXIES = 0
    with pytest.raises(MiddlewareNotUsed):
        ProxyMiddleware(lambda request: HttpResponse())
