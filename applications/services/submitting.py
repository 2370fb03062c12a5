"""T1 and T4: the signed request takes a frozen version to the provincial government."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.enums import GrantLevel
from accounts.queries import the_government, the_lead
from applications import periods
from applications.enums import FilingStatus
from applications.kinds import kind_of, word, words_of
from applications.models import Filing, FilingVersion
from applications.services.asking import ask_office, authority_address, open_to
from applications.services.remarking import release
from applications.transitions import filing as machine
from notifications import papers as official_papers
from notifications.enums import Topic
from notifications.models import Paper
from notifications.notices import notify
from workflow import todo
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.models import Event
from workflow.parameters import value


@transaction.atomic
def submit(filing: Filing, version: FilingVersion, paper: Paper, actor: Actor) -> Event:
    """T1 (or T4 after a return): the signed request takes the frozen version to the provincial government."""
    again, direct = filing.status == FilingStatus.RETURNED, kind_of(filing).direct
    days = value("formal_check_days" if again or direct else "routing_days")
    changes: dict[str, Any] = {"request_paper": paper, "due_on": due(days).date}
    if not again:
        changes |= {"submitted_at": timezone.now(), "number": filing_number(filing)}
    event = machine.perform(
        filing,
        "resubmit" if again else "lodge" if direct else "submit",
        actor,
        data={"version": version.serial, "hash": version.hash, "paper": paper.number},
        changes=changes,
        basis=str(word(filing.kind, "basis.submit", "")),
    )
    _seal(filing, version)
    _give_receipt(filing, version, paper)
    release(filing, actor)
    todo.close(filing, actor, "supplement")
    if again:
        lead = the_lead()
        clock = periods.go_on_checking(filing, event, lead, authority_address(filing))
        ask_office(filing, "formal_check", recorded("形式审查（补正后）：%(park)s"), lead, actor, clock)
        told = recorded("%(park)s已补正再报") % {"park": filing.park_name}
        notify(event, lead, told, authority_address(filing), topic=Topic.TASK)
        return event
    if direct:
        _to_the_lead(filing, event, actor)
        return event
    government = the_government()
    open_to(filing, government, GrantLevel.ACT, actor)
    ask_office(filing, "route", recorded("交办：%(park)s%(noun)s申报"), government, actor)
    periods.begin(periods.ROUTING, filing, event, government, authority_address(filing))
    told = recorded("收到%(park)s%(noun)s申报") % words_of(filing)
    notify(event, government, told, authority_address(filing), topic=Topic.TASK)
    return event


def _to_the_lead(filing: Filing, event: Event, actor: Actor) -> None:
    """U1: 省科技厅 receives it itself; the city above a county may read what was sent (C-III.2b)."""
    lead = the_lead()
    open_to(filing, lead, GrantLevel.ACT, actor)
    ask_office(filing, "formal_check", recorded("形式审查：%(park)s"), lead, actor)
    periods.begin(periods.FORMAL_CHECK, filing, event, lead, authority_address(filing))
    told = recorded("收到%(park)s%(noun)s申报") % words_of(filing)
    notify(event, lead, told, authority_address(filing), topic=Topic.TASK)


def filing_number(filing: Filing) -> str:
    """The filing's number (申报编号): per applicant and year, so that it tells nobody of others' filings."""
    tenant, year = filing.tenant, timezone.localdate().year
    return f"CY-{tenant.division_id}-{year}-{official_papers.next_number(tenant, 'CY', year):03d}"


def _seal(filing: Filing, version: FilingVersion) -> None:
    from applications.freezing import release_files

    version.submitted_at = timezone.now()
    version.receipt_number = f"{filing.number}-R{version.serial}"
    release_files(version)


def _give_receipt(filing: Filing, version: FilingVersion, paper: Paper) -> None:
    from applications.papers import RECEIPT, receipt_content

    version.receipt = official_papers.issue_automatic(
        RECEIPT,
        filing.tenant,
        filing.dossier,
        receipt_content(filing, version, paper),
        code=f"{filing.number}-R"[:20],
        serial=version.serial,
        number=version.receipt_number,
    )
    version.save(update_fields=["submitted_at", "receipt_number", "receipt"])
