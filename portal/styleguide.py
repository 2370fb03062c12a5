"""The style guide: every component of the portal on one page, with made-up but plausible content."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.decorators import public_page
from files.models import Incoming

CITIES = [("330100", _("杭州市")), ("330200", _("宁波市")), ("330700", _("金华市"))]
BOUNDARY = [[120.05, 29.30], [120.11, 29.30], [120.12, 29.34], [120.06, 29.35], [120.05, 29.30]]


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("园区名称"), help_text=_("与批复文件一致，不用简称。"), max_length=60)
    area = forms.DecimalField(
        label=_("规划面积（平方公里）"),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )
    city = forms.ChoiceField(label=_("所在设区市"), choices=CITIES)
    listed_on = forms.DateField(
        label=_("列入日期"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
    )
    opinion = forms.ChoiceField(
        label=_("意见"),
        widget=forms.RadioSelect,
        choices=[("agree", _("同意")), ("conditions", _("有条件同意")), ("disagree", _("不同意"))],
    )
    industries = forms.MultipleChoiceField(
        label=_("主导产业"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("ict", _("新一代信息技术")), ("bio", _("生物医药")), ("eq", _("高端装备制造"))],
    )
    reasons = forms.CharField(
        label=_("理由"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("逐条写，不超过 500 字。")
    )
    plan = forms.FileField(label=_("创建方案（PDF）"), required=False)
    password = forms.CharField(label=_("签发密码"), widget=forms.PasswordInput)
    confirmed = forms.BooleanField(label=_("所填内容已经核对，与盖章件一致"))


class SampleFilter(forms.Form):
    """A filter bar."""

    q = forms.CharField(label=_("名称"), required=False)
    filter_city = forms.ChoiceField(label=_("设区市"), required=False, choices=[("", _("全部")), *CITIES])


class SampleBoundary(forms.Form):
    """A boundary as text; the map beside it writes here too."""

    boundary = forms.CharField(
        label=_("四至范围（GeoJSON，EPSG:4490）"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("可在地图上勾画，也可直接粘贴。"),
    )


@public_page
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components; reads and writes nothing, so an autosaved form is answered with 204."""
    if request.headers.get("X-Autosave"):
        return HttpResponse(status=204)
    return render(
        request,
        "portal/styleguide.html",
        {
            "blank_form": SampleForm(auto_id="blank_%s"),
            "wrong_form": SampleForm({"name": "", "area": "很大", "reasons": "符合规划。"}, auto_id="wrong_%s"),
            "filter_form": SampleFilter(request.GET or None),
            "boundary_form": SampleBoundary(),
            "arriving": arriving_samples(),
            "page": Paginator(range(340), 10).get_page(request.GET.get("page", "7")),
            **case_samples(),
            **park_samples(),
            **judgement_samples(),
            **map_samples(),
        },
    )


def arriving_samples() -> list[Incoming]:
    """A file that is half there, and one that waits to be taken."""
    until = datetime(2026, 3, 9, 6, 32, tzinfo=UTC)
    half = Incoming(id=UUID(int=1), name="创建规划（示例）.pdf", size=82_000_000, received=36_900_000, expires_at=until)
    whole = Incoming(id=UUID(int=2), name="布局图（示例）.pdf", size=9_400_000, received=9_400_000, expires_at=until)
    whole.sha256 = sha256(whole.name.encode()).hexdigest()
    return [half, whole]


def case_samples() -> dict[str, Any]:
    """What the parts of a case are shown with."""
    return {
        "breadcrumbs": [{"text": _("首页"), "href": "/"}, {"text": _("样式指南"), "href": ""}],
        "steps": [
            {"text": _("提交"), "state": "done", "date": date(2026, 3, 2)},
            {"text": _("形式审查"), "state": "done", "date": date(2026, 3, 9)},
            {"text": _("联合审查"), "state": "current"},
            {"text": _("公示"), "state": "todo"},
            {"text": _("批复"), "state": "todo"},
        ],
        "events": [
            {
                "title": _("退回补正"),
                "at": datetime(2026, 3, 5, 6, 32, tzinfo=UTC),
                "actor": _("沈一鸣"),
                "organisation": _("省科技厅"),
                "text": _("土地集约利用指标缺少来源说明。"),
                "basis": "P-II.1.8b",
                "kind": "warning",
            },
            {
                "title": _("提交创建申请"),
                "at": datetime(2026, 3, 2, 1, 10, tzinfo=UTC),
                "actor": _("陈立"),
                "organisation": _("示例市人民政府"),
                "paper": {"number": "示政函〔2026〕3号", "href": "#paper"},
                "kind": "done",
            },
        ],
        "due": date(2026, 4, 15),
        "explain": [
            _("自受理次日 2026年3月3日 起算，共 30 个工作日"),
            _("补正期间 3月5日至3月6日 暂停 2 天"),
        ],
        "tasks": [
            {"title": _("基本情况"), "href": "#", "state": "done"},
            {"title": _("规划与四至"), "href": "#", "state": "filling", "who": _("王敏")},
            {"title": _("经济指标"), "href": "#", "state": "problem", "hint": _("2 项与统计口径不符")},
            {"title": _("证明材料"), "href": "#", "state": "empty"},
            {"title": _("市政府意见"), "href": "", "state": "locked"},
        ],
        "missing": [
            {"text": _("经济指标：规上工业总产值缺少来源"), "href": "#"},
            {"text": _("证明材料：缺少土地利用总体规划批复"), "href": "#"},
        ],
        "errors": [{"text": _("规划面积：应当是大于 0 的数字，例如 12.5"), "href": "#blank_area"}],
        "saved_at": datetime(2026, 3, 2, 6, 32, tzinfo=UTC),
        "paper_status": {"kind": "done", "text": _("有效")},
    }


