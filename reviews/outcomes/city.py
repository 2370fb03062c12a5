"""创新型试点城市（县、区）(U4): the notice of 省科技厅 makes the place a pilot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.actors import Actor
from applications.enums import KindCode
from notifications.enums import LegalEffect
from notifications.models import Paper
from notifications.rendering import wording
from notifications.rendering.wording_city import pilot_notice
from registry.enums import CityTitleKind
from registry.models import CityTitle
from registry.services import confer_title
from reviews.models import Case
from reviews.outcomes import Outcome, declare


def _compose(filing: wording.Filing, lead: str, duties: Sequence[str], case: Case) -> dict[str, Any]:
    title = CityTitleKind.PILOT.of(case.filing.of_place.name)
    return pilot_notice(lead, filing, title=title, duties=duties)


def _grant(case: Case, paper: Paper, actor: Actor) -> CityTitle:
    return confer_title(case.filing.of_place, CityTitleKind.PILOT, paper=paper, dossier=case.dossier, actor=actor)


CITY = declare(
    KindCode.CITY,
    Outcome(_compose, _grant, confers=lambda case: LegalEffect.PILOT, basis="C-III.2d; U4"),
)
