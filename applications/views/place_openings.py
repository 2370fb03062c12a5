"""Application windows and exceptions from C-III.1a, for 省科技厅: what is recorded, and the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.decorators import only
from accounts.enums import DivisionLevel
from accounts.models import Division
from accounts.requests import ActorRequest
from applications import window_days
from applications.models import PlaceOpening
from applications.services import place_openings
from workflow import deadlines
from workflow.machine import Refused


def _day(label: object) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"})
    return forms.DateField(label=label, widget=widget)  # type: ignore[arg-type]


class OpeningForm(forms.Form):
    """A window for all, or an exception for one place, with its days and what it rests on."""

    use_required_attribute = False
    place = forms.ModelChoiceField(
        Division.objects.none(),
        label=gettext_lazy("同意先行申报的地方"),
        required=False,
        empty_label=gettext_lazy("全部地方（申报窗口）"),
        help_text=gettext_lazy("尚未成为科技强市、县（市、区）而同意申报的，选择该地并写明理由。"),
    )
    since = _day(gettext_lazy("自"))
    until = _day(gettext_lazy("至"))
    citation = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=300,
        help_text=gettext_lazy("申报通知或批示的名称和文号。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    checked = forms.BooleanField(label=gettext_lazy("已经核对，仍按以上日期登记"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = Division.objects.exclude(level=DivisionLevel.PROVINCE).filter(valid_to="").order_by("code")
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.cautions: list[str] = []
        self.days: window_days.WindowDays | None = None

    def clean(self) -> dict[str, Any]:
        """Days that hardly serve are asked about; `cautions` and `days` then tell of them beside the question."""
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and since <= until <= since + window_days.LONGEST:
            self.cautions, self.days = window_days.cautions(since, until), window_days.days_of(since, until)
            if self.cautions and not told.get("checked"):
                self.add_error("checked", _("请先核对提示的情况；仍按以上日期登记的，勾选后再登记。"))
        return told


@require_http_methods(["GET", "HEAD", "POST"])
@only(lambda actor: actor.is_lead)
def page(request: ActorRequest) -> HttpResponse:
    """What was recorded, the newest first, and for a signer the form."""
    keeper = place_openings.is_keeper(request.actor)
    if request.method == "POST" and not keeper:
        raise Http404
    form = OpeningForm(request.POST or None) if keeper else None
    if form is not None and form.is_valid():
        told = form.cleaned_data
        try:
            place_openings.record(
                told["since"], told["until"], told["citation"], request.actor, place=told["place"],
                reason=told["reason"], checked=told["checked"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("已登记。"))
            return redirect("applications:place_openings")
    table = deadlines.calendar()
    rows = [
        {"row": row, "days": window_days.days_of(row.since, row.until, table)}
        for row in PlaceOpening.objects.select_related("division", "recorded_by")
    ]
    context = {"form": form, "rows": rows, "closed": place_openings.closed()}
    return render(request, "applications/place_openings.html", context, status=422 if form and form.errors else 200)
