"""The interface's own pages: the catalogue of data sets, and its documentation without a script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.decorators import public_page
from portal.datasets import DATASETS
from registry.words import crumbs


class FileSerializer(serializers.Serializer[Any]):
    """A file of a data set."""

    format = serializers.CharField()
    encoding = serializers.CharField()
    url = serializers.CharField()
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField()


class ColumnSerializer(serializers.Serializer[Any]):
    """A column of a data set."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    type = serializers.CharField()
    unit = serializers.CharField()
    meaning = serializers.CharField()


class DatasetSerializer(serializers.Serializer[Any]):
    """A data set of the catalogue."""

    code = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    field = serializers.CharField()
    update_cycle = serializers.CharField()
    updated_at = serializers.CharField(allow_null=True)
    provider = serializers.CharField()
    openness = serializers.CharField()
    licence = serializers.CharField()
    records = serializers.IntegerField()
    version = serializers.CharField()
    dictionary = ColumnSerializer(many=True)
    files = FileSerializer(many=True)


class DatasetList(APIView):
    """开放数据目录：每个数据集的说明、数据字典、文件与校验值。"""

    permission_classes = [AllowAny]
    authentication_classes: list[type] = []
    renderer_classes = [JSONRenderer]

    @extend_schema(
        summary="开放数据目录",
        operation_id="datasets_list",
        description=gettext_lazy("每个数据集的说明、数据字典、文件与校验值；文件地址为完整地址。"),
        tags=["datasets"],
        responses=DatasetSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Every data set; addresses of files are absolute."""
        found = [dataset.read().metadata() for dataset in DATASETS]
        for metadata in found:
            for file in metadata["files"]:
                file["url"] = request.build_absolute_uri(file["url"])
        return Response(found)


@public_page
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """接口文档: the schema as a page, without any script."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    context = {
        "crumbs": crumbs((_("数据开放"), "/open/"), (_("接口文档"), "")),
        "info": schema["info"],
        "operations": [
            _operation(path, method, operation, schema)
            for path, methods in sorted(schema["paths"].items())
            for method, operation in methods.items()
        ],
    }
    return render(request, "portal/api_docs.html", context)


def _operation(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": operation["operationId"],
        "path": path,
        "method": method.upper(),
        "summary": operation.get("summary") or operation.get("description", "").partition("。")[0],
        "description": operation.get("description", ""),
        "parameters": [
            {
                "name": parameter["name"],
                "place": _("路径") if parameter["in"] == "path" else _("查询"),
                "required": parameter.get("required", False),
                "description": parameter.get("description", ""),
                "values": [value for value in parameter.get("schema", {}).get("enum", []) if value],
            }
            for parameter in operation.get("parameters", [])
        ],
        "responses": [
            {
                "status": status,
                "types": list(response.get("content", {})),
                "fields": _fields(_body(response), schema),
            }
            for status, response in operation["responses"].items()
        ],
    }


def _body(response: dict[str, Any]) -> dict[str, Any]:
    """The schema of a response's first format."""
    for content in response.get("content", {}).values():
        found: dict[str, Any] = content.get("schema", {})
        return found
    return {}


def _resolved(part: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = part.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = schema["components"]["schemas"][name] if name else part
    return found


def _fields(part: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, str]]:
    """The fields of one record of a response: inside a page, inside a list, or itself."""
    found = _resolved(part, schema)
    if "results" in found.get("properties", {}):
        found = found["properties"]["results"]
    if found.get("type") == "array":
        found = _resolved(found["items"], schema)
    return [
        {"name": name, "type": _type(field, schema), "description": field.get("description", "")}
        for name, field in found.get("properties", {}).items()
    ]


def _type(field: dict[str, Any], schema: dict[str, Any]) -> str:
    found = field.get("type", _resolved(field, schema).get("type", ""))
    return "、".join(found) if isinstance(found, list) else str(found)
