"""The monitoring report of a year in the scene: drafted, for its two issuers alone."""

from __future__ import annotations

from accounts.enums import GrantLevel
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.scope import system
from indicators.models import MonitoringReport
from tests import annual_runs
from workflow import ledger

YEAR = annual_runs.YEAR


def load() -> None:
    """The draft; what it says is nobody's secret but that it is not published."""
    office, lead = (Organisation.objects.get(code=code) for code in ("dept-stat", "kjt"))
    report = MonitoringReport.objects.create(
        tenant=office, partner=lead, year=YEAR, run=annual_runs.run("released"), status="draft"
    )
    ledger.open_chain(report.dossier, office)
    open_dossier(report.dossier, office.pk, lead, GrantLevel.ACT, office)


def the_report() -> MonitoringReport:
    """That report."""
    with system():
        return MonitoringReport.objects.get()
