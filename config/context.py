"""What every template may use: how the reader wants the page displayed."""

from django.conf import settings
from django.http import HttpRequest

from accounts.queries import sample_is_loaded
from indicators.navigation import sections_for
from registry.kept import figures


def display(request: HttpRequest) -> dict[str, dict[str, bool]]:
    """`display.care` is true when the reader chose larger type and stronger contrast (关怀版)."""
    return {"display": {"care": request.COOKIES.get("portal_care") == "1"}}


def site(request: HttpRequest) -> dict[str, object]:
    """`site` names the site as a government site must; `sample_mode` says that sample data is loaded."""
    return {"site": settings.SITE, "sample_mode": figures("sample", sample_is_loaded)}


def sections(request: HttpRequest) -> dict[str, object]:
    """`menu`: the sections of the main navigation for who is signed in, each with its pages for the row below it."""
    return {"menu": sections_for(getattr(request, "actor", None), request.path)}
