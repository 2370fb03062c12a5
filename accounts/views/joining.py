"""How an invited person joins: with a new account or with the one they have."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import scope, services
from accounts.actors import SESSION_KEY
from accounts.decorators import public_page
from accounts.forms import AccountForm, post_in_words
from accounts.models import Invitation, Person, Post


@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation (接受邀请) by its link; a used, withdrawn or expired one says so."""
    presented = services.token_hash(token)
    scope.present(presented)
    invitation = Invitation.objects.select_related("organisation").filter(token_hash=presented).first()
    if invitation is None or not invitation.is_open:
        context = {"reason": services.why_closed(invitation)}
        return render(request, "accounts/invitation_closed.html", context, status=410 if invitation else 404)
    if request.user.is_authenticated:
        return _with_account(request, request.user, invitation)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                services.accept(
                    invitation, username=form.cleaned_data["username"], password=form.cleaned_data["password1"]
                )
        except IntegrityError:
            form.add_error("username", _("这个用户名刚刚被使用，请换一个。"))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("账号已开通，请用刚才设置的用户名和密码登录。"))
            return redirect("account_login")
    return render(request, "accounts/accept.html", {"form": form, "invitation": invitation})


def _with_account(request: HttpRequest, person: Person, invitation: Invitation) -> HttpResponse:
    """Add the post to the account that is signed in."""
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            post: Post = services.accept(invitation, person)
        except ValidationError as refusal:
            errors = [{"text": message} for message in refusal.messages]
        else:
            request.session[SESSION_KEY] = str(post.pk)
            messages.success(request, _("已增加岗位：%(post)s。") % {"post": post_in_words(post)})
            return redirect("accounts:profile")
    return render(request, "accounts/accept_post.html", {"invitation": invitation, "errors": errors})
