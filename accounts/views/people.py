"""What an organisation's administrator does: sees its people, invites, ends posts."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import handing, services
from accounts.actors import Actor
from accounts.decorators import only
from accounts.forms import EndPostForm, InvitationForm
from accounts.models import Invitation, Post
from accounts.requests import ActorRequest

LINK_KEY = "invitation_link"


def _is_admin(actor: Actor) -> bool:
    return actor.is_admin


@only(_is_admin)
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """People, posts and invitations of the own organisation (人员)."""
    organisation = request.actor.organisation
    # People and posts carry no row security, so the organisation is named here.
    posts = Post.objects.filter(organisation=organisation).select_related("person").order_by("role", "valid_from", "pk")
    today = timezone.localdate()
    return render(
        request,
        "accounts/people.html",
        {
            "posts": [post for post in posts if not post.valid_to or post.valid_to >= today],
            "ended": [post for post in posts if post.valid_to and post.valid_to < today],
            "invitations": Invitation.objects.filter(organisation=organisation, accepted_at=None).select_related(
                "invited_by"
            )[:50],
            "link": request.session.pop(LINK_KEY, None),
        },
    )


@only(_is_admin)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ActorRequest) -> HttpResponse:
    """Invite a person to a post; the link is shown once and sent by mail."""
    form = InvitationForm(request.POST or None, roles=services.roles_to_invite(request.actor))
    if request.method == "POST" and form.is_valid():
        invitation = services.invite(request.actor, **form.cleaned_data)
        request.session[LINK_KEY] = {"name": invitation.name, "href": services.link_of(invitation)}
        messages.success(request, _("已邀请 %(name)s，邀请邮件即将发出。") % {"name": invitation.name})
        return redirect("accounts:people")
    return render(request, "accounts/invite.html", {"form": form})


@only(_is_admin)
@require_POST
def withdraw(request: ActorRequest, pk: str) -> HttpResponse:
    """Withdraw an invitation that was not accepted yet."""
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        services.withdraw(invitation)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, _("已撤回对 %(name)s 的邀请，链接随即失效。") % {"name": invitation.name})
    return redirect("accounts:people")


@only(_is_admin)
@require_http_methods(["GET", "HEAD", "POST"])
def end_post(request: ActorRequest, pk: str) -> HttpResponse:
    """End a post of the own organisation; nothing is deleted."""
    post = get_object_or_404(
        Post.objects.select_related("person", "organisation"),
        pk=pk,
        organisation=request.actor.organisation,
        valid_to=None,
    )
    found, heirs = handing.held_in(post), handing.heirs(post)
    form = EndPostForm(request.POST or None, post=post, held=found, heirs=heirs)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_post(post, form.cleaned_data["last_day"], request.actor, form.chosen(heirs))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                _("%(name)s 的%(role)s岗位至 %(day)s 为止。")
                % {"name": post.person.name, "role": post.get_role_display(), "day": post.valid_to},
            )
            return redirect("accounts:people")
    context = {"form": form, "post": post, "held": form.held_rows(), "heirs": heirs}
    return render(request, "accounts/end_post.html", context)
