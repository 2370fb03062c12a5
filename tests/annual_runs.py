"""A year's computation in the scene: what it found of 甲's park, once released and once not yet."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Organisation
from accounts.scope import system
from indicators.models import Assessment, Finding, Run
from portal.sample.acting import office
from tests.markers import mark
from workflow import ledger

YEAR, STATUSES = 2024, {"released": 1, "computed": 2}


def load(owner_code: str, reporter_code: str) -> None:
    """Both runs; the reason of each finding says whose it is."""
    offices = {one.code: one for one in Organisation.objects.filter(code__in=["kjt", owner_code, reporter_code])}
    people = office(offices["kjt"])
    for status, number in STATUSES.items():
        final = status == "released"
        told = {"proposed_by": people.handler.person, "released_by": people.signer.person}
        run = Run.objects.create(
            tenant=offices["kjt"],
            programme="park",
            year=YEAR,
            number=number,
            status=status,
            total=1,
            done=1,
            result_hash="sha256:0",
            released_at=timezone.now() if final else None,
            **(told if final else {}),
        )
        ledger.open_chain(run.dossier, run.tenant)
        assessment = Assessment.objects.create(
            run=run,
            dossier=run.dossier,
            tenant=offices[owner_code],
            reporter=offices[reporter_code],
            subject="jia-judged",
            name=f"园区{mark('jia', status, 'finding')}",
            year=YEAR,
            list="creating",
            clause_set="park-annual",
            verdict="not_met",
            final=final,
        )
        Finding.objects.create(
            assessment=assessment,
            place=0,
            clause="P-II.2.2b",
            label="高新技术产业产值增长",
            quote="高新技术产业产值增长25%以上",
            outcome="not_met",
            observed="24.999",
            shown="24.999",
            threshold="25",
            operator=">=",
            unit="%",
            formula="124.999 ÷ 100 − 1",
            reason=mark("jia", status, "finding"),
            figures=[{"code": "P.hitech_output", "year": YEAR, "value": "124.999"}],
        )


def run(status: str) -> Run:
    """One of the runs, under the system scope."""
    with system():
        return Run.objects.get(year=YEAR, number=STATUSES[status])


def assessment(status: str) -> Assessment:
    """What it found of 甲's park."""
    with system():
        return run(status).assessments.get()


def finding(status: str) -> Finding:
    """The only finding."""
    with system():
        return assessment(status).findings.get()
