"""What the provincial government's consent brings about, for each kind of filing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.actors import Actor
from notifications.enums import LegalEffect
from notifications.models import Paper
from notifications.rendering import wording
from reviews.models import Case

Content = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """The consent to a kind of filing: what its paper says and confers, and what it writes into the register.

    `compose(filing, lead, duties, case)` gives the wording; `grant(case, paper, actor)` raises Refused. `paper` is the
    code of the kind of paper by which the provincial government consents, `notice` and `letter` those by which 省科技厅
    itself does or does not, `report` that of its request upward; `basis` is the clause and transition that the act
    rests on.
    """

    compose: Callable[[wording.Filing, str, Sequence[str], Case], Content]
    grant: Callable[[Case, Paper, Actor], Any]
    confers: Callable[[Case], str] = lambda case: LegalEffect.NONE
    paper: str = "approval"
    notice: str = "pilot_notice"
    letter: str = "pilot_refusal"
    report: str = "report"
    basis: str = ""


_outcomes: dict[str, Outcome] = {}


def declare(kind: str, outcome: Outcome) -> Outcome:
    """Say what the consent to a kind of filing brings about. Raises ValueError where it was said already."""
    if _outcomes.setdefault(kind, outcome) is not outcome:
        raise ValueError(f"the outcome of {kind} is declared twice")
    return outcome


def outcome_of(case: Case) -> Outcome:
    """What the consent to a case brings about."""
    return _outcomes[case.filing.kind]
