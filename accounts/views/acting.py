"""The acting post and one's own account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import SESSION_KEY, posts_of
from accounts.decorators import without_post
from accounts.forms import PostForm
from accounts.requests import PersonRequest


def _wanted(request: HttpRequest) -> str:
    """The address to go to afterwards, never off this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return reverse("portal:desk")


@without_post
@require_http_methods(["GET", "HEAD", "POST"])
def choose_post(request: PersonRequest) -> HttpResponse:
    """Choose in which post to act (选择岗位); says what to do where there is none."""
    posts = posts_of(request.user)
    if not posts:
        return render(request, "accounts/no_post.html")
    chosen = request.session.get(SESSION_KEY) or (str(posts[0].pk) if len(posts) == 1 else None)
    form = PostForm(request.POST or None, posts=posts, initial={"post": chosen})
    if request.method == "POST" and form.is_valid():
        request.session[SESSION_KEY] = form.cleaned_data["post"]
        return redirect(_wanted(request))
    return render(request, "accounts/choose_post.html", {"form": form, "next": _wanted(request)})


@without_post
@require_safe
def profile(request: PersonRequest) -> HttpResponse:
    """One's own account (我的账户): name, posts, password."""
    return render(request, "accounts/profile.html", {"posts": posts_of(request.user)})
