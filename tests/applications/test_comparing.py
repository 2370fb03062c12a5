"""What changed between two contents: words, figures, files, boundary; the same contents differ in nothing."""

from __future__ import annotations

import time
from typing import Any

import pytest

from applications.comparing import ADDED, CHANGED, REMOVED, SAME, changed_targets, compare, marked
from registry.geometry.synthetic import synthetic_boundary


def content(**changes: Any) -> dict[str, Any]:
    """A small frozen content, with changes."""
    fields = [
        {"key": "purpose.x", "label": "目的", "kind": "longtext", "unit": "", "clause": "P-II.1.1a", "choices": {}},
        {"key": "purpose.y", "label": "方式", "kind": "choice", "unit": "", "clause": "", "choices": {"a": "甲类"}},
    ]
    made = {
        "park_name": "某园区",
        "host_zone": {"name": "某集聚区"},
        "sections": [{"slug": "purpose", "title": "目的", "group": "一", "fields": fields}],
        "fields": {"purpose.x": "建设高新技术园区，2026年开工。", "purpose.y": "a"},
        "figures": {"P.gdp": {"2024": "10.5", "2025": None}},
        "materials": [file("plan", 2, "规划.pdf", "a" * 64)],
        "boundary": {"geojson": synthetic_boundary("330100", 1, 12.0), "blocks": ["区块1"], "area_km2": "12.0"},
    }
    return {**made, **changes}


def file(code: str, number: int, name: str, sha256: str, **details: str) -> dict[str, Any]:
    """A file of the materials."""
    return {"code": code, "number": number, "name": name, "sha256": sha256, "size": 1, "upload": "x", **details}


def test_same_contents_differ_in_nothing() -> None:
    found = compare(content(), content())
    assert (found.is_same, found.count, found.targets) == (True, 0, frozenset())


def test_changed_words_are_marked_by_character_and_numbers_whole() -> None:
    pieces = marked("建设高新技术园区，2026年开工。", "建设省级高新园区，2027年开工。")
    assert [(piece.state, piece.text) for piece in pieces] == [
        (SAME, "建设"), (ADDED, "省级"), (SAME, "高新"), (REMOVED, "技术"), (SAME, "园区，"),
        (REMOVED, "2026"), (ADDED, "2027"), (SAME, "年开工。"),
    ]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [("", "新"), ("旧", ""), ("甲" * 50, "乙" * 50), ("a\nb", "a\nc")])
def test_marked_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = marked(before, after)
    assert "".join(piece.text for piece in pieces if piece.state != ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.state != REMOVED) == after


def test_long_texts_are_compared_by_sentence_in_time() -> None:
    before = "".join(f"第{n}条规定了园区的第{n % 7}项任务。" for n in range(900))
    after = before.replace("第450条", "新的第四百五十条")
    begun = time.monotonic()
    pieces = marked(before, after)
    assert time.monotonic() - begun < 3
    assert "".join(piece.text for piece in pieces if piece.state != REMOVED) == after
    assert sum(len(piece.text) for piece in pieces if piece.state == ADDED) < 40


def test_field_figure_and_file_are_named_as_remarks_name_them() -> None:
    new = content(
        fields={"purpose.x": "另有说法。", "purpose.y": "a"},
        figures={"P.gdp": {"2024": "10.5", "2025": "11"}},
        materials=[file("plan", 2, "规划2.pdf", "b" * 64), file("argumentation", 3, "论证.pdf", "c" * 64)],
    )
    found = compare(content(), new, {"P.gdp": "生产总值", "plan": "创建规划"})
    assert [entry.target for group in found.groups for entry in group.entries] == ["field:purpose.x"]
    assert [(entry.label, entry.before, entry.after) for entry in found.figures] == [("生产总值 2025", "", "11")]
    assert [(one.label, one.state) for one in found.files] == [("创建规划", CHANGED), ("argumentation", ADDED)]
    assert found.targets == {
        "filing", "field:purpose.x", "section:purpose", "section:figures", "material:11", "material:2", "material:3",
    }  # fmt: skip
    assert found.count == 4


def test_same_bytes_under_another_name_are_the_same_file() -> None:
    renamed = content(materials=[file("plan", 2, "改名.pdf", "a" * 64)])
    assert compare(content(), renamed).is_same
    numbered = content(materials=[file("plan", 2, "规划.pdf", "a" * 64, document_number="某政〔2026〕1号")])
    assert [one.state for one in compare(content(), numbered).files] == [CHANGED]


def test_moved_boundary_says_what_came_and_went() -> None:
    moved = content(
        boundary={"geojson": synthetic_boundary("330100", 1, 14.0), "blocks": ["区块1"], "area_km2": "14.0"}
    )
    area = compare(content(), moved).area
    assert area is not None
    assert (area.difference_km2, area.removed) == (2, None)
    assert abs(area.added_km2 - 2) < 1e-3  # type: ignore[operator]
    assert changed_targets(content(), moved) == {"filing", "section:boundary", "material:5"}
    assert compare(content(boundary=None), content()).area.before_km2 is None  # type: ignore[union-attr]


def test_field_of_an_older_form_is_shown_as_it_was_asked() -> None:
    older = content()
    older["sections"][0]["fields"].append(
        {"key": "purpose.old", "label": "旧栏目", "kind": "text", "unit": "亩", "clause": "", "choices": {}}
    )
    older["fields"] = {**older["fields"], "purpose.old": "12"}
    (group,) = compare(older, content()).groups
    assert [(entry.label, entry.before, entry.after, entry.state) for entry in group.entries] == [
        ("旧栏目", "12", "", REMOVED)
    ]
