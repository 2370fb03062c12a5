"""What a supplementary change can be about: sections, boundary, base figures, materials; and whom each concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from applications import plan
from applications.boundaries import SHAPE
from applications.comparing import Comparison, compare
from applications.display import kind_in, label_of
from applications.materials import EVERY, MATERIALS_OF, MaterialKind
from applications.models import FilingVersion
from applications.parts import key_of
from applications.selfcheck import area

BOUNDARY, FIGURES, MATERIAL = "boundary", "figures", "material:"
# Whom a section concerns by the departments' own tasks, beside those that said something of it (P-II.1.8c).
CONCERNED = {
    "space": ("dept-land", "dept-build"),
    BOUNDARY: ("dept-land", "dept-build", "dept-env"),
    "conformity": ("dept-land", "dept-build", "dept-env", "dept-fgw"),
    "foundation": ("dept-fgw", "dept-jxw", "dept-stat"),
    FIGURES: ("dept-stat", "dept-fgw", "dept-jxw"),
    "industry": ("dept-fgw", "dept-jxw", "dept-commerce"),
    "bases": ("dept-org", "dept-rsj", "dept-fgw"),
    "policies": ("dept-fgw",),
    "management": ("dept-org",),
    "responsibility": ("dept-org",),
}
# The same of the materials (A.4), by number; 2 and 3, plan and report of the experts, are the planners'.
CONCERNED_BY_MATERIAL = {
    2: ("dept-fgw", "dept-jxw"),
    3: ("dept-fgw", "dept-jxw"),
    4: CONCERNED["industry"],
    5: CONCERNED[BOUNDARY],
    6: CONCERNED["conformity"],
    7: CONCERNED["space"],
    8: CONCERNED["policies"],
    9: CONCERNED["management"],
    10: CONCERNED["responsibility"],
    11: CONCERNED[FIGURES],
    13: ("dept-stat",),
}


def parts_open(version: FilingVersion) -> list[tuple[str, str]]:
    """What can be changed after acceptance, as (slug, title): sections, base figures, materials that are files."""
    sections = [
        (section["slug"], str(section["title"]))
        for section in version.content["sections"]
        if section["fields"] and section["slug"] != FIGURES and plan_section(section["slug"]) is not None
    ]
    figures = [(FIGURES, title_of(FIGURES))] if version.content.get("years") else []
    return [
        *sections,
        *figures,
        *((slug_of(kind), title_of(slug_of(kind))) for kind in MATERIALS_OF[kind_in(version.content)] if kind.pieces),
    ]


def slug_of(kind: MaterialKind) -> str:
    """The slug of one of the thirteen materials."""
    return f"{MATERIAL}{kind.number}"


def material_of(slug: str) -> MaterialKind | None:
    """The material that a slug names."""
    return next((kind for kind in EVERY if slug_of(kind) == slug), None)


def plan_section(slug: str, opened_on: dt.date | None = None) -> plan.Section | None:
    """Today's form of a section; of the base figures only with the day on which the plan was opened."""
    if slug == FIGURES:
        return plan.section_of(slug, opened_on) if opened_on else None
    return next((section for section in plan.EVERY if section.slug == slug), None)


def target_of(slug: str) -> str:
    """The key under which remarks, conditions and opinions speak of a part."""
    return slug if slug.startswith(MATERIAL) else f"section:{slug}"


def title_of(slug: str) -> str:
    """A part as people read it."""
    return label_of(target_of(slug))


def keys_opened(slugs: Iterable[str]) -> frozenset[str]:
    """The keys of the working copy that the city changes in place: the shape, the pieces of the materials."""
    found = {SHAPE} if BOUNDARY in slugs else set()
    for slug in slugs:
        if kind := material_of(slug):
            found |= {key_of(piece.code) for piece in kind.pieces}
    return frozenset(found)


def has_parts_in_place(slugs: Iterable[str]) -> bool:
    """Whether anything beside texts and figures is to be changed."""
    return bool(keys_opened(list(slugs)))


def targets_about(slugs: Collection[str], opened_on: dt.date | None = None) -> set[str]:
    """Every key under which something may have been said of these parts."""
    found = {target_of(slug) for slug in slugs}
    for slug in slugs:
        if section := plan_section(slug, opened_on):
            found |= {f"field:{key}" for key in section.keys}
            found |= {slug_of(kind) for kind in EVERY if kind.section == slug and slug in {BOUNDARY, FIGURES}}
        if (kind := material_of(slug)) and kind.section:
            found.add(f"section:{kind.section}")
    return found


def concerned_by_task(slugs: Iterable[str]) -> set[str]:
    """The codes of the departments whose tasks these parts touch."""
    found: set[str] = set()
    for slug in slugs:
        kind = material_of(slug)
        found |= set(CONCERNED_BY_MATERIAL.get(kind.number, ()) if kind else CONCERNED.get(slug.split("-")[0], ()))
    return found


def compared(old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    """What differs, with the labels of figures and materials."""
    names = {piece.code: str(piece.label) for kind in EVERY for piece in kind.pieces}
    return compare(old, new, names | {code: code for code in plan.FIGURES})


def shown(found: Comparison) -> dict[str, Any]:
    """Figures, boundary and files that differ, for templates/reviews/_changed_parts.html."""
    one = found.area
    return {
        "figures": found.figures,
        "area": {"before": in_km2(one.before_km2), "after": in_km2(one.after_km2)} if one else None,
        "files": [
            {"label": file.label, "before": _name(file.before), "after": _name(file.after)} for file in found.files
        ],
    }


def _name(file: dict[str, Any] | None) -> str:
    return str(file["name"]) if file else ""


def rows_in_place(found: Comparison) -> list[tuple[str, str, str]]:
    """Label, before and after of the boundary and of each file that differs, for the letter."""
    rows = []
    if one := found.area:
        before, after = (f"{in_km2(size)}平方公里" for size in (one.before_km2, one.after_km2))
        rows.append(("四至范围：边界", before, after))
    for file in shown(found)["files"]:
        rows.append((f"材料：{file['label']}", file["before"] or "（无）", file["after"] or "（撤下）"))
    return rows


def in_km2(size: Any) -> str:
    """An area as people read it."""
    return area(format(size, "f")) if size is not None else "—"
