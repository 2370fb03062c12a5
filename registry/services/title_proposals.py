"""A title that rests on a cited source is proposed by one person of 省科技厅 and recorded by another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Division
from registry.enums import CityTitleKind, Precision, TitleProposalStatus
from registry.models import CityTitle, TitleProposal
from registry.services.titles import impossible, is_keeper, keep_title, unusual
from registry.transitions_titles import proposals
from workflow import ledger, todo
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

COMPARE, REWRITE = "compare_title", "rewrite_title"


@transaction.atomic
def propose_title(
    division: Division,
    title: CityTitleKind | str,
    *,
    held: bool,
    since: dt.date,
    citation: str,
    actor: Actor,
    precision: Precision | str = Precision.DAY,
    note: str = "",
    explanation: str = "",
) -> TitleProposal:
    """提请登记称号: a title is held, or no longer held, since a day, as a cited source says. Raises Refused.

    What is unusual (`registry.services.titles.unusual`) is proposed with an explanation alone.
    """
    if not is_keeper(actor):
        raise Refused([_("称号由省科技厅的经办人提请登记。")])
    told = _told(title, held, since, citation, precision, note, explanation)
    open_ones = (TitleProposalStatus.PROPOSED, TitleProposalStatus.RETURNED)
    if TitleProposal.objects.filter(division=division, title=title, status__in=open_ones).exists():
        words = {"place": division.name, "title": CityTitleKind(title).of(division.name)}
        raise Refused([_("“%(place)s”的“%(title)s”已有一项登记等待核对，请先办结。") % words])
    _check(division, told)
    row = TitleProposal.objects.create(tenant=actor.organisation, division=division, proposed_by=actor.person, **told)
    ledger.open_chain(row.dossier, actor.organisation)
    ledger.append(
        row, "propose", recorded("提请登记称号：%(place)s") % {"place": division.name}, actor, dossier=row.dossier,
        after=row.status, reason=row.explanation, data=_data(row), basis="C-III.1",
    )  # fmt: skip
    _ask(row, COMPARE, recorded("核对称号登记：%(place)s"), PostRole.REVIEWER, actor)
    return row


@transaction.atomic
def amend_title(
    row: TitleProposal,
    actor: Actor,
    *,
    held: bool,
    since: dt.date,
    citation: str,
    note: str = "",
    explanation: str = "",
) -> Event:
    """A returned proposal is changed, its place and title excepted, and compared once more. Raises Refused."""
    told = _told(row.title, held, since, citation, row.precision, note, explanation)
    if reasons := proposals.reasons_against(row, "amend", actor):
        raise Refused(reasons)
    _check(row.division, told)
    # Who changes it is who proposes it: another person compares what it says now.
    changes = {**told, "proposed_by": actor.person, "decided_by": None, "decided_at": None}
    data = {"place": row.division_id, **{key: str(value) for key, value in told.items()}}
    event = proposals.perform(row, "amend", actor, changes=changes, reason=told["explanation"], data=data)
    todo.close(row, actor, REWRITE)
    _ask(row, COMPARE, recorded("核对称号登记：%(place)s"), PostRole.REVIEWER, actor)
    return event


@transaction.atomic
def confirm_title(row: TitleProposal, actor: Actor) -> CityTitle:
    """登记称号: another person has compared it with its source; from now on it is a fact. Raises Refused."""
    if reasons := proposals.reasons_against(row, "confirm", actor):
        raise Refused(reasons)
    told = {"title": row.title, "held": row.held, "since": row.since}
    _check(row.division, {**told, "citation": row.citation, "explanation": row.explanation})
    made = keep_title(
        row.division, row.title, held=row.held, since=row.since, citation=row.citation, office=actor.organisation,
        actor=actor, precision=row.precision, note=row.note,
    )  # fmt: skip
    changes = {"decided_by": actor.person, "decided_at": timezone.now(), "row": made}
    proposals.perform(row, "confirm", actor, changes=changes, data=_data(row))
    todo.close(row, actor, COMPARE)
    return made


@transaction.atomic
def give_back_title(row: TitleProposal, reason: str, actor: Actor) -> Event:
    """It is not what the source says: a handler changes it, or gives it up. Raises Refused."""
    if not reason.strip():
        raise Refused([_("请写明退回的理由。")])
    changes = {"decided_by": actor.person, "decided_at": timezone.now(), "remark": reason.strip()}
    event = proposals.perform(row, "give_back", actor, changes=changes, reason=reason.strip())
    todo.close(row, actor, COMPARE)
    _ask(row, REWRITE, recorded("修改称号登记：%(place)s"), PostRole.HANDLER, actor)
    return event


@transaction.atomic
def drop_title(row: TitleProposal, actor: Actor) -> Event:
    """The handlers give it up before it is recorded. Raises Refused."""
    event = proposals.perform(row, "drop", actor)
    todo.close(row, actor, COMPARE, REWRITE)
    return event


def _told(
    title: CityTitleKind | str, held: bool, since: dt.date, citation: str, precision: str, note: str, explanation: str
) -> dict[str, Any]:
    return {
        "title": CityTitleKind(title), "held": held, "since": since, "precision": precision,
        "citation": citation.strip(), "note": note.strip(), "explanation": explanation.strip(),
    }  # fmt: skip


def _check(division: Division, told: dict[str, Any]) -> None:
    title, held, since = CityTitleKind(told["title"]), told["held"], told["since"]
    if reasons := impossible(division, title, held=held, since=since, citation=told["citation"]):
        raise Refused(reasons)
    reasons = unusual(division, title, held=held, since=since)
    if reasons and not told["explanation"]:
        raise Refused([*reasons, _("请核对；确属如此的，写明缘由。")])


def _data(row: TitleProposal) -> dict[str, Any]:
    return {
        "place": row.division_id, "title": str(row.title), "held": row.held, "since": row.since.isoformat(),
        "citation": row.citation, "note": row.note, "explanation": row.explanation,
    }  # fmt: skip


def _ask(row: TitleProposal, kind: str, words: str, role: PostRole, actor: Actor) -> None:
    todo.assign(
        row, kind, words % {"place": row.division.name}, row.get_absolute_url(), dossier=row.dossier,
        organisation=row.tenant, role=role, by=actor.organisation,
    )  # fmt: skip
