"""The filters of the register as a row of plain controls."""

from __future__ import annotations

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from registry.facets import Facets
from registry.filters import not_to_come

VIEWS = {"table": _("表格"), "map": _("地图"), "cards": _("卡片")}


class ParkSearchForm(forms.Form):
    """Select boxes whose choices carry counts; an unknown choice is said, not swallowed."""

    q = forms.CharField(
        label=_("名称或所在地"),
        required=False,
        max_length=60,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    city = forms.ChoiceField(label=_("城市"), required=False)
    status = forms.ChoiceField(label=_("状态"), required=False)
    industry = forms.ChoiceField(label=_("主导产业"), required=False)
    year = forms.ChoiceField(label=_("列入年份"), required=False)
    on = forms.DateField(
        label=_("某日的名录"),
        required=False,
        validators=[not_to_come],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    view = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: dict[str, str], facets: Facets) -> None:
        super().__init__(data)
        everything = [("", _("全部"))]
        for name, found in facets.choices().items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*everything, *found]
        if not data.get("view"):
            del self.fields["view"]

    def in_words(self) -> str:
        """The filters that are set, as a printed sheet names them."""
        told = []
        for field in self.visible_fields():
            value = self.data.get(field.name, "")
            choices = dict(getattr(field.field, "choices", []))
            if value:
                told.append(f"{field.label} {choices.get(value, value)}")
        return "；".join(told)
