"""Invented values of the plan (C-III.3g) and of a later target set, so that the province's targets are told whole."""

from __future__ import annotations

from indicators.models import TargetValue
from indicators.services.target_values import AIMED

PLAN_SOURCE, LATER_SOURCE = "示例：“十二五”规划目标值", "示例：后续目标"
# Growth since 2010 in per cent; of new products their part of the output.
PLANNED = {
    "innovative_enterprises": "60", "patents_granted": "50", "sei_va": "80", "new_product_rate": "22",
    "tech_smes": "100", "hts_revenue": "90",
}  # fmt: skip
LATER, NUMBERS = 2027, {"C-III.3c": "11", "C-III.3e": "45", "C-III.3f": "80"}


def load() -> int:
    """Record them where none is recorded; how many there are then. Under the system scope."""
    if not TargetValue.objects.exists():
        plan = [(AIMED, f"PV.plan[{key}]", value, PLAN_SOURCE) for key, value in PLANNED.items()]
        later = [(LATER, clause, value, LATER_SOURCE) for clause, value in NUMBERS.items()]
        TargetValue.objects.bulk_create(
            TargetValue(aimed=aimed, code=code, value=value, citation=source, sample=True)
            for aimed, code, value, source in (*plan, *later)
        )
    return TargetValue.objects.count()
