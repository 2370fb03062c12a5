"""A frozen content as pages show it: sections with labels and values, figures, materials, and what remarks point at."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from applications import plan, selfcheck
from applications.clauses_of import clauses_of
from applications.enums import KindCode
from applications.kinds import by_code
from applications.materials import EVERY, MATERIALS_OF, PIECES
from files.queries import states
from indicators import queries
from policy import figures as catalogue

Content = dict[str, Any]


def kind_in(content: Content) -> str:
    """The kind of filing that a frozen content is of; before there was more than one it was creation."""
    return str(content.get("kind") or KindCode.CREATION)


def plan_sections(content: Content) -> list[dict[str, Any]]:
    """The sections of a frozen content in order, for templates/applications/_plan.html.

    Each: slug, title, group, first_of_group, is_empty, filled, rows of {key, label, value, unit, clause, is_long};
    a value that was not given is empty. The grid of figures is not among them: see `figure_grid`.
    """
    shown: list[dict[str, Any]] = []
    group = ""
    for section in content["sections"]:
        if section["slug"] == "figures":
            continue
        rows = [_row(field, content["fields"].get(field["key"])) for field in section["fields"]]
        shown.append(
            {
                "is_empty": not any(row["value"] for row in rows),
                "filled": sum(bool(row["value"]) for row in rows),
                "slug": section["slug"],
                "title": section["title"],
                "group": section["group"],
                "first_of_group": section["group"] != group,
                "rows": rows,
            }
        )
        group = section["group"]
    return shown


def is_unfolded(request: HttpRequest) -> bool:
    """Whether the sections of a plan stand open: from ?open=all until ?open=none, while signed in."""
    if (asked := request.GET.get("open")) in {"all", "none"}:
        request.session["plan_unfolded"] = asked == "all"
    return bool(request.session.get("plan_unfolded"))


def _row(field: dict[str, Any], value: Any) -> dict[str, Any]:
    text = "" if value is None else str(value)
    if field["kind"] == "bool":
        text = _("是") if value is True else ""
    elif field["kind"] == "choice":
        text = field["choices"].get(text, text)
    return {
        "key": field["key"],
        "label": field["label"],
        "value": text,
        "unit": field["unit"] if text else "",
        "clause": field["clause"],
        "is_long": field["kind"] == "longtext",
    }


def figure_grid(content: Content) -> dict[str, Any]:
    """The base figures for templates/components/figures.html: years and rows; unknown stays None.

    A change asks for no figures: where the register knows none, there is no table of them.
    """
    rows: list[dict[str, Any]] = []
    if kind_in(content) == KindCode.CHANGE and not any(any(one.values()) for one in content["figures"].values()):
        return {"years": content["years"], "rows": rows}
    known = [code for code in plan.FIGURES if code in content["figures"]]
    # JSON in the database does not keep an order: today's comes first, codes of an older form after it.
    ordered = [code for code in catalogue.catalogue() if code in content["figures"]]
    for code in dict.fromkeys([*known, *ordered, *content["figures"]]):
        series = content["figures"][code]
        figure = catalogue.find(code)
        rows.append(
            {
                "code": code,
                "name": queries.named(code),
                "unit": figure.unit if figure else "",
                "values": [_in_words(figure, series.get(year)) for year in content["years"]],
            }
        )
    return {"years": content["years"], "rows": rows}


def _in_words(figure: catalogue.Figure | None, value: str | None) -> str | None:
    """A value as people read it: yes or no where it is one of the two."""
    if figure is None or figure.type is not catalogue.Type.BOOLEAN or value is None:
        return value
    return {"0": _("否"), "1": _("是")}.get(value, value)


def material_list(content: Content) -> list[dict[str, Any]]:
    """The thirteen materials with their files: {mark, label, clause, requirement, inside, files}.

    A file's `state` is what is known of it today (files.queries.shown), not what the version froze.
    """
    found = states(material["upload"] for material in content["materials"])
    return [
        {
            "number": kind.number,
            "mark": kind.mark,
            "label": kind.label,
            "clause": kind.clause,
            "requirement": kind.requirement,
            "inside": not kind.pieces,
            "files": [
                {**material, "piece": PIECES[material["code"]].label, "state": found.get(material["upload"])}
                for material in content["materials"]
                if material["number"] == kind.number
            ],
        }
        for kind in MATERIALS_OF[kind_in(content)]
    ]


def boundary_features(content: Content) -> dict[str, Any] | None:
    """The boundary as a GeoJSON feature for the map; None where there is none."""
    boundary = content.get("boundary")
    if not boundary:
        return None
    properties = {"name": content["park_name"], "kind": "progress", "text": area_text(content)}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": properties, "geometry": boundary["geojson"]}],
    }


def area_text(content: Content) -> str:
    """The area in words, e.g. 12.3456 平方公里; of a change that draws nothing, that it stays."""
    boundary = content.get("boundary")
    if not boundary and kind_in(content) == KindCode.CHANGE:
        return _("不变")
    return _("%(area)s 平方公里") % {"area": selfcheck.area(boundary["area_km2"])} if boundary else _("未划定")


def target_list(content: Content) -> list[tuple[str, str]]:
    """What a remark can point at: the whole, each material, each section, each field; keys are stable."""
    found = [("filing", _("申报整体"))]
    found += [
        (f"material:{kind.number}", f"{_('材料')}{kind.mark} {kind.label}") for kind in MATERIALS_OF[kind_in(content)]
    ]
    for section in content["sections"]:
        found.append((f"section:{section['slug']}", _("栏目：%(title)s") % {"title": section["title"]}))
        if section["slug"] == "figures":
            continue
        found += [(f"field:{field['key']}", f"{section['title']} › {field['label']}") for field in section["fields"]]
    return found


def label_of(target: str) -> str:
    """The label of a target by today's form; the target itself where it is unknown."""
    kind, _colon, rest = target.partition(":")
    if kind == "filing":
        return _("申报整体")
    if kind == "material":
        return next((f"{_('材料')}{one.mark} {one.label}" for one in EVERY if str(one.number) == rest), target)
    for section in plan.EVERY:
        if kind == "section" and section.slug == rest:
            return str(section.title)
        for field in section.fields:
            if kind == "field" and field.key == rest:
                return f"{section.title} › {field.label}"
    return _("三年基础数据") if target == "section:figures" else target


