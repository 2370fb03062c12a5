"""The form by which a title of a place is recorded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import DivisionLevel
from accounts.models import Division
from registry.enums import CityTitleKind

HELD, ENDED = "held", "ended"


class TitleForm(forms.Form):
    """Which place, which title, held or no longer held, since when, and on what that rests."""

    use_required_attribute = False
    place = forms.ChoiceField(label=_("城市或县（市、区）"), help_text=_("代码已停用的，括号内注明停用时间。"))
    title = forms.ChoiceField(label=_("称号"), choices=CityTitleKind.choices)
    held = forms.ChoiceField(
        label=_("登记事项"),
        choices=[(HELD, _("获得称号")), (ENDED, _("不再持有称号"))],
        initial=HELD,
        widget=forms.RadioSelect,
    )
    since = forms.DateField(
        label=_("自何日起"),
        help_text=_("批准或公布文件的日期。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
    )
    citation = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("批准文件的名称和文号；公开登载的，写明登载处。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("请选择")), *_places()]  # type: ignore[attr-defined]

    @property
    def is_held(self) -> bool:
        """Whether the title is held from that day on."""
        return bool(self.cleaned_data["held"] == HELD)


def _places() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every place under its city, the city first."""
    found: dict[str, list[Division]] = {}
    names: dict[str, str] = {}
    for place in Division.objects.exclude(level=DivisionLevel.PROVINCE).order_by("code"):
        city = place.code if place.level == DivisionLevel.PREFECTURE else place.parent_id or ""
        if place.code == city:
            names[city] = place.name
        found.setdefault(city, []).append(place)
    return [(names.get(city, city), [(one.code, _named(one)) for one in places]) for city, places in found.items()]


def _named(place: Division) -> str:
    return f"{place.name}（{place.code}，–{place.valid_to}）" if place.valid_to else f"{place.name}（{place.code}）"
