"""CSV (UTF-8 with byte order mark) as an answer of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer

from registry.open_data import csv_text, encoded


class CSVRenderer(BaseRenderer):
    """A page of records, or one record, as CSV; nested values are left out, lists are joined."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The records under a head of column names; the head alone when there are none."""
        view = (renderer_context or {}).get("view")
        columns = [column.name for column in getattr(view, "csv_columns", ())]
        found = data.get("results", data) if isinstance(data, Mapping) else data
        records = found if isinstance(found, list) else [found]
        if any(name not in record for record in records for name in columns):
            columns = sorted({name for record in records for name in record})
        return encoded(csv_text(columns, records))