def value_of(content: Content, target: str) -> str:
    """What a content says at a target, as text to read; the files' names for a material, empty for the rest."""
    kind, _colon, rest = target.partition(":")
    if kind == "material":
        return "、".join(file["name"] for file in content["materials"] if str(file["number"]) == rest)
    for section in content["sections"] if kind == "field" else ():
        for field in section["fields"]:
            if field["key"] == rest:
                row = _row(field, content["fields"].get(rest))
                return f"{row['value']} {row['unit']}".strip()
    return ""


def place_of(target: str) -> str:
    """Where the city mends what a remark points at: a place for `selfcheck.page_of`, empty for the whole."""
    kind, _colon, rest = target.partition(":")
    if kind == "section":
        return rest
    if kind == "material":
        return next((f"materials#material-{one.number}" for one in EVERY if str(one.number) == rest), "")
    if kind == "field":
        return next((f"{s.slug}#id_{rest}" for s in plan.EVERY if rest in s.keys), "")
    return ""


def finding_rows(content: Content) -> list[dict[str, Any]]:
    """The frozen findings for templates/components/findings.html, with label and quotation of their clause."""
    known = {clause.id: clause for clause in clauses_of(by_code(kind_in(content)).clause_set)}
    rows = []
    for finding in content["findings"]["findings"]:
        clause = known.get(finding["clause"])
        words = {"title": clause.label if clause else "", "quote": clause.quote if clause else ""}
        rows.append({**finding, **selfcheck.read(finding), **words})
    return rows
