"""T31 (PK-90): the city takes a filing back before the decision; a draft that was never sent is put aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Grant
from applications.enums import FilingStatus
from applications.kinds import words_of
from applications.models import Filing
from applications.services.asking import authority_address
from applications.services.remarking import release
from applications.transitions import filing as machine
from notifications.enums import Topic
from notifications.models import Paper
from notifications.notices import notify
from workflow import clocks, outbox
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

Withdrawn = Callable[[Filing, Paper | None, Actor], None]
_followers: list[Withdrawn] = []
EFFECT = "applications.filing_over"


def when_withdrawn(follower: Withdrawn) -> Withdrawn:
    """Let a higher room follow a withdrawal in its transaction (the case ends with its filing)."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


@transaction.atomic
def withdraw(filing: Filing, reason: str, paper: Paper, actor: Actor) -> Event:
    """T31: the city's signed letter takes the filing back; every office that has it is told. Raises Refused."""
    event = machine.perform(
        filing,
        "withdraw",
        actor,
        reason=reason,
        data={"paper": paper.number},
        changes={"withdrawal_paper": paper, "due_on": None},
    )
    release(filing, actor)
    return _close(filing, paper, event, actor, recorded("%(city)s已撤回%(park)s%(noun)s申报"))


@transaction.atomic
def deem_withdrawn(filing: Filing, reason: str, actor: Actor) -> Event:
    """T4: a supplement that is not sent in time is taken as a withdrawal; a leader of 省科技厅 confirms it."""
    if not reason.strip():
        raise Refused([_("请写明视为撤回的理由，如催告的日期和逾期的天数。")])
    event = machine.perform(
        filing, "deem_withdrawn", actor, reason=reason.strip(), changes={"deemed_withdrawn": True, "due_on": None}
    )
    return _close(filing, None, event, actor, recorded("%(city)s的%(park)s%(noun)s申报逾期未补正，视为撤回"))


@transaction.atomic
def discard(filing: Filing, actor: Actor, reason: str = "") -> Event:
    """A draft that was never sent is put aside; nothing of it is lost. Raises Refused."""
    event = machine.perform(filing, "discard", actor, reason=reason)
    outbox.follow(event, EFFECT, str(event.pk), _payload(filing, event), filing.tenant)
    return event


@transaction.atomic
def restore(filing: Filing, actor: Actor) -> Event:
    """A draft that was put aside is taken up again, unless the host zone has another filing by now."""
    from applications.services.about import obstacles as obstacles_about
    from applications.services.creating import second_application
    from applications.services.places import place_obstacles

    if filing.division is not None:
        obstacles = place_obstacles(actor, filing.kind)
    elif filing.park is not None:
        obstacles = obstacles_about(actor, filing.park, filing.kind)
    else:
        obstacles = [] if filing.second_reason else second_application(filing.created_in)
    if obstacles:
        raise Refused(obstacles)
    return machine.perform(filing, "restore", actor)


def _close(filing: Filing, paper: Paper | None, event: Event, actor: Actor, title: str) -> Event:
    for follower in _followers:
        follower(filing, paper, actor)
    clocks.finish_all(filing.dossier, event)
    words = title % {"city": filing.tenant.short_name, **words_of(filing)}
    holders = Grant.objects.filter(dossier=filing.dossier).exclude(level="colleague").select_related("organisation")
    told = {grant.organisation for grant in holders} | {filing.tenant}
    for organisation in sorted(told - {actor.organisation}, key=lambda one: str(one.pk)):
        own = organisation.pk == filing.tenant_id
        notify(event, organisation, words, filing.get_absolute_url() if own else _address(filing), topic=Topic.LEGAL)
    # Tasks, drafts and clocks of other offices lie outside the actor's scope: the worker closes them.
    outbox.follow(event, EFFECT, str(event.pk), _payload(filing, event), filing.tenant)
    return event


def _address(filing: Filing) -> str:
    return filing.case.get_absolute_url() if hasattr(filing, "case") else authority_address(filing)


def _payload(filing: Filing, event: Event) -> dict[str, Any]:
    return {"filing": str(filing.pk), "event": str(event.pk)}


def is_over(filing: Filing) -> bool:
    """Whether the filing was taken back or put aside."""
    return filing.status in {FilingStatus.WITHDRAWN, FilingStatus.DISCARDED}
