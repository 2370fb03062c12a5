"""Who asks, when the portal stands behind proxies of its own."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse


class ProxyMiddleware:
    """Take the asker's address from what the nearest `PORTAL_PROXIES` proxies appended to X-Forwarded-For.

    What stands further left was sent by the client and proves nothing. Without proxies the header is not read at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PORTAL_PROXIES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        appended = request.headers.get("X-Forwarded-For", "").split(",")[-settings.PORTAL_PROXIES :]
        if len(appended) == settings.PORTAL_PROXIES and (address := _address(appended[0])):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


def _address(text: str) -> str:
    """An IPv4 or IPv6 address in its usual writing; empty when it is none."""
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return ""
