"""Returns for other programs, with a key of one's own: read what a return holds, write its figures, all or none."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import Actor
from accounts.scope import enter
from accounts.tokens import TokenAuthentication
from indicators import checking, queries, services, tables
from indicators.checking import FORMAT, FigureRefused, Flaw
from indicators.enums import SubjectKind
from indicators.models import Return
from indicators.services.writing import Typed
from policy import figures
from policy.validation import Severity
from workflow.machine import Refused

WORDS = ("source", "note", "explanation")
MOST = 2000


class ReturnSerializer(serializers.Serializer[Any]):
    """A return of the list."""

    kind = serializers.ChoiceField(choices=SubjectKind.choices)
    subject = serializers.CharField()
    name = serializers.CharField()
    year = serializers.IntegerField()
    status = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)


class RefusalSerializer(serializers.Serializer[Any]):
    """Why a figure is not taken, or what is still asked of it."""

    code = serializers.CharField(help_text=gettext_lazy("指标代码"))
    value = serializers.CharField(help_text=gettext_lazy("所报的数值"))
    rule = serializers.CharField(help_text=gettext_lazy("规则：V1 至 V12，format 为格式，conflict 为他人已改"))
    severity = serializers.CharField(help_text=gettext_lazy("refusal 不予保存、warning 须说明、confirmation 须核实"))
    reason = serializers.CharField(help_text=gettext_lazy("不对在哪里"))
    example = serializers.CharField(help_text=gettext_lazy("怎样才对"))


class FigureSerializer(serializers.Serializer[Any]):
    """A figure of a return; of these only code, value, unit, source, note, explanation and version are written."""

    code = serializers.CharField()
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    unit = serializers.CharField(required=False, help_text=gettext_lazy("须与指标目录一致"))
    value = serializers.CharField(allow_null=True, help_text=gettext_lazy("十进制数的文字；null 为未知，绝不是 0"))
    unknown = serializers.BooleanField(read_only=True)
    source = serializers.CharField(required=False)  # type: ignore[assignment]
    note = serializers.CharField(required=False)
    explanation = serializers.CharField(required=False)
    version = serializers.IntegerField(required=False, help_text=gettext_lazy("读到的版本；改动已有数值时必填"))
    needed = serializers.BooleanField(read_only=True)
    last_year = serializers.CharField(allow_null=True, read_only=True)
    reported = serializers.CharField(allow_null=True, read_only=True)
    final = serializers.CharField(allow_null=True, read_only=True)
    vintage = serializers.IntegerField(allow_null=True, read_only=True, help_text=gettext_lazy("版次"))


class WholeSerializer(ReturnSerializer):
    """A return with its figures and what still stands in its way."""

    figures = FigureSerializer(many=True)
    outstanding = RefusalSerializer(many=True)


class WriteSerializer(serializers.Serializer[Any]):
    """What a program writes: these figures, all or none; figures that are not named stay as they are."""

    figures = FigureSerializer(many=True)


class RefusalsSerializer(serializers.Serializer[Any]):
    """Why nothing was written."""

    refusals = RefusalSerializer(many=True)


class TokenView(APIView):
    """A view for programs with a key, and for the browser of somebody signed in."""

    authentication_classes = [TokenAuthentication, SessionAuthentication]
    permission_classes = [IsAuthenticated]
    renderer_classes = [JSONRenderer]

    def actor(self, request: Request) -> Actor:
        """In which post the request acts. Raises PermissionDenied where none is chosen."""
        found: Actor | None = request._request.actor  # type: ignore[attr-defined]
        if found is None:
            raise PermissionDenied(_("请先选择岗位。"))
        return found

    def scope(self, request: Request) -> AbstractContextManager[None]:
        """The row scope of who asks: a session's is set already, a key's is known only now."""
        return enter(request.auth.scope) if isinstance(request.auth, Actor) else nullcontext()


class ReturnList(TokenView):
    """本单位可以看到的年度统计报表。"""

    @extend_schema(
        summary=gettext_lazy("年度统计报表清单"),
        operation_id="returns_list",
        tags=["returns"],
        parameters=[OpenApiParameter("year", int, description=gettext_lazy("年度"))],
        responses=ReturnSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """The returns that are open to the organisation in whose name the key acts."""
        self.actor(request)
        year = request.query_params.get("year", "")
        with self.scope(request):
            found = Return.objects.order_by("-year", "kind", "subject")
            rows = [_head(row) for row in (found.filter(year=int(year)) if year.isdecimal() else found)[:MOST]]
        return Response(rows)


class ReturnDetail(TokenView):
    """一份年度统计报表的数据：读取，写入。"""

    @extend_schema(
        summary=gettext_lazy("一份报表的数据"),
        operation_id="returns_retrieve",
        tags=["returns"],
        responses={200: WholeSerializer, 401: None, 404: None},
    )
    def get(self, request: Request, kind: str, subject: str, year: int) -> Response:
        """What the return holds, as far as the key's organisation sees it."""
        actor = self.actor(request)
        with self.scope(request):
            return Response(_whole(_the_return(kind, subject, year), actor))

    @extend_schema(
        summary=gettext_lazy("写入一份报表的数据"),
        operation_id="returns_update",
        description=gettext_lazy(
            "按 V1 至 V12 全部规则检查后写入，全部写入或者一项也不写；没有列出的指标不变。"
            "不予保存的以 422 逐项说明，他人已改的以 409 说明并给出现在的数值与版本。"
        ),
        tags=["returns"],
        request=WriteSerializer,
        responses={200: WholeSerializer, 401: None, 404: None, 409: RefusalsSerializer, 422: RefusalsSerializer},
    )
    def put(self, request: Request, kind: str, subject: str, year: int) -> Response:
        """Write figures, all or none; every refusal with code, value, rule and an example."""
        actor = self.actor(request)
        try:
            with self.scope(request):
                report = _the_return(kind, subject, year)
                _write(report, request.data, actor)
                return Response(_whole(report, actor))
        except FigureRefused as refused:
            return Response({"refusals": _told(refused.flaws)}, status=422)
        except services.Conflicting as met:
            return Response({"refusals": [_conflict(met)]}, status=409)
        except Refused as refused:
            return Response({"refusals": _told(_flaw("", "", reason) for reason in refused.reasons)}, status=422)


