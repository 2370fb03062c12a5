"""The conditions by which the register is searched, the same on the page, in the export and in the interface."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import dated, queries
from registry.enums import ParkStatus
from registry.models import Park


def not_to_come(day: dt.date) -> None:
    """The register of a day that has not come is not known."""
    if day > timezone.localdate():
        raise ValidationError(_("日期不能晚于今天。"))


class ParkFilter(django_filters.FilterSet):
    """A day, city or county code, status, leading industry, year of the first known status, and any text."""

    # First: the status that is asked for is the one of the day.
    on = django_filters.DateFilter(
        label=_("某日的名录（如2015-03-01，缺省为现在）"), method="of_day", validators=[not_to_come]
    )
    city = django_filters.CharFilter(label=_("城市或县（市、区）代码"), method="of_city", max_length=6)
    status = django_filters.ChoiceFilter(label=_("状态"), method="of_status", choices=ParkStatus.choices)
    industry = django_filters.CharFilter(label=_("主导产业"), method="of_industry", max_length=60)
    year = django_filters.NumberFilter(label=_("列入年份"), method="of_year", min_value=1900, max_value=2200)
    q = django_filters.CharFilter(
        label=_("名称、曾用名、所在地或代码"),
        method="of_text",
        max_length=60,
        validators=[ProhibitNullCharactersValidator()],
    )

    class Meta:
        model = Park
        fields: list[str] = []

    def of_day(self, queryset: QuerySet[Park], name: str, value: dt.date) -> QuerySet[Park]:
        """Parks that were on the register on a day."""
        return dated.standing_on(queryset, value)

    def of_status(self, queryset: QuerySet[Park], name: str, value: str) -> QuerySet[Park]:
        """Parks in a status, now or on the day."""
        return queryset.filter(**{status_field(self.form.cleaned_data.get("on")): value})

    def of_city(self, queryset: QuerySet[Park], name: str, value: str) -> QuerySet[Park]:
        """Parks in a city or county."""
        return queries.in_place(queryset, value)

    def of_industry(self, queryset: QuerySet[Park], name: str, value: str) -> QuerySet[Park]:
        """Parks with a leading industry."""
        return queries.with_industry(queryset, value)

    def of_year(self, queryset: QuerySet[Park], name: str, value: Decimal) -> QuerySet[Park]:
        """Parks listed first in a year."""
        return queries.first_listed_in(queryset, int(value))

    def of_text(self, queryset: QuerySet[Park], name: str, value: str) -> QuerySet[Park]:
        """Parks that a text finds."""
        return queries.with_text(queryset, value.strip())


def status_field(day: object) -> str:
    """Where the status stands that is asked for: of the day, or of now."""
    return "then_status" if day else "status"


def day_of(conditions_: dict[str, str]) -> dt.date | None:
    """The day of which the register is asked for; None for now, or where it cannot be read."""
    try:
        day: dt.date | None = forms.DateField(required=False, validators=[not_to_come]).clean(conditions_.get("on"))
    except ValidationError:
        return None
    return day


def shown(found: Iterable[Park], conditions_: dict[str, str]) -> list[Park]:
    """Parks that were found, each bearing what holds now, or what held on the day that was asked for."""
    day = day_of(conditions_)
    return dated.borne(found, day) if day else list(found)


def conditions(data: Any) -> dict[str, str]:
    """The filters that are set in a query string, by name."""
    return {name: data[name].strip() for name in ParkFilter.base_filters if data.get(name, "").strip()}


def filtered(conditions_: dict[str, str]) -> QuerySet[Park]:
    """The parks that meet valid conditions; none when a condition cannot be read."""
    found = ParkFilter(conditions_, queryset=queries.parks())
    return found.qs if found.is_valid() else queries.parks().none()
