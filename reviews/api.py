"""Public notices in the public interface, without sign-in, as JSON or CSV."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers

from registry.api import PublicView
from registry.open_data import Column
from registry.serializers import RowSerializer
from reviews import queries_publicity as queries
from reviews.models import Publicity
from reviews.services import is_open


def _said(name: str) -> Any:
    return lambda notice: notice.summary[name]


NOTICES: tuple[Column, ...] = (
    Column("id", _("编号"), _("公示的永久编号"), lambda n: str(n.pk)),
    Column("title", _("标题"), _("公示的标题"), lambda n: n.paper.title),
    Column("number", _("文号"), _("公示的发文字号"), lambda n: n.paper.number),
    Column("park_name", _("拟列入园区"), _("拟列入创建名单的园区"), _said("park_name")),
    Column("applicant", _("申报单位"), _("申报的人民政府"), _said("applicant")),
    Column("host_zone", _("所在开发区"), _("产业集聚区等；空为未载明"), _said("host_zone")),
    Column("area_km2", _("面积"), _("按 CGCS2000 椭球核算"), _said("area_km2"), unit="平方公里", kind="decimal"),
    Column("industries", _("主导产业"), _("多个以“；”分隔"), _said("industries"), kind="list"),
    Column("starts_on", _("公示开始"), _("ISO 8601 日期"), lambda n: n.starts_on.isoformat()),
    Column("ends_on", _("公示结束"), _("ISO 8601 日期；当日 24:00 止"), lambda n: n.ends_on.isoformat()),
    Column("open", _("正在公示"), _("true 为现在可以提出异议"), is_open, kind="boolean"),
    Column("result", _("公示结果"), _("undisputed、settled、upheld；空为未公布"), lambda n: n.result),
    Column("result_note", _("结果说明"), _("公布的结果；空为未公布"), lambda n: n.result_note),
    Column("contact", _("受理处室"), _("受理异议的处室和联系方式"), lambda n: n.contact),
    Column("phone", _("监督电话"), _("监督电话"), lambda n: n.phone),
    Column("sample", _("示例数据"), _("true 为演示用的虚构记录"), lambda n: n.sample, kind="boolean"),
)


class NoticeSerializer(RowSerializer):
    """A public notice."""

    columns = NOTICES


class NoticeDetailSerializer(NoticeSerializer):
    """A public notice with the 四至 and the boundary."""

    four_sides = serializers.DictField(help_text=_("四至"))
    boundary = serializers.DictField(help_text=_("GeoJSON，EPSG:4490"), allow_null=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The row, and what a flat row cannot hold."""
        more = {"four_sides": instance.summary["four_sides"], "boundary": instance.summary.get("geojson")}
        return {**super().to_representation(instance), **more}


@extend_schema_view(get=extend_schema(summary="公示", operation_id="publicity_list", tags=["publicity"]))
class NoticeList(PublicView, generics.ListAPIView[Publicity]):
    """拟列入创建名单的公示，含正在公示和已经结束的，最新的在前。"""

    serializer_class = NoticeSerializer
    filter_backends: list[Any] = []
    csv_columns = NOTICES

    def get_queryset(self) -> QuerySet[Publicity]:
        """All public notices."""
        return queries.notices()


@extend_schema_view(get=extend_schema(summary="一项公示", operation_id="publicity_retrieve", tags=["publicity"]))
class NoticeDetail(PublicView, generics.RetrieveAPIView[Publicity]):
    """一项公示及其四至和边界；CSV 只含列表各列。"""

    serializer_class = NoticeDetailSerializer
    filter_backends: list[Any] = []
    csv_columns = NOTICES

    def get_queryset(self) -> QuerySet[Publicity]:
        """All public notices."""
        return queries.notices()
