"""Values of the plan and of later target sets, for 省科技厅: what is recorded, with its source, and the form."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators.models import TargetValue
from indicators.services import target_gaps, target_values
from workflow.machine import Refused


class TargetValueForm(forms.Form):
    """Which target, for which year, how much, and on what that rests."""

    use_required_attribute = False
    code = forms.ChoiceField(label=gettext_lazy("目标"))
    aimed = forms.IntegerField(
        label=gettext_lazy("目标年度"),
        min_value=target_values.AIMED,
        max_value=target_values.LAST,
        help_text=gettext_lazy("“十二五”规划目标值填 2015；后续目标填目标年度。"),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )
    value = forms.CharField(
        label=gettext_lazy("目标值"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
    )
    citation = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=300,
        help_text=gettext_lazy("规划或文件的名称和文号；公开登载的，写明登载处。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        plan = [(code, f"{one.label}（{one.unit}）") for code, one in target_values.planned().items()]
        own = [
            (code, f"{one.label}（{one.unit}）" if one.unit else one.label)
            for code, one in target_values.numbered().items()
        ]
        groups = [("", _("请选择")), (_("“十二五”规划目标值（C-III.3g）"), plan), (_("后续目标"), own)]
        self.fields["code"].choices = groups  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@only(lambda actor: actor.is_lead)
def page(request: ActorRequest) -> HttpResponse:
    """Every value that was recorded, the newest first of each, and the form; or the gaps of a quarter were read."""
    keeper = target_values.is_keeper(request.actor)
    if request.method == "POST" and not keeper:
        raise Http404
    if request.method == "POST" and "seen" in request.POST:
        target_gaps.seen(request.actor)
        messages.success(request, _("本季度的目标差距已核对。"))
        return redirect("indicators:target_values")
    form = TargetValueForm(request.POST or None) if keeper else None
    if form is not None and form.is_valid():
        told = form.cleaned_data
        try:
            target_values.record_value(told["aimed"], told["code"], told["value"], told["citation"], request.actor)
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("目标值已登记。"))
            return redirect("indicators:target_values")
    labels = {code: one.label for code, one in {**target_values.planned(), **target_values.numbered()}.items()}
    rows = TargetValue.objects.select_related("recorded_by").order_by("aimed", "code", "-recorded_at")
    context = {
        "form": form,
        "rows": [(row, labels.get(row.code, row.code)) for row in rows],
        "waits": keeper and target_gaps.waits(request.actor),
    }
    return render(request, "indicators/target_values.html", context, status=422 if form and form.errors else 200)
