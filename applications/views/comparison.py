"""Two frozen versions side by side, or the working copy against the last one: what changed, and which remark asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.requests import ActorRequest
from applications import dossier, selfcheck, services
from applications.comparing import Area, Comparison, compare
from applications.freezing import snapshot
from applications.materials import PIECES
from applications.models import Filing, FilingVersion
from applications.views.access import filings_of
from policy import figures as catalogue

WORK = "work"


@dataclass(frozen=True)
class Side:
    """One of the two that are compared."""

    key: str
    label: str
    content: dict[str, Any]


def versions(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The page of a filing's versions; `from` and `to` name two of them (a version's id, or `work`)."""
    filing = get_object_or_404(Filing.objects.select_related("tenant", "host_zone", "former"), pk=pk)
    sides = _sides(request, filing)
    if not sides:
        raise Http404
    new = _chosen(sides, request.GET.get("to", ""), sides[-1])
    old = _chosen(sides, request.GET.get("from", ""), sides[max(sides.index(new) - 1, 0)])
    found = compare(old.content, new.content, names())
    remarks = [row for row in dossier.remarks_of(filing) if row["remark"].target in found.targets]
    context = {
        "filing": filing,
        "sides": sides,
        "old": old,
        "new": new,
        "found": found,
        "files": [_file_row(file) for file in found.files],
        "features": features(found.area) if found.area else None,
        "area": _area_words(found),
        "remarks_by_target": _by_target(remarks),
        "back": filing.case.get_absolute_url() if hasattr(filing, "case") else services.authority_address(filing),
        "is_authority": request.actor.is_authority,
    }
    return render(request, "applications/versions.html", context)


def _sides(request: ActorRequest, filing: Filing) -> list[Side]:
    """What may be compared, oldest first: the former filing's last version, the versions, the working copy."""
    rows = list(filing.versions.select_related("frozen_by").order_by("serial"))
    sides = [Side(str(row.pk), _label(row), row.content) for row in rows]
    if filing.former_id:
        last = FilingVersion.objects.filter(filing_id=filing.former_id).exclude(submitted_at=None).order_by("serial")
        if before := last.last():
            label = _("前次申报 第 %(n)d 版") % {"n": before.serial}
            sides.insert(0, Side(str(before.pk), label, before.content))
    in_work = filing.status in {"draft", "returned"}
    if in_work and filings_of(request.actor).filter(pk=filing.pk).exists():
        sides.append(Side(WORK, _("正在填写的内容"), snapshot(filing)))
    return sides


def _label(row: FilingVersion) -> str:
    return _("第 %(n)d 版") % {"n": row.serial}


def _chosen(sides: list[Side], key: str, default: Side) -> Side:
    return next((side for side in sides if side.key == key), default)


def names() -> dict[str, str]:
    """Labels for what is compared by code: figures, materials, the two entries of the head."""
    found = {code: str(piece.label) for code, piece in PIECES.items()}
    found |= {"park_name": _("拟创建园区名称"), "host_zone": _("所在开发区")}
    for code in _figure_codes():
        figure = catalogue.find(code)
        found[code] = f"{figure.label}（{figure.unit}）" if figure and figure.unit else figure.label if figure else code
    return found


def _figure_codes() -> tuple[str, ...]:
    from applications import plan

    return tuple(plan.FIGURES)


def _file_row(file: Any) -> dict[str, Any]:
    words = {"added": _("新增"), "removed": _("撤下"), "changed": _("替换")}
    kinds = {"added": "done", "removed": "ended", "changed": "warning"}
    same_bytes = bool(file.before and file.after and file.before["sha256"] == file.after["sha256"])
    text = _("文号、单位或日期有变化") if same_bytes else words[file.state]
    return {"file": file, "kind": kinds[file.state], "text": text}


def features(area: Area) -> dict[str, Any]:
    """Both boundaries and what came and went, for components/map.html."""
    rows = [
        (_("变更前"), "waiting", area.before),
        (_("变更后"), "progress", area.after),
        (_("新增部分"), "done", area.added),
        (_("减少部分"), "late", area.removed),
    ]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name": name, "kind": kind, "text": ""}, "geometry": shape}
            for name, kind, shape in rows
            if shape
        ],
    }


def _area_words(found: Comparison) -> dict[str, str]:
    if found.area is None:
        return {}
    one = found.area
    sizes = {"before": one.before_km2, "after": one.after_km2, "added": one.added_km2, "removed": one.removed_km2}
    words = {name: selfcheck.area(format(size, "f")) if size is not None else "—" for name, size in sizes.items()}
    sign = "+" if one.difference_km2 > 0 else ""
    return words | {"difference": f"{sign}{one.difference_km2:.4f}"}


def _by_target(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["remark"].target, []).append(row)
    return found
