"""Checks of reported figures (V1 to V12): pure functions that say what is wrong, how badly, and how it should look."""

from policy.validation.model import Fault, Severity, Sheet
from policy.validation.rules import RULES, TYPING, check

__all__ = ["RULES", "TYPING", "Fault", "Severity", "Sheet", "check"]
