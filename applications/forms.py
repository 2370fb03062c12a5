"""Forms of the city's filing pages; the plan's form is made from its declared fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from applications.plan import Field, Kind, Section, values
from registry.geometry import ACCEPTED, FORM_CHOICES
from registry.models import HostZone


class Entry(forms.Field):
    """One field of the plan: it is marked as required but may be left empty, and says what is wrong with an entry."""

    conflict: Any = None

    def __init__(self, field: Field) -> None:
        self.plan_field = field
        super().__init__(required=field.required, label=_label(field), help_text=_hint(field), widget=_widget(field))

    def clean(self, value: Any) -> Any:
        """The value to keep; ValidationError where the entry does not parse."""
        return values.parse(self.plan_field, "on" if value is True else str(value or ""))


class PlanForm(forms.Form):
    """A section's page, bound to what is stored or was typed: its errors are those of the entries themselves."""

    use_required_attribute = False

    def __init__(self, section: Section, typed: Mapping[str, str], disabled: bool = False) -> None:
        super().__init__(data={key: typed[key] for key in section.keys if typed.get(key)})
        for field in section.fields:
            self.fields[field.key] = Entry(field)
            if disabled:
                self.fields[field.key].widget.attrs["disabled"] = True


def _label(field: Field) -> str:
    return f"{field.label}（{field.unit}）" if field.unit else str(field.label)


def _hint(field: Field) -> Any:
    parts = [field.help] if field.help else []
    if field.kind is Kind.DATE:
        parts.append(_("例如 2013-01-31"))
    if not parts:
        return ""
    code = format_html(' <span class="cy-code">{}</span>', field.clause) if field.clause else ""
    return format_html("{}{}", " ".join(map(str, parts)), code)


def _widget(field: Field) -> forms.Widget:
    if field.kind is Kind.LONGTEXT:
        return forms.Textarea(attrs={"rows": 4, "maxlength": values.MAX_LONGTEXT * 2})
    if field.kind is Kind.BOOLEAN:
        return forms.CheckboxInput()
    if field.kind is Kind.CHOICE:
        return forms.Select(choices=[("", _("请选择")), *field.choices])
    if field.kind is Kind.DATE:
        return forms.TextInput(attrs={"class": "govuk-input--width-10"})
    if field.kind in {Kind.DECIMAL, Kind.INTEGER}:
        mode = "decimal" if field.kind is Kind.DECIMAL else "numeric"
        return forms.TextInput(
            attrs={"class": "govuk-input--width-10 cy-num", "inputmode": mode, "autocomplete": "off"}
        )
    return forms.TextInput(attrs={"maxlength": values.MAX_TEXT * 2})


class NewFilingForm(forms.Form):
    """What starts a filing; the reason is asked only for a second one in the same host zone (P-II.1.2d)."""

    park_name = forms.CharField(
        label=_("拟创建园区名称"), max_length=80, help_text=_("例如：某某高新技术产业园区。可在送审前修改。")
    )
    host_zone = forms.ModelChoiceField(
        label=_("所在开发区"),
        queryset=HostZone.objects.none(),
        empty_label=_("请选择"),
        help_text=_("产业集聚区、经济开发区或其它开发区；没有列出的，请联系平台运维单位补录。"),
    )
    reason = forms.CharField(
        label=_("同一开发区再次申报的理由"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明已取得的经验与成绩和再拓展的依据（P-II.1.2g）。"),
    )

    def __init__(self, *args: Any, division: Division | None, ask_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = HostZone.objects.select_related("city").order_by("name")
        own = zones.filter(city=division) | zones.filter(city__parent=division)
        self.fields["host_zone"].queryset = own if division else zones.none()  # type: ignore[attr-defined]
        if not ask_reason:
            del self.fields["reason"]


class AnswerForm(forms.Form):
    """The city's answer to one remark."""

    answer = forms.CharField(label=_("答复"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))


CRS_HINT = _(
    "按测绘成果的说明选择，系统不作猜测。文件自带说明（.prj、GeoJSON 的 crs）的，与所选不一致时会指出；"
    "KML 只能是经纬度。不清楚的选最后一项，会告诉您怎样看。"
)
CRS_ASKED = _("请选择坐标系：同一组数字在不同坐标系中是不同的地方。")


class BoundaryFileForm(forms.Form):
    """A boundary from a file, its coordinate system asked."""

    file = forms.FileField(
        label=_("边界文件"),
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED)}),
        help_text=_("GeoJSON、KML、Shapefile（ZIP）、界址点表（CSV、TXT、XLSX），不超过 10 MB。"),
    )
    crs = forms.ChoiceField(
        label=_("坐标系"), choices=FORM_CHOICES, help_text=CRS_HINT, error_messages={"required": CRS_ASKED}
    )


class BoundaryTableForm(forms.Form):
    """A boundary typed or pasted as a table of corners."""

    table = forms.CharField(
        label=_("界址点表"),
        max_length=3_000_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_(
            "第一行写列名，以下每行一个界址点，可从电子表格粘贴。列名例如：区块、点号、经度、纬度；或：区块、点号、东坐标、北坐标。"
        ),
    )
    crs = forms.ChoiceField(
        label=_("坐标系"), choices=FORM_CHOICES, help_text=CRS_HINT, error_messages={"required": CRS_ASKED}
    )


class BoundaryDrawForm(forms.Form):
    """A boundary drawn on the map, or its GeoJSON geometry by hand."""

    drawn = forms.CharField(
        label=_("勾画的边界（GeoJSON）"),
        max_length=3_000_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "在地图上勾画后自动填入，也可以直接粘贴；坐标为2000国家大地坐标系经纬度。勾画只用于初步比选，送审应以测绘成果为准。"
        ),
    )
