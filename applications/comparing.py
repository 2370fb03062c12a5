"""What changed between two frozen contents of a filing: fields, figures, materials, boundary; pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from registry.geometry import boundary_from_geojson, changes_km2

Content = dict[str, Any]
SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
# A run of letters and digits is one word; a Chinese character stands alone.
WORD = re.compile(r"[A-Za-z0-9.,%〔〕/-]+|\s+|.", re.DOTALL)
SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
# SequenceMatcher is quadratic: beyond this many pairs of words whole sentences are compared.
MAX_PAIRS = 4_000_000


@dataclass(frozen=True)
class Piece:
    """A run of text that both have, only the older or only the newer."""

    state: str
    text: str


@dataclass(frozen=True)
class Entry:
    """One field, figure or material: what it was, what it is, and how the two differ."""

    target: str
    label: str
    before: str
    after: str
    unit: str = ""
    clause: str = ""

    @property
    def state(self) -> str:
        """same, added, removed or changed."""
        if self.before == self.after:
            return SAME
        if not self.before or not self.after:
            return REMOVED if self.before else ADDED
        return CHANGED

    @property
    def pieces(self) -> list[Piece]:
        """The text with its changes marked."""
        return marked(self.before, self.after)


@dataclass(frozen=True)
class File:
    """A file of the materials: the same bytes (by SHA-256), added, removed, or one put in another's place."""

    target: str
    label: str
    state: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class Area:
    """How the boundary changed: areas in km², and the shapes that came and went as GeoJSON geometries."""

    before_km2: Decimal | None
    after_km2: Decimal | None
    added_km2: Decimal
    removed_km2: Decimal
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    added: dict[str, Any] | None
    removed: dict[str, Any] | None

    @property
    def difference_km2(self) -> Decimal:
        """How much larger (or smaller, negative) the area is."""
        return (self.after_km2 or Decimal(0)) - (self.before_km2 or Decimal(0))


