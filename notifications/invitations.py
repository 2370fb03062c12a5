"""The mail that carries an invitation's link, sent by the worker."""

from __future__ import annotations

from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts import services
from accounts.models import Invitation
from workflow import outbox


@services.when_invited
def queue_mail(invitation: Invitation) -> None:
    """Note the mail in the invitation's transaction; its link is not stored, the worker derives it."""
    outbox.follow(
        None,
        "accounts.invitation_mail",
        str(invitation.pk),
        {"invitation": str(invitation.pk)},
        invitation.organisation,
    )


@outbox.effect("accounts.invitation_mail")
def send_invitation(payload: dict[str, Any]) -> None:
    """Send the link to the person who was invited; nothing where the invitation was closed meanwhile."""
    invitation = Invitation.objects.select_related("organisation", "invited_by").get(pk=payload["invitation"])
    if not invitation.is_open:
        return
    context = {"invitation": invitation, "link": services.link_of(invitation)}
    send_mail(
        _("邀请您担任%(organisation)s的%(role)s")
        % {"organisation": invitation.organisation.name, "role": invitation.get_role_display()},
        render_to_string("accounts/mail/invitation.txt", context),
        None,
        [invitation.email],
    )
