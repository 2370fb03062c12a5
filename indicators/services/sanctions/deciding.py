"""T18, T21, T22: each reason is answered, a named official decides, the decision is served and carried out."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.queries import the_government, the_lead
from indicators import periods_sanction as periods
from indicators import rules_sanction as rules
from indicators.enums_sanction import HEARD, STANDING, AnswerOutcome, SanctionStatus
from indicators.models import SanctionAnswer, SanctionArgument, SanctionCase
from indicators.services.sanctions import asking, hearing, standing_cards
from indicators.transitions_sanction import sanctions
from notifications.models import Paper
from registry.services import revoke_park
from workflow import clocks, ledger, todo
from workflow.enums import Audience
from workflow.ledger import in_chinese, recorded
from workflow.machine import Refused
from workflow.models import Event, Task

# What follows from a revocation (T21), by the task that stands for it: what, and whose it is.
CONSEQUENCES = {
    "plate": gettext_lazy("摘除省级高新技术产业园区牌子"),
    "support": gettext_lazy("停止享受支持政策"),
    "returns": gettext_lazy("终止年度统计报送"),
}


@transaction.atomic
def answer(case: SanctionCase, argument: SanctionArgument, outcome: str, text: str, actor: Actor) -> SanctionAnswer:
    """Answer one reason; until the decision an answer may be written anew. Raises Refused."""
    if not rules.is_handler_of_lead(actor, case):
        raise Refused([_("申辩理由由省科技厅经办人逐条答复。")])
    if case.status not in (*HEARD, SanctionStatus.HEARING):
        raise Refused([_("现在不能答复申辩理由。")])
    if outcome not in AnswerOutcome.values or not text.strip():
        raise Refused([_("第 %(n)d 条：请选择是否采纳并写明答复。") % {"n": argument.place}])
    told = {"outcome": outcome, "text": text.strip(), "person": actor.person, "answered_at": timezone.now()}
    own = {"tenant_id": case.tenant_id, "dossier": case.dossier, "case": case}
    found = SanctionAnswer.objects.filter(argument=argument).first()
    if found is not None and (found.outcome, found.text) == (outcome, told["text"]):
        return found
    made, _new = SanctionAnswer.objects.update_or_create(argument=argument, defaults=told, create_defaults=told | own)
    words = {"n": argument.place, "outcome": in_chinese(AnswerOutcome(outcome).label)}
    label = recorded("答复第%(n)d条申辩理由：%(outcome)s") % words
    ledger.append(
        made, "answer", label, actor, dossier=case.dossier, basis="T18", reason=made.text, audience=Audience.AUTHORITY
    )
    return made


@transaction.atomic
def impose(case: SanctionCase, paper: Paper, actor: Actor) -> Event:
    """T18: the signer of 省科技厅 gives the card; it stands on its paper. Raises Refused."""
    event = _decided(case, "impose", paper, actor)
    standing_cards.give(case, paper, actor)
    return event


@transaction.atomic
def report(case: SanctionCase, paper: Paper, actor: Actor) -> Event:
    """T20: 省科技厅 asks 省政府 to revoke; the case opens to the government's office. Raises Refused."""
    event = sanctions.perform(case, "report", actor, data={"paper": paper.number}, changes={"report_paper": paper})
    government = the_government()
    open_dossier(case.dossier, case.tenant_id, government, GrantLevel.ACT, actor.organisation)
    todo.close(case, actor)
    clocks.finish(case, event, periods.DECISION)
    title = recorded("审定：%(name)s%(year)s年度%(kind)s") % asking.said(case)
    asking.ask(case, "sanction_decide", title, government, PostRole.HANDLER, actor.organisation)
    asking.tell(case, event, title, [government])
    return event


@transaction.atomic
def revoke(case: SanctionCase, paper: Paper, actor: Actor) -> Event:
    """T21: 省政府 revokes; the park leaves the list at once, and what follows lies on its desks. Raises Refused."""
    event = _decided(case, "revoke", paper, actor)
    revoke_park(case.park, paper=paper, dossier=case.dossier, actor=actor)
    standing_cards.rest(case, event)
    desks = {
        "plate": (case.tenant, PostRole.HANDLER),
        "support": (the_lead(), PostRole.HANDLER),
        "returns": (case.reporter or case.tenant, PostRole.HANDLER),
    }
    for kind, (office, role) in desks.items():
        title = recorded("%(what)s：%(name)s") % {"what": in_chinese(CONSEQUENCES[kind]), "name": case.name}
        asking.ask(case, f"revoked_{kind}", title, office, role, actor.organisation)
    asking.tell(case, event, recorded("%(name)s已取消创建资格") % {"name": case.name}, [the_lead()], paper.number)
    return event


@transaction.atomic
def spare(case: SanctionCase, paper: Paper, actor: Actor) -> Event:
    """T22: the reasons were good: nothing is imposed, by 省科技厅 or (when reported) by 省政府. Raises Refused."""
    name = "refuse" if case.status == SanctionStatus.REPORTED else "spare"
    return _decided(case, name, paper, actor, card_status=None)


def _decided(case: SanctionCase, name: str, paper: Paper, actor: Actor, **more: Any) -> Event:
    changes = {"decision_paper": paper, "decided_at": timezone.now(), "decided_by": actor.person, **more}
    reasons = "；".join(str(row["label"]) for row in case.grounds)
    event = sanctions.perform(case, name, actor, reason=reasons, data={"paper": paper.number}, changes=changes)
    clocks.finish(case, event)
    todo.close(case, actor)
    title = recorded("%(name)s%(year)s年度%(kind)s：决定已送达，请签收") % asking.said(case)
    if case.status == SanctionStatus.IMPOSED:
        clock = periods.run_receipt(case, event)
        asking.ask(case, "sanction_receipt", title, case.tenant, PostRole.HANDLER, actor.organisation, clock)
    asking.tell(case, event, title, asking.addressees(case), paper.number, legal=True)
    return event


@transaction.atomic
def serve(case: SanctionCase, actor: Actor) -> Event:
    """The city signs for the decision, with the time; the days for a review begin. Raises Refused."""
    event = sanctions.perform(case, "serve", actor, changes={"served_at": timezone.now(), "served_by": actor.person})
    hearing.signed_for(case.decision_paper_id, actor)
    todo.close(case, actor, "sanction_receipt")
    periods.run_review_request(case, event)
    asking.tell(case, event, recorded("%(name)s已签收决定") % {"name": case.name}, [the_lead()])
    return event


@transaction.atomic
def carry_out(case: SanctionCase, what: str, note: str, actor: Actor) -> Event:
    """One consequence of a revocation is done, with a note. Raises Refused."""
    if what not in CONSEQUENCES or not case.is_revocation or case.status not in STANDING:
        raise Refused([_("没有需要办理的后续事项。")])
    if not note.strip():
        raise Refused([_("请写明办理情况。")])
    mine = Task.objects.filter(
        subject_id=case.pk, kind=f"revoked_{what}", organisation=actor.organisation, role=actor.role, done_at=None
    )
    if not mine.exists():
        raise Refused([_("这一事项不由您的岗位办理，或者已经办结。")])
    label = recorded("已办：%(what)s") % {"what": in_chinese(CONSEQUENCES[what])}
    event = ledger.append(
        case, f"revoked_{what}", label, actor, dossier=case.dossier, basis="P-II.2.6", reason=note.strip()
    )
    todo.close(case, actor, f"revoked_{what}")
    return event


def office_of_decision(case: SanctionCase) -> Organisation:
    """Whose decision it is: 省科技厅's, or 省政府's on a revocation."""
    return the_government() if case.is_revocation else the_lead()
