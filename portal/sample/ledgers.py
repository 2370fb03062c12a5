"""Invented rows in the ledgers of two of the sample's parks; every name says that it is an example."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from accounts.scope import system
from indicators.enums import Book, Decision
from indicators.ledgers import credit_code, following, working
from indicators.models import Enterprise, Ledger, Project, Support
from indicators.services import ledgers as services
from portal.sample import ledgers_life, registers
from registry.models import Park
from workflow import instants
from workflow import ledger as events
from workflow.ledger import recorded

# Invented parks only: of the real ones nothing is invented.
PARKS = ("shili-qihang", "shili-yunchen")
YEARS, PROJECTS, ENTERPRISES = 3, 9, 45
WORDS = ("智能传感器", "工业机器人", "生物试剂", "新型显示材料", "储能电池", "海洋装备", "云服务", "精密轴承", "碳纤维")
ASSESSED = {"assessed_by": "市科技局", "assessment": "国内先进"}
UNASSESSED = {"assessed_on": None, "assessed_by": "", "assessment": ""}


def load(progress: Callable[[str], None]) -> None:
    """Write the rows once."""
    with system():
        services.open_ledgers()
        if not Project.objects.exists():
            last = instants.today().year - 1
            for number, ledger in enumerate(Ledger.objects.filter(park__in=PARKS, measures=False).order_by("park")):
                _fill(ledger, number, last)
        if not Support.objects.exists():
            invented = Park.objects.filter(sample=True).values("slug")
            parks = Ledger.objects.filter(park__in=invented, measures=False).select_related("tenant", "reporter")
            ledgers_life.fill(sorted(parks, key=lambda one: (one.park not in PARKS, one.park)))
            for ledger in parks:
                working.count_ledger(ledger)
        rows = Project.objects.count() + Enterprise.objects.count()
        progress(f"Rows of ledgers: {rows}, of registers: {registers.fill()}")


def _fill(ledger: Ledger, number: int, last: int) -> None:
    chance = random.Random(number)  # noqa: S311
    own = {"ledger": ledger, "tenant_id": ledger.tenant_id, "dossier": ledger.dossier, "note": recorded("示例数据")}
    years = range(last - YEARS + 1, last + 1)
    Project.objects.bulk_create(
        Project(**own, **_project(chance, year, place)) for year in years for place in range(PROJECTS)
    )
    firms = range(number * ENTERPRISES, (number + 1) * ENTERPRISES)
    Enterprise.objects.bulk_create(Enterprise(**own, **_enterprise(chance, place, last)) for place in firms)
    data = {"book": str(Book.PROJECTS), "rows": PROJECTS * YEARS}
    event = events.append(
        ledger, "import_rows", recorded("批量导入台账"), None, dossier=ledger.dossier, data=data, basis="T15"
    )
    following.alert(ledger, Book.PROJECTS, event, following.to_alert(ledger, Book.PROJECTS))
    working.count_ledger(ledger)


def _project(chance: random.Random, year: int, place: int) -> dict[str, Any]:
    """The last but one of a year is rejected for what it burns; the last of all was let in without assessment."""
    rejected, unassessed = place == PROJECTS - 2, place == PROJECTS - 1 and year % 2 == 1
    planned = Decimal(chance.randint(30, 900)) / 100
    told: dict[str, Any] = UNASSESSED if unassessed else {**ASSESSED, "assessed_on": dt.date(year, 1 + place, 10)}
    return {
        "year": year,
        "name": f"{WORDS[place]}{recorded('项目（示例）')}",
        "investor": f"{WORDS[place]}{recorded('有限公司（示例）')}",
        "industry": WORDS[place],
        "hitech": place % 4 != 3,
        "planned": planned,
        "completed": planned / 2,
        "started_on": dt.date(year, 3 + place, 20) if not rejected else None,
        "wasteful": rejected,
        "decision": Decision.REJECTED if rejected else Decision.ADMITTED,
        "smart": place % 2 == 0,
        "green": place % 3 == 0,
        **told,
    }


def _enterprise(chance: random.Random, place: int, last: int) -> dict[str, Any]:
    body = f"91330000MA{place:07d}"
    registered = last - place % 7
    first = registered + 2
    told: dict[str, Any] = {}
    if place % 3 == 0 and first <= last:
        told = {"hitech_number": f"GR{first}33{place:06d}", "hitech_year": first}
        told |= {"hitech_from": dt.date(first, 12, 1), "hitech_to": dt.date(first + 3, 11, 30)}
    return {
        "credit_code": body + credit_code.check_digit(body),
        "name": f"{WORDS[place % len(WORDS)]}{place:03d}{recorded('有限公司（示例）')}",
        "registered_on": dt.date(registered, chance.randint(1, 12), 15),
        "sme_year": registered + 1 if place % 2 and registered < last else None,
        "sei_year": registered if place % 4 == 0 else None,
        "hts_year": registered if place % 9 == 6 else None,
        "innovative_year": registered if place % 15 == 1 else None,
        "hq_year": registered if place % 20 == 3 else None,
        "listed_year": registered if place % 22 == 5 else None,
        "rd_year": registered if place % 5 == 0 else None,
        "left_on": dt.date(last, 6, 30) if place % 30 == 29 else None,
        **told,
    }
