"""扩区: the city's request and the province's consent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from notifications.rendering.wording import PROVINCE, Draft, Filing, _document, _p

NUMERALS = "一二三四五六七八九十"


def expansion_request(
    filing: Filing, *, added: str, grounds: str, contact: str, signer: str, attachments: Sequence[str] = ()
) -> Draft:
    """请示 of a city for an expansion (T27); `added` is the added area in km², `grounds` a paragraph a line."""
    first, *others = grounds.split("\n")
    body = _p(
        f"{filing.park}经省政府认定以来，评价考核名列前茅。为拓展发展空间，根据省政府关于逐步扩区的有关规定，"
        f"{filing.we}组织编制了扩区规划并经专家论证。现将有关情况请示如下：",
        f"一、扩区范围。新增面积{added}平方公里，扩区后总面积{filing.area}平方公里，四至范围详见附件。"
        "新增区域符合城市总体规划和土地利用总体规划，所需土地指标由所在地政府动态调整落实。",
        f"二、扩区理由。{first}",
        *others,
        f"现恳请省政府同意{filing.park}扩大区域范围。",
        "妥否，请批示。",
    )
    named: list[dict[str, Any]] = [{"title": name} for name in attachments]
    return _document(
        filing.applicant, [PROVINCE], filing.request_title, body, signer=signer, note=contact, attachments=named
    )


def expansion_approval(filing: Filing, *, added: str, lead: str, duties: Sequence[str] = ()) -> Draft:
    """批复 of the province to an expansion (T27)."""
    points = [
        f"同意{filing.park}扩大区域范围，新增面积{added}平方公里，扩区后总面积{filing.area}平方公里。",
        *duties,
        "你单位要按扩区后的范围重报上年度基期数据，严格执行土地利用总体规划和规划环评要求。",
        f"{lead}要会同省级有关部门加强指导和监督。",
    ]
    body = _p(f"你单位{filing.request}收悉。现批复如下：")
    body += _p(*(f"{numeral}、{text}" for numeral, text in zip(NUMERALS, points, strict=False)))
    return _document(PROVINCE, [filing.applicant], f"{PROVINCE}关于同意{filing.park}扩区的批复", body)
