"""What the lists of cities and counties show beside those of parks: dimensions, and the counties of one city."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import DivisionLevel
from accounts.models import Division
from accounts.names import named
from indicators.enums import RankingList
from indicators.models import Assessment
from policy import decimals
from policy.index import Part

PLACES = {RankingList.CITY, RankingList.COUNTY}
COLUMN = {RankingList.CITY: gettext_lazy("城市"), RankingList.COUNTY: gettext_lazy("县（市、区）")}


class WithinForm(forms.Form):
    """The city whose counties are shown."""

    city = forms.ChoiceField(label=gettext_lazy("所在设区市"), required=False)

    def __init__(self, data: QueryDict, cities: Iterable[Division]) -> None:
        super().__init__(data)
        field = self.fields["city"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("全部")), *((one.code, one.name) for one in cities)]

    @property
    def chosen(self) -> str:
        """The code of the city; empty for all, and for what cannot be chosen."""
        return str(self.cleaned_data.get("city", "")) if self.is_valid() else ""


def within(data: QueryDict, rows: Sequence[Assessment]) -> tuple[WithinForm, list[Assessment]]:
    """The filter of a list of counties with the cities that have any, and those that it leaves."""
    parents = dict(
        Division.objects.filter(code__in=[one.subject for one in rows], level=DivisionLevel.COUNTY).values_list(
            "code", "parent"
        )
    )
    form = WithinForm(data, Division.objects.filter(code__in=set(parents.values())).order_by("code"))
    chosen = form.chosen
    return form, [one for one in rows if not chosen or parents.get(one.subject) == chosen]


def sorted_by(
    data: QueryDict, ranking: str, rows: Sequence[Assessment], parts: Sequence[Part]
) -> tuple[str, list[Assessment]]:
    """By which dimension a list is sorted (empty: by rank), and its rows, the highest score first, unscored last.

    `by` of the request is the list and the dimension with a point between, as both lists stand on one page.
    """
    chosen = next((part.code for part in parts if data.get("by") == f"{ranking}.{part.code}"), "")
    if not chosen:
        return "", list(rows)
    scored = [(one.scores.get(chosen), one) for one in rows]
    told = sorted(((decimals.parse(score), one) for score, one in scored if score), key=lambda row: -row[0])
    return chosen, [*(one for _score, one in told), *(one for score, one in scored if not score)]


def heads(data: QueryDict, ranking: str, parts: Sequence[Part], chosen: str) -> list[dict[str, object]]:
    """The heads of the dimensions, each with the address that sorts by it; the chosen one leads back to the ranks."""
    found: list[dict[str, object]] = []
    for part in parts:
        query = data.copy()
        query.pop("page", None)
        query.pop("by", None)
        if part.code != chosen:
            query["by"] = f"{ranking}.{part.code}"
        href = f"?{query.urlencode()}#list-{ranking}"
        found.append({"label": named(part.label), "href": href, "is_chosen": part.code == chosen})
    return found


def comparison(one: Assessment, others: Sequence[Assessment]) -> str:
    """The address that compares a place with those ranked right before and after it; empty where there are none."""
    codes = [other.subject for other in others if other.rank] if one.list in PLACES else []
    if one.subject not in codes or len(codes) < 2:
        return ""
    at = codes.index(one.subject)
    wanted = [one.subject, *codes[max(at - 1, 0) : at], *codes[at + 1 : at + 2]]
    return reverse("places:compare", query={"year": one.year, "code": wanted})


def scores(one: Assessment, parts: Sequence[Part]) -> list[dict[str, str]]:
    """The score of each dimension, rounded for reading."""
    return [
        {
            "label": named(part.label),
            "text": decimals.show(decimals.parse(told)) if (told := one.scores.get(part.code)) else "",
        }
        for part in parts
    ]


def interval_in_words(one: Assessment) -> str:
    """The 5 % to 95 % ranks in words; empty where there are none."""
    if one.rank_low is None:
        return ""
    if one.rank_low == one.rank_high:
        return _("第 %(rank)d 位") % {"rank": one.rank_low}
    return _("第 %(low)d 至 %(high)d 位") % {"low": one.rank_low, "high": one.rank_high}
