"""The reader's choice of display: larger type and stronger contrast (关怀版)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.decorators import public_page, without_post

COOKIE = "portal_care"
ONE_YEAR = 365 * 24 * 3600


@public_page
@without_post
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
