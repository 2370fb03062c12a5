"""The wording of the order to put right what an inspection of a park found (P-IV.4c)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from notifications.rendering.measures import chinese_date
from notifications.rendering.wording import _letter, _p


def rectification(
    office: str,
    *,
    to: str,
    park: str,
    inspected_on: dt.date,
    found: Sequence[str],
    wanted: Sequence[str],
    days: int,
    contact: str = "",
) -> dict[str, Any]:
    """整改通知书: what was found, what is asked, by when."""
    body = [
        *_p(f"{chinese_date(inspected_on)}，我厅对{park}的创建工作进行了督查。现将发现的问题和整改要求通知如下："),
        {"kind": "h1", "text": "一、发现的问题"},
        *_p(*found),
        {"kind": "h1", "text": "二、整改要求"},
        *_p(*wanted),
        *_p(f"请于收到本通知之次日起{days}个工作日内完成整改，并将整改情况报我厅验收。"),
    ]
    return _letter(office, [to], f"关于{park}创建工作督查整改的通知", body, note=contact)
