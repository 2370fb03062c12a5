"""The rows of the yearly programme."""

from indicators.models.figure import Figure
from indicators.models.returns import Entry, Return
from indicators.models.verification import Conflict, Verification, VerifyingOffice

__all__ = ["Conflict", "Entry", "Figure", "Return", "Verification", "VerifyingOffice"]
