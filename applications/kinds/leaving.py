"""退出: a place that takes part in the programme of its own will leaves it of its own will (C-III.2a, CT-90)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.queries import the_lead
from applications import placebook
from applications.enums import KindCode
from applications.facts import Dossier
from applications.kinds import FilingKind, declare
from applications.models import Filing
from notifications.content import official_name
from notifications.rendering import matters, wording
from notifications.rendering.wording_leaving import exit_request
from policy.facts import Facts
from registry.enums import CityTitleKind


def obstacles_of(place: Division) -> list[str]:
    """Why a place cannot leave: it holds no title of the programme."""
    if placebook.held_by(place):
        return []
    return [gettext("“%(place)s”不是创新型（试点）城市（县、区），不需退出。") % {"place": place.name}]


def gaps(dossier: Dossier) -> list[tuple[str, str]]:
    """A title that ended meanwhile cannot be given up."""
    return [(text, "exit") for text in obstacles_of(dossier.filing.of_place)]


def is_of_the_province(filing: Filing) -> bool:
    """What 省政府 recognised (C-III.2g) only 省政府 ends; a pilot is 省科技厅's own."""
    return CityTitleKind.INNOVATIVE in placebook.held_by(filing.of_place)


def facts_of(dossier: Dossier) -> Facts:
    """No clause judges such a filing: there is nothing to know."""
    return Facts.parse({"subject": dossier.filing.of_place.pk, "year": dossier.plan.opened_on.year, "figures": {}})


def content(dossier: Dossier) -> dict[str, Any]:
    """The place with what is known of it, read and never typed."""
    place = dossier.filing.of_place
    about = {"code": place.pk, "name": place.name, "record": placebook.content(place)}
    return {"kind": KindCode.EXIT.value, "place": about, "figures": {}, "years": []}


def request(said: wording.Filing, told: dict[str, Any], **given: str) -> dict[str, Any]:
    """The letter of the city or county."""
    held = [row["title"] for row in told["place"]["record"]["titles"]]
    return exit_request(said, lead=official_name(the_lead()), held=held, **given)


EXIT = declare(
    FilingKind(
        code=KindCode.EXIT,
        label=_("退出创新型城市建设"),
        matter=matters.EXIT,
        request_title="{city}关于退出创新型城市（县、区）建设的函",
        clause_set="",
        facts=facts_of,
        content=content,
        request=request,
        gaps=gaps,
        draws=False,
        direct=True,
        alone=True,
        against_place=obstacles_of,
        upward=is_of_the_province,
        words={
            "filing.listed": _("已退出"),
            "filing.declined": _("未同意退出"),
            "filing.in_review": _("省科技厅审核中"),
            "case.reviewing": _("省科技厅审核中"),
            "review": _("省科技厅审核"),
            "case.listed": _("已退出"),
            "case.declined": _("未同意退出"),
            "case.deferred": _("暂缓退出"),
            "ruling.list": _("同意退出"),
            "ruling.decline": _("不同意退出"),
            "ruling.defer": _("暂缓退出"),
            "arrow.determine": _("同意退出"),
            "arrow.turn_down": _("不同意退出"),
            "arrow.list": _("同意退出"),
            "arrow.decline": _("不同意或暂缓退出"),
            "refusal": _("不同意（暂缓）退出的函"),
            "refusal.act": _("签发后即不同意退出或暂缓，称号不变"),
            "mend_by.label": _("办理期限"),
            "mend_by.help_text": _("暂缓的必填：须先办结的事项最迟何日办结，之后可以再次提出。"),
            "turn.reviewing": _("等待省科技厅办理退出。"),
            "next.in_review": _("等待省科技厅办理退出"),
            "task.reviewing": _("办理退出创新型城市建设"),
            "plan": _("退出说明"),
            "grounds": _("退出的理由"),
            "grounds.help": _("函的正文：退出的理由和后续安排。每行一段。"),
            "basis.create": "C-III.2a; CT-90",
            "basis.submit": "C-III.2a; CT-90",
            "basis.open": "C-III.2a; CT-90",
            "basis.determine": "C-III.2a; CT-90",
            "basis.turn_down": "C-III.2a; CT-90",
            "basis.report": "C-III.2a; CT-90",
            "basis.list": "C-III.2a; CT-90",
            "basis.decline": "C-III.2a; CT-90",
        },
    )
)
