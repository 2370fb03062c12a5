"""The wording of a recommendation for national status: the requests upward, the refusal, the notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from notifications.rendering.measures import chinese_date
from notifications.rendering.wording import PROVINCE, _document, _letter, _p

Draft = dict[str, Any]
COUNCIL = "国务院"


def report(
    office: str,
    *,
    park: str,
    city: str,
    year: int,
    rank: int,
    ranked: int,
    items: Sequence[tuple[str, str, str, str]],
    grounds: Sequence[str],
    signer: str,
    contact: str,
) -> Draft:
    """请示 of 省科技厅 (T28). `items`: item, outcome, who judged it, why."""
    body = _p(
        f"根据省政府关于创建省级高新技术产业园区的有关规定，{year}年度省级高新技术产业园区评价考核中，"
        f"{park}列全省第{rank}名（共{ranked}个园区参加排序）。现将优先推荐其申报国家高新技术产业开发区的有关情况请示如下："
    )
    rows = [["序号", "评审项", "评定", "评审单位和评审人", "理由"]]
    rows += [[str(i), *item] for i, item in enumerate(items, start=1)]
    body += [{"kind": "h1", "text": "一、评审情况"}, {"kind": "table", "rows": rows, "widths": [12, 32, 18, 40, 54]}]
    body += [{"kind": "h1", "text": "二、推荐理由"}, *_p(*grounds)]
    body += _p(f"建议省政府向国务院推荐{city}的{park}升级为国家高新技术产业开发区。妥否，请批示。")
    title = f"{office}关于推荐{park}申报国家高新技术产业开发区的请示"
    return _document(office, [PROVINCE], title, body, signer=signer, note=contact)


def national_request(*, park: str, city: str, grounds: Sequence[str], signer: str, contact: str) -> Draft:
    """请示 of 省政府 to the State Council (T28)."""
    body = _p(
        f"为深入实施创新驱动发展战略，发挥高新技术产业园区的示范引领作用，我省拟推荐{city}{park}"
        "升级为国家高新技术产业开发区。现将有关情况请示如下：",
        *grounds,
        f"恳请国务院批准{park}升级为国家高新技术产业开发区。妥否，请批示。",
    )
    title = f"{PROVINCE}关于{park}升级为国家高新技术产业开发区的请示"
    return _document(PROVINCE, [COUNCIL], title, body, signer=signer, note=contact)


def declined(office: str, *, park: str, to: str, reasons: Sequence[str], contact: str) -> Draft:
    """函 by which 省政府 does not recommend a park."""
    body = _p(f"你单位关于推荐{park}申报国家高新技术产业开发区的请示收悉。经研究，不予推荐，理由如下：")
    body += [{"kind": "list", "items": list(reasons)}]
    body += _p("园区继续参加省级高新技术产业园区年度评价，今后符合条件的可以再次推荐。")
    return _letter(office, [to], f"关于不予推荐{park}申报国家高新技术产业开发区的函", body, note=contact)


def upgraded(*, park: str, to: str, name: str, number: str, day: dt.date, duties: Sequence[str]) -> Draft:
    """通知 that makes the State Council's 批复 known (T29); the park leaves the provincial ranking."""
    renamed = f"，定名为{name}" if name and name != park else ""
    body = _p(
        f"国务院于{chinese_date(day)}以{number}批复，同意{park}升级为国家高新技术产业开发区{renamed}。现通知如下：",
        *duties,
        "自升级之日起，该园区实行国家高新技术产业开发区的管理和评价，不再参加省级高新技术产业园区排序；"
        "以前各年度的评价结果和公文不变。",
    )
    title = f"{PROVINCE}关于{park}升级为国家高新技术产业开发区的通知"
    return _document(PROVINCE, [to], title, body)
