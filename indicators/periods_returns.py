"""The period of a yearly return (N5): due on a fixed day, asked for again once it is over, then known as omitted."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.enums import GrantLevel
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.queries import the_lead
from indicators import parameters_returns as parameters
from indicators.enums import ReturnStatus
from indicators.models import Return
from workflow import clocks, instants, ledger
from workflow.clocks import ClockKind
from workflow.ledger import recorded
from workflow.models import Clock, Event, Task

REMINDED_TWICE = "reminded_twice"


def _lead(clock: Clock) -> list[Organisation]:
    return [the_lead()]


def _return_of(clock: Clock) -> Return:
    return Return.objects.select_related("tenant", "reporter", "county").get(pk=clock.subject_id)


def _working_on_it(clock: Clock) -> list[Organisation]:
    """Committee, county and city: whoever has the return now is to hear of it, and those it waits for."""
    report = _return_of(clock)
    return [office for office in (report.reporter, report.county, report.tenant) if office]


def _ask_again(clock: Clock) -> None:
    """The first reminder that it is overdue went out: 省科技厅 may read how it goes on, the next one is due."""
    report = _return_of(clock)
    open_dossier(report.dossier, report.tenant_id, the_lead(), GrantLevel.READ, report.tenant)
    event = Event.objects.filter(dossier=clock.dossier, name="overdue").order_by("-serial").first()
    assert event is not None, "the reminder is written before what follows from it"
    _start(AGAIN, report, event, recorded("再次催报%(year)s年度统计报表：%(name)s"), since=instants.today())


def _omitted(clock: Clock) -> None:
    """Two reminders were of no avail, which is what a ruling on the omission rests on (AMB-13)."""
    reminded = [clock.started.isoformat(), instants.today().isoformat()]
    words = recorded("催报两次未报")
    data = {"reminded": reminded}
    ledger.append(_return_of(clock), REMINDED_TWICE, words, None, dossier=clock.dossier, basis="AMB-13", data=data)


RETURN = clocks.declare(
    ClockKind(
        "return",
        _("报送年度统计报表"),
        "",
        "T15; N5",
        reminders=(10,),
        copy_to=_lead,
        lapse=_ask_again,
        told_with=_working_on_it,
    )
)
AGAIN = clocks.declare(
    ClockKind(
        "return_again",
        _("再次催报年度统计报表"),
        parameters.ASK_AGAIN_DAYS.name,
        "N5; AMB-13",
        copy_to=_lead,
        lapse=_omitted,
        escalates=False,
        side=True,
        told_with=_working_on_it,
    )
)


def _start(
    kind: ClockKind,
    report: Return,
    event: Event,
    title: str,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Clock:
    return clocks.start(
        kind,
        report,
        event,
        organisation=report.reporter or report.tenant,
        address=report.get_absolute_url(),
        title=title % {"name": report.name, "year": report.year},
        since=since,
        until=until,
    )


def begin(report: Return, event: Event) -> None:
    """The return is owed by its due date."""
    _start(RETURN, report, event, recorded("报送%(year)s年度统计报表：%(name)s"), until=report.due_on)


def begin_missing() -> list[Return]:
    """Begin the period of each return that was asked for without one; for the worker, under the system scope."""
    asked = Task.objects.filter(kind="fill_return", subject_id=OuterRef("pk"), done_at=None, clock=None)
    known = Clock.objects.filter(kind=RETURN.code, subject_id=OuterRef("pk"))
    found = list(
        Return.objects.filter(Exists(asked), ~Exists(known), due_on__isnull=False, status=ReturnStatus.FILLING)
    )
    for report in found:
        begin(report, Event.objects.filter(dossier=report.dossier, name="open").order_by("serial")[0])
    return found


def begin_anew(report: Return, event: Event) -> None:
    """A return sent back is owed by the same day; once that is over nobody is reminded of it a second time."""
    if report.due_on and not instants.is_over(report.due_on):
        begin(report, event)


def reminded_twice(report: Return) -> tuple[dt.date, dt.date] | None:
    """The days of the two reminders after which a return had still not come, as its history tells."""
    event = Event.objects.filter(dossier=report.dossier, name=REMINDED_TWICE).order_by("serial").first()
    if event is None:
        return None
    first, second = (dt.date.fromisoformat(day) for day in event.data["reminded"])
    return first, second
