"""The forms by which the operator opens an office, changes it, invites its administrator, takes it out of use."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import DivisionLevel, OrganisationKind
from accounts.models import Division, Organisation
from portal import offices

CODE = re.compile(r"[\u4e00-\u9fa5]{2,8}")
NARROW = {"class": "govuk-input--width-10"}


class _Office(forms.Form):
    use_required_attribute = False
    name = forms.CharField(label=_("全称"), max_length=80, help_text=_("公文上的发文机关名称。"))
    short_name = forms.CharField(label=_("简称"), max_length=40, help_text=_("列表和待办里显示。"))

    def _add_series(self, keys: tuple[str, ...], given: dict[str, str], required: bool) -> None:
        words = offices.series_words()
        for key in keys:
            self.fields[f"series_{key}"] = forms.CharField(
                label=_("机关代字：%(kind)s") % {"kind": words[key]}, max_length=8, required=required,
                initial=given.get(key, ""), widget=forms.TextInput(attrs=NARROW),
                help_text=_("发文字号里年份之前的部分，二至八个汉字，如“浙科函”。"),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Each code is of two to eight Chinese characters (GB/T 9704)."""
        told = super().clean() or {}
        for name, value in list(told.items()):
            if name.startswith("series_") and value and not CODE.fullmatch(value):
                self.add_error(name, _("请填二至八个汉字，不含年份、括号和数字。"))
        return told

    def series(self) -> dict[str, str]:
        """The codes given, by kind of paper."""
        told = self.cleaned_data.items()
        return {name.removeprefix("series_"): value for name, value in told if name.startswith("series_") and value}


class OpenOfficeForm(_Office):
    """A further office: its kind, names, place and the codes of its papers."""

    kind = forms.ChoiceField(label=_("类别"), widget=forms.RadioSelect)
    division = forms.ChoiceField(
        label=_("所在地"), required=False, help_text=_("县（市、区）政府、市科技局和园区管委会须选。")
    )
    field_order = ["kind", "division", "name", "short_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in offices.ADDED]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        places = Division.objects.filter(valid_to="").exclude(level=DivisionLevel.PROVINCE).order_by("code")
        rows = [(place.code, place.name) for place in places]
        self.fields["division"].choices = [("", _("不限")), *rows]  # type: ignore[attr-defined]
        keys = {key for kind in offices.ADDED for key in offices.SERIES[kind]}
        self._add_series(tuple(key for key in offices.series_words() if key in keys), {}, required=False)

    def clean(self) -> dict[str, Any]:
        """Only the codes that the kind needs are taken, and those must be there."""
        told = super().clean()
        wanted = {f"series_{key}" for key in offices.SERIES.get(told.get("kind", ""), ())}
        for name in [name for name in self.fields if name.startswith("series_")]:
            if name not in wanted:
                told.pop(name, None)
            elif not told.get(name) and name not in self.errors:
                self.add_error(name, _("这类单位的公文要用，请填写。"))
        return told

    def told(self) -> offices.Told:
        """What was said."""
        given = self.cleaned_data
        place = Division.objects.filter(pk=given["division"]).first() if given["division"] else None
        return offices.Told(given["name"], given["short_name"], self.series(), given["kind"], place)


class ChangeOfficeForm(_Office):
    """New names and codes of an office, and why."""

    reason = forms.CharField(label=_("修改理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, office: Organisation, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": office.name, "short_name": office.short_name, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        kind = OrganisationKind(office.kind)
        self._add_series(offices.SERIES[kind], office.series, required=True)
        self._add_series(offices.FURTHER.get(kind, ()), office.series, required=False)
        self.order_fields(["name", "short_name", *(name for name in self.fields if name.startswith("series_"))])

    def told(self) -> offices.Told:
        """What was said."""
        return offices.Told(self.cleaned_data["name"], self.cleaned_data["short_name"], self.series())


class AdministratorForm(forms.Form):
    """Who is invited to administer an office."""

    use_required_attribute = False
    name = forms.CharField(label=_("姓名"), max_length=40, widget=forms.TextInput(attrs=NARROW))
    email = forms.EmailField(
        label=_("电子邮箱"), help_text=_("邀请链接发到这个邮箱；也会在本页显示一次，可以当面转交。")
    )


class SwitchForm(forms.Form):
    """Why an office is taken out of use, or into use again."""

    use_required_attribute = False
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
