"""创新型城市（县、区）试点: the government of a city or county applies for it to 省科技厅 (C-III.2b, U1)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.queries import the_lead
from applications import self_assessment
from applications.enums import KindCode
from applications.facts import Dossier
from applications.kinds import FilingKind, declare
from applications.models import PlaceOpening
from notifications.content import official_name
from notifications.rendering import matters, wording
from notifications.rendering.wording_city import city_application
from policy.facts import Facts
from policy.plan_facts import figures
from registry import titles
from registry.enums import CityTitleKind
from workflow import instants

OTHER_ROUTE = _("省委办公厅、省政府办公厅《关于开展创建科技强市和科技强县活动的通知》（浙委办发[2004]29号）")


def obstacles_of(place: Division) -> list[str]:
    """Why a place cannot apply now: it is no more, holds no 科技强市/县 (C-III.1a), or is a pilot or more already."""
    if place.valid_to:
        return [gettext("“%(place)s”已撤销，不能申报。") % {"place": place.name}]
    held = titles.standing_on(instants.today(), [place.pk]).get(place.pk, {})
    for title in (CityTitleKind.INNOVATIVE, CityTitleKind.PILOT):
        if title in held:
            return [
                gettext("“%(place)s”已是%(title)s，不需再申报。") % {"place": place.name, "title": title.of(place.name)}
            ]
    if CityTitleKind.ST_STRONG not in held and not _exception(place):
        said = {"place": place.name, "route": OTHER_ROUTE, "title": CityTitleKind.ST_STRONG.of(place.name)}
        return [
            gettext("“%(place)s”尚未成为%(title)s，不能申报创新型城市（县、区）（C-III.1a）。") % said,
            gettext("请先按%(route)s的要求开展创建；成为%(title)s并经省科技厅登记后，即可申报（C-III.1b）。") % said,
        ]
    return []


def facts_of(dossier: Dossier) -> Facts:
    """What the register says of the place's titles, and what it wrote of itself; what is not known is absent."""
    place, year = dossier.filing.of_place, dossier.plan.opened_on.year
    strong = titles.holds(place, CityTitleKind.ST_STRONG, instants.today())
    document = {"subject": place.pk, "year": year, "figures": figures(year, {"C.st_strong": int(strong)})}
    if not strong and (row := _exception(place)):
        document["decisions"] = {"C-III.1a": {"outcome": "exempt", "paper": row.citation}}
    return Facts.parse(document)


def _exception(place: Division) -> PlaceOpening | None:
    """What 省科技厅 recorded so that the place may apply all the same."""
    from applications.services.place_openings import exception_of

    return exception_of(place)


def content(dossier: Dossier) -> dict[str, Any]:
    """The place and the titles that it holds, read and never typed."""
    place = dossier.filing.of_place
    held = titles.standing_on(instants.today(), [place.pk]).get(place.pk, {})
    told = {str(title): row.since.isoformat() for title, row in sorted(held.items())}
    about = {"code": place.pk, "name": place.name, "titles": told}
    return {"kind": KindCode.CITY.value, "place": about, "figures": {}, "years": []}


def request(said: wording.Filing, told: dict[str, Any], **given: str) -> dict[str, Any]:
    """The letter of the city or county."""
    names = [f"{said.park}创建规划", f"{said.park}实施方案", "对照评价指标体系的自评报告"]
    strong = CityTitleKind.ST_STRONG
    borne = strong.of(said.park) if strong in told["place"]["titles"] else ""
    title = CityTitleKind.PILOT.of(said.park)
    lead = official_name(the_lead())
    return city_application(said, lead=lead, title=title, strong=borne, attachments=names, **given)


CITY = declare(
    FilingKind(
        code=KindCode.CITY,
        label=_("创新型城市（县、区）试点"),
        matter=matters.CITY,
        request_title="{city}关于申报创新型试点城市（县、区）的函",
        clause_set="city-application",
        facts=facts_of,
        content=content,
        request=request,
        draws=False,
        direct=True,
        against_place=obstacles_of,
        gaps=self_assessment.faults,
        places={"C-III.1a": "city-plan", "C-III.2b": "materials#city.plan"},
        words={
            "filing.listed": _("已列为创新型试点城市（县、区）"),
            "filing.declined": _("未列为试点"),
            "filing.in_review": _("部门审核中"),
            "case.reviewing": _("部门审核中"),
            "case.concluded": _("审核结论形成"),
            "case.listed": _("已列为创新型试点城市（县、区）"),
            "case.declined": _("未列为试点"),
            "ruling.list": _("列为创新型试点城市（县、区）"),
            "ruling.decline": _("未列为试点"),
            "outcome.recommend": _("建议列为试点"),
            "outcome.decline": _("不建议列为试点"),
            "turn.accepted": _("等待省科技厅安排第三方测评。"),
            "next.accepted": _("等待第三方测评"),
            "next.in_review": _("等待部门审核"),
            "review": _("部门审核"),
            "conclusion": _("部门审核结论"),
            "minutes": _("审核会议纪要"),
            "minutes.act": _("签发后即形成部门审核结论"),
            "consultation.act": _("签发后即启动部门审核"),
            "consultation.asked": _("按申报内容选择省级有关部门，至少一个（C-III.2d）。"),
            "consultation.next": _("第三方测评已完成。拟征求意见函，签发后所选部门同时开始出具意见。"),
            "conclusion.formed": _("部门审核结论已经形成，不再重新形成。"),
            "opinion.due": _("%(office)s在启动部门审核时已征求意见，不能撤回。"),
            "conditions.none": _(
                "部门提出的条件由省科技厅转达后，在这里逐项跟踪落实：申报单位答复，提出条件的部门确认。"
                "必须落实的条件没有答复，不能公布为试点。"
            ),
            "conditions.closed": _("本案已经办结，不能再转达条件。"),
            "opinions.inner": _("内部资料：部门意见只供省科技厅研究，申报单位和其他部门都看不到。"),
            "unwaivable": _("创新型城市（县、区）申报须经部门审核（C-III.2d）。"),
            "basis.review": "C-III.2d; U4",
            "plan": _("创建规划和实施方案"),
            "grounds": _("申报的理由"),
            "grounds.help": _("函的正文：创建基础、规划和方案的要点、自评情况。每行一段。"),
            "basis.create": "C-III.2a; C-III.2b",
            "basis.submit": "C-III.2b; U1",
        },
    )
)
