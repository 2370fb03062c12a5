"""认定 (T25): the province's notice recognises the park; from the year after it is ranked with those recognised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.actors import Actor
from applications.enums import KindCode
from notifications.enums import LegalEffect
from notifications.models import Paper
from notifications.rendering import wording
from notifications.rendering.wording_recognition import recognition_notice
from registry.models import LegalStatus
from registry.services import recognise_park
from reviews.models import Case
from reviews.outcomes import Outcome, declare


def _compose(filing: wording.Filing, lead: str, duties: Sequence[str], case: Case) -> dict[str, Any]:
    return recognition_notice(filing, lead=lead, duties=duties)


def _grant(case: Case, paper: Paper, actor: Actor) -> LegalStatus:
    park = case.filing.park
    assert park is not None, "what is recognised is on the register"
    return recognise_park(park, paper=paper, dossier=case.dossier, actor=actor)


RECOGNITION = declare(
    KindCode.RECOGNITION,
    Outcome(_compose, _grant, lambda case: LegalEffect.RECOGNISED, paper="recognition", basis="P-II.3.0c; T25"),
)
