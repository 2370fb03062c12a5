"""T13 and T14: the provincial government decides; U4: 省科技厅 determines who becomes a pilot."""

from __future__ import annotations

from django.db import transaction

from accounts.actors import Actor
from accounts.queries import the_lead
from applications import services as filings
from applications.kinds import word
from notifications.enums import Topic
from notifications.models import Paper
from notifications.notices import notify
from reviews.enums import Ruling
from reviews.models import Case, Decision
from reviews.outcomes import outcome_of
from reviews.services.asking import owner_address
from reviews.transitions import case as case_machine
from workflow import todo
from workflow.ledger import in_chinese, recorded
from workflow.models import Event


@transaction.atomic
def determine(case: Case, granted: bool, text: str, paper: Paper, actor: Actor) -> Event:
    """U4: 省科技厅 makes a place a pilot, or does not (CT-24); the title stands in the register in the same moment.

    So it decides what lies before it alone: whether to recommend a place to the state (CT-55), or to let it go (CT-90).
    """
    name, ruling = ("determine", Ruling.LIST) if granted else ("turn_down", Ruling.DECLINE)
    changes = {"decision_paper": paper, "due_on": None}
    kind, outcome = case.filing.kind, outcome_of(case)
    event = case_machine.perform(
        case,
        name,
        actor,
        data={"paper": paper.number},
        changes=changes,
        label=word(kind, f"arrow.{name}", "") if case.is_alone else "",
        basis=outcome.basis if granted else str(word(kind, "basis.turn_down", "")),
    )
    Decision.objects.create(
        dossier=case.dossier, tenant_id=case.tenant_id, case=case, ruling=ruling, text=text, paper=paper
    )
    if granted:
        outcome.grant(case, paper, actor)
    filings.close(case.filing, granted, paper, actor)
    todo.close(case, actor, "determine")
    said = word(kind, f"ruling.{ruling}", ruling.label)
    title = recorded("%(park)s：%(ruling)s") % {"park": case.filing.park_name, "ruling": in_chinese(said)}
    notify(event, case.tenant, title, owner_address(case), topic=Topic.LEGAL)
    return event


@transaction.atomic
def decide(case: Case, ruling: Ruling, text: str, paper: Paper, actor: Actor) -> Event:
    """T13 or T14: the provincial government decides; what it grants stands in the register in the same moment."""
    name = {Ruling.LIST: "list", Ruling.DECLINE: "decline", Ruling.DEFER: "defer"}[ruling]
    said = word(case.filing.kind, f"ruling.{ruling}", "")
    event = case_machine.perform(
        case,
        name,
        actor,
        data={"paper": paper.number},
        changes={"decision_paper": paper, "due_on": None},
        label=said,
        basis=outcome_of(case).basis if ruling == Ruling.LIST else "",
    )
    Decision.objects.create(
        dossier=case.dossier, tenant_id=case.tenant_id, case=case, ruling=ruling, text=text, paper=paper
    )
    if ruling == Ruling.LIST:
        outcome_of(case).grant(case, paper, actor)
    filings.close(case.filing, ruling == Ruling.LIST, paper, actor)
    todo.close(case, actor, "decide")
    words = {"park": case.filing.park_name, "ruling": in_chinese(said or Ruling(ruling).label)}
    title = recorded("%(park)s：%(ruling)s") % words
    notify(event, case.tenant, title, owner_address(case), topic=Topic.LEGAL)
    notify(event, the_lead(), title, case.get_absolute_url())
    return event
