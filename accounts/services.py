"""Invitations, posts and the password that confirms a signature."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import handing
from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Invitation, Organisation, Person, Post
from accounts.throttle import Limit

INVITATION_DAYS = 7
WRONG_PASSWORDS = Limit("confirm_password", amount=5, seconds=15 * 60)

Invited = Callable[[Invitation], None]
_when_invited: list[Invited] = []


def confirm_password(person: Person, password: str) -> None:
    """Ask who acts to prove it again; ValidationError in words after a wrong password or too many of them."""
    key = str(person.pk)
    if WRONG_PASSWORDS.reached(key):
        raise ValidationError(_("密码连续输错 5 次，请 15 分钟后再试。您填写的内容没有丢失。"), code="too_many")
    if not person.check_password(password):
        WRONG_PASSWORDS.count(key)
        raise ValidationError(_("密码不正确，请输入您本人的登录密码。"), code="wrong")
    WRONG_PASSWORDS.clear(key)


def when_invited(follower: Invited) -> Invited:
    """Let a higher room follow invitations (it sends the mail); called in the invitation's transaction."""
    if follower not in _when_invited:
        _when_invited.append(follower)
    return follower


def token_of(invitation: Invitation) -> str:
    """The token of an invitation's link; only its SHA-256 is stored, whoever knows the site's key can derive it."""
    return salted_hmac("accounts.invitation", str(invitation.pk), algorithm="sha256").hexdigest()


def token_hash(token: str) -> str:
    """What is stored of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(invitation: Invitation) -> str:
    """The full address at which the invitation is accepted."""
    return settings.PORTAL_BASE_URL + reverse("accounts:accept", args=[token_of(invitation)])


def roles_to_invite(actor: Actor) -> list[tuple[str, str]]:
    """The posts an administrator may give; a security auditor exists at the operator only."""
    return [
        (value, str(label))
        for value, label in PostRole.choices
        if value != PostRole.AUDITOR or actor.organisation.kind == OrganisationKind.OPERATOR
    ]


@transaction.atomic
def invite(actor: Actor, *, name: str, email: str, role: str, title: str = "") -> Invitation:
    """Invite a person to a post in the administrator's own organisation; valid for seven days, used once."""
    return invite_to(actor.organisation, actor.person, name=name, email=email, role=role, title=title)


@transaction.atomic
def invite_to(
    office: Organisation, by: Person | None, *, name: str, email: str, role: str, title: str = ""
) -> Invitation:
    """Invite a person to a post of an office; the operator does so for the first administrator of another office."""
    invitation = Invitation(
        pk=uuid4(),
        organisation=office,
        name=name,
        email=email,
        role=role,
        title=title,
        invited_by=by,
        expires_at=timezone.now() + dt.timedelta(days=INVITATION_DAYS),
    )
    invitation.token_hash = token_hash(token_of(invitation))
    invitation.save(force_insert=True)
    for follower in _when_invited:
        follower(invitation)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation) -> None:
    """Withdraw an open invitation; ValidationError when it was accepted meanwhile."""
    locked = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if locked.accepted_at:
        raise ValidationError(_("%(name)s 已接受邀请，不能撤回；如需停用，请结束其岗位。") % {"name": locked.name})
    if not locked.withdrawn_at:
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])


def why_closed(invitation: Invitation | None) -> str:
    """Why an invitation cannot be accepted, in words; empty when it can."""
    if invitation is None:
        return _("邀请链接无效。请核对链接是否完整，或请本单位管理员重新发送。")
    if invitation.accepted_at:
        return _("该邀请已经使用过。请直接登录；不是您本人操作的，请立即告知本单位管理员。")
    if invitation.withdrawn_at:
        return _("该邀请已由管理员撤回。如有疑问，请联系本单位管理员。")
    if not invitation.is_open:
        return _("该邀请已超过 7 天有效期。请本单位管理员重新发送邀请。")
    return ""


@transaction.atomic
def accept(invitation: Invitation, person: Person | None = None, *, username: str = "", password: str = "") -> Post:
    """Accept an invitation once: with an existing account, or by making one; ValidationError when it is closed."""
    locked = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if reason := why_closed(locked):
        raise ValidationError(reason)
    if person is None:
        person = Person.objects.create_user(username, locked.email, password, name=locked.name)
    held = Post.objects.in_force().filter(person=person, organisation=locked.organisation, role=locked.role)
    if held.exists():
        raise ValidationError(_("该账号已经担任这个岗位，无需再次接受邀请。"))
    locked.accepted_at, locked.accepted_by = timezone.now(), person
    locked.save(update_fields=["accepted_at", "accepted_by"])
    return Post.objects.create(person=person, organisation=locked.organisation, role=locked.role, title=locked.title)


@transaction.atomic
def end_post(
    post: Post, last_day: dt.date, actor: Actor | None = None, chosen: Mapping[str, Person] | None = None
) -> int:
    """End a post after its last day; it is kept for ever. How many things in hand went over to others.

    `chosen` names for each thing in hand (accounts.handing) who goes on with it. ValidationError for the last
    administrator, and where something would be left without anybody.
    """
    administrators = (
        Post.objects.select_for_update(no_key=True)
        .in_force(max(timezone.localdate(), last_day + dt.timedelta(days=1)))
        .filter(organisation_id=post.organisation_id, role=PostRole.ADMIN)
        .exclude(pk=post.pk)
        .order_by("pk")
    )
    if post.role == PostRole.ADMIN and not list(administrators):
        raise ValidationError(_("这是本单位唯一的管理员岗位。请先邀请另一位管理员，再结束这个岗位。"))
    handed = handing.hand_over(post, dict(chosen or {}), actor)
    post.valid_to = last_day
    post.save(update_fields=["valid_to"])
    return handed
