"""Forms of countersigning (会签)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms_departments import area


class AdviceForm(forms.Form):
    """What the department's handler proposes to its signer."""

    text = forms.CharField(
        label=_("拟办意见"),
        help_text=_("供本部门签发人会签时参考，其他单位看不到。"),
        widget=area(4),
        max_length=2000,
    )


class PositionForm(forms.Form):
    """What 省科技厅 says to an objection that could not be settled."""

    position = forms.CharField(
        label=_("协商情况和我厅意见"),
        help_text=_("与部门的不同意见一并列入请示，由省政府审定；该部门会看到。"),
        widget=area(5),
        max_length=2000,
    )
