"""The register in the public interface: flat rows from one dictionary of columns, history where asked."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from registry import dates, queries
from registry.enums import ParkStatus
from registry.models import Park
from registry.open_data import CITIES, PARKS, Column, row

Field = serializers.Field[Any, Any, Any, Any]


def field_of(column: Column) -> Field:
    """The field that a column is in the schema."""
    told: dict[str, Any] = {"label": column.label, "help_text": column.meaning}
    if column.kind == "list":
        return serializers.ListField(child=serializers.CharField(), **told)
    if column.kind == "boolean":
        return serializers.BooleanField(**told)
    if column.kind == "integer":
        return serializers.IntegerField(**told)
    return serializers.CharField(**told)


class RowSerializer(serializers.Serializer[Any]):
    """A record as its row; numbers that must stay exact are text."""

    columns: tuple[Column, ...] = ()

    def get_fields(self) -> dict[str, Field]:
        """The columns, then the fields that are declared."""
        return {**{column.name: field_of(column) for column in self.columns}, **super().get_fields()}

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The record as a row."""
        return row(self.columns, instance)


class ParkSerializer(RowSerializer):
    """A park."""

    columns = PARKS


class CitySerializer(RowSerializer):
    """A prefecture, or 义乌."""

    columns = CITIES


class LegalStatusSerializer(serializers.Serializer[Any]):
    """One span of a park's legal life."""

    status = serializers.ChoiceField(choices=ParkStatus.choices)
    since = serializers.CharField(help_text=_("ISO 8601 日期，可精确到日、月或年；空为未载明"))
    number = serializers.CharField(help_text=_("批准文件的文号；没有或未公开时为空"))
    check_code = serializers.CharField(help_text=_("批准文件的查验码"))
    citation = serializers.CharField(help_text=_("史料出处"))


class ParkNameSerializer(serializers.Serializer[Any]):
    """A name that a park bore."""

    name = serializers.CharField()
    valid_from = serializers.CharField()
    valid_to = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]


class ParkDetailSerializer(ParkSerializer):
    """A park with its history, names and boundary."""

    history = LegalStatusSerializer(many=True, help_text=_("法定状态，由早到晚"))
    names = ParkNameSerializer(many=True, help_text=_("历次名称"))
    boundary = serializers.JSONField(allow_null=True, help_text=_("GeoJSON MultiPolygon，EPSG:4490；空为未载明"))
    four_sides = serializers.DictField(child=serializers.CharField(), help_text=_("四至：east、south、west、north"))

    def to_representation(self, instance: Park) -> dict[str, Any]:
        """The row, and what belongs to it."""
        boundaries = list(instance.boundaries.all())
        return {
            **super().to_representation(instance),
            "history": [_status(status) for status in instance.legal_statuses.all()],
            "names": [ParkNameSerializer(name).data for name in instance.names.all()],
            "boundary": boundaries[-1].geojson if boundaries else None,
            "four_sides": instance.four_sides,
        }


def _status(status: Any) -> dict[str, str]:
    paper = queries.published(status.paper)
    return {
        "status": status.status,
        "since": dates.iso(status.since, status.precision),
        "number": paper.number if paper else "",
        "check_code": paper.check_code if paper else "",
        "citation": status.citation,
    }
