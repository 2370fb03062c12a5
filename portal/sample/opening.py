"""The returns of the newest year: open at once, as the portal itself opens them every hour."""

from __future__ import annotations

from collections.abc import Callable

from accounts.scope import system
from indicators.enums import SubjectKind
from indicators.models import Return
from indicators.tasks import open_returns
from workflow import instants


def load(progress: Callable[[str], None]) -> None:
    """Open what the hourly sweep would open."""
    open_returns()
    year = instants.today().year - 1
    with system():
        number = Return.objects.filter(kind=SubjectKind.CITY, year=year).count()
    progress(f"Cities and counties: returns of {year} open for {number} places")
