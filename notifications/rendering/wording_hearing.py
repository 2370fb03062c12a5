"""The wording of a hearing's papers: the notice that calls it, the record of what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from notifications.rendering.measures import chinese_date
from notifications.rendering.wording import _letter, _p
from notifications.rendering.wording_sanction import Sanction

Draft = dict[str, Any]
BLANK = "（待填写）"
# Who signs the record by hand once it was read out, with the room that is left for it.
SIGNERS = ("主持人", "听证员", "记录人", "园区所在市政府代表", "园区管委会代表")


def moment(held: dt.datetime | None) -> str:
    """An hour as papers say it: 2013年4月8日9时30分."""
    if held is None:
        return BLANK
    local = timezone.localtime(held)
    return f"{chinese_date(local.date())}{local.hour}时{f'{local.minute}分' if local.minute else ''}"


def hearing_notice(
    office: str, case: Sanction, *, held: dt.datetime | None, place: str, heard_by: str, asked: dt.date, moved: bool,
    contact: str = "",
) -> Draft:  # fmt: skip
    """听证通知书: when, where, before whom, and what who is heard may do."""
    head = "因故改期，原通知的时间、地点不再适用，" if moved else ""
    body = _p(
        f"你市于{chinese_date(asked)}就我厅{case.intended}（{case.notice}）申请听证。"
        f"{head}现决定举行听证，有关事项通知如下：",
    )
    body += [
        {"kind": "h1", "text": "一、时间和地点"},
        *_p(f"{moment(held)}，{place}。"),
        {"kind": "h1", "text": "二、听证人员"},
        *_p(f"{heard_by.rstrip('。')}。"),
        {"kind": "h1", "text": "三、参加听证的权利"},
    ]
    body += _p(
        "你市和园区管委会可以派负责人或者委托一至二人参加，可以陈述、申辩、提交证据并对我厅出示的数据和依据提出质证。"
        "认为听证人员与本案有直接利害关系的，有权申请其回避。",
        "听证期间陈述申辩和作出决定的期限停止计算。听证应当制作笔录，交参加人核对。无正当理由不到场的，视为放弃听证。",
    )
    title = f"关于{case.park}{case.year}年度评价处理的听证通知书"
    return _letter(office, [case.city], title, body, note=contact)


def hearing_record(
    office: str, case: Sanction, *, held: dt.datetime | None, place: str, heard_by: str, recorder: str, present: str,
    notice: str, reasons: Sequence[str], said_: Sequence[str],
) -> Draft:  # fmt: skip
    """听证笔录: time, place and persons, why it was asked for, what was said, room for the signatures."""
    rows = [
        ["事项", "内容"],
        ["案由", case.intended],
        ["时间", moment(held)],
        ["地点", place],
        ["听证人员", heard_by],
        ["记录人", recorder],
        ["参加人员", present],
        ["听证通知", notice or "—"],
    ]
    body: list[Draft] = [{"kind": "table", "rows": rows, "widths": [30, 126]}]
    body += [{"kind": "h1", "text": "一、申请听证的理由"}, *_p(*reasons)]
    body += [{"kind": "h1", "text": "二、听证内容"}, *_p(*said_)]
    body += [{"kind": "h1", "text": "三、核对和签名"}]
    body += _p("以上笔录交参加人核对，认为有误的，可以要求补正；核对情况记入本案。")
    signed = [["签名人", "签名", "日期"], *([name, "　", "　"] for name in SIGNERS)]
    body += [{"kind": "table", "rows": signed, "widths": [52, 62, 42]}]
    return {
        "format": "minutes",
        "issuer_mark": "听证笔录",
        "issuers": [office],
        "title": f"关于{case.intended}的听证笔录",
        "body": body,
    }
