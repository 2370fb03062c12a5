"""The wording of the letter by which a city takes its filing back (T31)."""

from collections.abc import Sequence
from typing import Any

from notifications.rendering.wording import PROVINCE


def withdrawal(
    applicant: str, topic: str, *, request_title: str, request_number: str, reasons: Sequence[str], contact: str = ""
) -> dict[str, Any]:
    """函 of the city to the province; the filing ends with it, a new one stays open."""
    number = f"（{request_number}）" if request_number else ""
    texts = [
        f"我市以《{request_title}》{number}申报{topic}。经研究，现决定撤回该项申报，理由如下：",
        *reasons,
        "我市今后拟再次申报的，将另行报送请示。",
        "特此函告。",
    ]
    return {
        "format": "letter",
        "issuer_mark": applicant,
        "issuers": [applicant],
        "title": f"{applicant}关于撤回{topic}申报的函",
        "addressees": [PROVINCE],
        "body": [{"kind": "p", "text": text} for text in texts],
        "note": contact,
    }
