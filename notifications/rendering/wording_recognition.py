"""认定: the city's request (T23) and the province's notice (T25)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from notifications.rendering.wording import PROVINCE, Draft, Filing, _document, _p

NUMERALS = "一二三四五六七八九十"


def recognition_request(
    filing: Filing, *, grounds: str, contact: str, signer: str, attachments: Sequence[str] = ()
) -> Draft:
    """请示 of a city for recognition (T23); `grounds` a paragraph a line."""
    first, *others = grounds.split("\n")
    body = _p(
        f"{filing.park}自列入创建省级高新技术产业园区名单以来，按照批准的创建规划开展建设。根据省政府关于创建省级高新技术"
        f"产业园区的有关规定，{filing.we}对照认定条件组织了自查，编制了建设总结报告。现将有关情况请示如下：",
        f"一、建设情况。{first}",
        *others,
        "二、自查情况。经核定的年度数据和逐项自查结果随文报送，佐证材料详见附件。",
        f"现恳请省政府认定{filing.park}为省级高新技术产业园区。",
        "妥否，请批示。",
    )
    named: list[dict[str, Any]] = [{"title": name} for name in attachments]
    return _document(
        filing.applicant, [PROVINCE], filing.request_title, body, signer=signer, note=contact, attachments=named
    )


def recognition_notice(filing: Filing, *, lead: str, duties: Sequence[str] = ()) -> Draft:
    """通知 of the province by which a park is recognised (P-II.3.0c, T25)."""
    points = [
        f"认定{filing.park}为省级高新技术产业园区。",
        *duties,
        f"你单位要按照省级高新技术产业园区的要求继续加强{filing.park}的建设和管理，严格用地管理和环境准入，"
        "按时报送年度数据。",
        f"{lead}要会同省级有关部门，从下一年度起将其按省级高新技术产业园区评价指标体系评价考核，"
        "与现有省级高新技术产业园区一同排序。",
    ]
    body = _p(f"{filing.applicant}{filing.request}收悉。经建设、考核和公示，现就认定事项通知如下：")
    body += _p(*(f"{numeral}、{text}" for numeral, text in zip(NUMERALS, points, strict=False)))
    title = f"{PROVINCE}关于认定{filing.park}为省级高新技术产业园区的通知"
    return _document(PROVINCE, [filing.applicant], title, body)
