"""One's own keys of programs: what there is, a new one, an end to one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import tokens
from accounts.models import Token
from accounts.requests import ActorRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """One's keys (接口令牌); a new one is shown on the page that answers, and never again."""
    key, errors = "", []
    if request.method == "POST":
        try:
            key = tokens.issue(request.actor, request.POST.get("name", ""))
        except ValidationError as refusal:
            errors = [{"text": text, "href": "#name"} for text in refusal.messages]
    held = Token.objects.filter(person=request.user).select_related("post__organisation")
    context = {"tokens": held, "key": key, "errors": errors}
    return render(request, "accounts/tokens.html", context, status=422 if errors else 200)


@require_POST
def revoke(request: ActorRequest, pk: UUID) -> HttpResponse:
    """End one of one's own keys (停用)."""
    tokens.revoke(get_object_or_404(Token, pk=pk, person=request.user))
    messages.success(request, _("令牌已停用，使用它的程序不能再访问。"))
    return redirect("accounts:tokens")
