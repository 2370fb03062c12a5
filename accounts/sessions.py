"""Sessions in the database as Django keeps them, looked up by a query that is compiled once."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.compiled import Compiled, Slot

BY_KEY = Compiled(lambda: Session.objects.filter(session_key=Slot("key"), expire_date__gt=Slot("now")))


class SessionStore(db.SessionStore):
    """Django's, name and salt included: sessions made by either are read by both."""

    def _get_session_from_db(self) -> Session | None:
        found = BY_KEY(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]
