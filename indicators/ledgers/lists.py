"""The rows of a book as they are asked for: by park, year, kind, words, or by the figure they count for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q
from django.db.models.query import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators.enums import Book
from indicators.ledgers import access, counting
from indicators.ledgers.cells import EARLIEST, LATEST
from indicators.ledgers.checking import park_label
from indicators.ledgers.columns_life import AnyRow
from indicators.ledgers.kinds import KINDS
from indicators.queries import named

ALL = [("", _("全部"))]
# Books of one ledger per park: in order of its key, which the index of their rows begins with.
BY_KEY = (Book.PROJECTS, Book.ENTERPRISES)


class FilterForm(forms.Form):
    """What narrows a list down; further controls are those of the book."""

    q = forms.CharField(
        label=_("名称或代码"),
        required=False,
        max_length=60,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    park = forms.ChoiceField(label=_("园区"), required=False)

    def __init__(self, book: Book, actor: Actor, data: Any) -> None:
        super().__init__(data)
        self.book, self.asks = book, KINDS[book]
        self.fields["park"].label = park_label(book)
        self._choices("park", access.seen_by(actor, book).values_list("park", "name"))
        self.parts: dict[str, dict[str, Q]] = {}
        for one in self.asks.filters:
            options = one.options()
            self.parts[one.name] = {key: rows for key, (_label, rows) in options.items()}
            choices = [*ALL, *((key, label) for key, (label, _rows) in options.items())]
            self.fields[one.name] = forms.ChoiceField(label=one.label, required=False, choices=choices)
        measures = [measure.code for measure in counting.MEASURES.values() if measure.book == book]
        if measures:
            self.fields["figure"] = forms.ChoiceField(label=_("计入的指标"), required=False)
            self._choices("figure", ((code, named(code)) for code in measures))
        self.fields["year"] = forms.IntegerField(
            label=_("年度"),
            required=False,
            min_value=EARLIEST,
            max_value=LATEST,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        )

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*ALL, *choices]

    def clean(self) -> dict[str, Any]:
        """A figure is of a year."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("figure") and not cleaned.get("year") and "year" not in self.errors:
            self.add_error("year", _("按指标查看明细时，请填写年度。"))
        return cleaned

    def rows(self) -> QuerySet[AnyRow]:
        """The rows asked for; none while the form is not valid."""
        found: Any = counting.rows_of(self.book).select_related("ledger__tenant")
        if not self.is_valid():
            return found.none()
        asked = self.cleaned_data
        if asked["q"]:
            found = found.filter(self.asks.search(asked["q"]))
        if asked["park"]:
            found = found.filter(ledger__park=asked["park"])
        if asked.get("figure"):
            found = found.filter(counting.MEASURES[asked["figure"]].rows(asked["year"]), ledger__measures=False)
        elif asked["year"]:
            found = found.filter(self.asks.year(asked["year"]))
        for name, options in self.parts.items():
            if asked[name]:
                found = found.filter(options[asked[name]])
        by_park = "ledger_id" if self.book in BY_KEY else "ledger__park"
        return found.order_by(by_park, *self.asks.order)
