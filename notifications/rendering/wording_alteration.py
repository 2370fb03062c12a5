"""变更: the city's request that a park's entry in the register be changed, and the province's consent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from notifications.rendering.wording import PROVINCE, Draft, Filing, _document, _p

NUMERALS = "一二三四五六七八九十"


def alteration_request(
    filing: Filing, *, what: str, reason: str, grounds: str, contact: str, signer: str, attachments: Sequence[str] = ()
) -> Draft:
    """请示 of a city for a change of the register (T30): `what` in one phrase, `reason` and `grounds` by paragraphs."""
    body = _p(
        f"根据工作需要，{filing.we}拟申请{what}。现将有关情况请示如下：",
        *(line for line in f"一、变更理由和依据。{reason}".splitlines() if line.strip()),
        *(line for line in f"二、有关情况。{grounds}".splitlines() if line.strip()),
        f"现恳请省政府同意{what}。",
        "妥否，请批示。",
    )
    named: list[dict[str, Any]] = [{"title": name} for name in attachments]
    return _document(
        filing.applicant, [PROVINCE], filing.request_title, body, signer=signer, note=contact, attachments=named
    )


def alteration_approval(filing: Filing, *, what: str, after: Sequence[str], lead: str, duties: Sequence[str]) -> Draft:
    """批复 of the province to a change (T30); `after` is what follows from it."""
    points = [
        f"同意{what}。",
        *after,
        *duties,
        f"{lead}要会同省级有关部门做好登记变更和工作衔接。",
    ]
    body = _p(f"你单位{filing.request}收悉。现批复如下：")
    body += _p(*(f"{numeral}、{text}" for numeral, text in zip(NUMERALS, points, strict=False)))
    return _document(PROVINCE, [filing.applicant], f"{PROVINCE}关于{filing.park}变更事项的批复", body)
