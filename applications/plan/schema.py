"""What a plan (创建规划) is made of: groups of sections, each one form page of fields."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise


class Kind(StrEnum):
    """What a field takes; every value is kept as text except a boolean."""

    TEXT = "text"
    LONGTEXT = "longtext"
    CHOICE = "choice"
    DATE = "date"
    DECIMAL = "decimal"
    INTEGER = "integer"
    BOOLEAN = "bool"


@dataclass(frozen=True)
class Field:
    """One field: `key` is flat and stable, `clause` the clause it answers, `help` the filling guide beside it.

    `office` is of how somebody is reached: an office's telephone, never a person's own number.
    """

    key: str
    label: Text
    kind: Kind = Kind.TEXT
    required: bool = True
    clause: str = ""
    help: Text = ""
    unit: str = ""
    choices: tuple[tuple[str, Text], ...] = ()
    signed: bool = False
    office: bool = False


@dataclass(frozen=True)
class Section:
    """One form page (节). `guide` says how to fill it in; `clauses` are quoted beside it.

    An `optional` section may stay empty; once anything stands in it, its required fields are due.
    """

    slug: str
    title: Text
    group: Text
    fields: tuple[Field, ...]
    clauses: tuple[str, ...]
    guide: tuple[Text, ...]
    optional: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the fields in order."""
        return tuple(field.key for field in self.fields)
