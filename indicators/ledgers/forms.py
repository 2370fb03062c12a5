"""The forms of a row and of a table on its way into a book, made from the book's columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.enums import Book
from indicators.ledgers import cells, columns, register_forms
from indicators.ledgers.cells import Amount, Choice, Column, Wrong
from indicators.ledgers.checking import park_label
from indicators.ledgers.columns import COLUMNS
from indicators.ledgers.columns_life import AnyRow
from indicators.models import Record


class ColumnField(forms.CharField):
    """A cell that is read as a cell of a table is."""

    def __init__(self, column: Column, **kwargs: Any) -> None:
        self.column = column
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """The value of the cell. ValidationError with the rule and an example."""
        text = super().clean(value)
        try:
            return self.column.read(text)
        except Wrong as wrong:
            said = {"rule": wrong, "example": self.column.example}
            plain = _("%(rule)s，例如 %(example)s。") if self.column.example else _("%(rule)s。")
            raise forms.ValidationError(plain % said) from wrong


class RowForm(forms.Form):
    """One row of one of the `parks`, told by code and name; `row`: the one that is changed.

    `register` asks only for what a row of that register needs.
    """

    def __init__(
        self,
        book: Book,
        parks: Iterable[tuple[str, str]],
        row: AnyRow | None = None,
        data: Any = None,
        register: str = "",
    ) -> None:
        super().__init__(data, initial={**_initial(book, row), **({"register": register} if register else {})})
        self.book, self.row = book, row
        if row is None:
            self.fields["park"] = forms.ChoiceField(label=park_label(book), choices=list(parks))
        if register:
            self._ask(register, row)
        else:
            for column in COLUMNS[book]:
                self.fields[column.name] = _field(book, column)
        if row is not None:
            self.fields["reason"] = forms.CharField(
                label=_("改动的理由"),
                required=False,
                max_length=200,
                help_text=_("含这一行的年度报表已经报送的，必须填写。改动前的内容保留在历史中。"),
            )
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=row.version)

    def _ask(self, register: str, row: AnyRow | None) -> None:
        """The columns of one register, headed as it means them; which register it is stays as it was chosen."""
        for column in register_forms.columns_of(register, row if isinstance(row, Record) else None):
            self.fields[column.name] = _field(self.book, column)
            self.fields[column.name].label = register_forms.head(register, column.name)
        self.fields["register"].widget = forms.HiddenInput()
        self.fields["register"].disabled = True

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the row; one that was not asked for stays as it is, empty in a new row."""
        return {
            column.name: self.cleaned_data[column.name] if column.name in self.fields else self._unasked(column)
            for column in COLUMNS[self.book]
        }

    def _unasked(self, column: Column) -> Any:
        return column.read("") if self.row is None else getattr(self.row, column.name)

    def clean(self) -> dict[str, Any]:
        """What stands in one row must fit together."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for name, rule in columns.whole(self.book, self.values):
                self.add_error(name, f"{rule}。")
        return cleaned


def _initial(book: Book, row: AnyRow | None) -> dict[str, Any]:
    if row is None:
        return {}
    found = {column.name: (column.read, getattr(row, column.name)) for column in COLUMNS[book]}
    typed = (bool, str)
    return {name: value if isinstance(value, typed) else columns.shown(value) for name, (_r, value) in found.items()}


FEW = 4


def _field(book: Book, column: Column) -> forms.Field:
    label = columns.label(book, column.name)
    if column.read is cells.yes:
        return forms.BooleanField(label=label, required=False, help_text=column.help)
    if isinstance(column.read, Choice):
        return _choice(label, column, column.read)
    widths: dict[Any, int] = {cells.year: 4, cells.date: 10, cells.code: 20}
    width = 10 if isinstance(column.read, Amount) else widths.get(column.read, 30)
    attrs: dict[str, Any] = {"class": f"govuk-input--width-{width}"}
    if column.read is cells.date:
        attrs["type"] = "date"
    if column.read is cells.year or isinstance(column.read, Amount):
        attrs["inputmode"] = "decimal"
    widget = forms.TextInput(attrs=attrs)
    return ColumnField(column, label=label, required=column.required, help_text=column.help, widget=widget)


def _choice(label: str, column: Column, read: Choice) -> forms.ChoiceField:
    """A few words as buttons where one must be chosen, else a list."""
    options = list(read.options())
    if column.required and len(options) <= FEW:
        return forms.ChoiceField(label=label, choices=options, widget=forms.RadioSelect, help_text=column.help)
    return forms.ChoiceField(
        label=label, choices=[("", "—"), *options], required=column.required, help_text=column.help
    )


class SendForm(forms.Form):
    """A table of rows."""

    file = forms.FileField(
        label=_("XLSX 或 CSV 文件"),
        help_text=_("用模板填写，第一行是列名；不超过 50 MB。先核对，确认后才写入，全部写入或全部不写。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
