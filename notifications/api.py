"""The public check of a paper for other programs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from notifications.checks import MISSES, Answer, check
from notifications.models import Paper
from notifications.views.check import asker

STATUSES = ["valid", "superseded", "revoked", "unknown"]


class Successor(serializers.Serializer[Paper]):
    """The paper that replaced another one."""

    number = serializers.CharField(help_text=_("发文字号"))
    code = serializers.CharField(source="check_code")


class PaperAnswer(serializers.Serializer[Answer]):
    """What the check tells of a paper."""

    status = serializers.ChoiceField(choices=STATUSES, help_text=_("效力：有效、已被取代、已撤销、查无此文"))
    status_label = serializers.CharField(source="word")
    code = serializers.CharField(source="paper.check_code")
    number = serializers.CharField(source="paper.number", help_text=_("发文字号"))
    issuer = serializers.CharField(source="paper.issuer_name", help_text=_("发文机关"))
    issued_on = serializers.DateField(source="paper.issued_on", help_text=_("成文日期"))
    title = serializers.CharField(source="paper.title")
    kind = serializers.CharField(help_text=_("文种"))
    sample = serializers.BooleanField(source="paper.sample", help_text=_("示例数据，不具有效力"))
    superseded_by = serializers.SerializerMethodField(help_text=_("取代本文的公文的发文字号和查验码；没有的为空"))
    data_sha256 = serializers.CharField(source="paper.data_hash")
    file_sha256 = serializers.SerializerMethodField(help_text=_("正式文件的 SHA-256；还在生成时为空"))
    file = serializers.SerializerMethodField(help_text=_("公开公文的下载地址；未公开的为空"))

    def get_file_sha256(self, answer: Answer) -> str | None:
        return (answer.paper.file_hash or None) if answer.paper else None

    @extend_schema_field(Successor(allow_null=True))
    def get_superseded_by(self, answer: Answer) -> dict[str, Any] | None:
        return Successor(answer.successor).data if answer.successor else None

    def get_file(self, answer: Answer) -> str | None:
        if not answer.is_open or answer.paper is None:
            return None
        return settings.PORTAL_BASE_URL + reverse("notifications:public_file", args=[answer.paper.check_code])


class Unknown(serializers.Serializer[dict[str, Any]]):
    """The answer where there is no such paper."""

    status = serializers.ChoiceField(choices=["unknown"])
    status_label = serializers.CharField()


class PaperCheck(APIView):
    """核验公文：凭查验码查询一份公文的效力、文号和摘要，无需登录。"""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="papers_check", responses={200: PaperAnswer, 404: Unknown, 429: Unknown})
    def get(self, request: Request, code: str) -> Response:
        """Look a check code up; malformed and unknown ones get the same answer."""
        if MISSES.reached(asker(request)):  # type: ignore[arg-type]
            return Response({"status": "unknown", "status_label": str(_("查验次数过多，请一分钟后再试"))}, 429)
        answer = check(code)
        if answer.paper is None:
            MISSES.count(asker(request))  # type: ignore[arg-type]
            return Response({"status": answer.status, "status_label": answer.word}, 404)
        return Response(PaperAnswer(answer).data)
