"""The rows of the yearly programme."""

from indicators.models.circular import Cosignature
from indicators.models.evaluating import (
    Engagement,
    EvaluationContract,
    EvaluationPlace,
    EvaluationResult,
    EvaluationRound,
)
from indicators.models.figure import Figure
from indicators.models.index import IndexSignature, IndexVersion
from indicators.models.inspection import Inspection
from indicators.models.ledgers import Enterprise, Ledger, LedgerCount, LedgerImport, LedgerVersion, Project
from indicators.models.ledgers_city import Record
from indicators.models.ledgers_life import Contact, Eia, Exit, Issue, Land, Leader, Result, Support, SupportTotal
from indicators.models.monitoring import MonitoringReport, MonitoringSignature, MonitoringText
from indicators.models.objection import FigureObjection
from indicators.models.practice import Practice
from indicators.models.rating import GivenScore, RatingRound, RatingSeat, SheetDraft
from indicators.models.returns import Confirmation, Entry, Return
from indicators.models.ruling import Ruling
from indicators.models.run import Assessment, ClauseText, Finding, ResultCorrection, Run
from indicators.models.sanction import SanctionCase, YellowCard
from indicators.models.sanction_hearing import (
    SanctionAnswer,
    SanctionArgument,
    SanctionFile,
    SanctionHearing,
    SanctionOpinion,
)
from indicators.models.target import TargetValue
from indicators.models.verification import Conflict, Verification, VerifyingOffice
from indicators.models.watch import InterimFigure, Watch

__all__ = [
    "Assessment",
    "ClauseText",
    "Confirmation",
    "Conflict",
    "Contact",
    "Cosignature",
    "Eia",
    "Engagement",
    "Enterprise",
    "Entry",
    "EvaluationContract",
    "EvaluationPlace",
    "EvaluationResult",
    "EvaluationRound",
    "Exit",
    "Figure",
    "FigureObjection",
    "Finding",
    "GivenScore",
    "IndexSignature",
    "IndexVersion",
    "Inspection",
    "InterimFigure",
    "Issue",
    "Land",
    "Leader",
    "Ledger",
    "LedgerCount",
    "LedgerImport",
    "LedgerVersion",
    "MonitoringReport",
    "MonitoringSignature",
    "MonitoringText",
    "Practice",
    "Project",
    "RatingRound",
    "RatingSeat",
    "Record",
    "Result",
    "ResultCorrection",
    "Return",
    "Ruling",
    "Run",
    "SanctionAnswer",
    "SanctionArgument",
    "SanctionCase",
    "SanctionFile",
    "SanctionHearing",
    "SanctionOpinion",
    "SheetDraft",
    "Support",
    "SupportTotal",
    "TargetValue",
    "Verification",
    "VerifyingOffice",
    "Watch",
    "YellowCard",
]
