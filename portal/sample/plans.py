"""The invented parks of the sample: where, since when, how large, what goes wrong, how far the last return is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from indicators.enums import ReturnStatus
from portal.sample.series import Flaw, behind, shrinking, slow
from registry.enums import ParkStatus

LISTED = dt.date(2021, 5, 10)


@dataclass(frozen=True)
class Plan:
    """One invented park: where, since when, how large, what goes wrong, and how far its last year's return is."""

    slug: str
    name: str
    division: str
    scale: str
    flaws: tuple[Flaw, ...] = ()
    since: dt.date = LISTED
    status: ParkStatus = ParkStatus.CREATING
    committee: str = ""
    county: str = ""
    last: ReturnStatus = ReturnStatus.LOCKED
    area: str = "12"
    before: str = ""
    seed: int = field(default=0)


PLANS = tuple(
    Plan(seed=seed, slug=f"shili-{slug}", name=f"{name}高新技术产业园区（示例）", **more)  # type: ignore[arg-type]
    for seed, (slug, name, more) in enumerate(
        (
            ("qihang", "杭州启航", {"division": "330100", "scale": "1.2", "committee": "committee-hangzhou"}),
            ("dongqian", "宁波东钱", {"division": "330200", "scale": "1.4", "flaws": (slow(2024),)}),
            ("nanhu", "嘉兴南湖", {"division": "330400", "scale": "0.8", "flaws": (slow(2024),)}),
            (
                "changtian",
                "湖州长田",
                {
                    "division": "330500",
                    "scale": "0.7",
                    "flaws": (slow(2024), slow(2025)),
                    "committee": "committee-huzhou",
                },
            ),
            ("jinghu", "绍兴镜湖", {"division": "330600", "scale": "1.1", "flaws": (shrinking(2025),)}),
            ("wujiang", "金华婺江", {"division": "330700", "scale": "0.5", "since": dt.date(2025, 5, 12)}),
            ("jiaojiang", "台州椒江口", {"division": "331000", "scale": "0.9", "flaws": (behind(2025),)}),
            ("lvjiang", "衢州绿江", {"division": "330800", "scale": "0.6", "last": ReturnStatus.VERIFYING}),
            (
                "yunchen",
                "杭州云辰",
                {
                    "division": "330100",
                    "scale": "1.0",
                    "county": "county-330110",
                    "committee": "committee-hangzhou",
                    "last": ReturnStatus.FILLING,
                },
            ),
            (
                "feiyun",
                "温州飞云",
                {
                    "division": "330300",
                    "scale": "1.3",
                    "status": ParkStatus.RECOGNISED,
                    "before": "11",
                    "area": "14.5",
                },
            ),
            ("xiangshan", "宁波象山湾", {"division": "330200", "scale": "1.7", "status": ParkStatus.RECOGNISED}),
            ("pinghu", "嘉兴平湖湾", {"division": "330400", "scale": "1.1", "status": ParkStatus.RECOGNISED}),
        ),
        start=1,
    )
)
