"""N19: at the year's start which pilots are due for an evaluation, and where one lacks an evaluator or is overdue."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts.enums import OrganisationKind
from accounts.models import Organisation, Person
from accounts.queries import the_lead
from indicators import rules_evaluating as rules
from indicators.enums_evaluating import ENDED, EvaluationStatus
from indicators.models import EvaluationRound, RatingSeat
from indicators.services.evaluation_rounds import DUE, answering_for, ask_to_open, title_of, without_round
from notifications.enums import Topic
from notifications.notices import notify
from workflow import instants, ledger
from workflow.ledger import recorded
from workflow.models import Chain, Event

REMINDED, BASIS = "evaluation_reminder", "C-III.2e; N19"


def remind_all(today: dt.date | None = None) -> int:
    """Tell what is due and nobody was told of yet; how many reminders went out. Under the system scope."""
    today = today or instants.today()
    if not Organisation.objects.filter(kind=OrganisationKind.LEAD).exists():
        return 0
    number = _remind_of_due(today.year - 1)
    for row in EvaluationRound.objects.exclude(status__in=ENDED).select_related("tenant"):
        number += _remind_of_seats(row, today) + _remind_of_sheets(row, today)
    return number


def _is_told(dossier: UUID, key: str) -> bool:
    return Event.objects.filter(dossier=dossier, name=REMINDED, data__key=key).exists()


@transaction.atomic
def _remind_of_due(year: int) -> int:
    """Once a year: 省科技厅 has a task, the governments of the places a message."""
    due = without_round(year)
    key = f"due:{year}"
    if not due or _is_told(DUE, key):
        return 0
    lead = the_lead()
    if not Chain.objects.filter(dossier=DUE).exists():
        ledger.open_chain(DUE, lead)
    words = {"n": len(due), "year": year}
    title = recorded("%(n)d个试点按%(year)d年度数据应进行两年一次测评") % words
    data = {"key": key, "places": [one.pk for one in due]}
    event = ledger.append(lead, REMINDED, title, None, dossier=DUE, basis=BASIS, data=data)
    page = reverse("evaluations:list")
    names = "、".join(one.name for one in due)
    notify(event, lead, title, page, names, Topic.REMINDER)
    ask_to_open(due, year, lead)
    own: dict[Organisation, list[str]] = {}
    for code, office in answering_for(due).items():
        own.setdefault(office, []).append(next(one.name for one in due if one.pk == code))
    for office, named in own.items():
        told = recorded("今年将进行两年一次测评：%s") % "、".join(named)
        notify(event, office, told, page, recorded("请按时报送%d年度统计数据。") % year, Topic.REMINDER)
    return 1


@transaction.atomic
def _remind_of_seats(row: EvaluationRound, today: dt.date) -> int:
    """A round of which a place has not two evaluators, the day after it was opened."""
    if instants.day_of(row.opened_at) >= today:
        return 0
    taken = {(seat.place_id, seat.turn) for seat in rules.seats_of(row)}
    lacking = [one for one in row.places.all() if not all((one.pk, turn) in taken for turn in rules.PAIR)]
    key = f"seats:{','.join(one.place_id for one in lacking)}"
    if not lacking or _is_told(row.dossier, key):
        return 0
    names = "、".join(one.name for one in lacking)
    title = recorded("%s还没有指派评价人") % title_of(row)
    event = ledger.append(row, REMINDED, title, None, dossier=row.dossier, basis=BASIS, data={"key": key})
    notify(event, row.tenant, title, row.get_absolute_url(), names, Topic.REMINDER)
    return 1


@transaction.atomic
def _remind_of_sheets(row: EvaluationRound, today: dt.date) -> int:
    """The sheets that are still out when the round is overdue: 省科技厅 and their evaluators hear of it once.

    Who may not evaluate the place is to be replaced, and is not asked for a sheet.
    """
    if row.status != EvaluationStatus.SCORING or row.due_on >= today:
        return 0
    out = [seat for seat in rules.seats_of(row) if seat.handed_at is None and seat.place]
    key = f"late:{row.due_on}"
    if not out or _is_told(row.dossier, key):
        return 0
    barred = rules.against(row, out)
    own: dict[Person, list[str]] = {}
    offices: dict[Person, Organisation] = {}
    for seat in out:
        if seat not in barred:
            own.setdefault(seat.person, []).append(_place_of(seat))
            offices[seat.person] = seat.tenant
    title = recorded("%s已到期，还有评分没有提交") % title_of(row)
    event = ledger.append(row, REMINDED, title, None, dossier=row.dossier, basis=BASIS, data={"key": key})
    page, every = row.get_absolute_url(), dict.fromkeys(_place_of(seat) for seat in out)
    notify(event, row.tenant, title, page, "、".join(every), Topic.REMINDER)
    for person, names in own.items():
        notify(event, offices[person], title, page, "、".join(names), Topic.REMINDER, person)
    return 1


def _place_of(seat: RatingSeat) -> str:
    assert seat.place is not None, "an evaluator sits at a place"
    return seat.place.name
