"""What a department's draft holds: stance and reasons, conditions and remarks on sections as rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.dateparse import parse_date

from notifications.content import lines

Row = dict[str, Any]
BLANK_CONDITION: Row = {"text": "", "section": "", "due_on": "", "answerer": "", "mandatory": True}
BLANK_REMARK: Row = {"section": "", "text": ""}
ROWS: dict[str, Row] = {"conditions": BLANK_CONDITION, "remarks": BLANK_REMARK}
HEAD = ("stance", "reasons")
KEY, REMOVE = "key", "remove"
# The name of one value on the page: of which rows, the key of the row, the column.
CELL = re.compile(r"(conditions|remarks)-([0-9a-z]{1,16})-([a-z_]+)")
MOST_ROWS = 60


def conditions_in(fields: dict[str, Any]) -> list[Row]:
    """The conditions of a draft; one written before conditions had rows holds a condition a line."""
    kept = fields.get("conditions") or []
    if isinstance(kept, str):
        return [{**BLANK_CONDITION, "text": line} for line in lines(kept)]
    return [_plain(row, BLANK_CONDITION) for row in kept if _is_said(row)]


def remarks_in(fields: dict[str, Any]) -> list[Row]:
    """The remarks on sections of a draft: {section, text}; a row without text is none."""
    kept = [_plain(row, BLANK_REMARK) for row in fields.get("remarks") or [] if _is_said(row)]
    return [row for row in kept if row["section"]]


def _is_said(row: Row) -> bool:
    return bool(str(row.get("text", "")).strip()) and not row.get(REMOVE)


def _plain(row: Row, blank: Row) -> Row:
    return {name: row.get(name, default) for name, default in blank.items()}


def day_in(row: Row) -> dt.date | None:
    """The day by which a condition is to be met; None where none was set."""
    return parse_date(str(row.get("due_on") or ""))


def said_in(fields: dict[str, Any]) -> dict[str, Any]:
    """All that a department says in a draft, in one shape, so that two states can be compared."""
    return {
        "stance": fields.get("stance", ""),
        "reasons": fields.get("reasons", ""),
        "conditions": conditions_in(fields),
        "remarks": remarks_in(fields),
    }


# -- value by value, for the page that saves itself ------------------------------------------------------------------
def rows_in(fields: Mapping[str, Any], name: str) -> list[Row]:
    """The rows of a draft as they were typed, each with its key; without those in which nothing stands."""
    kept = fields.get(name) or []
    if isinstance(kept, str):
        kept = [{**BLANK_CONDITION, "text": line} for line in lines(kept)]
    keyed = [{**ROWS[name], **row, KEY: str(row.get(KEY) or number)} for number, row in enumerate(kept)]
    return [row for row in keyed if any(row[column] for column in ROWS[name] if column != "mandatory")]


def default_of(name: str) -> Any:
    """What stands where nothing was typed yet."""
    found = CELL.fullmatch(name)
    if not found:
        return ""
    return False if found[3] == REMOVE else ROWS[found[1]][found[3]]


def is_cell(name: str) -> bool:
    """Whether the page has a value of that name."""
    found = CELL.fullmatch(name)
    return name in HEAD or bool(found and (found[3] == REMOVE or found[3] in ROWS[found[1]]))


def cells_in(fields: Mapping[str, Any], names: Iterable[str] = ()) -> dict[str, Any]:
    """Every value of a draft by its name on the page, those of `names` also where nothing stands yet."""
    cells = {name: fields.get(name, "") for name in HEAD}
    for rows, blank in ROWS.items():
        for row in rows_in(fields, rows):
            for column in (*blank, REMOVE):
                cells[f"{rows}-{row[KEY]}-{column}"] = row.get(column, False if column == REMOVE else "")
    return cells | {name: default_of(name) for name in names if name not in cells}


def with_cells(fields: Mapping[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's fields with these values; a row that is not there yet comes after the others."""
    made = {**fields, **{name: cells[name] for name in HEAD if name in cells}}
    for rows, blank in ROWS.items():
        made[rows] = rows_in(fields, rows)
        by_key = {row[KEY]: row for row in made[rows]}
        for name, value in cells.items():
            found = CELL.fullmatch(name)
            if not found or found[1] != rows:
                continue
            if found[2] not in by_key and len(by_key) < MOST_ROWS:
                by_key[found[2]] = {**blank, KEY: found[2]}
                made[rows].append(by_key[found[2]])
            if found[2] in by_key:
                by_key[found[2]][found[3]] = value
    return made


def without_removed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same without the rows that were marked for removal and those in which nothing stands."""
    return {**fields, **{rows: [row for row in rows_in(fields, rows) if not row.get(REMOVE)] for rows in ROWS}}