def park_samples() -> dict[str, Any]:
    """What the parts of a park's page are shown with."""
    return {
        "facts": [
            {"key": _("状态"), "tag": {"kind": "done", "text": _("已认定")}, "value": _("2016年起")},
            {"key": _("所在地"), "value": _("示例市示例县")},
            {
                "key": _("规划面积"),
                "value": _("12.50 平方公里"),
                "note": _("系统按 CGCS2000 椭球核算"),
                "href": "#map",
                "link": _("看地图"),
            },
        ],
        "marks": [
            {"date": date(2012, 11, 8), "text": _("提出申请"), "kind": "info", "href": "#"},
            {"date": date(2013, 1, 31), "text": _("列入创建"), "kind": "progress", "paper": "示政发〔2013〕5号"},
            {"date": _("2014年度"), "text": _("年度评价达到要求"), "kind": "done", "href": "#"},
            {"date": _("2015年度"), "text": _("黄牌"), "kind": "card", "href": "#"},
            {"date": date(2016, 6, 3), "text": _("认定"), "kind": "done", "href": "#", "paper": "示政发〔2016〕21号"},
            {"date": date(2021, 9, 17), "text": _("扩区"), "kind": "done"},
        ],
        "columns": [
            {"label": _("园区")},
            {"label": _("状态")},
            {"label": _("总产值"), "numeric": True, "unit": _("亿元")},
            {"label": _("增长"), "numeric": True, "unit": "%"},
            {"label": _("操作"), "hidden": True},
        ],
        "parks": [
            {
                "name": _("甲高新技术产业园区"),
                "kind": "done",
                "state": _("已认定"),
                "output": "1,284.60",
                "growth": "12.4",
            },
            {
                "name": _("乙高新技术产业园区"),
                "kind": "progress",
                "state": _("创建中"),
                "output": "96.05",
                "growth": "27.1",
            },
            {"name": _("丙高新技术产业园区"), "kind": "card", "state": _("黄牌"), "output": "310.77", "growth": "-3.0"},
        ],
        "years": [2023, 2024, 2025],
        "figures": [
            {
                "code": "F-01",
                "name": _("规上工业总产值"),
                "unit": _("亿元"),
                "values": ["1,020.30", "1,142.90", "1,284.60"],
            },
            {"code": "F-07", "name": _("研发经费占比"), "unit": "%", "values": ["3.4", None, "3.9"]},
        ],
    }


def judgement_samples() -> dict[str, Any]:
    """Findings of each outcome."""
    return {
        "findings": [
            {
                "clause": "P-II.2.2b",
                "title": _("高新技术产业产值增长"),
                "outcome": "met",
                "observed": "27.1",
                "unit": "%",
                "threshold": "≥ 25%",
                "quote": _("高新技术产业产值增长25%以上"),
                "formula": "(96.05 − 75.57) ÷ 75.57 = 27.1%",
                "source": _("示例统计年报 2025"),
            },
            {
                "clause": "P-II.2.3",
                "title": _("土地产出"),
                "outcome": "not_met",
                "observed": "88.0",
                "unit": _("万元/亩"),
                "threshold": "≥ 100",
                "advice": _("在同样用地上，总产值还需增加 13.6 亿元。"),
            },
            {
                "clause": "P-II.2.4",
                "title": _("人才集聚"),
                "outcome": "not_assessable",
                "reason": _("缺少上一年度的在园人才数。"),
            },
        ],
    }


def map_samples() -> dict[str, Any]:
    """A boundary and three places, in EPSG:4490."""
    return {
        "map_data": {
            "type": "FeatureCollection",
            "features": [
                _feature({"type": "Polygon", "coordinates": [BOUNDARY]}, str(_("乙园区")), "progress"),
                _feature({"type": "Point", "coordinates": [120.2, 30.3]}, str(_("甲园区")), "done"),
                _feature({"type": "Point", "coordinates": [121.5, 29.9]}, str(_("丙园区")), "card"),
            ],
        },
        "legend": [
            {"kind": "done", "text": _("已认定")},
            {"kind": "progress", "text": _("创建中")},
            {"kind": "card", "text": _("黄牌")},
        ],
    }


def _feature(geometry: dict[str, Any], name: str, kind: str) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"name": name, "kind": kind}}
