"""The province's own figures of a year (全省数据): each entered by the department that owns it, kept by 省统计局."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.models import Division
from accounts.queries import the_lead
from indicators import queries
from indicators.enums import SubjectKind
from indicators.gathering import PROVINCE
from indicators.models import Return
from indicators.services.asking import ask, open_to
from indicators.services.opening import open_return
from indicators.services.passing import hand_to_departments
from indicators.transitions import returns
from notifications.notices import notify
from workflow import clocks, todo
from workflow.ledger import recorded
from workflow.models import Event


@transaction.atomic
def open_province(year: int) -> Return | None:
    """Open the province's return and ask every department that owns a figure of it; None where it is open already.

    Also None as long as nobody is 省统计局 here. For the worker, under the system scope.
    """
    keeper = queries.keeper()
    if keeper is None:
        return None
    report = open_return(SubjectKind.PROVINCE, PROVINCE, province_name(), year, keeper)
    if report is None:
        return None
    title = recorded("填报%(year)s年度统计报表：%(name)s")
    told = recorded("%(name)s%(year)s年度统计报表开始填报") % {"name": report.name, "year": year}
    event = Event.objects.filter(dossier=report.dossier).latest("serial")
    for office in queries.departments_of(report):
        if office.pk != keeper.pk:
            open_to(report, office, GrantLevel.COLLEAGUE, keeper)
            ask(report, "fill_return", title, office, PostRole.HANDLER, keeper)
            notify(event, office, told, report.get_absolute_url())
    open_to(report, the_lead(), GrantLevel.READ, keeper)
    return report


def province_name() -> str:
    """What the province is called."""
    return Division.objects.filter(pk=PROVINCE).values_list("name", flat=True).first() or recorded("全省")


@transaction.atomic
def collect(report: Return, actor: Actor) -> Event:
    """省统计局 puts together what the departments entered: a new vintage, which each of them confirms."""
    event = returns.perform(report, "collect", actor, changes={"submitted_at": timezone.now()})
    clocks.finish(report, event)
    todo.close(report, actor, "fill_return", "confirm_figure")
    hand_to_departments(report, actor)
    return event
