"""The wording of a public notice (公示) and of the answer to an objection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from notifications.rendering.measures import chinese_date
from notifications.rendering.wording import Filing, _letter, _p

Draft = dict[str, Any]


def publicity_notice(
    office: str,
    filing: Filing,
    *,
    industries: Sequence[str],
    sides: Sequence[tuple[str, str]],
    first: dt.date,
    last: dt.date,
    contact: str,
    phone: str,
) -> Draft:
    """公示 (T10): the list, the period, how to object in writing under the real name, who receives it."""
    rows = [["园区名称", "申报单位", "所在开发区", "面积（平方公里）", "主导产业"]]
    rows += [[filing.park, filing.applicant, filing.host or "未载明", filing.area or "—", "、".join(industries)]]
    steps = "申报、形式审查和联审联评" if filing.reviewed else "申报和形式审查"
    body = _p(
        f"根据省政府关于创建省级高新技术产业园区的有关规定，经{steps}，拟{filing.aim}。现予公示：",
    )
    body += [{"kind": "table", "rows": rows, "widths": [40, 34, 34, 22, 26]}]
    if sides:
        body += _p("四至范围：" + "；".join(f"{side}至{text}" for side, text in sides) + "。")
    body += _p(
        f"公示时间：{chinese_date(first)}至{chinese_date(last)}。",
        "对公示内容有异议的，请在公示期内以书面形式或者通过本系统提出，写明事实和理由，署真实姓名、单位和联系电话；"
        "以单位名义提出的，须加盖单位公章。匿名异议不予受理。我厅对异议人的身份予以保密。",
        f"受理处室：{contact}。监督电话：{phone}。",
    )
    return _letter(office, [], f"关于拟{filing.aim}的公示", body)


def objection_reply(
    office: str, park: str, *, number: str, filed: dt.date, verdict: str, grounds: Sequence[str], contact: str
) -> Draft:
    """异议处理意见 (T11) to whoever objected; it names nobody, the receipt's number stands for the person."""
    body = _p(
        f"您（单位）于{chinese_date(filed)}对{park}公示内容提出的异议（回执编号{number}）收悉。"
        "经调查核实，现将处理意见答复如下：",
    )
    body += [{"kind": "h1", "text": "一、核实情况"}, *_p(*grounds)]
    body += [{"kind": "h1", "text": "二、处理意见"}, *_p(verdict)]
    body += _p("对本处理意见仍有不同看法的，可以向我厅监督部门反映。")
    title = f"关于{park}公示异议的处理意见"
    return _letter(office, ["异议人"], title, body, note=contact)
