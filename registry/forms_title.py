"""The forms by which a title of a place is proposed to be recorded, and changed while it is returned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import DivisionLevel
from accounts.models import Division
from registry.enums import CityTitleKind
from registry.models import TitleProposal
from registry.services.titles import unusual

HELD, ENDED = "held", "ended"


class FactForm(forms.Form):
    """Whether a title is held, since when, and on what that rests; what is unusual is asked for its reason."""

    use_required_attribute = False
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
    note = forms.CharField(label=_("说明"), help_text=_("随称号沿革公布；可以不填。"), max_length=300, required=False)
    explanation = forms.CharField(
        label=_("缘由"),
        help_text=_("为什么与通常情形不同仍应登记；供核对人查看，不公布。"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def is_held(self) -> bool:
        """Whether the title is held from that day on."""
        return bool(self.cleaned_data["held"] == HELD)

    @property
    def fact(self) -> dict[str, Any]:
        """What is said of the title, as the service takes it."""
        told = self.cleaned_data
        return {"held": self.is_held, **{name: told[name] for name in ("since", "citation", "note", "explanation")}}

    def asked_of(self) -> tuple[Division, str] | None:
        """The place and the title that are spoken of; None where they are not told."""
        raise NotImplementedError

    @property
    def doubts(self) -> list[str]:
        """What speaks against the fact without making it impossible, whether or not it is explained."""
        told = getattr(self, "cleaned_data", {})
        about = self.asked_of() if told else None
        if about is None or "held" not in told or "since" not in told:
            return []
        return unusual(*about, held=self.is_held, since=told["since"])

    def clean(self) -> dict[str, Any]:
        """Something unusual is not proposed without a word why."""
        told = super().clean() or {}
        if self.doubts and not told.get("explanation", "").strip():
            self.add_error("explanation", _("请先核对提示的情况；确属如此的，写明缘由。"))
        return told


class TitleForm(FactForm):
    """Which place, which title, and the fact."""

    field_order = ("place", "title")
    place = forms.ChoiceField(label=_("城市或县（市、区）"), help_text=_("代码已停用的，括号内注明停用时间。"))
    title = forms.ChoiceField(label=_("称号"), choices=CityTitleKind.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("请选择")), *_places()]  # type: ignore[attr-defined]

    def asked_of(self) -> tuple[Division, str] | None:
        """The chosen place and title."""
        place, title = self.cleaned_data.get("place"), self.cleaned_data.get("title")
        return (Division.objects.get(pk=place), title) if place and title else None


class AmendForm(FactForm):
    """The fact of a returned proposal."""

    def __init__(self, data: Any = None, *, proposal: TitleProposal) -> None:
        told = {name: getattr(proposal, name) for name in ("since", "citation", "note", "explanation")}
        super().__init__(data, initial={**told, "held": HELD if proposal.held else ENDED})
        self.proposal = proposal

    @property
    def doubts(self) -> list[str]:
        """What speaks against what was proposed, until something else is typed."""
        row = self.proposal
        return super().doubts if self.is_bound else unusual(row.division, row.title, held=row.held, since=row.since)

    def asked_of(self) -> tuple[Division, str] | None:
        """Those of the proposal."""
        return self.proposal.division, self.proposal.title


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
