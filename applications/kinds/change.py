"""变更: the city asks that the register of a listed park be changed, or that the park end (T30, PK-80, PK-99)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from applications.boundaries import is_valid
from applications.enums import KindCode
from applications.facts import Dossier
from applications.kinds import FilingKind, declare
from applications.models import Filing
from applications.plan import change
from notifications.rendering import matters, wording
from notifications.rendering.wording_alteration import alteration_request
from policy.facts import Facts
from registry.enums import LIVING, ParkStatus
from registry.models import HostZone, Park

SEPARATORS = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True)
class Change:
    """What a filing would change, read from its plan; what does not concern it, or is not found, is None or empty."""

    park: Park
    what: str
    reason: str
    name: str
    zone: HostZone | None
    taken: tuple[Park, ...]
    unknown: tuple[str, ...]
    boundary: Mapping[str, Any] | None

    @property
    def words(self) -> str:
        """The change in one phrase, as the papers say it: what is asked for and what is granted."""
        park = self.park.name
        if self.what == change.RENAME:
            return f"{park}更名为{self.name}"
        if self.what == change.MOVE:
            return f"{park}的所在开发区变更为{self.zone.name if self.zone else ''}"
        if self.what == change.MERGE:
            return f"将{'、'.join(one.name for one in self.taken)}并入{park}"
        if self.what == change.END:
            return f"撤销{park}"
        return f"调整{park}的四至范围"


def read(park: Park, fields: Mapping[str, Any], boundary: Mapping[str, Any] | None) -> Change:
    """The change that a plan's fields describe; parks and zones are looked up as the register stands."""
    what = str(fields.get("change.what") or "")
    asked = [code for code in SEPARATORS.split(str(fields.get("change.parks") or "")) if code]
    found = {one.slug: one for one in Park.objects.filter(slug__in=asked, status__in=LIVING)}
    zone = HostZone.objects.filter(name=str(fields.get("change.zone") or "").strip()).first()
    return Change(
        park,
        what,
        str(fields.get("change.reason") or ""),
        str(fields.get("change.name") or "").strip(),
        zone if what == change.MOVE else None,
        tuple(found[code] for code in dict.fromkeys(asked) if code in found) if what == change.MERGE else (),
        tuple(code for code in asked if code not in found) if what == change.MERGE else (),
        boundary if what in {change.REDRAW, change.MERGE} else None,
    )


def of_dossier(dossier: Dossier) -> Change:
    """The change as the filing stands."""
    assert dossier.filing.park is not None
    row = dossier.boundary
    drawn = {"area_km2": row.area_km2, "geojson": row.geojson} if row is not None and is_valid(row) else None
    keys = ("change.what", "change.reason", "change.name", "change.zone", "change.parks")
    return read(dossier.filing.park, {key: dossier.plan.value(key) for key in keys}, drawn)


def of_content(park: Park, content: Mapping[str, Any]) -> Change:
    """The change of a frozen content."""
    return read(park, content.get("fields", {}), content.get("boundary"))


def obstacles(actor: Actor, park: Park) -> list[str]:
    """Only a park that lives is changed."""
    if park.status in LIVING:
        return []
    return [gettext("“%(name)s”现为“%(status)s”，不能变更登记。") % {
        "name": park.name, "status": ParkStatus(park.status).label
    }]  # fmt: skip


def against_waiving(filing: Filing, content: Mapping[str, Any]) -> list[str]:
    """A change of the boundary is reviewed as an expansion is (P-II.4e); of the others T30 says nothing of a review."""
    asked = of_content(filing.park, content) if filing.park is not None else None
    if asked is None or asked.boundary is not None or asked.what == change.REDRAW:
        return [gettext("变更涉及四至范围，须经联审联评（P-II.4e）。")]
    return []


