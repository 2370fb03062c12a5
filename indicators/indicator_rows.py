"""The indicators behind a published score: weight, score against the others of its list, and the figures used."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from accounts.names import named
from indicators import queries
from indicators.models import Assessment, IndexVersion
from indicators.monitoring.numbers import amount
from policy import decimals, figures
from policy.facts import Facts
from policy.index import Part


def indicator_rows(one: Assessment, version: IndexVersion | None, others: Sequence[Assessment]) -> list[dict[str, Any]]:
    """By dimension the indicators with their scores; `others` are empty where the whole list is not public.

    With the whole list each indicator has also median, best and its figures of the year and of the one before.
    """
    parts = list(version.parts) if version is not None else []
    known = Facts.parse(one.facts).figures if others else {}
    groups = []
    for dimension in parts:
        rows = [_row(part, one, others, known) for part in parts if part.parent == dimension.code and part.level == 1]
        if dimension.level > 1 and rows:
            groups.append({"label": dimension.label, "weight": dimension.weight, "rows": rows})
    return groups


def _row(part: Part, one: Assessment, others: Sequence[Assessment], known: Any) -> dict[str, Any]:
    scores = [decimals.parse(other.scores[part.code]) for other in others if other.scores.get(part.code)]
    own = one.scores.get(part.code)
    return {
        "label": named(part.label),
        "clause": part.clause.partition("[")[0],
        "weight": part.weight,
        "own": decimals.show(decimals.parse(own)) if own else "",
        "median": decimals.show(median(scores)) if scores else "",
        "best": decimals.show(max(scores)) if scores else "",
        "figures": _figures(part, known, one.year),
    }


def _figures(part: Part, known: Any, year: int) -> list[dict[str, str]]:
    """The figures that an indicator is computed from, as far as they are told."""
    found = []
    for code in dict.fromkeys([*part.numerator, part.denominator]):
        figure = figures.find(code) if code else None
        told = known.get(code, {})
        values = {when: told[when] for when in (year - 1, year) if told.get(when) is not None}
        if figure is not None and values:
            shown = " · ".join(
                _("%(year)d 年 %(value)s") % {"year": when, "value": amount(value)} for when, value in values.items()
            )
            found.append({"label": queries.named(code), "shown": shown, "unit": figure.unit})
    return found
