"""The legal periods of a sanction (N8, N10): receipt, statement, decision, review; plan and check under a card."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.queries import the_lead
from indicators import parameters_sanction as parameters
from indicators.enums_sanction import SanctionStatus
from indicators.models import SanctionCase
from indicators.transitions_sanction import sanctions
from workflow import clocks, ledger
from workflow.clocks import ClockKind
from workflow.ledger import in_chinese, recorded
from workflow.models import Clock, Event

HEARING = "hearing"
HELD_UP = frozenset({HEARING})


def case_of(clock: Clock) -> SanctionCase:
    """The case that a period is of; a card's period hangs on the dossier of the case that led to it."""
    return SanctionCase.objects.select_related("tenant", "reporter").get(dossier=clock.dossier)


def _parties(clock: Clock) -> list[Organisation]:
    """City, committee and 省科技厅 hear of a period alike, whoever of them owes (N8, N10)."""
    case = case_of(clock)
    return [office for office in (case.tenant, case.reporter, the_lead()) if office is not None]


def _receipt_over(clock: Clock) -> None:
    """Nobody delays a sanction by not opening it: what was delivered counts as served."""
    case = case_of(clock)
    if case.status == SanctionStatus.NOTICED:
        event = sanctions.perform(case, "deem_received", None, changes={"received_at": clock.due_at})
        run_statement(case, event)
    elif case.status == SanctionStatus.IMPOSED:
        event = sanctions.perform(case, "deem_served", None, changes={"served_at": clock.due_at})
        run_review_request(case, event)


def _statement_over(clock: Clock) -> None:
    case = case_of(clock)
    if case.status != SanctionStatus.ANSWERING:
        return
    words = recorded("陈述申辩期满，未收到意见")
    event = ledger.append(case, "statement_over", words, None, dossier=case.dossier, basis="T18")
    run_decision(case, event)


RECEIPT = clocks.declare(
    ClockKind(
        "sanction_receipt", _("签收期限"), parameters.RECEIPT_DAYS.name, "T18", (1,), _receipt_over,
        told_with=_parties, escalates=False, ended=in_chinese(_("签收期满")),
    )
)  # fmt: skip
STATEMENT = clocks.declare(
    ClockKind(
        "sanction_statement", _("陈述申辩期限"), parameters.STATEMENT_DAYS.name, "T18; N10", (3,), _statement_over,
        HELD_UP, told_with=_parties, escalates=False, ended=in_chinese(_("陈述申辩期满")),
    )
)  # fmt: skip
DECISION = clocks.declare(
    ClockKind(
        "sanction_decision", _("作出处理决定的期限"), parameters.DECISION_DAYS.name, "T18", (3,), pauses_with=HELD_UP
    )
)
REVIEW_REQUEST = clocks.declare(
    ClockKind(
        "sanction_review_request", _("申请复核的期限"), parameters.REVIEW_DAYS.name, "T22", (3,), told_with=_parties,
        escalates=False, ended=in_chinese(_("申请复核期满")),
    )
)  # fmt: skip
REVIEW = clocks.declare(ClockKind("sanction_review", _("作出复核决定的期限"), parameters.REVIEW_DAYS.name, "T22", (3,)))
PLAN = clocks.declare(
    ClockKind("card_plan", _("整改方案报送期限"), parameters.PLAN_DAYS.name, "P-II.2.5; N8", (5, 0), told_with=_parties)
)
CHECK = clocks.declare(
    ClockKind(
        "card_check", _("整改年中检查期限"), parameters.CHECK_DAYS.name, "P-II.2.5; N8", (5, 0), told_with=_parties
    )
)


def _start(kind: ClockKind, case: SanctionCase, event: Event, office: Organisation) -> Clock:
    words = {"name": case.name, "year": case.year, "label": in_chinese(kind.label)}
    title = recorded("%(name)s%(year)s年度：%(label)s") % words
    return clocks.start(kind, case, event, organisation=office, address=case.get_absolute_url(), title=title)


def run_receipt(case: SanctionCase, event: Event) -> Clock:
    """The city has so long to sign for a notice or a decision."""
    return _start(RECEIPT, case, event, case.tenant)


def run_statement(case: SanctionCase, event: Event) -> Clock:
    """The city may answer, counted from the day after receipt."""
    clocks.finish(case, event, RECEIPT)
    return _start(STATEMENT, case, event, case.tenant)


def run_decision(case: SanctionCase, event: Event) -> Clock | None:
    """省科技厅 decides, counted from the first statement or the end of the period."""
    return None if clocks.running(case, DECISION) else _start(DECISION, case, event, the_lead())


def run_review_request(case: SanctionCase, event: Event) -> Clock:
    """The city may ask for a review, counted from the day after service."""
    clocks.finish(case, event, RECEIPT)
    return _start(REVIEW_REQUEST, case, event, case.tenant)


def run_review(case: SanctionCase, event: Event, office: Organisation) -> Clock:
    """Whoever decided decides again."""
    clocks.finish(case, event, REVIEW_REQUEST)
    return _start(REVIEW, case, event, office)