def gaps(dossier: Dossier) -> list[tuple[str, str]]:
    """What the change that was chosen still lacks."""
    asked = of_dossier(dossier)
    lacks = LACKS.get(asked.what)
    found = [(text, "change") for text in (lacks(asked) if lacks else [])]
    if asked.what == change.REDRAW and asked.boundary is None:
        found.append((gettext("调整范围的，请上传或勾画变更后的范围。"), "boundary"))
    if dossier.boundary is not None and not is_valid(dossier.boundary):
        found.append((gettext("变更后的范围有误，请改正或删除。"), "boundary"))
    if asked.boundary is not None and dossier.sides() < len(SIDES):
        found.append((gettext("变更后的四至文字没有填全。"), "boundary"))
    return found


SIDES = ("east", "south", "west", "north")


def _rename(asked: Change) -> list[str]:
    if not asked.name:
        return [gettext("更名的，请填写新名称。")]
    if asked.name == asked.park.name:
        return [gettext("新名称与现名相同。")]
    if Park.objects.filter(name=asked.name, status__in=LIVING).exclude(pk=asked.park.pk).exists():
        return [gettext("已有园区名为“%(name)s”，不能重名。") % {"name": asked.name}]
    return []


def _move(asked: Change) -> list[str]:
    if asked.zone is None:
        return [gettext("没有找到新的所在开发区，请照名册中的名称填写。")]
    return [gettext("所在开发区与现在相同。")] if asked.zone.pk == asked.park.host_zone_id else []


def _merge(asked: Change) -> list[str]:
    reasons = [gettext("没有找到园区“%(code)s”，或已不在名册。") % {"code": code} for code in asked.unknown]
    if not asked.taken and not reasons:
        reasons.append(gettext("合并的，请填写并入的园区代码。"))
    if asked.park in asked.taken:
        reasons.append(gettext("园区不能并入自身。"))
    foreign = [one.name for one in asked.taken if one.tenant_id != asked.park.tenant_id]
    if foreign:
        reasons.append(gettext("%(names)s不属于本单位，不能由本单位申请并入。") % {"names": "、".join(foreign)})
    return reasons


LACKS = {change.RENAME: _rename, change.MOVE: _move, change.MERGE: _merge}


def facts_of(dossier: Dossier) -> Facts:
    """No clause speaks of a change: there is nothing to know."""
    return Facts.parse({"subject": str(dossier.filing.pk), "year": dossier.plan.opened_on.year, "figures": {}})


def request(said: wording.Filing, content: dict[str, Any], **given: str) -> dict[str, Any]:
    """The city's request: what is to change, and why."""
    park = Park.objects.filter(slug=content.get("park", "")).first()
    asked = of_content(park, content) if park is not None else None
    what = asked.words if asked and asked.what else "（待填写）"
    reason = (asked.reason if asked else "") or "（待填写）"
    return alteration_request(said, what=what, reason=reason, attachments=[f"{said.park}变更方案及申报材料"], **given)


CHANGE = declare(
    FilingKind(
        code=KindCode.CHANGE,
        label=_("变更"),
        matter=matters.CHANGE,
        request_title="{city}关于{park}变更事项的请示",
        clause_set="",
        facts=facts_of,
        draws=False,
        words={
            "filing.listed": _("已批准变更"),
            "filing.declined": _("不予批准或暂缓"),
            "case.listed": _("已批准变更"),
            "case.declined": _("不予批准，登记不变"),
            "outcome.recommend": _("建议批准变更"),
            "outcome.decline": _("不建议批准"),
            "ruling.list": _("同意变更"),
            "ruling.defer": _("暂缓变更，整改后再报"),
            "ruling.decline": _("不同意变更，登记不变"),
            "plan": _("变更方案"),
            "grounds": _("变更的有关情况"),
            "grounds.help": _("请示正文第二部分：变更的经过、影响和衔接安排。每行一段。"),
            "arrow.list": _("批准变更"),
            "arrow.decline": _("不予批准或暂缓"),
            "intended": _("拟批准变更"),
            "case.concluded": _("办理结论形成"),
        },
        request=request,
        obstacles=obstacles,
        gaps=gaps,
        against_waiving=against_waiving,
    )
)
