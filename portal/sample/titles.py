"""Titles of cities and counties: the three national pilots that the policy names, and invented 科技强市、县."""

from __future__ import annotations

import datetime as dt

from accounts.models import Division
from accounts.queries import the_lead
from policy import clauses
from registry.enums import CityTitleKind, Precision
from registry.models import CityTitle
from registry.services import keep_title

# 「杭州市、宁波市、嘉兴市要深入开展国家创新型城市建设的试点工作」(C-V.3f).
NATIONAL_PILOTS = ("330100", "330200", "330400")
ST_STRONG = ("330100", "330200", "330400", "330110", "330521", "330624", "330782")


def load() -> int:
    """Record them where no title is recorded; how many there are then. Under the system scope."""
    if not CityTitle.objects.exists():
        office, policy = the_lead(), clauses.load("city-application")
        issued = min(day for clause in policy.clauses if (day := clause.first_day) is not None)
        for code in NATIONAL_PILOTS:
            keep_title(
                Division.objects.get(pk=code), CityTitleKind.NATIONAL_PILOT, held=True, since=issued, office=office,
                precision=Precision.YEAR, citation="关于建设创新型城市（县、区）工作的意见，五（三）",
                note="该文件载明正在试点，起始时间不晚于文件公布之时。",
            )  # fmt: skip
        for code in ST_STRONG:
            keep_title(
                Division.objects.get(pk=code), CityTitleKind.ST_STRONG, held=True, since=dt.date(2008, 12, 31),
                office=office, citation="示例：科技强市、县（市、区）命名文件", sample=True,
            )  # fmt: skip
    return CityTitle.objects.count()
