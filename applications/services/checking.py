"""T2 to T5: routed, returned with remarks, accepted or refused."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.queries import the_lead
from applications import evaluating, periods
from applications.kinds import kind_of, words_of
from applications.models import Filing
from applications.queries import latest_version
from applications.remarks import obstacles as remarking_obstacles
from applications.services.asking import ask_for_assessment, ask_office, authority_address, open_to, tell_owner
from applications.services.remarking import make_remarks, release
from applications.transitions import filing as machine
from notifications.enums import Topic
from notifications.models import Paper
from notifications.notices import notify
from workflow import clocks, todo
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value

Accepted = Callable[[Filing, Paper, Actor], None]
_followers: list[Accepted] = []


def when_accepted(follower: Accepted) -> Accepted:
    """Let a higher room follow an acceptance in its transaction (a case that 省科技厅 decides alone opens with it)."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


@transaction.atomic
def route(filing: Filing, actor: Actor) -> Event:
    """T2: 省政府办公厅 routes the filing to 省科技厅, which sees it from now on."""
    event = machine.perform(filing, "route", actor, changes={"due_on": due(value("formal_check_days")).date})
    lead = the_lead()
    open_to(filing, lead, GrantLevel.ACT, actor)
    todo.close(filing, actor, "route")
    ask_office(filing, "formal_check", recorded("形式审查：%(park)s"), lead, actor)
    clocks.finish(filing, event, periods.ROUTING)
    periods.begin(periods.FORMAL_CHECK, filing, event, lead, authority_address(filing))
    notify(
        event,
        lead,
        recorded("省政府办公厅交办%(park)s%(noun)s申报") % words_of(filing),
        authority_address(filing),
        topic=Topic.TASK,
    )
    tell_owner(event, filing, recorded("%(park)s%(noun)s申报已交办省科技厅"))
    return event


@transaction.atomic
def return_for_supplement(filing: Filing, remarks: list[dict[str, str]], paper: Paper, actor: Actor) -> Event:
    """T3: the filing goes back once with one complete list of remarks, each on a field or material."""
    if reasons := remarking_obstacles(filing, remarks):
        raise Refused(reasons)
    event = machine.perform(
        filing,
        "return_for_supplement",
        actor,
        data={"paper": paper.number, "remarks": len(remarks)},
        changes={"return_paper": paper, "due_on": due(value("supplement_days")).date},
    )
    make_remarks(filing, remarks, latest_version(filing), actor)
    release(filing, actor)
    todo.close(filing, actor, "formal_check")
    todo.assign(
        filing,
        "supplement",
        recorded("补正：%(park)s%(noun)s申报") % words_of(filing),
        filing.get_absolute_url(),
        dossier=filing.dossier,
        organisation=filing.tenant,
        role=PostRole.HANDLER,
        by=actor.organisation,
        due_on=filing.due_on,
    )
    periods.stop_checking(filing, event)
    tell_owner(event, filing, recorded("%(park)s%(noun)s申报需要补正"), Topic.LEGAL)
    return event


@transaction.atomic
def accept(filing: Filing, paper: Paper, actor: Actor) -> Event:
    """T5, U2: 受理; the joint review can be opened, of a city or county the assessment by a third party (U3)."""
    direct = kind_of(filing).direct
    event = machine.perform(
        filing,
        "accept",
        actor,
        data={"paper": paper.number},
        changes={"acceptance_paper": paper, "due_on": None if direct else due(value("opening_days")).date},
    )
    release(filing, actor)
    todo.close(filing, actor, "formal_check")
    clocks.finish(filing, event, periods.FORMAL_CHECK)
    if not kind_of(filing).alone:
        _next_step(filing, event, actor)
    tell_owner(event, filing, recorded("%(park)s%(noun)s申报已受理"), Topic.LEGAL)
    for follower in _followers:
        follower(filing, paper, actor)
    return event


def _next_step(filing: Filing, event: Event, actor: Actor) -> None:
    """What the acceptance leaves to 省科技厅: the joint review, of a city or county the evaluation before it."""
    address = authority_address(filing)
    if kind_of(filing).direct:
        ask_for_assessment(filing, actor.organisation, actor)
        periods.begin(periods.ASSESSMENT, filing, event, actor.organisation, address)
        evaluating.open_figures(filing)
    else:
        ask_office(filing, "open_review", recorded("启动联审联评：%(park)s"), actor.organisation, actor)
        periods.begin(periods.OPENING, filing, event, actor.organisation, address)


@transaction.atomic
def reject(filing: Filing, paper: Paper, actor: Actor) -> Event:
    """T5: 不予受理; final for this filing."""
    event = machine.perform(
        filing,
        "reject",
        actor,
        data={"paper": paper.number},
        changes={"rejection_paper": paper, "due_on": None},
    )
    release(filing, actor)
    todo.close(filing, actor, "formal_check")
    clocks.finish_all(filing.dossier, event)
    tell_owner(event, filing, recorded("%(park)s%(noun)s申报不予受理"), Topic.LEGAL)
    return event
