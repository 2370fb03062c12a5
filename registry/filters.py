"""The conditions by which the register is searched, the same on the page, in the export and in the interface."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import django_filters
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry import queries
from registry.enums import ParkStatus
from registry.models import Park


class ParkFilter(django_filters.FilterSet):
    """City or county code, status, leading industry, year of the first known status, and any text."""

    city = django_filters.CharFilter(label=_("城市或县（市、区）代码"), method="of_city", max_length=6)
    status = django_filters.ChoiceFilter(label=_("状态"), choices=ParkStatus.choices)
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


def conditions(data: Any) -> dict[str, str]:
    """The filters that are set in a query string, by name."""
    return {name: data[name].strip() for name in ParkFilter.base_filters if data.get(name, "").strip()}


def filtered(conditions_: dict[str, str]) -> QuerySet[Park]:
    """The parks that meet valid conditions; none when a condition cannot be read."""
    found = ParkFilter(conditions_, queryset=queries.parks())
    return found.qs if found.is_valid() else queries.parks().none()
