"""Golden cases per clause set, read once for the judge and once for its command."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
KEYS = {"name", "facts", "raw", "on", "params", "expect", "verdict", "message"}


@dataclass(frozen=True)
class Case:
    """One golden case: what is put in, and what must come out or be refused."""

    set: str
    name: str
    content: bytes
    on: str | None = None
    params: dict[str, str] = field(default_factory=dict)
    expect: dict[str, dict[str, Any]] = field(default_factory=dict)
    verdict: str = ""
    message: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.set}: {self.name}"


def cases() -> list[Case]:
    return [case for document in _documents() for case in _read(document, "cases")]


def refusals() -> list[Case]:
    return [case for document in _documents() for case in _read(document, "refusals")]


def _documents() -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]


def _read(document: dict[str, Any], part: str) -> list[Case]:
    for item in document.get(part, ()):
        # YAML reads an unquoted `on` as true, which would silently drop the day.
        assert item.keys() <= KEYS, f"{item['name']}: {item.keys() - KEYS}"
    return [
        Case(
            set=document["set"],
            name=item["name"],
            content=(item["raw"] if "raw" in item else json.dumps(item["facts"])).encode(),
            on=str(item["on"]) if "on" in item else None,
            params=item.get("params", {}),
            expect=item.get("expect", {}),
            verdict=item.get("verdict", ""),
            message=tuple(item.get("message", ())),
        )
        for item in document.get(part, ())
    ]
