"""The good practices that everybody reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max, Q, QuerySet

from accounts.models import Division
from indicators.enums_practices import PracticeStatus
from indicators.models import Practice


def published() -> QuerySet[Practice]:
    """What is published now, the newest first."""
    rows = Practice.objects.filter(status=PracticeStatus.PUBLISHED).select_related("place", "place__parent")
    return rows.order_by("-published_at", "pk")


def of_place(place: Division) -> QuerySet[Practice]:
    """Those of a place, of a city those of its counties too."""
    return published().filter(Q(place=place.pk) | Q(place__parent=place.pk))


def filtered(conditions: Mapping[str, Any]) -> QuerySet[Practice]:
    """The published ones by `q`, `place`, `dimension`, `tag`, `year`; an empty condition asks for nothing."""
    rows = published()
    if text := conditions.get("q"):
        rows = with_text(rows, text)
    if place := conditions.get("place"):
        rows = rows.filter(Q(place=place) | Q(place__parent=place))
    if dimension := conditions.get("dimension"):
        rows = rows.filter(dimension=dimension)
    if tag := conditions.get("tag"):
        rows = rows.filter(tags__contains=[tag])
    if year := conditions.get("year"):
        rows = rows.filter(year=int(year))
    return rows


def with_text(rows: QuerySet[Practice], text: str) -> QuerySet[Practice]:
    """Those that name a text in title, words or place."""
    return rows.filter(Q(title__icontains=text) | Q(text__icontains=text) | Q(place__name__icontains=text))


def places() -> Iterable[Division]:
    """The places that have any, and the cities of those that are counties."""
    told = published().order_by().values("place")
    above = published().order_by().values("place__parent")
    return Division.objects.filter(Q(pk__in=told) | Q(pk__in=above, level="prefecture")).order_by("code")


def years() -> list[int]:
    """The years that are told of, the newest first."""
    return list(published().order_by("-year").values_list("year", flat=True).distinct())


def changed_at() -> dt.datetime | None:
    """When one was published last."""
    found: dt.datetime | None = published().order_by().aggregate(at=Max("published_at"))["at"]
    return found