def _the_return(kind: str, subject: str, year: int) -> Return:
    found = Return.objects.select_related("tenant").filter(kind=kind, subject=subject, year=year).first()
    if found is None:
        raise Http404
    return found


def _head(report: Return) -> dict[str, Any]:
    named = ("kind", "subject", "name", "year", "status", "due_on")
    return {name: getattr(report, name) for name in named}


def _whole(report: Return, actor: Actor) -> dict[str, Any]:
    inside = actor.organisation.pk in {report.tenant_id, report.reporter_id, report.county_id}
    rows = tables.rows_of(report, entries=inside)
    outstanding = checking.outstanding(report) if inside else []
    return {**_head(report), "figures": [_figure(row) for row in rows], "outstanding": _told(outstanding)}


def _figure(row: tables.Row) -> dict[str, Any]:
    entry, stands = row.entry, row.final or row.reported
    return {
        "code": row.code,
        "label": row.label,
        "unit": row.unit,
        "value": entry.value if entry else None,
        "unknown": bool(entry and entry.unknown),
        **{name: getattr(row, name) for name in WORDS},
        "version": row.version,
        "needed": row.needed,
        "last_year": row.last.value if row.last else None,
        "reported": row.reported.value if row.reported else None,
        "final": row.final.value if row.final else None,
        "vintage": stands.vintage if stands else None,
    }


@transaction.atomic
def _write(report: Return, body: Any, actor: Actor) -> None:
    """Write what a program sent, all or none. Raises FigureRefused with all that is wrong with it at once."""
    typed, flaws = _typed(body)
    try:
        if typed:
            services.save_entries(report, typed, actor, whole=True)
    except FigureRefused as refused:
        raise FigureRefused([*flaws, *refused.flaws]) from refused
    if flaws:
        raise FigureRefused(flaws)


def _typed(body: Any) -> tuple[list[Typed], list[Flaw]]:
    """What a program sent, and what is wrong with figures that cannot be read. Raises FigureRefused without a list."""
    given = body.get("figures") if isinstance(body, dict) else None
    if not isinstance(given, list) or not given or len(given) > MOST:
        example = _('例如 {"figures": [{"code": "P.gdp", "value": "102.5"}]}')
        raise FigureRefused([_flaw("", "", _("请求应有 figures 列表"), example)])
    flaws: list[Flaw] = []
    found: dict[str, Typed] = {}
    for one in given:
        told = one if isinstance(one, dict) else {}
        if wrong := _unreadable(told, found):
            flaws.append(wrong)
            continue
        words = {name: told[name] for name in WORDS if name in told}
        value = told.get("value")
        text = None if "value" not in told else "" if value is None else value
        unknown = None if "value" not in told else value is None
        found[told["code"]] = Typed(told["code"], told.get("version", 0), text, unknown, **words)
    return list(found.values()), flaws


def _unreadable(told: dict[str, Any], found: dict[str, Typed]) -> Flaw | None:
    """What is wrong with the form of one figure."""
    code, value = told.get("code"), told.get("value")
    if not isinstance(code, str) or (figure := figures.find(code)) is None:
        return _flaw(str(code or ""), "", _("没有这一指标代码"), _("例如 P.gdp"))
    if code in found:
        return _flaw(code, str(value), _("同一指标出现两次"), _("例如只留一项"), "V11")
    if value is not None and not isinstance(value, str):
        return _flaw(code, str(value), _("数值应为文字，未知为 null"), _('例如 "102.5"'))
    if (unit := told.get("unit", figure.unit)) != figure.unit:
        words = _("单位“%(unit)s”不对") % {"unit": unit}
        return _flaw(code, str(value), words, _("例如 %(unit)s") % {"unit": figure.unit or '""'}, "V2")
    if type(told.get("version", 0)) is not int or any(not isinstance(told.get(name, ""), str) for name in WORDS):
        return _flaw(code, str(value), _("version 应为整数，其余应为文字"), _('例如 "version": 1'))
    return None


def _flaw(code: str, value: str, words: str, example: str = "", rule: str = FORMAT) -> Flaw:
    return Flaw(code, value, rule, Severity.REFUSAL, words, example, (code,))


def _told(flaws: Iterable[Flaw]) -> list[dict[str, str]]:
    return [
        {
            "code": flaw.code,
            "value": flaw.value,
            "rule": flaw.rule,
            "severity": flaw.severity.value,
            "reason": flaw.words,
            "example": flaw.example,
        }
        for flaw in flaws
    ]


def _conflict(met: services.Conflicting) -> dict[str, Any]:
    entry = met.entry
    said = {"name": queries.named(entry.code), "value": entry.value if entry.value is not None else _("空白")}
    return {
        "code": entry.code,
        "value": met.value or "",
        "rule": "conflict",
        "severity": Severity.CONFLICT.value,
        "reason": _("%(name)s现在是“%(value)s”") % said,
        "example": _("例如读取后带上 version %(version)d 再写") % {"version": entry.version},
        "stands": entry.value,
        "version": entry.version,
    }