@dataclass(frozen=True)
class Group:
    """A section with the entries that differ."""

    slug: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two contents; empty where nothing does."""

    head: tuple[Entry, ...] = ()
    groups: tuple[Group, ...] = ()
    figures: tuple[Entry, ...] = ()
    files: tuple[File, ...] = ()
    area: Area | None = None
    targets: frozenset[str] = field(default=frozenset())

    @property
    def is_same(self) -> bool:
        """Whether the two say the same."""
        return not (self.head or self.groups or self.figures or self.files or self.area)

    @property
    def count(self) -> int:
        """How many fields, figures and files differ; the boundary counts as one."""
        entries = sum(len(group.entries) for group in self.groups)
        return len(self.head) + entries + len(self.figures) + len(self.files) + (self.area is not None)


def compare(old: Content, new: Content, names: dict[str, str] | None = None) -> Comparison:
    """What `new` says differently from `old` (FilingVersion.content both).

    `names` gives labels for `park_name`, `host_zone`, figure codes and material codes; without one the code stands.
    """
    words = names or {}
    head = tuple(_differing(_head(old, new, words)))
    groups = tuple(_groups(old, new))
    figures = tuple(_differing(_figures(old, new, words)))
    files = tuple(_files(old, new, words))
    area = _area(old.get("boundary"), new.get("boundary"))
    return Comparison(head, groups, figures, files, area, _targets(head, groups, figures, files, area))


def changed_targets(old: Content, new: Content) -> frozenset[str]:
    """What remarks can point at (field:…, section:…, material:…, filing) that `new` says differently from `old`."""
    return compare(old, new).targets


def marked(before: str, after: str) -> list[Piece]:
    """Two texts as one run of pieces: Chinese by characters, other words whole; long texts by sentences."""
    if before == after:
        return [Piece(SAME, before)] if before else []
    a, b = WORD.findall(before), WORD.findall(after)
    if len(a) * len(b) > MAX_PAIRS:
        a, b = (list(filter(None, SENTENCE.findall(text))) for text in (before, after))
    found: list[Piece] = []
    for act, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if act == "equal":
            found.append(Piece(SAME, "".join(a[i:j])))
            continue
        if i < j:
            found.append(Piece(REMOVED, "".join(a[i:j])))
        if k < m:
            found.append(Piece(ADDED, "".join(b[k:m])))
    return found


def _differing(entries: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.state != SAME)


def _head(old: Content, new: Content, words: dict[str, str]) -> Iterator[Entry]:
    yield Entry("filing", words.get("park_name", "park_name"), old.get("park_name") or "", new.get("park_name") or "")
    zones = [str((content.get("host_zone") or {}).get("name", "")) for content in (old, new)]
    yield Entry("filing", words.get("host_zone", "host_zone"), *zones)


def _groups(old: Content, new: Content) -> Iterator[Group]:
    """Sections in the order of the newer content; what only the older one asked comes last."""
    older = {section["slug"]: section for section in old.get("sections", [])}
    newer = {section["slug"]: section for section in new.get("sections", [])}
    for slug in dict.fromkeys([*newer, *older]):
        if slug == "figures":
            continue
        section = newer.get(slug) or older[slug]
        known = {
            one["key"]: one for source in (newer.get(slug), older.get(slug)) if source for one in source["fields"][::-1]
        }
        order = dict.fromkeys(
            one["key"] for source in (newer.get(slug), older.get(slug)) if source for one in source["fields"]
        )
        entries = tuple(_differing(_entry(known[key], old, new) for key in order))
        if entries:
            yield Group(slug, section["title"], entries)


def _entry(asked: dict[str, Any], old: Content, new: Content) -> Entry:
    before, after = (_shown(asked, content.get("fields", {}).get(asked["key"])) for content in (old, new))
    return Entry(f"field:{asked['key']}", asked["label"], before, after, asked.get("unit", ""), asked.get("clause", ""))


def _shown(asked: dict[str, Any], value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "✓"
    return str(asked.get("choices", {}).get(value, value) if isinstance(value, str) else value)


def _figures(old: Content, new: Content, words: dict[str, str]) -> Iterator[Entry]:
    a, b = old.get("figures", {}), new.get("figures", {})
    for code in dict.fromkeys([*b, *a]):
        years = sorted({*a.get(code, {}), *b.get(code, {})})
        for year in years:
            before, after = ((source.get(code) or {}).get(year) or "" for source in (a, b))
            yield Entry("section:figures", f"{words.get(code, code)} {year}", str(before), str(after))


def _files(old: Content, new: Content, words: dict[str, str]) -> Iterator[File]:
    a, b = old.get("materials", []), new.get("materials", [])
    for code in dict.fromkeys(file["code"] for file in [*b, *a]):
        gone, come, kept = _matched([f for f in a if f["code"] == code], [f for f in b if f["code"] == code])
        number = next(file["number"] for file in [*b, *a] if file["code"] == code)
        target, label = f"material:{number}", words.get(code, code)
        for before, after in kept:
            if _details(before) != _details(after):
                yield File(target, label, CHANGED, before, after)
        if len(gone) == len(come):
            yield from (File(target, label, CHANGED, x, y) for x, y in zip(gone, come, strict=True))
            continue
        yield from (File(target, label, REMOVED, file, None) for file in gone)
        yield from (File(target, label, ADDED, None, file) for file in come)


def _matched(
    a: list[dict[str, Any]], b: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[tuple[dict[str, Any], dict[str, Any]]]]:
    """Files of one kind: those that went, those that came, and pairs with the same bytes."""
    come, gone, kept = list(b), [], []
    for file in a:
        twin = next((other for other in come if other["sha256"] == file["sha256"]), None)
        if twin is None:
            gone.append(file)
            continue
        come.remove(twin)
        kept.append((file, twin))
    return gone, come, kept


def _details(file: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(file.get(name, "")) for name in ("document_number", "issued_by", "issued_on"))


def _area(old: dict[str, Any] | None, new: dict[str, Any] | None) -> Area | None:
    a, b = (source["geojson"] if source else None for source in (old, new))
    names = [source.get("blocks", []) if source else [] for source in (old, new)]
    if a == b and names[0] == names[1]:
        return None
    shapes = [boundary_from_geojson(shape) if shape else None for shape in (a, b)]
    added_km2, added, removed_km2, removed = changes_km2(shapes[0], shapes[1])
    sizes = [Decimal(source["area_km2"]) if source else None for source in (old, new)]
    return Area(sizes[0], sizes[1], added_km2, removed_km2, a, b, added, removed)


def _targets(
    head: tuple[Entry, ...],
    groups: tuple[Group, ...],
    figures: tuple[Entry, ...],
    files: tuple[File, ...],
    area: Area | None,
) -> frozenset[str]:
    found = {entry.target for group in groups for entry in group.entries} | {file.target for file in files}
    found |= {f"section:{group.slug}" for group in groups}
    if figures:
        found |= {"section:figures", "material:11"}
    if area is not None:
        found |= {"section:boundary", "material:5"}
    return frozenset(found | {"filing"}) if found or head else frozenset()
