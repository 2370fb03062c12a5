"""The rows of the yearly programme."""

from indicators.models.figure import Figure
from indicators.models.ledgers import Enterprise, Ledger, LedgerCount, LedgerImport, LedgerVersion, Project
from indicators.models.returns import Confirmation, Entry, Return
from indicators.models.run import Assessment, ClauseText, Finding, Run
from indicators.models.verification import Conflict, Verification, VerifyingOffice

__all__ = [
    "Assessment",
    "ClauseText",
    "Confirmation",
    "Conflict",
    "Enterprise",
    "Entry",
    "Figure",
    "Finding",
    "Ledger",
    "LedgerCount",
    "LedgerImport",
    "LedgerVersion",
    "Project",
    "Return",
    "Run",
    "Verification",
    "VerifyingOffice",
]
