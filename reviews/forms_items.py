"""Forms of the clauses of review: who judges which, and what the reviewer says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from policy.clauses import Clause
from reviews.models import ItemOutcome, ReviewItem
from reviews.services import Judgement


class AskReviewerForm(forms.Form):
    """Which clauses go to whom."""

    clauses = forms.MultipleChoiceField(label=_("条款"), widget=forms.CheckboxSelectMultiple)
    office = forms.ChoiceField(
        label=_("评审人所在单位或专家"),
        help_text=_("只能请已参加本案的部门、受邀专家或省科技厅评审；由该单位经办人或专家本人署名评定。"),
    )

    def __init__(self, *args: Any, free: Iterable[Clause], offices: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clauses"].choices = [(one.id, f"{one.id} {one.label}") for one in free]  # type: ignore[attr-defined]
        self.fields["office"].choices = [("", _("请选择")), *((one.code, one.short_name) for one in offices)]  # type: ignore[attr-defined]


class JudgeForm(forms.Form):
    """One item: the outcome and why; an item of which nothing is said is left for later."""

    use_required_attribute = False
    outcome = forms.ChoiceField(label=_("评定"), choices=ItemOutcome.choices, widget=forms.RadioSelect, required=False)
    reason = forms.CharField(
        label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False,
        help_text=_("写明依据：材料、数据或者现场看到的情况。"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, item: ReviewItem) -> None:
        super().__init__(data, prefix=item.clause.replace(".", "-").replace("[", "-").replace("]", ""))
        self.item = item

    @property
    def is_touched(self) -> bool:
        """Whether anything was said."""
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("outcome", "reason"))

    def clean(self) -> dict[str, Any]:
        """An outcome comes with its reason, and the other way round."""
        data = super().clean() or {}
        if self.is_touched:
            if not data.get("outcome") and "outcome" not in self.errors:
                self.add_error("outcome", gettext("请选择%(clause)s的评定结果。") % {"clause": self.item.clause})
            if not data.get("reason") and "reason" not in self.errors:
                self.add_error("reason", gettext("请写明%(clause)s的评定理由。") % {"clause": self.item.clause})
        return data

    def judgement(self) -> Judgement:
        """What was said, of a valid form."""
        return Judgement(self.cleaned_data["outcome"], self.cleaned_data["reason"])
