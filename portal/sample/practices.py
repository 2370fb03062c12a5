"""Two good practices, of a city and of a county, published by 省科技厅 (示例数据)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.scope import system
from indicators.models import Practice
from indicators.services import practices
from portal.sample.acting import Office, office
from portal.sample.clocks import days_ago
from portal.sample.years import days_since
from workflow.ledger import recorded

Progress = Callable[[str], None]
LEAD = "kjt"
PUBLISHED = dt.date(2025, 9, 9)
TOLD: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "gov-330100",
        {
            "title": recorded("民间资金与科技成果“三优化结合”对接（示例）"),
            "dimension": "setting",
            "tags": ["three", "finance"],
            "year": 2024,
            "text": recorded(
                "背景：成果多、民间资金足，但两者缺少稳定的对接渠道。\n\n"
                "做法：每季度举办一次专场对接，成果须附评价报告和团队情况，由风险补偿资金分担首笔投资的部分损失。\n\n"
                "成效：一年对接成果若干项，形成由资金、成果、人才共同入股的企业。\n\n"
                "借鉴：先定分担规则再办对接会，民间资金才愿意投早。"
            ),
            "source": recorded("示例：科技金融工作总结（2025年3月）"),
        },
    ),
    (
        "county-330110",
        {
            "title": recorded("企业研发机构分级培育（示例）"),
            "dimension": "ability",
            "tags": ["enterprise", "platform"],
            "year": 2024,
            "text": recorded(
                "背景：规模以上企业研发机构覆盖面不够。\n\n"
                "做法：按企业规模分三级建档，逐级辅导；达到上一级标准的当年兑现补助。\n\n"
                "成效：研发机构数量和研发人员数量逐年增长。\n\n借鉴：标准公开、当年兑现，企业才有预期。"
            ),
            "source": recorded("示例：企业研发机构建设情况通报（2025年2月）"),
        },
    ),
)


def load(progress: Progress) -> None:
    """Load them once, each step by another person."""
    with system():
        if Practice.objects.exists():
            return
        codes = [LEAD, *(code for code, _told in TOLD)]
        offices = {one.code: office(one) for one in Organisation.objects.filter(code__in=codes)}
    progress(f"Good practices: {len(TOLD)} published")
    with days_ago(days_since(PUBLISHED)):
        for code, told in TOLD:
            _publish(offices[code], offices[LEAD], told)


def _publish(place: Office, lead: Office, told: dict[str, Any]) -> None:
    with place.as_(PostRole.HANDLER):
        row = practices.write(told, place.handler, sample=True)
        practices.submit(row, "", place.handler)
    with lead.as_(PostRole.HANDLER):
        practices.propose(Practice.objects.get(pk=row.pk), "", lead.handler)
    with lead.as_(PostRole.REVIEWER):
        practices.publish(Practice.objects.get(pk=row.pk), "", lead.reviewer)
