"""Who a session belongs to, read together with the posts that every request needs."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.actors import posts_of_id
from accounts.models import Person


class PersonBackend(AuthenticationBackend):
    """allauth's, with the person and their posts in one query."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, with `posts_today`; None when they may not sign in any more."""
        posts = posts_of_id(user_id)
        found = posts[0].person if posts else super().get_user(user_id)
        if found is None or not self.user_can_authenticate(found):
            return None
        found.posts_today = posts  # type: ignore[attr-defined,union-attr]
        return found
