"""退出 (CT-90): the notice of who conferred the highest title ends every title of the programme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.actors import Actor
from applications import placebook
from applications.enums import KindCode
from notifications.enums import LegalEffect
from notifications.models import Paper
from notifications.rendering import wording
from notifications.rendering.wording_leaving import exit_consent, exit_notice
from registry.models import CityTitle
from registry.services import end_titles
from reviews.models import Case
from reviews.outcomes import Outcome, declare


def ended_by(case: Case) -> list[str]:
    """The titles that would end, as the place bears them."""
    place = case.filing.of_place
    return [title.of(place.name) for title in placebook.held_by(place)] or ["创新型城市（县、区）"]


def _compose(filing: wording.Filing, lead: str, duties: Sequence[str], case: Case) -> dict[str, Any]:
    if case.direct:
        return exit_notice(lead, filing, ended=ended_by(case), duties=duties)
    return exit_consent(filing, lead=lead, ended=ended_by(case), duties=duties)


def _grant(case: Case, paper: Paper, actor: Actor) -> list[CityTitle]:
    return end_titles(case.filing.of_place, paper=paper, dossier=case.dossier, actor=actor)


EXIT = declare(
    KindCode.EXIT,
    Outcome(
        _compose,
        _grant,
        confers=lambda case: LegalEffect.LEFT,
        paper="exit_consent",
        notice="exit_notice",
        letter="exit_refusal",
        report="exit_report",
        basis="C-III.2a; CT-90",
    ),
)
