"""The wording of the letter by which a government takes its filing back (T31)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from notifications.rendering.wording import PROVINCE, _letter, _p


def withdrawal(
    applicant: str,
    topic: str,
    *,
    title: str,
    we: str,
    request_title: str,
    request_number: str,
    reasons: Sequence[str],
    contact: str = "",
) -> dict[str, Any]:
    """函 of a city to the province about a park; the filing ends with it, a new one stays open."""
    body = _p(
        f"{we}以{_quoted(request_title, request_number)}申报{topic}。经研究，现决定撤回该项申报，理由如下：",
        *reasons,
        f"{we}今后拟再次申报的，将另行报送请示。",
        "特此函告。",
    )
    return _letter(applicant, [PROVINCE], title, body, note=contact)


def place_withdrawal(
    applicant: str,
    asks: str,
    *,
    lead: str,
    title: str,
    we: str,
    request_title: str,
    request_number: str,
    reasons: Sequence[str],
    contact: str = "",
) -> dict[str, Any]:
    """函 of a city or county to `lead` about itself; `asks` is what it had asked for."""
    body = _p(
        f"{we}以{_quoted(request_title, request_number)}{asks}。经研究，现决定撤回该项申请，理由如下：",
        *reasons,
        f"{we}今后拟再次申请的，将另行来函。",
        "特此函告。",
    )
    return _letter(applicant, [lead], title, body, note=contact)


def _quoted(title: str, number: str) -> str:
    return f"《{title}》（{number}）" if number else f"《{title}》"
