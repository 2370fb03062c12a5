"""建设进展: where every city and county stands in the second programme, as far as it concerns who asks."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.decorators import only
from accounts.enums import DivisionLevel
from accounts.requests import ActorRequest
from indicators.circular_content import score_shown
from policy import decimals
from registry import dates
from registry.open_data import csv_text, encoded
from reviews import city_standing
from reviews.city_standing import Standing
from reviews.enums_city_review import CityStage

ALL = ("", gettext_lazy("全部"))
TAGS = {
    CityStage.NATIONAL: "done",
    CityStage.INNOVATIVE: "done",
    CityStage.PILOT: "progress",
    CityStage.ELIGIBLE: "waiting",
    CityStage.DECLINED: "warning",
    CityStage.LEFT: "ended",
    CityStage.NOT_YET: "ended",
}
LEVELS = {DivisionLevel.PREFECTURE: gettext_lazy("设区市"), DivisionLevel.COUNTY: gettext_lazy("县（市、区）")}


def sees(actor: Actor) -> bool:
    """省科技厅, 省政府办公厅 and the departments; a city or county its own."""
    return actor.is_lead or actor.is_government or actor.is_department or actor.may_file_for_place


class ProgressFilter(forms.Form):
    """What part of the list is shown; all of it stands in the address."""

    q = forms.CharField(label=gettext_lazy("名称或代码"), required=False, max_length=40)
    level = forms.ChoiceField(label=gettext_lazy("层级"), required=False, choices=[ALL, *LEVELS.items()])
    city = forms.ChoiceField(label=gettext_lazy("所属市"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("阶段"), required=False, choices=[ALL, *CityStage.choices])
    busy = forms.BooleanField(label=gettext_lazy("只看有在办事项的"), required=False)

    def __init__(self, data: Any, rows: list[Standing]) -> None:
        super().__init__(data)
        parents = {
            one.place.parent_id: one.place.parent.name
            for one in rows
            if one.place.level == DivisionLevel.COUNTY and one.place.parent
        }
        field = self.fields["city"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ALL, *sorted(parents.items())]

    def keep(self, rows: list[Standing]) -> list[Standing]:
        """The rows asked for; all while something asked for cannot be."""
        if not self.is_valid():
            return rows
        asked = self.cleaned_data
        return [
            one
            for one in rows
            if (not asked["q"] or asked["q"] in one.place.name or one.place.code.startswith(asked["q"]))
            and (not asked["level"] or one.place.level == asked["level"])
            and (not asked["city"] or asked["city"] in (one.place.code, one.place.parent_id))
            and (not asked["stage"] or one.stage == asked["stage"])
            and (not asked["busy"] or one.affairs)
        ]


@require_safe
@only(sees)
def index(request: ActorRequest) -> HttpResponse:
    """Every place with its stage, what is under way, and how it was judged last; as a page or as CSV."""
    rows = city_standing.stand(request.actor, city_standing.places_of(request.actor))
    form = ProgressFilter(request.GET or None, rows)
    shown = form.keep(rows)
    if request.GET.get("format") == "csv":
        return _file(shown)
    counts = Counter(one.stage for one in rows)
    context = {
        "form": form,
        "rows": [_row(one) for one in shown],
        "numbers": [
            {"number": counts[stage], "text": stage.label, "href": f"?stage={stage}"}
            for stage in CityStage
            if counts[stage]
        ],
        "query": request.GET.urlencode(),
    }
    return render(request, "reviews/city_progress.html", context)


def _row(one: Standing) -> dict[str, Any]:
    return {
        "one": one,
        "city": one.place.parent.name if one.place.level == DivisionLevel.COUNTY and one.place.parent else "",
        "tag": {"kind": TAGS[one.stage], "text": one.stage.label},
        "since": dates.in_words(one.fact.since, one.fact.precision) if one.fact else "",
        "paper": one.fact.paper if one.fact else None,
        "score": decimals.show(decimals.parse(one.evaluated.score)) if one.evaluated else "",
        "rank": one.ranked.rank if one.ranked else None,
        "total": score_shown(one.ranked) if one.ranked else "",
    }


def _file(rows: list[Standing]) -> HttpResponse:
    """The same as a table: a line for each place."""
    names = [
        _("代码"), _("名称"), _("所属市"), _("阶段"), _("自"), _("在办事项"), _("最近测评年度"), _("测评得分"),
        _("应测评年度"), _("最近评价年度"), _("位次"),
    ]  # fmt: skip
    told = [
        dict(
            zip(
                names,
                (
                    one.place.code,
                    one.place.name,
                    row["city"],
                    str(one.stage.label),
                    row["since"],
                    "；".join(affair.text for affair in one.affairs),
                    one.evaluated.round.year if one.evaluated else None,
                    row["score"],
                    one.due,
                    one.ranked.year if one.ranked else None,
                    row["rank"],
                ),
                strict=True,
            )
        )
        for one in rows
        for row in (_row(one),)
    ]
    response = HttpResponse(encoded(csv_text(names, told)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="city-progress.csv"'
    return response
