"""What is quoted of the policy on cities and counties stands in the very item of the text that the clause names."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from policy import clauses, index

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    *("accounts", "applications", "files", "indicators", "notifications", "policy", "portal", "registry", "reviews"),
    *("templates", "workflow"),
)
CHAPTERS, ITEMS = {"三": "III", "四": "IV", "五": "V"}, "一二三四五六七八九"
CHAPTER, ITEM = re.compile(r"^　　([一二三四五])、"), re.compile(r"^　　（([一二三四五六七八九])）")
CLAUSE = re.compile(r"C-(III|IV|V)\.(\d+)")
# A quotation with the clause behind it, as pages write it: “…”（C-III.2a）.
QUOTED = re.compile(r"[“「]([^”」“「\n]{6,})[”」] ?[（(](C-(?:III|IV|V)\.\d+[a-z]?)")
# What stands in for a name until the page is shown is no quotation.
FILLED = re.compile(r"%\(|{")
Quotation = tuple[str, str, str]


def items() -> dict[str, str]:
    """The text by clause without its letter, such as `III.2`."""
    found: dict[str, str] = {}
    chapter = at = ""
    for line in clauses.load("city-annual").text().splitlines():
        if told := CHAPTER.match(line):
            chapter, at = CHAPTERS.get(told[1], ""), ""
        elif told := ITEM.match(line):
            at = f"{chapter}.{ITEMS.index(told[1]) + 1}" if chapter else ""
        if at:
            found[at] = found.get(at, "") + line.strip()
    return found


def out_of_place(quotations: list[Quotation]) -> list[Quotation]:
    """The quotations (where, clause, words) that do not stand in the item of the text that their clause names."""
    text = items()
    return [one for one in quotations if (told := CLAUSE.match(one[1])) and one[2] not in text[f"{told[1]}.{told[2]}"]]


def of_indices() -> list[Quotation]:
    """What an evaluator's sheet quotes beside an indicator."""
    rows = [(name, part) for name in ("city", "county") for part in index.default(name).tree]
    return [(f"{name}: {part.code}", part.clause, part.own_quote) for name, part in rows if part.own_quote]


def of_clauses() -> list[Quotation]:
    sets = [clauses.load(name) for name in clauses.names()]
    return [(one.name, row.id, quote) for one in sets for row in one.clauses for quote in row.quotes]


def of_sources() -> list[Quotation]:
    """What code, templates and data quote by themselves."""
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*")) if path.suffix in (".py", ".html")]
    found = [(path, quoted) for path in paths for quoted in QUOTED.findall(path.read_text())]
    return [(str(path.relative_to(ROOT)), clause, words) for path, (words, clause) in found if not FILLED.search(words)]


def test_items_of_the_text_are_found() -> None:
    assert sorted(items()) == [
        *(f"III.{number}" for number in range(1, 4)),
        *(f"IV.{number}" for number in range(1, 7)),
        *(f"V.{number}" for number in range(1, 5)),
    ]


@pytest.mark.parametrize(
    ("read", "least"), [(of_indices, 40), (of_clauses, 18), (of_sources, 2)], ids=["indices", "clauses", "sources"]
)
def test_quotations_stand_in_the_item_of_their_clause(read: Callable[[], list[Quotation]], least: int) -> None:
    quotations = [one for one in read() if CLAUSE.match(one[1])]
    assert len(quotations) >= least
    assert out_of_place(quotations) == []


def test_words_of_another_item_are_found_out() -> None:
    told = ("sheet", "C-V.1a", "创新精神突出")
    assert out_of_place([told, ("sheet", "C-III.3a", "创新精神突出")]) == [told]
    [(words, clause)] = QUOTED.findall("说明：“创新型城市由省政府随时认定”（C-III.2g）。")
    assert out_of_place([("page", clause, words)]) == [("page", "C-III.2g", "创新型城市由省政府随时认定")]
