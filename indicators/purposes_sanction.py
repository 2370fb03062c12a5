"""What files are given for in a sanction case: with the city's statement."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from files.purposes import Purpose, declare
from indicators import rules_sanction as rules
from indicators.enums_sanction import HEARD, SanctionStatus
from indicators.models import SanctionCase

MIB = 1 << 20


def _obstacles(actor: Actor, dossier: UUID) -> list[str] | None:
    case = SanctionCase.objects.filter(dossier=dossier).first()
    if case is None or not rules.is_of_addressee(actor, case):
        return None
    open_now = case.status in (*HEARD, SanctionStatus.HEARING) and actor.is_handler
    return [] if open_now else [_("只有经办人可以在陈述申辩期间上传附件。")]


STATEMENT_FILE = declare(Purpose("sanction.statement", gettext_lazy("陈述申辩的附件"), _obstacles, limit=100 * MIB))
