"""How far a year's returns have come, city by city, and how many figures wait for each department."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.decorators import only
from accounts.models import Organisation
from accounts.requests import ActorRequest
from indicators import queries, rules
from indicators.enums import FigureLevel, ReturnStatus
from indicators.models import Figure, Return, Verification
from workflow import instants


@dataclass
class Cell:
    """How many returns of a city stand at a stage, and where those that are open to one are listed."""

    label: str
    number: int
    address: str


@require_safe
@only(rules.oversees)
def page(request: ActorRequest) -> HttpResponse:
    """The returns of a year (default the one that is over) of every city, counted."""
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else instants.today().year - 1
    context = {"year": year, "stages": ReturnStatus.labels, "cities": _cities(year), "offices": _waiting(year)}
    return render(request, "indicators/progress.html", context)


def _cities(year: int) -> list[tuple[str, list[Cell]]]:
    counts: dict[UUID, dict[str, int]] = {}
    for pk, status, number in queries.progress(year):
        counts.setdefault(pk, {})[status] = number
    rows = Return.objects.filter(year=year).order_by().values_list("tenant_id", "status")
    listed = {(pk, status) for pk, status, _number in rows.annotate(Count("pk"))}
    return [
        (
            city.short_name,
            [
                _cell(year, city.pk, status, counts[city.pk].get(status.value, 0), (city.pk, status.value) in listed)
                for status in ReturnStatus
            ],
        )
        for city in Organisation.objects.filter(pk__in=counts).order_by("order", "pk")
    ]


def _cell(year: int, city: UUID, status: ReturnStatus, number: int, is_listed: bool) -> Cell:
    query = urlencode({"year": year, "city": city, "status": status.value})
    return Cell(str(status.label), number, f"{reverse('indicators:list')}?{query}" if is_listed else "")


def _waiting(year: int) -> list[tuple[Organisation, int]]:
    """The departments with figures that they have said nothing of since these were handed in."""
    reports = Return.objects.filter(year=year, status=ReturnStatus.VERIFYING)
    given = Figure.objects.filter(report__in=reports, level=FigureLevel.REPORTED).order_by("vintage")
    stands = {(report, code): at for report, code, at in given.values_list("report_id", "code", "recorded_at")}
    said = Verification.objects.filter(report__in=reports).values_list("report_id", "code", "said_at")
    done = {(report, code) for report, code, at in said if (report, code) in stands and at >= stands[report, code]}
    waiting = stands.keys() - done
    owners = queries.owners({code for _report, code in waiting})
    numbers = Counter(owners[code] for _report, code in waiting if code in owners)
    return [(office, numbers[office.pk]) for office in Organisation.objects.filter(pk__in=numbers).order_by("order")]
