"""Two of the year's sanctions carried on: a yellow card that is in force with its papers, a case in its hearing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.queries import the_lead
from accounts.scope import system
from indicators.models import Run, SanctionCase, YellowCard
from indicators.services import sanctions
from indicators.services.sanctions import proposing
from notifications.models import Paper
from portal.sample.acting import Office, office
from portal.sample.clocks import days_ago
from portal.sample.years import CIRCULATED, RELEASED, days_since
from workflow import instants, proposals
from workflow.enums import ProposalOutcome
from workflow.ledger import recorded
from workflow.models import Proposal

WARNED, HEARD = "shili-dongqian", "shili-nanhu"
CONTACT = recorded("联系人：示例，电话：0571-00000000")
OFFICIAL = recorded("厅长示例")
REASONS = recorded("示例：两个项目推迟到次年投产。\n示例：当年统计口径有调整。")
ANSWERS = (
    ("rejected", recorded("示例：投产时间不影响当年数据的认定。")),
    ("partly", recorded("示例：口径调整已经计入，调整后仍未达到要求。")),
)


def load(progress: Callable[[str], None]) -> None:
    """Carry them on once, each act by its own people at its own time."""
    with system():
        cases = _proposed()
        lead = office(the_lead())
    if WARNED in cases:
        _warn(cases[WARNED], lead)
    if HEARD in cases:
        _hear(cases[HEARD], lead)
    progress(f"Sanctions: {len(cases)} carried on")


def _proposed() -> dict[str, SanctionCase]:
    """What the released year proposed and nobody has taken up yet, by park."""
    run = Run.objects.filter(programme="park", year=CIRCULATED, paper__isnull=False).first()
    if run is None:
        return {}
    with days_ago(days_since(RELEASED)):
        proposing.after_release(run)
    rows = SanctionCase.objects.filter(subject__in=(WARNED, HEARD), year=CIRCULATED, status="proposed")
    return {case.subject: case for case in rows.select_related("tenant", "reporter")}


class Affair:
    """A case with the offices that deal with it."""

    def __init__(self, case: SanctionCase, lead: Office) -> None:
        self.case, self.lead = case, lead
        with system():
            self.city = office(Organisation.objects.get(pk=case.tenant_id))

    def here(self) -> SanctionCase:
        """The case as it stands, in the scope that is entered."""
        return SanctionCase.objects.select_related("tenant", "reporter").get(pk=self.case.pk)

    def issue(self, desk: Office, kind: str, **fields: Any) -> Paper:
        """A paper of the case by an office."""
        return desk.issue(kind, self.case, self.case.dossier, f"{self.case.name}：{kind}", fields)

    def tell(self, confirmed: int, received: int) -> None:
        """Taken up and told so many days ago, signed for so many days ago."""
        with days_ago(confirmed):
            with self.lead.as_(PostRole.REVIEWER):
                found = Proposal.objects.get(subject_id=self.case.pk, outcome=ProposalOutcome.OPEN)
                proposals.confirm(found, self.lead.reviewer)
            self.issue(self.lead, "sanction_notice", contact=CONTACT)
        with days_ago(received), self.city.as_(PostRole.HANDLER):
            sanctions.receive(self.here(), self.city.handler)


def _warn(case: SanctionCase, lead: Office) -> None:
    """Told, stated, answered, decided, served; the plan handed in and checked."""
    affair, city = Affair(case, lead), days_since(dt.date(CIRCULATED + 1, 8, 4))
    affair.tell(city + 4, city)
    with days_ago(city - 8):
        affair.issue(affair.city, "sanction_statement", reasons=REASONS, contact=CONTACT)
    with days_ago(city - 15), lead.as_(PostRole.HANDLER):
        here = affair.here()
        for argument, (outcome, text) in zip(here.arguments.order_by("place"), ANSWERS, strict=True):
            sanctions.answer(here, argument, outcome, text, lead.handler)
    with days_ago(city - 17):
        affair.issue(lead, "yellow_card", official=OFFICIAL, contact=CONTACT)
    with days_ago(city - 18), affair.city.as_(PostRole.HANDLER):
        sanctions.serve(affair.here(), affair.city.handler)
    with days_ago(city - 40), affair.city.as_(PostRole.HANDLER):
        plan = recorded("示例：加快两个项目投产，新引进三家高新技术企业，年底前完成技术改造。")
        sanctions.hand_in_plan(YellowCard.objects.get(dossier=case.dossier), plan, affair.city.handler)
    with days_ago(city - 170), lead.as_(PostRole.HANDLER):
        note = recorded("示例：项目已经投产，进度符合方案。")
        sanctions.note_check(YellowCard.objects.get(dossier=case.dossier), note, lead.handler)


def _hear(case: SanctionCase, lead: Office) -> None:
    """Told a fortnight ago, a hearing asked for, its notice signed; it is held in some days."""
    affair = Affair(case, lead)
    affair.tell(16, 13)
    with days_ago(10), affair.city.as_(PostRole.SIGNER):
        words = recorded("示例：申请当面说明项目推迟投产的情况。")
        sanctions.ask_hearing(affair.here(), words, affair.city.signer)
    held_on = instants.today() + dt.timedelta(days=6)
    told = {
        "held_on": held_on.isoformat(), "held_time": "09:30:00", "place": recorded("省科技厅一号会议室（示例）"),
        "heard_by": recorded("主持人：示例甲（政策法规处）；听证员：示例乙、示例丙"), "contact": CONTACT,
    }  # fmt: skip
    with days_ago(8):
        affair.issue(lead, "hearing_notice", **told)
