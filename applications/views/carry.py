"""Nothing typed is lost when the session has ended: a page's POST is kept over signing in again.

Each page carries a seal: signed, it names the person it was shown to, its address, and the versions it showed.
The seal stands in for the CSRF token, which changes with every sign-in: nobody else can make one for that person.
A POST that arrives without a session is kept in the visitor's new session and shown again, unsaved, once the same
person has signed in and opens the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accounts.decorators import public_page
from accounts.requests import ActorRequest
from applications.editing import Seen

SALT = "applications.page"
DAYS = 14
FIELD, SESSION = "seal", "carried"
AUTOSAVE = "X-Autosave"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Seal:
    """To whom a page was shown, where, and which version of each field it showed."""

    person: str
    path: str
    seen: Seen


def seal(request: ActorRequest, seen: Seen | None = None, path: str = "") -> str:
    """The seal of a page that is shown now, for its hidden field; `path` where the form is sent elsewhere."""
    value = {"person": str(request.user.pk), "path": path or request.path, "seen": dict(seen or {})}
    return signing.dumps(value, salt=SALT, compress=True)


def opened(text: str) -> Seal | None:
    """A seal read back; None where it is missing, forged or too old."""
    try:
        value = signing.loads(text, salt=SALT, max_age=DAYS * 86400)
    except signing.BadSignature:
        return None
    return Seal(value["person"], value["path"], {key: (shown[0], shown[1]) for key, shown in value["seen"].items()})


def survives_sign_out(view: View) -> View:
    """A page whose POST survives the end of the session; without one its GET leads to the sign-in page."""

    @wraps(view)
    def checked(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = opened(request.POST.get(FIELD, "")) if request.method == "POST" else None
        if request.method == "POST" and (page is None or page.path != request.path):
            raise PermissionDenied
        if not request.user.is_authenticated or request.actor is None:  # type: ignore[attr-defined]
            return _to_sign_in(request, page)
        if page and page.person != str(request.user.pk):
            raise PermissionDenied
        request.page_seal = page  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return public_page(csrf_exempt(checked))


def carried(request: ActorRequest) -> tuple[Mapping[str, str], Seen] | None:
    """What this person had typed on this page when the session ended: entries and the versions then shown."""
    kept = request.session.get(SESSION, {}).get(request.path)
    if not kept or kept["person"] != str(request.user.pk):
        return None
    return kept["fields"], {key: (shown[0], shown[1]) for key, shown in kept["seen"].items()}


def drop(request: ActorRequest) -> None:
    """Forget what was carried for this page: it is saved now."""
    kept = request.session.get(SESSION)
    if kept and kept.pop(request.path, None):
        request.session[SESSION] = kept


def is_autosave(request: ActorRequest) -> bool:
    """Whether the page saves itself in the background."""
    return request.headers.get(AUTOSAVE) == "1"


def _to_sign_in(request: ActorRequest, page: Seal | None) -> HttpResponse:
    if is_autosave(request):
        return HttpResponse(status=401)
    if page:
        entries = {name: value for name, value in request.POST.items() if name not in {FIELD, "csrfmiddlewaretoken"}}
        kept = {"person": page.person, "seen": dict(page.seen), "fields": entries}
        request.session[SESSION] = {**request.session.get(SESSION, {}), page.path: kept}
        messages.warning(request, _("登录已过期。您刚才填写的内容已经留住，重新登录后会放回原处，请核对后保存。"))
    if request.user.is_authenticated:
        return redirect("accounts:choose_post")
    return redirect_to_login(request.path)
