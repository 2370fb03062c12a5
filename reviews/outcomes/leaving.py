"""退出 (CT-90): the notice of who conferred the highest title ends every title of the programme, not the state's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.actors import Actor
from applications import placebook
from applications.enums import KindCode
from indicators.services.leaving import release
from notifications.enums import LegalEffect
from notifications.models import Paper
from notifications.rendering import wording
from notifications.rendering.wording_leaving import exit_consent, exit_notice
from registry import titles
from registry.enums import CityTitleKind
from registry.models import CityTitle
from registry.services import end_titles
from reviews.models import Case
from reviews.outcomes import Outcome, declare
from workflow import instants


def ended_by(case: Case) -> list[str]:
    """The titles that would end, as the place bears them."""
    place = case.filing.of_place
    return [title.of(place.name) for title in placebook.held_by(place)] or ["创新型城市（县、区）"]


def state_title(case: Case) -> str:
    """The state's title, as the place bears it, which an exit leaves to the state; empty where it holds none."""
    place, title = case.filing.of_place, CityTitleKind.NATIONAL_PILOT
    return title.of(place.name) if titles.holds(place, title, instants.today()) else ""


def _compose(filing: wording.Filing, lead: str, duties: Sequence[str], case: Case) -> dict[str, Any]:
    if case.direct:
        return exit_notice(lead, filing, ended=ended_by(case), state=state_title(case), duties=duties)
    return exit_consent(filing, lead=lead, ended=ended_by(case), state=state_title(case), duties=duties)


def _grant(case: Case, paper: Paper, actor: Actor) -> list[CityTitle]:
    place = case.filing.of_place
    ended = end_titles(place, paper=paper, dossier=case.dossier, actor=actor)
    release(place, paper, case.tenant)
    return ended


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
