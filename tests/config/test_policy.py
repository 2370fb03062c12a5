"""Every page bears the policy that the settings say; one with a policy or a nonce of its own bears that."""

from __future__ import annotations

from typing import Any

import pytest
from csp.constants import HEADER, NONCE, SELF
from csp.decorators import csp_update
from csp.exceptions import CSPNonceError
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from config.policy import PolicyMiddleware


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("页")


@csp_update({"img-src": ["https://tiles.example"]})
def with_tiles(request: HttpRequest) -> HttpResponse:
    return HttpResponse("图")


def with_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.csp_nonce))  # type: ignore[attr-defined]


def answer(kind: type[CSPMiddleware], view: Any, request: HttpRequest) -> HttpResponse:
    response = kind(view)(request)
    assert isinstance(response, HttpResponse)
    return response


@pytest.mark.parametrize("view", [plain, with_tiles])
@pytest.mark.parametrize("more", [{}, {"EXCLUDE_URL_PREFIXES": ["/open/"]}])
def test_policy_is_what_django_csp_says(view: Any, more: dict[str, object]) -> None:
    with override_settings(CONTENT_SECURITY_POLICY={**settings.CONTENT_SECURITY_POLICY, **more}):
        for path in ("/", "/open/"):
            request = RequestFactory().get(path)
            kinds = (PolicyMiddleware, CSPMiddleware)
            ours, theirs = (answer(kind, view, request).headers.get(HEADER) for kind in kinds)
            assert ours == theirs
            assert (ours is None) == (bool(more) and path == "/open/")


def test_nonce_stands_in_the_policy_and_comes_too_late_afterwards() -> None:
    directives = {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], "script-src": [SELF, NONCE]}
    with override_settings(CONTENT_SECURITY_POLICY={"DIRECTIVES": directives}):
        response = answer(PolicyMiddleware, with_nonce, RequestFactory().get("/"))
        assert f"'nonce-{response.content.decode()}'" in response.headers[HEADER]
        late = RequestFactory().get("/")
        assert "nonce" not in answer(PolicyMiddleware, plain, late).headers[HEADER]
    with pytest.raises(CSPNonceError):
        str(late.csp_nonce)  # type: ignore[attr-defined]
