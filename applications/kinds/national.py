"""国家创新型（试点）城市: a place of the programme asks 省科技厅 to recommend it to the state (C-V.3e, CT-55)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.queries import the_lead
from applications import placebook
from applications.enums import FilingStatus, KindCode
from applications.facts import Dossier
from applications.kinds import FilingKind, declare
from applications.kinds.leaving import facts_of
from applications.models import Filing
from notifications.content import official_name
from notifications.rendering import matters, wording
from notifications.rendering.wording_national import national_application
from registry import titles
from registry.enums import CityTitleKind
from workflow import instants


def obstacles_of(place: Division) -> list[str]:
    """Why a place cannot file now: it takes no part in the programme, or is a national pilot already, or on its way.

    A pilot may file as well as a recognised place: C-V.3f has three cities that were no more than that.
    """
    title = CityTitleKind.NATIONAL_PILOT.of(place.name)
    words = {"place": place.name, "title": title}
    if not placebook.held_by(place):
        return [gettext("“%(place)s”不是创新型（试点）城市（县、区），不能申报%(title)s（C-V.3e）。") % words]
    if titles.holds(place, CityTitleKind.NATIONAL_PILOT, instants.today()):
        return [gettext("“%(place)s”已是%(title)s，不需再申报。") % words]
    return [gettext("“%(place)s”已推荐科学技术部，等待答复。") % words] if is_waiting(place) else []


def is_waiting(place: Division) -> bool:
    """Whether 省科技厅 has recommended the place and the state's answer is not known yet."""
    rows = Filing.objects.filter(division=place, kind=KindCode.NATIONAL, status=FilingStatus.LISTED)
    return rows.exclude(case__state_answers__status="confirmed").exists()


def gaps(dossier: Dossier) -> list[tuple[str, str]]:
    """A place that lost its title meanwhile, or became a national pilot, cannot send it any more."""
    return [(text, "national") for text in obstacles_of(dossier.filing.of_place)]


def content(dossier: Dossier) -> dict[str, Any]:
    """The place with what is known of it, read and never typed."""
    place = dossier.filing.of_place
    about = {"code": place.pk, "name": place.name, "record": placebook.content(place)}
    return {"kind": KindCode.NATIONAL.value, "place": about, "figures": {}, "years": []}


def request(said: wording.Filing, told: dict[str, Any], **given: str) -> dict[str, Any]:
    """The letter of the city or county."""
    title = CityTitleKind.NATIONAL_PILOT.of(said.park)
    record = told["place"]["record"]
    return national_application(said, lead=official_name(the_lead()), title=title, record=record, **given)


NATIONAL = declare(
    FilingKind(
        code=KindCode.NATIONAL,
        label=_("国家创新型试点"),
        matter=matters.NATIONAL,
        request_title="{city}关于申报国家创新型试点的函",
        clause_set="",
        facts=facts_of,
        content=content,
        request=request,
        gaps=gaps,
        draws=False,
        direct=True,
        alone=True,
        against_place=obstacles_of,
        words={
            "filing.listed": _("已推荐科学技术部"),
            "filing.declined": _("不予推荐"),
            "filing.in_review": _("省科技厅审核中"),
            "case.reviewing": _("省科技厅审核中"),
            "review": _("省科技厅审核"),
            "case.listed": _("已推荐科学技术部"),
            "case.declined": _("不予推荐"),
            "ruling.list": _("推荐申报国家创新型试点"),
            "ruling.decline": _("不予推荐"),
            "arrow.determine": _("推荐申报国家创新型试点"),
            "arrow.turn_down": _("不予推荐"),
            "turn.reviewing": _("等待省科技厅决定是否推荐。"),
            "next.in_review": _("等待省科技厅决定是否推荐"),
            "next.listed": _("等待科学技术部答复"),
            "task.reviewing": _("决定是否推荐申报国家创新型试点"),
            "plan": _("申报理由和建设方案"),
            "grounds": _("申报的理由"),
            "grounds.help": _("函的正文：建设基础、特色、方案要点。每行一段；称号和测评结果由系统写入。"),
            "basis.create": "C-V.3e; CT-55",
            "basis.submit": "C-V.3e; CT-55",
            "basis.open": "C-V.3e; CT-55",
            "basis.determine": "C-V.3e; CT-55",
            "basis.turn_down": "C-V.3e; CT-55",
        },
    )
)
