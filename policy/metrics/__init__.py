"""Metrics: named pure functions over exact figures, and the rules on when a clause applies."""

from policy.metrics import applicability, changes, levels
from policy.metrics.registry import METRICS, RULES, Measure, Metric, MissingFigureError, Scope

__all__ = [
    "METRICS",
    "RULES",
    "Measure",
    "Metric",
    "MissingFigureError",
    "Scope",
    "applicability",
    "changes",
    "levels",
]
