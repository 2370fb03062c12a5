"""The wording of a city's letter with a supplementary change of its plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from notifications.rendering.wording import Filing, _letter, _p

Draft = dict[str, Any]
ANNEX = "补充修改对照表"


def change_letter(
    office: str,
    filing: Filing,
    *,
    to: str,
    asked: str,
    explanation: Sequence[str],
    rows: Sequence[tuple[str, str, str]],
    contact: str = "",
) -> Draft:
    """补充修改函: what was asked, what was changed and why; `rows`: field, before, after, as the annex."""
    body = _p(
        f"你厅关于{filing.park}{filing.matter.review}期间补充修改的要求（{asked}）收悉。{filing.we}已按要求修改，"
        "其他内容没有变动。"
        "现将有关情况函告如下：",
        *explanation,
        "修改前后对照见附件。",
    )
    table = [["序号", "项目", "修改前", "修改后"], *([str(i), *row] for i, row in enumerate(rows, start=1))]
    block = {"kind": "table", "rows": table, "widths": [12, 34, 55, 55]}
    return _letter(
        office,
        [to],
        f"关于补充修改{filing.park}{filing.matter.plan}的函",
        body,
        attachments=[{"title": ANNEX}],
        appendices=[{"title": ANNEX, "blocks": [block]}],
        note=contact,
    )
