"""T13 and T14: the provincial government decides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from accounts.queries import the_lead
from applications import services as filings
from notifications.enums import Topic
from notifications.models import Paper
from notifications.notices import notify
from registry.services import list_park
from reviews.enums import Ruling
from reviews.models import Case, Decision
from reviews.services.asking import owner_address
from reviews.transitions import case as case_machine
from workflow import todo
from workflow.ledger import recorded
from workflow.models import Event


@transaction.atomic
def decide(case: Case, ruling: Ruling, text: str, paper: Paper, actor: Actor) -> Event:
    """T13 or T14: the provincial government decides; a listed park is public in the same moment."""
    name = {Ruling.LIST: "list", Ruling.DECLINE: "decline", Ruling.DEFER: "defer"}[ruling]
    event = case_machine.perform(
        case,
        name,
        actor,
        data={"paper": paper.number},
        changes={"decision_paper": paper, "due_on": None},
    )
    Decision.objects.create(
        dossier=case.dossier, tenant_id=case.tenant_id, case=case, ruling=ruling, text=text, paper=paper
    )
    if ruling == Ruling.LIST:
        list_park(**_as_park(case), paper=paper, actor=actor)
    filings.close(case.filing, ruling == Ruling.LIST, paper, actor)
    todo.close(case, actor, "decide")
    title = recorded("%(park)s：%(ruling)s") % {"park": case.filing.park_name, "ruling": Ruling(ruling).label}
    notify(event, case.tenant, title, owner_address(case), topic=Topic.LEGAL)
    notify(event, the_lead(), title, case.get_absolute_url())
    return event


def _as_park(case: Case) -> dict[str, Any]:
    """What the register takes over from the frozen version that was decided on."""
    filing, content = case.filing, case.version.content
    return {
        "tenant": filing.tenant,
        "dossier": case.dossier,
        "name": filing.park_name,
        "city": filing.host_zone.city,
        "county": None,
        "host_zone": filing.host_zone,
        "area_km2": Decimal(content["boundary"]["area_km2"]),
        "four_sides": content["four_sides"],
        "industries": [(row["name"], row.get("code", "")) for row in content["industries"] if row["name"]],
        "geojson": content["boundary"]["geojson"],
    }
