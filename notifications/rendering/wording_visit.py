"""The wording of the minutes of an on-site visit or of an expert panel (T8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from notifications.rendering.measures import chinese_date
from notifications.rendering.wording import Filing, _p

Draft = dict[str, Any]


def visit_minutes(
    office: str,
    filing: Filing,
    *,
    what: str,
    held_on: dt.date,
    place: str,
    seen: Sequence[str],
    advice: Sequence[str],
    participants: str,
    experts: Sequence[str] = (),
    photos: int = 0,
) -> Draft:
    """纪要 of a visit (现场考察) or panel (专家论证); `experts` are lines of name, unit and field."""
    body = _p(f"{chinese_date(held_on)}，{office}在{place}对{filing.park}组织{what}。现将有关情况纪要如下：")
    if experts:
        rows = [["序号", "专家"], *([str(i), name] for i, name in enumerate(experts, start=1))]
        body += [{"kind": "h1", "text": "一、论证专家"}, {"kind": "table", "rows": rows, "widths": [20, 136]}]
    first, second = ("二", "三") if experts else ("一", "二")
    body += [{"kind": "h1", "text": f"{first}、基本情况"}, *_p(*seen)]
    body += [{"kind": "h1", "text": f"{second}、意见和建议"}, *_p(*advice)]
    if photos:
        body += _p(f"现场照片{photos}张，存案卷。")
    return {
        "format": "minutes",
        "issuer_mark": f"{what}纪要",
        "issuers": [office],
        "title": f"{filing.park}{what}纪要",
        "body": body,
        "attendance": [{"label": "出席", "names": participants}],
    }
