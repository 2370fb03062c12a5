"""What every template may use: how the reader wants the page displayed."""

from django.http import HttpRequest


def display(request: HttpRequest) -> dict[str, dict[str, bool]]:
    """`display.care` is true when the reader chose larger type and stronger contrast (关怀版)."""
    return {"display": {"care": request.COOKIES.get("portal_care") == "1"}}
