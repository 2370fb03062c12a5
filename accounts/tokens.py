"""Keys of programs: made and revoked by a person, for one of their posts; what a request with one may see and do."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.actors import Actor
from accounts.models import Person, Post, Token
from accounts.scope import present
from accounts.services import token_hash

PREFIX = "cyt_"
LENGTH = 32
DAYS = 365
MOST = 10


def issue(actor: Actor, name: str) -> str:
    """Make a key that acts in the actor's post for a year; the key itself, which is shown once and not kept."""
    name = name.strip()
    if not name:
        raise ValidationError(_("请写明令牌的用途，例如：统计系统报送。"))
    today = timezone.localdate()
    held = Token.objects.filter(person=actor.person, revoked_at=None, expires_on__gte=today)
    if held.count() >= MOST:
        raise ValidationError(_("有效的令牌最多 %(n)d 个，请先停用不再使用的。") % {"n": MOST})
    key = PREFIX + secrets.token_urlsafe(LENGTH)
    Token.objects.create(
        person=actor.person,
        post=actor.post,
        name=name[:60],
        token_hash=token_hash(key),
        ending=key[-4:],
        expires_on=today + dt.timedelta(days=DAYS),
    )
    return key


def revoke(token: Token) -> None:
    """End a key at once; once more is no change."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer cyt_…`: who asks is known here, so the view sets its row scope from `request.auth`."""

    def authenticate(self, request: Request) -> tuple[Person, Actor] | None:
        """The person and the post in which they act; None where no key was sent. Raises AuthenticationFailed."""
        words = get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() != "bearer":
            return None
        key = token_hash(words[1] if len(words) == 2 else "")
        present(key)
        token = Token.objects.select_related("person").filter(token_hash=key).first()
        day = timezone.localdate()
        post = None
        if token is not None and token.is_valid and token.person.is_active:
            posts = Post.objects.in_force(day).filter(pk=token.post_id, organisation__active=True)
            post = posts.select_related("organisation", "organisation__division").first()
        if token is None or post is None:
            raise AuthenticationFailed(_("令牌无效、已停用或者已过期。"))
        actor = Actor(token.person, post)
        # The access log tells of programs as it does of people.
        request._request.actor = actor  # type: ignore[attr-defined]
        return token.person, actor

    def authenticate_header(self, request: Request) -> str:
        """What a 401 answers with."""
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema tells of the key."""

    target_class = "accounts.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token of one's own, made under “接口令牌”."""
        return {"type": "http", "scheme": "bearer", "description": _("在“我的账户—接口令牌”中生成的令牌。")}
