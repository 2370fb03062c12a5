"""The reader's choices of display, larger type and stronger contrast (关怀版), and of language.

Public pages are the same for everybody, so their forms carry no token; the browser says where a choice comes from.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import i18n
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.decorators import public_page, without_post

COOKIE = "portal_care"
ONE_YEAR = 365 * 24 * 3600
View = Callable[..., HttpResponse]


def from_this_site(view: View) -> View:
    """Take a POST without a token, unless the browser names another site as its origin."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        origin = request.headers.get("Origin")
        here = f"{request.scheme}://{request.get_host()}"
        if origin is not None and origin not in {here, *settings.CSRF_TRUSTED_ORIGINS}:
            raise PermissionDenied
        return view(request)

    return checked


set_language = public_page(without_post(from_this_site(i18n.set_language)))


@public_page
@without_post
@from_this_site
@require_POST
def set_display(request: HttpRequest) -> HttpResponse:
    """Remember the choice in a cookie (POST `care`: "1" or "0") and go back to `next`, never off this site."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    if request.POST.get("care") == "1":
        response.set_cookie(COOKIE, "1", max_age=ONE_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
