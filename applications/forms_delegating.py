"""Forms of the division of work: who is given which sections and materials, and what is said when they come back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Person
from applications import delegating
from applications.models import Filing
from applications.parts import MaterialPart, Part
from workflow import instants


class DelegateForm(forms.Form):
    """Sections and materials, and the office or colleague who is to provide them."""

    sections = forms.MultipleChoiceField(label=_("交出的章节"), required=False, widget=forms.CheckboxSelectMultiple)
    materials = forms.MultipleChoiceField(
        label=_("交出的申报材料"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("对方只能上传交给它的材料；文件归本单位所有，随申报一并提交。"),
    )
    to = forms.ChoiceField(label=_("交给"), help_text=_("本单位的经办人，或协同填报单位。"))
    due_on = forms.DateField(
        label=_("期限"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
    )
    note = forms.CharField(
        label=_("要求"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明要填到什么程度、找谁核对；填写人会看到。"),
    )

    def __init__(self, *args: Any, filing: Filing, free: list[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.free = {part.slug: part for part in free}
        self.offices = {f"org:{one.pk}": one for one in delegating.helpers_of(filing)}
        self.people = {f"person:{one.pk}": one for one in delegating.colleagues_of(filing)}
        self.filing = filing
        for name, of_materials in (("sections", False), ("materials", True)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(one.slug, one.title) for one in free if isinstance(one, MaterialPart) == of_materials]
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [
            ("", _("请选择")),
            (_("协同填报单位"), [(key, office.name) for key, office in self.offices.items()]),
            (_("本单位经办人"), [(key, person.name) for key, person in self.people.items()]),
        ]

    def clean_due_on(self) -> Any:
        """Not a day that has passed."""
        day = self.cleaned_data["due_on"]
        if day and day < instants.today():
            raise ValidationError(_("期限不能早于今天。"))
        return day

    def clean(self) -> dict[str, Any]:
        """At least one thing is given out."""
        data = super().clean() or {}
        if not data.get("sections") and not data.get("materials") and not {"sections", "materials"} & set(self.errors):
            self.add_error("sections", _("请选择至少一个章节或一项材料。"))
        return data

    @property
    def chosen(self) -> list[Part]:
        """The sections and materials chosen."""
        return [self.free[slug] for slug in [*self.cleaned_data["sections"], *self.cleaned_data["materials"]]]

    @property
    def holder(self) -> tuple[Organisation, Person | None]:
        """The office, and the colleague where it is the own office."""
        to = self.cleaned_data["to"]
        return (self.offices[to], None) if to in self.offices else (self.filing.tenant, self.people[to])


class HelperForm(forms.Form):
    """An office of the city that is to help."""

    organisation = forms.ModelChoiceField(
        label=_("增加协同填报单位"),
        queryset=Organisation.objects.none(),
        empty_label=_("请选择"),
        help_text=_("增加后该单位可以查看填写中的规划和材料，并填写、上传分工给它的部分。"),
    )

    def __init__(self, *args: Any, filing: Filing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = delegating.possible_helpers(filing)  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """What the holder says when a section is handed back."""

    note = forms.CharField(
        label=_("交回说明"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class GiveBackForm(forms.Form):
    """Why a section goes back to its holder."""

    reason = forms.CharField(label=_("退回原因"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
