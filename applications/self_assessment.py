"""The figures of a self-assessment held against each other, as the yearly return holds them (C.4)."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from applications.facts import Dossier
from applications.plan import city
from policy import decimals
from policy.validation import TYPING, Severity, Sheet, check

Gap = tuple[str, str]


def faults(dossier: Dossier) -> list[Gap]:
    """What cannot be right in the figures of the two years: in words, with the page of the figure it is told of.

    What only asks for an explanation is asked in the return, which begins with these figures.
    """
    year, pages = dossier.plan.opened_on.year - 1, {}
    known: dict[str, dict[int, Fraction | None]] = {}
    for one in city.dimensions():
        for code in one.figures:
            pages[code] = f"city-{one.code}"
            known[code] = {
                year: _number(dossier, city.figure_key(code)),
                year - 1: _number(dossier, city.figure_key(code, True)) if code in one.before else None,
            }
    told = _("%(what)s。%(how)s")
    return [
        (told % {"what": fault.words, "how": fault.example}, pages[fault.codes[0]])
        for fault in check(Sheet(year, known), TYPING)
        if fault.severity is Severity.REFUSAL
    ]


def _number(dossier: Dossier, key: str) -> Fraction | None:
    value = dossier.plan.value(key)
    return None if value is None else decimals.parse(str(value))
