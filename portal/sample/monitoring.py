"""The monitoring report of the newest year of the cities, published, and that of the year before, drafted (示例)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from accounts.enums import PostRole
from accounts.models import Organisation
from accounts.scope import system
from indicators.enums_monitoring import Passage
from indicators.models import MonitoringReport
from indicators.services import monitoring
from portal.sample.acting import Office, office
from portal.sample.city_years import COMPUTED
from portal.sample.clocks import days_ago
from portal.sample.years import days_since
from workflow.ledger import recorded

Progress = Callable[[str], None]
PUBLISHED = dt.date(COMPUTED[-1] + 1, 11, 18)
TEXTS = {
    Passage.FOREWORD: recorded("示例：本报告依据各地填报、部门核定的年度数据编制，口径与上年一致。"),
    Passage.SUMMARY: recorded("示例：各地要对照短板指标，加大研发投入，提高企业研发机构覆盖面。"),
    Passage.FISCAL: recorded("示例：未达到要求的地区，应在下一年度预算中落实增幅要求。"),
}


def load(progress: Progress) -> None:
    """Load it once; each step through its service, by the people of the two offices."""
    with system():
        if MonitoringReport.objects.exists():
            return
        offices = {one.code: one for one in Organisation.objects.filter(code__in=["kjt", "dept-stat"])}
        lead, statistics = office(offices["kjt"]), office(offices["dept-stat"])
    progress(f"Monitoring report: {COMPUTED[-1]} published, {COMPUTED[-2]} to be composed by the worker")
    with days_ago(days_since(PUBLISHED)):
        _publish(COMPUTED[-1], lead, statistics)
    with statistics.as_(PostRole.HANDLER):
        monitoring.start(COMPUTED[-2], statistics.handler)


def _publish(year: int, lead: Office, statistics: Office) -> None:
    """Composed, written, checked, signed by both."""
    with statistics.as_(PostRole.HANDLER):
        report = monitoring.start(year, statistics.handler)
    with system():
        monitoring.compose_now(
            MonitoringReport.objects.select_related("run__paper", "tenant", "partner").get(pk=report.pk)
        )
    with statistics.as_(PostRole.HANDLER):
        monitoring.write(report, {str(name): text for name, text in TEXTS.items()}, {}, statistics.handler)
        monitoring.send_to_check(report, statistics.handler)
    with statistics.as_(PostRole.REVIEWER):
        monitoring.pass_on(report, statistics.reviewer)
    for one in (statistics, lead):
        with one.as_(PostRole.SIGNER):
            report.refresh_from_db()
            monitoring.sign(report, report.digest, one.signer)
    with system():
        monitoring.publish(_whole(report))


def _whole(report: MonitoringReport) -> MonitoringReport:
    return MonitoringReport.objects.select_related("run__paper", "tenant", "partner").get(pk=report.pk)
