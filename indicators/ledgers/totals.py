"""What support came to by heading: for the desk as far as one sees it, for everybody with small cells kept back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import CharField, Count, Sum
from django.db.models.functions import Left
from django.db.models.query import QuerySet
from django.utils import timezone

from indicators.models import Support, SupportTotal
from indicators.suppression import suppressed
from policy.supports import Heading, Measure, supports
from workflow import instants

HEADING = Left("clause", len("P-III.1"), output_field=CharField())


@dataclass(frozen=True)
class Came:
    """How many measures, for how many parks, and the money in 万元; `counts` are numbers by their unit."""

    measures: int
    parks: int
    amount: Decimal | None
    counts: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class Part:
    """A heading with what it came to, and its sub-clauses with theirs."""

    heading: Heading
    came: Came | None
    measures: list[tuple[Measure, Came]]


def statistics(rows: QuerySet[Support]) -> list[Part]:
    """What rows of support come to, by heading and sub-clause."""
    clauses, headings = _summed(rows, "clause"), _summed(rows.annotate(heading=HEADING), "heading")
    known = supports()
    return [
        Part(
            heading,
            headings.get(code),
            [
                (one, clauses[one.code])
                for one in known.measures.values()
                if one.heading == code and one.code in clauses
            ],
        )
        for code, heading in known.headings.items()
    ]


def _summed(rows: QuerySet[Support], by: str) -> dict[str, Came]:
    told = {"measures": Count("pk"), "parks": Count("ledger__park", distinct=True), "money": Sum("amount")}
    numbers: dict[str, list[tuple[str, Decimal]]] = {}
    for row in rows.filter(count__isnull=False).order_by().values(by, "unit").annotate(n=Sum("count")):
        numbers.setdefault(row[by], []).append((row["unit"], row["n"]))
    return {
        row[by]: Came(row["measures"], row["parks"], row["money"], tuple(sorted(numbers.get(row[by], ()))))
        for row in rows.order_by().values(by).annotate(**told)
    }


@transaction.atomic
def add_up() -> int:
    """Write what the years that are over came to, for everybody; how many rows changed. Under the system scope.

    What few parks had is kept back, and one more heading with it, so that nobody finds it by subtraction.
    """
    wanted = {(year, code): came for year in _years() for code, came in _published(year).items()}
    there = {(row.year, row.heading): row for row in SupportTotal.objects.all()}
    changed = 0
    for (year, code), told in wanted.items():
        row = there.pop((year, code), None)
        if row is None or (row.parks, row.measures, row.amount) != told:
            parks, measures, amount = told
            values: dict[str, Any] = {"parks": parks, "measures": measures, "amount": amount}
            values["counted_at"] = timezone.now()
            SupportTotal.objects.update_or_create(year=year, heading=code, defaults=values)
            changed += 1
    gone = [row.pk for row in there.values()]
    SupportTotal.objects.filter(pk__in=gone).delete()
    return changed + len(gone)


def _years() -> list[int]:
    rows = Support.objects.filter(removed_at=None, year__lt=instants.today().year)
    return sorted(set(rows.order_by().values_list("year", flat=True)))


def _published(year: int) -> dict[str, tuple[int | None, int | None, Decimal | None]]:
    rows = Support.objects.filter(removed_at=None, year=year).annotate(heading=HEADING)
    found = _summed(rows, "heading")
    shown = suppressed({code: came.parks for code, came in found.items()})
    return {
        code: (None, None, None) if shown[code] is None else (came.parks, came.measures, came.amount)
        for code, came in found.items()
    }
