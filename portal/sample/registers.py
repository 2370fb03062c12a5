"""Invented rows in the registers of one city; every name says that it is an example."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from indicators.ledgers import working
from indicators.models import Ledger, Record
from workflow.ledger import recorded

CITY = "330100"
NOTE = recorded("示例数据")
ROWS: tuple[dict[str, Any], ...] = (
    {"register": "plans", "year": 2021, "name": "杭州市创新发展规划（示例）", "paper": "示例〔2021〕1号"},
    *(
        {
            "register": "institutions",
            "year": 2019 + place,
            "kind": "institute",
            "name": f"{word}研究院（示例）",
            "body": f"{word}股份有限公司（示例）",
            "number": Decimal(size),
        }
        for place, (word, size) in enumerate((("数字安防", 2300), ("云计算", 1100), ("工业软件", 360), ("机器人", 140)))
    ),
    *(
        {"register": "standards", "year": 2024, "kind": kind, "name": name, "paper": paper}
        for kind, name, paper in (
            ("intl_join", "物联网参考架构（示例）", "ISO/IEC 示例"),
            ("national_lead", "智能传感器通用规范（示例）", "GB/T 示例"),
            ("industry_lead", "工业机器人能效（示例）", "JB/T 示例"),
        )
    ),
    {"register": "trainings", "year": 2024, "name": "创新方法培训班（示例）", "number": Decimal(180)},
    {"register": "responsibility", "year": 2024, "kind": "excellent", "name": "2024年度考核（示例）", "paper": "示例"},
)


def fill() -> int:
    """Write the rows once, after the registers were opened; how many there are. Under the system scope."""
    ledger = Ledger.objects.filter(park=CITY, place=True).first()
    if ledger is not None and not Record.objects.exists():
        own = {"ledger": ledger, "tenant_id": ledger.tenant_id, "dossier": ledger.dossier, "note": NOTE}
        Record.objects.bulk_create(Record(**own, **told) for told in ROWS)
        working.count_ledger(ledger)
    return Record.objects.count()
