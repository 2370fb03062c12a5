"""A statement of what a newer composition of a report changed: results, figures and places, nothing of the wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Data = Mapping[str, Any]
Cells = dict[tuple[str, ...], str]


def between(before: Data, after: Data) -> list[dict[str, str]]:
    """Every cell that differs: where, what, the former and the new value; a dash for what was or is not there."""
    old, new = _cells(before), _cells(after)
    found = []
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            where, what = key[1], key[2]
            found.append({"where": where, "what": what, "before": old.get(key, "—"), "after": new.get(key, "—")})
    return found


def _cells(content: Data) -> Cells:
    return dict(_told(content)) if content else {}


def _told(content: Data) -> Iterator[tuple[tuple[str, ...], str]]:
    for tier in content["tiers"]:
        for ranking in tier["rankings"]:
            for row in ranking["rows"]:
                key = (row["code"], row["name"])
                yield (*key, f"{ranking['name']}位次"), str(row["rank"] or "—")
                yield (*key, f"{ranking['name']}得分"), row["score"]
    for one in content["profiles"]:
        for row in one["figures"]:
            yield (one["code"], one["name"], f"{row['label']}（{row['unit']}）"), row["now"]
        for row in one["findings"]:
            yield (one["code"], one["name"], f"{row['label']}的结论"), row["word"]
    for row in content["targets"]["rows"]:
        yield ("", "全省", row["label"]), f"{row['shown']}（{row['word']}）"
