"""A year's computation in the scene: what it found of 甲's park, once released and once not yet."""

from __future__ import annotations

from django.utils import timezone

from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.scope import system
from indicators.models import Assessment, Cosignature, Finding, Run
from notifications.models import Draft
from portal.sample.acting import office
from tests.markers import mark
from workflow import ledger

YEAR, STATUSES = 2024, {"released": 1, "computed": 2}


def load(owner_code: str, reporter_code: str, *statuses: str) -> None:
    """Runs of these statuses; the reason of each finding says whose it is. That a year was released is public."""
    offices = {one.code: one for one in Organisation.objects.filter(code__in=["kjt", owner_code, reporter_code])}
    people = office(offices["kjt"])
    for status in statuses:
        final = status == "released"
        told = {"proposed_by": people.handler.person, "released_by": people.signer.person}
        run = Run.objects.create(
            tenant=offices["kjt"],
            programme="park",
            year=YEAR,
            number=STATUSES[status],
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
        if not final:
            _ask_to_cosign(run, run.tenant)


def _ask_to_cosign(run: Run, lead: Organisation) -> None:
    """省发改委 was asked to countersign the circular, which names 甲's park."""
    asked = Organisation.objects.get(code="dept-fgw")
    open_dossier(run.dossier, lead.pk, asked, "read", lead)
    draft = Draft.objects.create(
        tenant=lead,
        dossier=run.dossier,
        kind="circular",
        status="cancelled",
        subject_type="indicators.run",
        subject_id=run.pk,
        title="通报",
    )
    body = [{"kind": "p", "text": mark("jia", "dept-fgw", "circular")}]
    words = {"format": "document", "title": "通报", "body": body}
    Cosignature.objects.create(
        dossier=run.dossier, tenant=asked, requested_by=lead, run=run, draft=draft, content=words, digest="0" * 64
    )


def cosignature() -> Cosignature:
    """That of 省发改委."""
    with system():
        return Cosignature.objects.get()


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
