"""The public interface of the register: parks and cities, without sign-in, as JSON or CSV."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer

from registry import filters, open_data, queries
from registry.filters import ParkFilter
from registry.models import Park
from registry.pagination import Pages
from registry.renderers import CSVRenderer
from registry.serializers import CitySerializer, ParkDetailSerializer, ParkSerializer


class PublicView(generics.GenericAPIView[Any]):
    """A view for everybody: nobody is signed in, everybody gets the same published rows."""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []
    renderer_classes = [JSONRenderer, CSVRenderer]
    pagination_class = Pages
    csv_columns: tuple[open_data.Column, ...] = ()


@extend_schema_view(get=extend_schema(summary="园区名录", operation_id="parks_list", tags=["parks"]))
class ParkList(PublicView, generics.ListAPIView[Park]):
    """园区名录，可按日期、城市、状态、主导产业、列入年份和文字筛选；给出日期的，各项以当日为准。"""

    serializer_class = ParkSerializer
    filterset_class = ParkFilter
    csv_columns = open_data.PARKS

    def get_queryset(self) -> QuerySet[Park]:
        """The parks of the register."""
        return queries.parks()

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        """A page of them, each bearing what held on the day that is asked for."""
        page = super().paginate_queryset(queryset)
        return None if page is None else filters.shown(page, filters.conditions(self.request.query_params))


@extend_schema_view(get=extend_schema(summary="一个园区", operation_id="parks_retrieve", tags=["parks"]))
class ParkDetail(PublicView, generics.RetrieveAPIView[Park]):
    """一个园区及其历史、曾用名和边界；CSV 只含名录各列。"""

    serializer_class = ParkDetailSerializer
    lookup_field = "slug"
    filter_backends: list[Any] = []
    csv_columns = open_data.PARKS

    def get_queryset(self) -> QuerySet[Park]:
        """Parks with their history."""
        return queries.whole_parks()


@extend_schema_view(get=extend_schema(summary="城市", operation_id="cities_list", tags=["cities"]))
class CityList(PublicView, generics.ListAPIView[Any]):
    """十一个设区市和义乌市，各状态的园区数与开发区数。"""

    serializer_class = CitySerializer
    filter_backends: list[Any] = []
    csv_columns = open_data.CITIES

    def get_queryset(self) -> Any:
        """The cities, in the order of their codes."""
        return queries.cities()
