"""The forms of the review of a round: which departments, a department's word, whom to lay before the province."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from policy import decimals
from reviews.enums_city_review import CityStance
from reviews.models import CityReview, Nomination

ASKED = (OrganisationKind.DEPARTMENT, OrganisationKind.OTHER_DEPARTMENT)


class AskForm(forms.Form):
    """The departments that are asked."""

    use_required_attribute = False
    offices = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("征求意见的部门"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个部门。")},
    )  # fmt: skip

    def __init__(self, *args: Any, row: CityReview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = row.opinions.values("tenant_id")
        offices = Organisation.objects.filter(kind__in=ASKED, active=True).exclude(pk__in=known).order_by("order")
        self.fields["offices"].queryset = offices  # type: ignore[attr-defined]


class AdviseForm(forms.Form):
    """What a department's handler proposes that it says (拟办)."""

    use_required_attribute = False
    stance = forms.ChoiceField(
        label=_("拟提出的意见"), choices=CityStance, widget=forms.RadioSelect,
        error_messages={"required": _("请选择意见。")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("不同意见和理由"), help_text=_("有不同意见的必填：写明哪一处、依据是什么、建议怎样改。"),
        widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An objection says why."""
        data = super().clean() or {}
        if data.get("stance") == CityStance.OBJECT and not (data.get("reason") or "").strip():
            self.add_error("reason", gettext("请写明不同意见和理由。"))
        return data


class NominateForm(forms.Form):
    """Who is laid before the province; who departs from the mark says why."""

    use_required_attribute = False

    def __init__(self, *args: Any, rows: list[Nomination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for one in rows:
            said = {"name": one.result.name, "score": decimals.show(decimals.parse(one.result.score))}
            words = (
                _("%(name)s（%(score)s分，达到分数线）") if one.reaches else _("%(name)s（%(score)s分，未达到分数线）")
            )
            self.fields[f"take-{one.pk}"] = forms.BooleanField(
                label=words % said, required=False, initial=one.nominated
            )
            self.fields[f"why-{one.pk}"] = forms.CharField(
                label=_("%(name)s：与分数线不一致时的理由") % said, required=False, max_length=500, initial=one.reason
            )

    @property
    def chosen(self) -> dict[UUID, bool]:
        """Whom to lay before the province."""
        return {one.pk: bool(self.cleaned_data.get(f"take-{one.pk}")) for one in self.rows}

    @property
    def reasons(self) -> dict[UUID, str]:
        """Why, where that departs from the mark."""
        return {one.pk: str(self.cleaned_data.get(f"why-{one.pk}", "")) for one in self.rows}
