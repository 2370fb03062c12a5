"""The wording of a ruling on a yearly target that figures cannot settle, and of the paper that takes one back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from notifications.rendering.wording import _letter, _p

OUTCOMES = {
    "met": "认定为达到要求",
    "not_met": "认定为未达到要求",
    "exempt": "本年度予以豁免",
    "not_applicable": "本年度不适用",
}


def ruling(
    office: str,
    *,
    to: str,
    park: str,
    year: int,
    clause: str,
    label: str,
    quote: str,
    outcome: str,
    reasons: Sequence[str],
) -> dict[str, Any]:
    """裁定 on one clause (AMB-05, AMB-06)."""
    body = [
        *_p(
            f"对{park}{year}年度创建工作进行评价时，“{label}”（{clause}）按现有数据无法判定。该条款规定：“{quote}”。"
            "经研究，现裁定如下："
        ),
        {"kind": "h1", "text": "一、裁定"},
        *_p(f"{park}{year}年度“{label}”，{OUTCOMES.get(outcome, '（待填写）')}。"),
        {"kind": "h1", "text": "二、理由"},
        *_p(*reasons),
        *_p("本裁定自签发之日起用于该年度的评价；有新的情况需要改变的，另行发文撤回。"),
    ]
    return _letter(office, [to], f"关于{park}{year}年度“{label}”的裁定", body)


def omission(
    office: str, *, to: str, park: str, year: int, reminded: Sequence[str], reasons: Sequence[str]
) -> dict[str, Any]:
    """裁定 that a park which did not report reached no target (AMB-13)."""
    body = [
        *_p(f"{park}未在规定期限内报送{year}年度统计数据，经{'、'.join(reminded)}两次催报，仍未报送。现裁定如下："),
        {"kind": "h1", "text": "一、裁定"},
        *_p(f"{park}{year}年度各项年度目标，均认定为未达到要求。"),
        {"kind": "h1", "text": "二、理由"},
        *_p(*reasons),
        *_p("本裁定自签发之日起用于该年度的评价；有新的情况需要改变的，另行发文撤回。"),
    ]
    return _letter(office, [to], f"关于{park}未报送{year}年度数据的裁定", body)


def withdrawal(office: str, *, to: str, park: str, year: int, number: str, reasons: Sequence[str]) -> dict[str, Any]:
    """The paper that takes a ruling back."""
    body = [
        *_p(f"我厅{number}对{park}{year}年度有关事项作出裁定。现有新的情况，决定撤回该裁定，理由如下："),
        *_p(*reasons),
        *_p("自本通知签发之日起，该裁定不再用于评价。"),
    ]
    return _letter(office, [to], f"关于撤回{park}{year}年度有关裁定的通知", body)
