"""Two cases side by side: the answers of their frozen plans section by section, figures, and the opinions on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications import display
from applications.models import Filing, FilingVersion
from applications.queries import latest_version
from policy.decimals import parse
from portal.exports.columns import asked_keys
from reviews.models import Opinion


@dataclass
class Side:
    """One of the two: the filing, its version that was submitted last, the address where it is read."""

    filing: Filing
    version: FilingVersion | None
    href: str = ""

    @property
    def content(self) -> dict[str, Any]:
        """The frozen content; nothing before the first submission."""
        return self.version.content if self.version else {"sections": [], "fields": {}, "figures": {}, "years": []}


@dataclass
class Pair:
    """One line of the comparison."""

    label: str
    left: str
    right: str
    unit: str = ""
    differs: bool = False


@dataclass
class Part:
    """A section of the comparison."""

    slug: str
    title: str
    pairs: list[Pair] = field(default_factory=list)

    @property
    def differing(self) -> int:
        """How many lines differ."""
        return sum(pair.differs for pair in self.pairs)


def side_of(pk: UUID | None) -> Side | None:
    """A filing that the scope opens, with the version that was submitted last."""
    filing = Filing.objects.select_related("tenant", "host_zone", "case").filter(pk=pk).first() if pk else None
    return Side(filing, latest_version(filing)) if filing else None


def _pair(label: str, left: str, right: str, unit: str = "") -> Pair:
    return Pair(label, left, right, unit, left != right)


def parts(left: Side, right: Side) -> list[Part]:
    """All sections of either plan in order; a question that a form did not put says so."""
    head = Part("head", _("基本信息"), _head(left, right))
    return [head, *_sections(left, right), Part("figures", _("三年基础数据"), _figures(left, right))]


def _head(left: Side, right: Side) -> list[Pair]:
    rows = [
        (_("申报单位"), *(side.filing.tenant.name for side in (left, right))),
        (_("所在开发区"), *(side.filing.zone_name or _("未载明") for side in (left, right))),
        (_("申报编号"), *(side.filing.number for side in (left, right))),
        (_("状态"), *(str(side.filing.get_status_display()) for side in (left, right))),
        (_("版次"), *(str(side.version.serial) if side.version else _("尚未提交") for side in (left, right))),
        (_("规划面积"), *(display.area_text(side.content) if side.version else "" for side in (left, right))),
        (_("主导产业"), *("、".join(_industries(side)) for side in (left, right))),
    ]
    return [_pair(label, one, other) for label, one, other in rows]


def _industries(side: Side) -> list[str]:
    return [str(one["name"]) for one in side.content.get("industries", []) if one.get("name")]


def _sections(left: Side, right: Side) -> list[Part]:
    found: dict[str, Part] = {}
    answers: list[dict[str, tuple[str, str]]] = []
    questions: dict[str, tuple[str, str]] = {}
    for side in (left, right):
        said = {}
        for section in display.plan_sections(side.content):
            found.setdefault(section["slug"], Part(section["slug"], section["title"]))
            for row in section["rows"]:
                said[row["key"]] = (str(row["value"]), str(row["unit"]))
                questions.setdefault(row["key"], (section["slug"], row["label"]))
        answers.append(said)
    asked = [asked_keys(side.content) for side in (left, right)]
    for key, (slug, label) in questions.items():
        values = [_said(answers[n].get(key), key in asked[n]) for n in (0, 1)]
        found[slug].pairs.append(_pair(label, *values))
    return list(found.values())


def _said(answer: tuple[str, str] | None, was_asked: bool) -> str:
    if not was_asked:
        return _("未设此项")
    return " ".join(part for part in answer or () if part) or _("未填")


def _figures(left: Side, right: Side) -> list[Pair]:
    grids = [display.figure_grid(side.content) if side.version else {"years": [], "rows": []} for side in (left, right)]
    values: list[dict[tuple[str, str], str | None]] = [
        {
            (row["code"], year): value
            for row in grid["rows"]
            for year, value in zip(grid["years"], row["values"], strict=True)
        }
        for grid in grids
    ]
    names = {row["code"]: (row["name"], row["unit"]) for grid in grids for row in grid["rows"]}
    years = sorted({year for grid in grids for year in grid["years"]})
    pairs = []
    for code, (name, unit) in names.items():
        for year in years:
            one, other = (known.get((code, year)) for known in values)
            if one is not None or other is not None:
                label = _("%(name)s（%(year)s 年）") % {"name": name, "year": year}
                pairs.append(Pair(label, one or "—", other or "—", str(unit), _differ(one, other)))
    return pairs


def _differ(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return True
    try:
        return parse(one) != parse(other)
    except ValueError:
        return one != other


def opinions(left: Side, right: Side, actor: Actor) -> list[dict[str, Any]]:
    """The opinions of each department on both cases, for the leading offices: (department, left, right)."""
    if not (actor.is_lead or actor.is_government):
        return []
    cases = [getattr(side.filing, "case", None) for side in (left, right)]
    rows = Opinion.objects.filter(case__in=[case for case in cases if case is not None]).select_related("tenant")
    table: dict[UUID, dict[str, Any]] = {}
    for opinion in rows.order_by("tenant__order"):
        row = table.setdefault(
            opinion.tenant_id, {"department": opinion.tenant.short_name, "left": None, "right": None}
        )
        row["left" if cases[0] is not None and opinion.case_id == cases[0].pk else "right"] = opinion
    return list(table.values())
