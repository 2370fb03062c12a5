"""扩区: the city of a recognised park asks for more land (P-II.4a–e, T27)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from applications import expanding
from applications.boundaries import is_valid
from applications.enums import KindCode
from applications.facts import Dossier
from applications.kinds import FilingKind, declare
from indicators import place
from notifications.rendering import matters, wording
from notifications.rendering.wording_expansion import expansion_request
from policy.decimals import parse, show
from policy.facts import Facts
from policy.plan_facts import figures
from registry.enums import ParkStatus
from registry.geometry import boundary_from_geojson
from registry.models import Park


def obstacles(actor: Actor, park: Park) -> list[str]:
    """Why an expansion cannot be asked for now: the park is not recognised, ranks too low, or has no boundary."""
    if park.status != ParkStatus.RECOGNISED:
        # AMB-18: 「先挂牌创建、再考核认定、后动态扩区」.
        return [gettext("只有已认定的省级高新技术产业园区可以申请扩区，“%(name)s”现为“%(status)s”。") % {
            "name": park.name, "status": ParkStatus(park.status).label
        }]  # fmt: skip
    reasons = _of_rank(park)
    if expanding.boundary_in_force(park) is None:
        reasons.append(
            gettext("名册没有“%(name)s”的现有范围，无法核对新增区域，请先登记现有范围。") % {"name": park.name}
        )
    return reasons


def _of_rank(park: Park) -> list[str]:
    """P-II.4a, AMB-23: the rank in the latest released list of the recognised parks is among the top fraction."""
    found = place.latest(park.slug)
    if found is None:
        return [gettext("还没有发布过已认定园区的评价排序，不能核对名次（P-II.4a）。")]
    words = {"year": found.year, "rank": found.rank, "ranked": found.ranked, "top": found.top}
    if found.rank is None:
        return [gettext("%(year)d年度已认定园区的排序中没有本园区的名次（P-II.4a）。") % words]
    if not found.is_top:
        return [gettext("%(year)d年度排第%(rank)d名，共%(ranked)d个，应列前%(top)d名才能申请扩区（P-II.4a）。") % words]
    return []


def facts_of(dossier: Dossier) -> Facts:
    """The facts object for the clause set `park-expansion`; what is not known is absent."""
    year, park = dossier.plan.opened_on.year, dossier.filing.park
    known: dict[str, int | str | None] = {"P.land_quota": dossier.plan.value("added.quota")}
    if park is not None and (found := place.latest(park.slug)) is not None and found.rank is not None:
        known |= {"P.rank": found.rank, "P.ranked": found.ranked}
    if dossier.boundary is not None and is_valid(dossier.boundary):
        expansion = expanding.of_row(dossier.boundary)
        if expansion is not None:
            known["P.added_area"] = format(expansion.added_km2, "f")
    told = {code: value for code, value in known.items() if value is not None}
    subject = park.slug if park else str(dossier.filing.pk)
    return Facts.parse({"subject": subject, "year": year, "figures": figures(year, told)})


def gaps(dossier: Dossier) -> list[tuple[str, str]]:
    """What bars sending beside the clauses: a planning EIA that does not cover the new boundary (N24), no reason."""
    found = []
    plan, row = dossier.plan, dossier.boundary
    assessed = plan.value("eia.area")
    if row is not None and is_valid(row) and assessed is not None and Decimal(assessed) < Decimal(row.area_km2):
        words = {"eia": assessed, "area": row.area_km2}
        text = gettext("规划环评的评价面积 %(eia)s 平方公里，小于扩区后的总面积 %(area)s 平方公里，没有覆盖新的范围。")
        found.append((text % words, "new-eia"))
    for key, place_, label in (
        ("eia.covers", "new-eia", gettext("规划环评须覆盖扩区后的全部区域")),
        ("state.lawful", "state-conditions", gettext("现有范围内的违法用地须处理完毕")),
    ):
        if plan.value(key) is False:
            found.append((label, place_))
    if row is not None and _lies_apart(row.geojson) and not plan.text("expansion.apart"):
        found.append((gettext("新增区域与现有范围不相连，请说明理由（AMB-15）。"), "expansion"))
    return found


def _lies_apart(geojson: dict[str, object]) -> bool:
    problems = geojson.get("problems", [])
    return isinstance(problems, list) and any(one.get("code") == "lies_apart" for one in problems)


def request(said: wording.Filing, content: dict[str, Any], **given: str) -> dict[str, Any]:
    """The city's request, with the area that is added as the plan draws it."""
    park, added = Park.objects.filter(slug=content.get("park", "")).first(), "（待填写）"
    if content.get("boundary"):
        expansion = expanding.of_park(park, boundary_from_geojson(content["boundary"]["geojson"]))
        added = show(parse(format(expansion.added_km2, "f"))) if expansion else added
    names = [f"{said.park}扩区规划及申报材料", "扩区后的四至范围和界址点坐标"]
    return expansion_request(said, added=added, attachments=names, **given)


EXPANSION = declare(
    FilingKind(
        code=KindCode.EXPANSION,
        label=_("扩区"),
        matter=matters.EXPANSION,
        request_title="{city}关于{park}扩区的请示",
        clause_set="park-expansion",
        facts=facts_of,
        # The recommendation for national status is 省科技厅's own matter, with reviewers and papers of its own.
        elsewhere=frozenset({"P-II.4f", "P-II.4g"}),
        places={
            "P-II.4a": "expansion",
            "P-II.4b": "state-conditions",
            "P-II.4c": "added-plans",
            "P-II.4d": "added-land",
            "P-II.4e": "boundary",
        },
        words={
            "filing.listed": _("已批准扩区"),
            "filing.declined": _("不予批准或暂缓"),
            "case.listed": _("已批准扩区"),
            "case.declined": _("不予批准，范围不变"),
            "outcome.recommend": _("建议批准扩区"),
            "outcome.decline": _("不建议批准"),
            "ruling.list": _("同意扩区"),
            "ruling.defer": _("暂缓扩区，整改后再报"),
            "ruling.decline": _("不同意扩区，范围不变"),
            "plan": _("扩区规划"),
            "grounds": _("扩区的理由"),
            "grounds.help": _("请示正文第二部分：扩区的必要性、新增区域的功能和论证情况。每行一段。"),
            "arrow.list": _("批准扩区"),
            "arrow.decline": _("不予批准或暂缓"),
            "intended": _("拟批准扩区"),
        },
        request=request,
        obstacles=obstacles,
        gaps=gaps,
    )
)
