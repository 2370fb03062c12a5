"""Metrics: named pure functions over exact figures, and the rules on when a clause applies."""

from policy.metrics import applicability, average, changes, leading, levels, province, ratios, standing
from policy.metrics.registry import METRICS, RULES, Measure, Metric, MissingFigureError, Scope, Used

__all__ = [
    "METRICS",
    "RULES",
    "Measure",
    "Metric",
    "MissingFigureError",
    "Scope",
    "Used",
    "applicability",
    "average",
    "changes",
    "leading",
    "levels",
    "province",
    "ratios",
    "standing",
]
