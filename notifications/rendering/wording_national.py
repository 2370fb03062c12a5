"""国家创新型试点 (CT-55): the request of a place, its acceptance, 省科技厅's letter to the state, or its refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from notifications.rendering.matters import MINISTRY
from notifications.rendering.measures import chinese_date
from notifications.rendering.wording import Draft, Filing, _letter, _p
from policy import decimals


def _standing(record: Mapping[str, Any]) -> list[str]:
    """What is known of the place, a sentence each: since when it holds its titles, and how it was evaluated."""
    held = "、".join(f"{row['title']}（{_since(row['since'])}{row['source']}）" for row in record["titles"])
    told = [f"现有称号：{held}。"] if held else []
    if found := record["evaluation"]:
        told.append(f"{found['year']}年度第三方{found['kind']}得分{_short(found['score'])}分。")
    if found := record["yearly"]:
        rank = f"，在{found['ranked']}个参加排序的地方中列第{found['rank']}位" if found["rank"] else ""
        told.append(f"{found['year']}年度评价综合得分{_short(found['score'])}分{rank}。")
    return told


def _since(day: str) -> str:
    """自2011年，: as far as the day is known (ISO, or its year or month alone); nothing of one that is not."""
    units = zip(day.split("-"), "年月日", strict=False) if day else ()
    told = "".join(f"{int(number)}{unit}" for number, unit in units)
    return f"自{told}，" if told else ""


def _short(score: str) -> str:
    return decimals.show(decimals.parse(score)) if score else "—"


def national_application(
    filing: Filing, *, lead: str, title: str, record: Mapping[str, Any], grounds: str, contact: str
) -> Draft:
    """函 of a city's or county's government to `lead`; `title` as the place would bear it."""
    body = _p(
        f"{filing.park}积极开展创新型城市（县、区）建设，拟申报{title}。现将有关情况函告如下：",
        *_standing(record),
        *(line for line in grounds.splitlines() if line.strip()),
        f"恳请推荐{filing.park}申报{title}。",
    )
    named: list[dict[str, Any]] = [{"title": f"{filing.park}国家创新型试点建设方案"}]
    return _letter(filing.applicant, [lead], filing.request_title, body, note=contact, attachments=named)


def alone_acceptance(office: str, filing: Filing, *, received: dt.date, contact: str = "") -> Draft:
    """受理通知书: 省科技厅 decides without evaluation and departments."""
    body = _p(
        f"你单位{filing.request}及有关材料，我厅于{chinese_date(received)}收到。经形式审查，申请材料齐全，符合规定形式，"
        "决定予以受理。",
        "需要你单位说明情况的，我厅将另行通知；办理进度可在本系统随时查询。",
        "特此通知。",
    )
    return _letter(
        office, [filing.applicant], f"关于{filing.park}{filing.matter.noun}申请的受理通知书", body, note=contact
    )


def national_recommendation(
    office: str,
    filing: Filing,
    *,
    title: str,
    record: Mapping[str, Any],
    grounds: Sequence[str],
    contact: str = "",
) -> Draft:
    """函 of 省科技厅 to the state's department (CT-55); `grounds` a paragraph a line."""
    body = _p(
        f"{filing.applicant}以{filing.request}提出申报{title}。经审核，我厅拟推荐{filing.park}申报{title}。"
        "现将有关情况函告如下：",
        *_standing(record),
        *grounds,
        f"恳请支持{filing.park}开展{title}建设。",
        "请予函复。",
    )
    named: list[dict[str, Any]] = [{"title": f"{filing.park}国家创新型试点建设方案"}]
    heading = f"{office}关于推荐{filing.park}申报{title}的函"
    return _letter(office, [MINISTRY], heading, body, note=contact, attachments=named)


def no_recommendation(office: str, filing: Filing, *, title: str, reasons: Sequence[str], contact: str = "") -> Draft:
    """函: 省科技厅 does not recommend the place, which keeps its titles and may file again."""
    body = _p(f"你单位{filing.request}收悉。经审核，此次不推荐{filing.park}申报{title}。主要理由如下：")
    body += [{"kind": "list", "items": list(reasons)}]
    body += _p(filing.matter.after)
    return _letter(office, [filing.applicant], f"关于不予推荐{filing.park}申报{title}的函", body, note=contact)
