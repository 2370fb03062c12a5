"""Nothing typed is lost when the session has ended: a page's POST is kept over signing in again.

Each page carries a seal: signed, it names the person it was shown to, its address, and the versions it showed.
The seal stands in for the CSRF token, which changes with every sign-in: nobody else can make one for that person.
A POST that arrives without a session is kept in the visitor's new session and shown again, unsaved, once the same
person has signed in and opens the page. A page that saves itself is told so instead, keeps the text and comes back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from accounts.decorators import public_page
from accounts.requests import ActorRequest

# What a page showed of each field: its version, and a digest of the value ("" where it is not known).
Seen = Mapping[str, tuple[int, str]]
View = Callable[..., HttpResponse]

SALT = "applications.page"
DAYS = 14
FIELD, SESSION, VERSIONS, DIRTY = "seal", "carried", "versions", "dirty"
AUTOSAVE = "X-Autosave"
# Never kept in a session: signatures, and what proves the person.
UNKEPT = {FIELD, DIRTY, "csrfmiddlewaretoken", "password"}


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
            return refuse_other_person(request)
        request.page_seal = page  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return public_page(csrf_exempt(checked))


def survives_where_sealed(view: View) -> View:
    """The same for a page that other programs and older windows may send without a seal: they need the CSRF token."""
    surviving, protected = survives_sign_out(view), csrf_protect(view)

    @wraps(view)
    def checked(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or FIELD in request.POST:
            return surviving(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        if request.actor is None:
            return redirect("accounts:choose_post")
        return protected(request, *args, **kwargs)

    return public_page(csrf_exempt(checked))


def carried(request: ActorRequest, path: str = "") -> tuple[Mapping[str, str], Seen] | None:
    """What this person had typed on this page (or at `path`) when the session ended: entries, versions then shown."""
    kept = request.session.get(SESSION, {}).get(path or request.path)
    if not kept or kept["person"] != str(request.user.pk):
        return None
    seen: Seen = {key: (shown[0], shown[1]) for key, shown in kept["seen"].items()}
    return kept["fields"], {**seen, **versions_in(kept["fields"].get(VERSIONS, ""))}


def carried_data(request: ActorRequest) -> QueryDict:
    """The entries carried for this page as a form takes them, lists included."""
    kept = request.session[SESSION][request.path]
    data = QueryDict(mutable=True)
    for name, value in kept["fields"].items():
        data.setlist(name, kept.get("lists", {}).get(name, [value]))
    return data


def drop(request: ActorRequest) -> None:
    """Forget what was carried for this page: it is saved now."""
    kept = request.session.get(SESSION)
    if kept and kept.pop(request.path, None):
        request.session[SESSION] = kept


def is_autosave(request: HttpRequest) -> bool:
    """Whether the page saves itself in the background."""
    return request.headers.get(AUTOSAVE) == "1"


def shown(request: ActorRequest) -> Seen:
    """The versions that the page showed, as far as it has followed them since; else those of its seal."""
    page: Seal = request.page_seal  # type: ignore[attr-defined]
    return {**page.seen, **versions_in(request.POST.get(VERSIONS, ""))}


def versions_in(text: str) -> dict[str, tuple[int, str]]:
    """Versions by field as a page's script keeps them; nothing where they do not read."""
    return {key: (version, "") for key, version in _object(text).items() if isinstance(version, int)}


def marks_in(text: str) -> dict[str, str]:
    """Marks of stored values by field, as a page's script keeps them."""
    return {key: mark for key, mark in _object(text).items() if isinstance(mark, str)}


def entries_in(text: str) -> dict[str, list[str]]:
    """Lists of entries by field, as a page's script sends them."""
    return {key: [str(one) for one in value] for key, value in _object(text).items() if isinstance(value, list)}


def touched(request: ActorRequest) -> list[str] | None:
    """The fields that the page's script knows as changed and not saved; None where no script followed them."""
    if DIRTY not in request.POST:
        return None
    try:
        found = json.loads(request.POST[DIRTY])
    except ValueError:
        return None
    return [str(key) for key in found] if isinstance(found, list) else None


def refuse_other_person(request: HttpRequest) -> HttpResponse:
    """What was typed by one person is never saved as another's; a page that saves itself is told why."""
    if not is_autosave(request):
        raise PermissionDenied
    words = _("现在登录的不是填写这些内容的人。内容仍留在本机，由填写人本人登录后再保存。")
    return JsonResponse({"refused": [words], "who": "other"}, status=403)


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _to_sign_in(request: ActorRequest, page: Seal | None) -> HttpResponse:
    if is_autosave(request):
        need = "post" if request.user.is_authenticated else "sign_in"
        return JsonResponse({"need": need}, status=401)
    if page:
        entries = {name: value for name, value in request.POST.items() if name not in UNKEPT}
        lists = {name: request.POST.getlist(name) for name in entries if len(request.POST.getlist(name)) > 1}
        kept = {"person": page.person, "seen": dict(page.seen), "fields": entries, "lists": lists}
        request.session[SESSION] = {**request.session.get(SESSION, {}), page.path: kept}
        messages.warning(request, _("登录已过期。您刚才填写的内容已经留住，重新登录后会放回原处，请核对后保存。"))
    if request.user.is_authenticated:
        return redirect("accounts:choose_post")
    return redirect_to_login(request.path)
