"""国家创新型试点 (CT-55): 省科技厅's letter recommends the place; the title follows the state's answer alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.actors import Actor
from applications.enums import KindCode
from notifications.models import Paper
from notifications.rendering import wording
from notifications.rendering.wording_national import national_recommendation
from registry.enums import CityTitleKind
from reviews.models import Case
from reviews.outcomes import Outcome, declare
from reviews.services.state_answers import await_answer


def _compose(filing: wording.Filing, lead: str, grounds: Sequence[str], case: Case) -> dict[str, Any]:
    title = CityTitleKind.NATIONAL_PILOT.of(case.filing.of_place.name)
    record = case.version.content["place"]["record"]
    return national_recommendation(lead, filing, title=title, record=record, grounds=grounds)


def _grant(case: Case, paper: Paper, actor: Actor) -> None:
    """Nothing is conferred: the state's answer is waited for."""
    await_answer(case, actor)


NATIONAL = declare(
    KindCode.NATIONAL,
    Outcome(_compose, _grant, notice="national_recommendation", letter="national_refusal", basis="C-V.3e; CT-55"),
)
