"""The forms of a row and of a table on its way into a book, made from the book's columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.enums import Book, Decision
from indicators.ledgers import columns
from indicators.ledgers.columns import COLUMNS, Column, Wrong
from indicators.models import Enterprise, Ledger, Project


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
    """One row; `row`: the one that is changed."""

    def __init__(
        self, book: Book, ledgers: Iterable[Ledger], row: Project | Enterprise | None = None, data: Any = None
    ) -> None:
        super().__init__(data, initial=_initial(book, row))
        self.book, self.ledgers = book, {str(ledger.pk): ledger for ledger in ledgers}
        if row is None:
            choices = [(key, ledger.name) for key, ledger in self.ledgers.items()]
            self.fields["ledger"] = forms.ChoiceField(label=_("园区"), choices=choices)
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

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the row."""
        return {column.name: self.cleaned_data[column.name] for column in COLUMNS[self.book]}

    def clean(self) -> dict[str, Any]:
        """What stands in one row must fit together."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for name, rule in columns.whole(self.book, self.values):
                self.add_error(name, f"{rule}。")
        return cleaned


def _initial(book: Book, row: Project | Enterprise | None) -> dict[str, Any]:
    if row is None:
        return {}
    found = {column.name: getattr(row, column.name) for column in COLUMNS[book]}
    return {name: columns.shown(value) if _is_text(value) else value for name, value in found.items()}


def _is_text(value: Any) -> bool:
    return not isinstance(value, bool) and value not in Decision.values


def _field(book: Book, column: Column) -> forms.Field:
    label = columns.label(book, column.name)
    if column.read is columns.yes:
        return forms.BooleanField(label=label, required=False, help_text=column.help)
    if column.read is columns.decision:
        return forms.ChoiceField(label=label, choices=Decision.choices, widget=forms.RadioSelect)
    widths: dict[Any, int] = {columns.year: 4, columns.date: 10, columns.money: 10, columns.code: 20}
    attrs: dict[str, Any] = {"class": f"govuk-input--width-{widths.get(column.read, 30)}"}
    if column.read is columns.date:
        attrs["type"] = "date"
    if column.read in (columns.year, columns.money):
        attrs["inputmode"] = "decimal"
    widget = forms.TextInput(attrs=attrs)
    return ColumnField(column, label=label, required=column.required, help_text=column.help, widget=widget)


class SendForm(forms.Form):
    """A table of rows."""

    file = forms.FileField(
        label=_("XLSX 或 CSV 文件"),
        help_text=_("用模板填写，第一行是列名；不超过 50 MB。先核对，确认后才写入，全部写入或全部不写。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
