"""N20: who has not published the monitoring report of a year by 31 December of the next is told, once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse

from accounts.queries import the_lead
from indicators import queries, queries_policy
from indicators.enums import Programme, RankingList, SubjectKind
from indicators.enums_monitoring import MonitoringStatus
from indicators.models import IndexVersion, MonitoringReport, Return, Run
from notifications.enums import Topic
from notifications.notices import notify
from workflow import instants, ledger
from workflow.ledger import recorded
from workflow.models import Event

REMINDED = "monitoring_reminder"
BACK = 2


def due_on(year: int) -> dt.date:
    """By when the report of a year is to be published (N20)."""
    return dt.date(year + 1, 12, 31)


def remind(today: dt.date | None = None) -> int:
    """Tell 省统计局 and 省科技厅 of the last years whose report is due and not published; how many. By the worker."""
    today = today or instants.today()
    years = [year for year in range(today.year - 1 - BACK, today.year) if due_on(year) <= today]
    reported = Return.objects.filter(kind=SubjectKind.CITY, year__in=years).values_list("year", flat=True)
    done = MonitoringReport.objects.filter(
        year__in=years, status__in=(MonitoringStatus.PUBLISHED, MonitoringStatus.SUPERSEDED)
    ).values_list("year", flat=True)
    return sum(_tell(year) for year in sorted(set(reported) - set(done)))


@transaction.atomic
def _tell(year: int) -> int:
    subject = _subject(year)
    if subject is None or Event.objects.filter(name=REMINDED, data__year=year).exists():
        return 0
    event = ledger.append(
        subject,
        REMINDED,
        recorded("催办统计监测报告"),
        None,
        dossier=subject.dossier,
        basis="C-V.4b",
        data={"year": year},
    )
    title = recorded("%(year)d年度统计监测报告到期未发布") % {"year": year}
    body = recorded("应于%(day)s前由省统计局、省科技厅联合发布。") % {"day": due_on(year).isoformat()}
    keeper = queries.keeper()
    for office in dict.fromkeys([the_lead(), *([keeper] if keeper else [])]):
        notify(event, office, title, reverse("monitoring:list"), body, Topic.REMINDER)
    return 1


def _subject(year: int) -> Run | IndexVersion | None:
    """What of 省科技厅 the reminder hangs on: the year's newest computation, else the index of the cities."""
    run = Run.objects.filter(programme=Programme.CITY, year=year).order_by("-number").first()
    return run or queries_policy.index_in_force(RankingList.CITY, year)
