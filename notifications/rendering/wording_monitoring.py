"""The wording of the paper by which the yearly monitoring report is issued (U8, C-V.4b)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from notifications.rendering.wording import _document, _p

Draft = dict[str, Any]
TITLE = "关于发布{year}年度《浙江省创新型城市（县、区）建设统计监测报告》的公告"


def monitoring(
    issuers: Sequence[str],
    year: int,
    *,
    places: str,
    digest: str,
    summary: Sequence[str],
    files: Sequence[tuple[str, str]],
    corrected: str = "",
) -> Draft:
    """公告: who issues it, of whom it tells, the digest of what was signed and of each data file.

    `corrected` is the number of the paper of the edition that this one replaces.
    """
    body = _p(
        "根据省委、省政府关于建设创新型城市（县、区）工作的意见中每年发布统计监测报告的要求，"
        f"{'、'.join(issuers)}编制了{year}年度《浙江省创新型城市（县、区）建设统计监测报告》（{places}），现予发布。"
    )
    if corrected:
        body += _p(f"本报告是{corrected}所发布报告的更正版，原报告所列结果以本报告为准；变动之处见报告的勘误。")
    body += [{"kind": "h1", "text": "一、综述"}, *_p(*summary)]
    body += [
        {"kind": "h1", "text": "二、核验"},
        *_p(f"报告内容（数据和文字）的摘要为 {digest}。随报告公布的数据文件及其摘要（SHA-256）见附件。"),
    ]
    annex = "数据文件及其摘要"
    rows = [["文件", "摘要（SHA-256）"], *(list(one) for one in files)]
    return _document(
        issuers[0],
        ["各市、县（市、区）人民政府", "省政府直属各单位"],
        TITLE.format(year=year),
        body,
        attachments=[{"title": annex}],
        appendices=[{"title": annex, "blocks": [{"kind": "table", "rows": rows, "widths": [50, 106]}]}],
    ) | {"issuers": list(issuers), "issuer_mark": "\n".join([*issuers[:-1], f"{issuers[-1]}文件"])}
