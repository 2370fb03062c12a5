"""The wording of the circular of a round, the request to recognise and what 省政府 answers (U6, U7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from notifications.rendering.wording import PROVINCE, _document, _letter, _p
from notifications.rendering.wording_circular import ADDRESSEES, Row, annex

Draft = dict[str, Any]
HEAD = ["位次", "名称", "所在市", "得分", "认定条件"]
WIDTHS = [16, 44, 36, 28, 32]


def circular(
    office: str,
    *,
    year: int,
    tiers: Sequence[tuple[str, Sequence[Row]]],
    reviewed: Sequence[str],
    mark: str,
    summary: Sequence[str],
    duties: Sequence[str],
    contact: str,
) -> Draft:
    """通报 (U6): `tiers` are label and rows of rank, name, city, score, whether it reaches `mark`."""
    total = sum(len(rows) for _label, rows in tiers)
    body = _p(
        f"根据对创新型试点城市（县、区）每两年进行一次测评的规定，第三方机构按照创新型城市（县、区）评价指标体系，对{total}个城市"
        f"（县、区）{year}年度建设情况进行了测评，结果经我厅会同{'、'.join(reviewed)}审核。现将结果通报如下：",
    )
    body += [{"kind": "h1", "text": "一、测评情况"}]
    body += _p(*(_told(label, rows) for label, rows in tiers if rows), *summary)
    body += _p(f"综合得分{mark}分以上的，达到报请认定的条件。各地得分和位次见附件，设区市与县（市、区）分别排序。")
    if duties:
        body += [{"kind": "h1", "text": "二、工作要求"}, *_p(*duties)]
    annexes = [annex(f"{label}{year}年度测评结果", HEAD, rows, WIDTHS) for label, rows in tiers if rows]
    names = [{"title": one["title"]} for one in annexes]
    title = f"关于创新型试点城市（县、区）{year}年度测评结果的通报"
    return _document(office, ADDRESSEES, title, body, attachments=names, appendices=annexes, note=contact)


def _told(label: str, rows: Sequence[Row]) -> str:
    reached = sum(row[4] == "达到" for row in rows)
    return f"参加测评的{label}{len(rows)}个，其中达到认定条件的{reached}个。"


def request(
    office: str, *, year: int, rows: Sequence[Row], mark: str, grounds: Sequence[str], signer: str, contact: str
) -> Draft:
    """请示 (U7): `rows` are name, city, score, how it stands to the mark."""
    listed = [["序号", "名称", "所在市", "得分", "说明"], *([str(n), *row] for n, row in enumerate(rows, start=1))]
    body = _p(
        f"根据建设创新型城市（县、区）的有关规定，试点城市（县、区）达到条件的，报请省政府认定。{year}年度测评结果已经第三方机构"
        f"测评、省级有关部门审核并向全省通报。现将拟认定的城市（县、区）请示如下："
    )
    body += [{"kind": "table", "rows": listed, "widths": [14, 40, 34, 24, 44]}]
    body += _p(
        *grounds, f"认定分数线为{mark}分。建议省政府认定以上城市（县、区）为创新型城市（县、区）。妥否，请批示。"
    )
    title = f"{office}关于认定创新型城市（县、区）的请示"
    return _document(office, [PROVINCE], title, body, signer=signer, note=contact)


def recognised(names: Sequence[str], duties: Sequence[str]) -> Draft:
    """通知 of 省政府 (U7); `names` are the places with the titles that they bear from now on."""
    body = _p(
        "根据建设创新型城市（县、区）的有关规定，经研究，省政府认定以下城市（县、区）：",
        *(f"{name}。" for name in names),
        *duties,
    )
    return _document(PROVINCE, ADDRESSEES, f"{PROVINCE}关于认定创新型城市（县、区）的通知", body)


def refused(office: str, *, to: str, names: Sequence[str], reasons: Sequence[str], contact: str) -> Draft:
    """函 by which 省政府 does not recognise."""
    body = _p(f"你厅关于认定{'、'.join(names)}为创新型城市（县、区）的请示收悉。经研究，此次不予认定，理由如下：")
    body += [{"kind": "list", "items": list(reasons)}]
    body += _p("试点继续按规定建设和测评，达到条件后可以再次报请。")
    return _letter(office, [to], "关于不予认定创新型城市（县、区）的函", body, note=contact)
