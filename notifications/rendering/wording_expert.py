"""The wording of an expert's opinion (专家论证意见, T8): scores with their reasons, a conclusion, no seal."""

from __future__ import annotations

from collections.abc import Sequence

from notifications.rendering.wording import Draft, Filing


def expert_opinion(
    office: str,
    filing: Filing,
    *,
    expert: str,
    scores: Sequence[tuple[str, int, str]],
    mean: str,
    conclusion: str,
    reasons: Sequence[str],
) -> Draft:
    """`scores`: item, points from 0 to 100, comment; `mean`: their mean; `office`: who asked for the opinion."""
    rows = [["序号", "评审项目", "评分", "说明"]]
    rows += [[str(i), item, str(points), comment or "—"] for i, (item, points, comment) in enumerate(scores, start=1)]
    body: list[Draft] = [
        {
            "kind": "p",
            "text": f"受{office}委托，本人对{filing.applicant}报送的{filing.request}所附{filing.matter.plan}"
            "进行了独立论证，未受其他专家意见影响。论证意见如下：",
        },
        {"kind": "h1", "text": "一、定性项目评分"},
        {"kind": "table", "rows": rows, "widths": [12, 36, 16, 92]},
        {"kind": "p", "text": f"各项平均{mean}分（满分100分）。"},
        {"kind": "h1", "text": "二、论证意见"},
        *({"kind": "p", "text": reason} for reason in reasons),
        {"kind": "h1", "text": "三、论证结论"},
        {"kind": "p", "text": f"{conclusion}。"},
    ]
    return {
        "format": "letter",
        "issuer_mark": "专家论证意见",
        "issuers": [expert],
        "title": f"关于{filing.park}{filing.matter.plan}的专家论证意见",
        "addressees": [office],
        "body": body,
    }
