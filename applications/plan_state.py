"""How far the plan is: the value of every field, and the state of every section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from applications import editing, plan
from applications.enums import KindCode
from applications.models import Filing, PlanField
from applications.plan import Field, Section, values

EMPTY, FILLING, DONE, PROBLEM = "empty", "filling", "done", "problem"


@dataclass(frozen=True)
class Plan:
    """The plan of a filing as last saved; `rows` by key."""

    opened_on: dt.date
    rows: Mapping[str, PlanField]
    kind: str = KindCode.CREATION

    @classmethod
    def of(cls, filing: Filing) -> Plan:
        """Read the plan in one query."""
        rows = filing.plan_fields.select_related("changed_by")
        return cls(opened_on(filing), {row.key: row for row in rows}, filing.kind)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections, the grid included."""
        return plan.sections(self.opened_on, self.kind)

    @property
    def years(self) -> tuple[int, ...]:
        """The three years of base figures, oldest first."""
        return plan.base_years(self.opened_on)

    def stored(self, key: str) -> Any:
        """What is stored under a key, also what did not parse; None where nothing is."""
        row = self.rows.get(key)
        return editing.value_of(row.value) if row else None

    def value(self, key: str) -> Any:
        """The usable value of a key; None where it is empty or does not parse."""
        return values.known(self.stored(key))

    def text(self, key: str) -> str:
        """The usable value as text, empty where there is none."""
        return str(self.value(key) or "")

    def problems(self, section: Section) -> list[Field]:
        """The fields whose entry does not parse."""
        return [field for field in section.fields if values.is_raw(self.stored(field.key))]

    def unfilled(self, section: Section) -> list[Field]:
        """The required fields that are empty; of an optional section only once something stands in it."""
        if section.optional and not any(self.stored(key) is not None for key in section.keys):
            return []
        return [field for field in section.fields if field.required and self.stored(field.key) is None]

    def state(self, section: Section) -> str:
        """The section's state as the task list shows it."""
        if self.problems(section):
            return PROBLEM
        filled = [key for key in section.keys if self.stored(key) is not None]
        if not filled:
            return EMPTY
        return FILLING if self.unfilled(section) else DONE

    def last_change(self, section: Section) -> PlanField | None:
        """The row of the section that was changed last."""
        rows = [self.rows[key] for key in section.keys if key in self.rows]
        return max(rows, key=lambda row: row.changed_at, default=None)

    @property
    def industries(self) -> list[int]:
        """The numbers of the leading industries that have a name."""
        return [number for number in plan.INDUSTRIES if self.text(f"industry.{number}.name")]


def opened_on(filing: Filing) -> dt.date:
    """The day (Beijing time) from which the base years are counted."""
    return timezone.localdate(filing.created_at)
