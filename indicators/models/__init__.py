"""The rows of the yearly programme."""

from indicators.models.figure import Figure
from indicators.models.returns import Entry, Return
from indicators.models.run import Assessment, ClauseText, Finding, Run
from indicators.models.verification import Conflict, Verification, VerifyingOffice

__all__ = [
    "Assessment",
    "ClauseText",
    "Conflict",
    "Entry",
    "Figure",
    "Finding",
    "Return",
    "Run",
    "Verification",
    "VerifyingOffice",
]
