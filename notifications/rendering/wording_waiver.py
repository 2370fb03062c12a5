"""The words by which 省科技厅 goes on with a change of the register without a joint review (T30)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from notifications.rendering.wording import Filing, _letter, _p


def waiver(office: str, filing: Filing, *, what: str, reasons: Sequence[str], official: str) -> dict[str, Any]:
    """办理意见: what is to change, why no joint review is held, who decided that, and what is proposed."""
    body = _p(f"{filing.applicant}报送的{filing.request}，我厅已受理。经审查，提出办理意见如下：")
    body += [{"kind": "h1", "text": "一、办理方式"}]
    body += _p(
        f"本次申请变更的事项为：{what}。该事项不涉及园区四至范围和新增用地，"
        "有关规定也没有要求对此类变更组织联审联评，决定不组织联审联评，由我厅直接审查后报省政府审定。理由如下：",
        *reasons,
        f"作出上述决定的负责人：{official}。",
    )
    body += [{"kind": "h1", "text": "二、审查意见"}]
    body += _p("建议同意上述变更。")
    return _letter(office, [], f"关于{filing.topic}的办理意见", body)
