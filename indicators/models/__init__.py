"""The rows of the yearly programme."""

from indicators.models.circular import Cosignature
from indicators.models.figure import Figure
from indicators.models.index import IndexSignature, IndexVersion
from indicators.models.inspection import Inspection
from indicators.models.ledgers import Enterprise, Ledger, LedgerCount, LedgerImport, LedgerVersion, Project
from indicators.models.objection import FigureObjection
from indicators.models.returns import Confirmation, Entry, Return
from indicators.models.ruling import Ruling
from indicators.models.run import Assessment, ClauseText, Finding, Run
from indicators.models.sanction import SanctionCase, YellowCard
from indicators.models.sanction_hearing import (
    SanctionAnswer,
    SanctionArgument,
    SanctionFile,
    SanctionHearing,
    SanctionOpinion,
)
from indicators.models.verification import Conflict, Verification, VerifyingOffice
from indicators.models.watch import InterimFigure, Watch

__all__ = [
    "Assessment",
    "ClauseText",
    "Confirmation",
    "Conflict",
    "Cosignature",
    "Enterprise",
    "Entry",
    "Figure",
    "FigureObjection",
    "Finding",
    "IndexSignature",
    "IndexVersion",
    "Inspection",
    "InterimFigure",
    "Ledger",
    "LedgerCount",
    "LedgerImport",
    "LedgerVersion",
    "Project",
    "Return",
    "Ruling",
    "Run",
    "SanctionAnswer",
    "SanctionArgument",
    "SanctionCase",
    "SanctionFile",
    "SanctionHearing",
    "SanctionOpinion",
    "Verification",
    "VerifyingOffice",
    "Watch",
    "YellowCard",
]
