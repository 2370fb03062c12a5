"""The published years in the public interface, without sign-in, as JSON or CSV."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.exceptions import NotFound

from indicators import queries_public
from indicators.enums import Programme, RankingList
from indicators.models import Assessment
from indicators.open_data import FINDINGS, RANKING, finding_row
from policy.outcomes import Verdict
from registry.api import PublicView
from registry.open_data import Column
from registry.serializers import RowSerializer


def _is_superseded(one: Assessment) -> bool:
    """Whether a newer run of the year was released; told by the query."""
    return bool(one.superseded)  # type: ignore[attr-defined]


SUPERSEDED = Column(
    "superseded",
    gettext_lazy("已被取代"),
    gettext_lazy("true 为已由同一年度新的测算更正"),
    _is_superseded,
    kind="boolean",
)
ASSESSMENTS: tuple[Column, ...] = (*RANKING, SUPERSEDED)


class RankingFilter(django_filters.FilterSet):
    """List, verdict and subject."""

    list = django_filters.ChoiceFilter(label=gettext_lazy("名单"), choices=RankingList.choices)
    verdict = django_filters.ChoiceFilter(
        label=gettext_lazy("结论"), choices=[(verdict.value, verdict.label) for verdict in Verdict]
    )
    subject = django_filters.CharFilter(
        label=gettext_lazy("园区代码或城市代码"), max_length=60, validators=[ProhibitNullCharactersValidator()]
    )

    class Meta:
        model = Assessment
        fields: list[str] = []


class AssessmentFilter(RankingFilter):
    """The same, and the year."""

    year = django_filters.NumberFilter(label=gettext_lazy("年度"), min_value=1900, max_value=2200)


class RankingSerializer(RowSerializer):
    """One place of a ranking; what is unknown is null."""

    columns = RANKING
    rank = serializers.IntegerField(allow_null=True, help_text=gettext_lazy("空为没有参加排序"))
    rank_low = serializers.IntegerField(allow_null=True, help_text=gettext_lazy("蒙特卡洛模拟的5%分位"))
    rank_high = serializers.IntegerField(allow_null=True, help_text=gettext_lazy("蒙特卡洛模拟的95%分位"))
    change = serializers.IntegerField(allow_null=True, help_text=gettext_lazy("正数为上升的位数；空为上年没有位次"))


class FindingSerializer(RowSerializer):
    """What became of one clause."""

    columns = tuple(column for column in FINDINGS if column.name not in ("year", "subject", "name", "run"))

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The finding inside its assessment."""
        return finding_row(instance)


class AssessmentSerializer(RankingSerializer):
    """A published assessment with every finding and the scores of the index tree."""

    columns = ASSESSMENTS
    scores = serializers.DictField(
        child=serializers.CharField(), help_text=gettext_lazy("指标体系各节点的得分，未经舍入")
    )
    findings = FindingSerializer(many=True, help_text=gettext_lazy("每一条款的结果"))

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The row, and what a flat row cannot hold."""
        findings = [finding_row(finding) for finding in instance.findings.all()]
        return {**super().to_representation(instance), "scores": instance.scores, "findings": findings}


class YearRanking(PublicView, generics.ListAPIView[Assessment]):
    """One year's ranking as it stands, as far as its circular makes it public."""

    serializer_class = RankingSerializer
    filterset_class = RankingFilter
    csv_columns = RANKING
    programme = Programme.PARK

    def get_queryset(self) -> QuerySet[Assessment]:
        """The shown assessments of the run that stands. Raises NotFound for a year that is not published."""
        if getattr(self, "swagger_fake_view", False):
            return Assessment.objects.none()
        runs = queries_public.runs_of(self.programme, self.kwargs["year"])
        if not runs:
            raise NotFound(_("%(year)d 年度的评价结果没有公布。") % {"year": self.kwargs["year"]})
        return queries_public.shown(runs[0]).select_related("run__paper")


YEAR = OpenApiParameter("year", OpenApiTypes.INT, OpenApiParameter.PATH, description="年度")


@extend_schema_view(
    get=extend_schema(summary="园区年度排名", operation_id="rankings_parks", tags=["rankings"], parameters=[YEAR])
)
class ParkRanking(YearRanking):
    """某年度园区评价的位次、得分和结论，以当年通报的公开范围为限；没有公布的年度为 404。"""

    programme = Programme.PARK


@extend_schema_view(
    get=extend_schema(summary="城市年度排名", operation_id="rankings_cities", tags=["rankings"], parameters=[YEAR])
)
class CityRanking(YearRanking):
    """某年度城市评价的位次、得分和结论，以当年通报的公开范围为限；没有公布的年度为 404。"""

    programme = Programme.CITY


@extend_schema_view(get=extend_schema(summary="年度评价", operation_id="assessments_list", tags=["assessments"]))
class AssessmentList(PublicView, generics.ListAPIView[Assessment]):
    """已公布的年度评价，含每一条款的结果和算式；更正前的结果标为已被取代。CSV 不含条款结果。"""

    serializer_class = AssessmentSerializer
    filterset_class = AssessmentFilter
    csv_columns = ASSESSMENTS

    def get_queryset(self) -> QuerySet[Assessment]:
        """Every assessment that everybody sees, the newest first."""
        return queries_public.marked().prefetch_related("findings")
