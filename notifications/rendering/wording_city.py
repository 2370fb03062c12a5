"""创新型城市（县、区）: the application of a city or county to 省科技厅 (U1), and its acceptance (U2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from notifications.rendering.measures import chinese_date
from notifications.rendering.wording import Draft, Filing, _document, _letter, _p


def city_application(
    filing: Filing, *, lead: str, title: str, strong: str, grounds: str, contact: str, attachments: Sequence[str] = ()
) -> Draft:
    """函 of a city's or county's government to `lead` (C-III.2b); `grounds` a paragraph a line.

    `title` as the place would bear it, 创新型试点县; `strong` as it is 科技强县, empty where it is not.
    """
    on_this = f"在{strong}的基础上，" if strong else ""
    body = _p(
        f"为深入实施创新驱动，{filing.park}{on_this}制订了创建规划和实施方案，"
        "并对照评价指标体系组织了自评。现将有关情况函告如下：",
        *(line for line in grounds.splitlines() if line.strip()),
        f"现申请将{filing.park}列为{title}，请予审核。",
    )
    named: list[dict[str, Any]] = [{"title": name} for name in attachments]
    return _letter(filing.applicant, [lead], filing.request_title, body, note=contact, attachments=named)


def city_acceptance(office: str, filing: Filing, *, received: dt.date, contact: str = "") -> Draft:
    """受理通知书 (U2): a third party assesses before the departments review."""
    body = _p(
        f"你单位{filing.request}及有关材料，我厅于{chinese_date(received)}收到。经形式审查，申请材料齐全，符合规定形式，"
        "决定予以受理。",
        "我厅将安排第三方机构按照评价指标体系进行测评，测评后会同省级有关部门审核。需要你单位说明情况的，我厅将另行通知；"
        "办理进度可在本系统随时查询。",
        "特此通知。",
    )
    return _letter(
        office, [filing.applicant], f"关于{filing.park}{filing.matter.noun}申请的受理通知书", body, note=contact
    )


def pilot_notice(office: str, filing: Filing, *, title: str, duties: Sequence[str] = ()) -> Draft:
    """通知 (U4): 省科技厅 makes a place a pilot; `title` as the place bears it, `duties` a paragraph a line."""
    body = _p(
        f"根据建设创新型城市（县、区）的有关规定，经第三方机构测评、省级有关部门审核，确定{filing.park}为{title}。",
        "请按照创建规划和实施方案抓好落实，每年如实报送建设数据，接受每两年一次的第三方测评；达到条件的，由我厅报请省政府认定。",
        *duties,
    )
    return _document(office, [filing.applicant], f"关于公布{filing.park}为{title}的通知", body)


def pilot_list(
    office: str, addressees: Sequence[str], *, rows: Sequence[Sequence[str]], duties: Sequence[str] = ()
) -> Draft:
    """通知 (U4): 省科技厅 makes several places pilots at once; `rows` are name, city, title as the place bears it."""
    listed = [["序号", "名称", "所在市", "称号"], *([str(n), *row] for n, row in enumerate(rows, start=1))]
    body = _p(
        f"根据建设创新型城市（县、区）的有关规定，经第三方机构测评、省级有关部门审核，确定下列{len(rows)}个城市（县、区）为创新型试点"
        "城市（县、区），现将名单予以公布："
    )
    body += [{"kind": "table", "rows": listed, "widths": [16, 50, 40, 50]}]
    body += _p(
        "请按照创建规划和实施方案抓好落实，每年如实报送建设数据，接受每两年一次的第三方测评；达到条件的，由我厅报请省政府认定。",
        *duties,
    )
    return _document(office, addressees, "关于公布创新型试点城市（县、区）名单的通知", body)


def no_pilot(office: str, filing: Filing, *, reasons: Sequence[str], contact: str = "") -> Draft:
    """函 (CT-24): a place is not made a pilot, and may apply again."""
    body = _p(
        f"你单位{filing.request}收悉。经第三方机构测评、省级有关部门审核，此次未将{filing.park}列为创新型试点城市（县、区）。"
        "主要理由如下：",
        *reasons,
        filing.matter.after,
    )
    title = f"关于{filing.park}申报创新型试点城市（县、区）审核结果的函"
    return _letter(office, [filing.applicant], title, body, note=contact)
