"""python -m bench.asks: what is asked of the portal, signed in as 省科技厅 and as a city; prints JSON.

Runs under the portal's settings against the filled database, as its owner: makes the sessions, names the addresses.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from types import SimpleNamespace
from typing import Any, cast

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts import carrying  # noqa: E402
from accounts.enums import OrganisationKind, PostRole  # noqa: E402
from accounts.models import Person  # noqa: E402
from accounts.requests import ActorRequest  # noqa: E402
from accounts.scope import system  # noqa: E402
from applications.enums import FilingStatus  # noqa: E402
from applications.models import Filing  # noqa: E402

CSRF = secrets.token_hex(16)
SECTION, FIELD = "space", "space.phases"
PAGES = 64  # so many plans are written in at once, each by itself


def cookie_of(person: Person) -> str:
    """The cookies of a person who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={CSRF}"


def main() -> dict[str, Any]:
    """Cookies, addresses, and the pages that save themselves: path → seal."""
    with system():
        lead = Person.objects.get(posts__role=PostRole.HANDLER, posts__organisation__kind=OrganisationKind.LEAD)
        filings = list(Filing.objects.filter(status=FilingStatus.DRAFT).select_related("created_by").order_by("pk"))
        writer = filings[0].created_by
        mine = [filing for filing in filings if filing.created_by_id == writer.pk][:PAGES]
        found: dict[str, Any] = {"lead": cookie_of(lead), "writer": cookie_of(writer), "csrf": CSRF}
    pages = [reverse("applications:section", args=[filing.pk, SECTION]) for filing in mine]
    shown_to = cast(ActorRequest, SimpleNamespace(user=writer))
    found["pages"] = {page: carrying.seal(shown_to, path=page) for page in pages}
    return {**found, "field": FIELD, "desk": reverse("portal:desk"), "search": reverse("portal:search")}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()) + "\n")
