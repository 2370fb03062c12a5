"""The Content-Security-Policy of every page: the same words each time, put together once."""

from __future__ import annotations

from typing import Any

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    """django-csp's, which is asked only where a response has a policy or a page a nonce of its own."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        policy = settings.CONTENT_SECURITY_POLICY
        varies = policy.keys() - {"DIRECTIVES"} or getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None)
        self.plain = "" if varies or settings.DEBUG else build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the header."""
        own = [name for name in vars(response) if name.startswith("_csp")]
        if not self.plain or own or getattr(request, "_csp_nonce", None) is not None:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.plain)
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]
        return response
