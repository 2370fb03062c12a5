"""认定: the city of a park that is being created asks that it be recognised, from three years on (P-II.3.0, T23)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from applications import parkbook
from applications.enums import KindCode
from applications.facts import Dossier
from applications.kinds import FilingKind, declare
from indicators.enums_sanction import RUNNING
from indicators.models import SanctionCase
from indicators.services import recognition
from notifications.rendering import matters, wording
from notifications.rendering.wording_recognition import recognition_request
from policy.facts import Facts
from registry.enums import ParkStatus
from registry.models import Park
from workflow import instants
from workflow.parameters import value


def first_day(listed: dt.date) -> dt.date:
    """From when on a park that was listed on a day may be put forward (P-II.3.0a)."""
    return parkbook.anniversary(listed, value("min_creation_years"))


def obstacles(actor: Actor, park: Park) -> list[str]:
    """Why recognition cannot be asked for now: the park is not being created, or not long enough."""
    if park.status != ParkStatus.CREATING:
        words = {"name": park.name, "status": ParkStatus(park.status).label}
        return [gettext("只有创建中的园区可以申请认定，“%(name)s”现为“%(status)s”。") % words]
    listed = recognition.listed_on(park)
    if listed is None:
        return [gettext("名册没有“%(name)s”列入创建名单的日期，无法核对建设年限。") % {"name": park.name}]
    day = first_day(listed)
    if instants.today() < day:
        words = {"listed": date_format(listed), "years": value("min_creation_years"), "day": date_format(day)}
        return [gettext("%(listed)s列入创建名单，建设满%(years)s年后才能申请认定（P-II.3.0a），最早%(day)s。") % words]
    return []


def notes(park: Park) -> list[str]:
    """What the city should know before it asks: the years are more than five (AMB-14), a sanction is on its way."""
    told = []
    listed = recognition.listed_on(park)
    if listed is not None and instants.today() >= parkbook.anniversary(listed, value("max_creation_years")):
        words = {"listed": date_format(listed), "years": value("max_creation_years")}
        told.append(gettext("%(listed)s列入创建名单，已超过%(years)s年，请尽快申请认定。") % words)
    # As far as the scope lets one see it: a case of which nobody was told yet is not told here either.
    running = SanctionCase.objects.filter(subject=park.slug, status__in=RUNNING).first()
    if running is not None:
        words = {"year": str(running.year), "kind": running.get_kind_display()}
        told.append(gettext("园区%(year)s年度的“%(kind)s”程序正在办理，联审时会一并考虑。") % words)
    return told


def facts_of(dossier: Dossier) -> Facts:
    """What is final of park and province for the latest full year, as on the day of the application."""
    park = dossier.filing.park
    assert park is not None, "recognition is asked for a park that is there"
    return Facts.parse(recognition.recognition_facts(park, recognition.last_full_year(), instants.today()))


def content(dossier: Dossier) -> dict[str, Any]:
    """The data book and what the register says of the park, read and never typed."""
    park = dossier.filing.park
    assert park is not None, "recognition is asked for a park that is there"
    return parkbook.content(park, recognition.last_full_year())


def request(said: wording.Filing, told: dict[str, Any], **given: str) -> dict[str, Any]:
    """The city's request."""
    names = [f"{said.park}建设总结报告及申报材料", f"{said.park}年度数据册"]
    return recognition_request(said, attachments=names, **given)


RECOGNITION = declare(
    FilingKind(
        code=KindCode.RECOGNITION,
        label=_("认定"),
        matter=matters.RECOGNITION,
        request_title="{city}关于认定{park}为省级高新技术产业园区的请示",
        clause_set="park-recognition",
        facts=facts_of,
        content=content,
        request=request,
        # Thresholds that are missed are weighed in the review; the city is told of them and may ask all the same.
        bars=False,
        draws=False,
        obstacles=obstacles,
        notes=notes,
        words={
            "filing.listed": _("已认定"),
            "filing.declined": _("不予认定或暂缓"),
            "case.listed": _("已认定"),
            "case.declined": _("不予认定，继续创建"),
            "outcome.recommend": _("建议认定"),
            "outcome.decline": _("不建议认定"),
            "ruling.list": _("同意认定"),
            "ruling.defer": _("暂缓认定，整改后再报"),
            "ruling.decline": _("不予认定，继续创建"),
            "plan": _("建设总结报告"),
            "grounds": _("申请认定的理由"),
            "grounds.help": _("请示正文：创建以来的建设成效、对照认定条件的情况。每行一段。"),
            "basis.create": "P-II.3.0a; PK-40",
            "basis.submit": "P-II.3.0a; T23",
            "arrow.list": _("认定为省级高新技术产业园区"),
            "arrow.decline": _("不予认定或暂缓"),
            "intended": _("拟认定为省级高新技术产业园区"),
        },
        places={
            "P-II.3.1e": "recognition-industry",
            "P-II.3.2a": "recognition-innovation",
            "P-II.3.3a": "recognition-services",
            "P-II.3.3b": "recognition-market",
            "P-II.3.3c": "recognition-innovation",
            "P-II.3.3d": "recognition-market",
            "P-II.3.3e": "recognition-market",
            "P-II.3.3f": "recognition-market",
            "P-II.3.4a": "recognition-land",
            "P-II.3.4b": "recognition-land",
            "P-II.3.4c": "recognition-land",
            "P-II.3.5a": "materials#recognition.eia",
            "P-II.3.5b": "materials#recognition.access",
            "P-II.3.5c": "recognition-environment",
        },
    )
)
