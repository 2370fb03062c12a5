"""The form by which the outline of a host zone is recorded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.geometry import ACCEPTED, FORM_CHOICES, Boundary, BoundaryError, read_boundary
from registry.geometry.read import MAX_BYTES
from workflow import instants


class OutlineForm(forms.Form):
    """A shape as a file or a table of corners, its coordinate system asked; since when it holds, on what it rests."""

    file = forms.FileField(
        label=_("范围文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED)}),
        help_text=_("GeoJSON、KML、Shapefile（ZIP）、界址点表（CSV、TXT、XLSX），不超过 10 MB。"),
    )
    table = forms.CharField(
        label=_("或者粘贴界址点表"),
        required=False,
        max_length=3_000_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_(
            "第一行写列名，以下每行一个界址点。列名例如：区块、点号、经度、纬度；或：区块、点号、东坐标、北坐标。"
        ),
    )
    crs = forms.ChoiceField(
        label=_("坐标系"),
        choices=FORM_CHOICES,
        help_text=_("按测绘成果的说明选择，系统不作猜测；文件自带说明的，与所选不一致时会指出。"),
        error_messages={"required": _("请选择坐标系：同一组数字在不同坐标系中是不同的地方。")},
    )
    valid_from = forms.DateField(
        label=_("自何日起"),
        help_text=_("批准文件的日期，或者范围调整生效的日期。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
    )
    source = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("批准文件的名称和文号，或者数据的提供单位。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    use_required_attribute = False
    boundary: Boundary | None = None
    file_name = ""

    def clean_valid_from(self) -> Any:
        """Not a day to come: the outline of today is what containment is measured by."""
        day = self.cleaned_data["valid_from"]
        if day > instants.today():
            raise forms.ValidationError(_("起始日期不能晚于今天；尚未生效的范围，请到生效之日再登记。"))
        return day

    def clean(self) -> dict[str, Any]:
        """The shape, read; what keeps it from being read is said at the field that brought it."""
        data = super().clean() or {}
        sent, table = data.get("file"), data.get("table", "").strip()
        if "file" in self.errors or "table" in self.errors or "crs" not in data:
            return data
        if bool(sent) == bool(table):
            self.add_error("file", _("请上传文件，或者粘贴界址点表，二者选一。"))
            return data
        try:
            if sent:
                self.file_name = sent.name
                self.boundary = read_boundary(sent.name, sent.read(MAX_BYTES + 1), data["crs"])
            else:
                self.boundary = read_boundary("table.txt", table.encode(), data["crs"])
        except BoundaryError as error:
            self.add_error("file" if sent else "table", str(error))
        return data
