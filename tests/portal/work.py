"""What the tests of bulk acts and exports share: an office with rows on its desk, and how it asks for a job."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from accounts.scope import system
from applications.models import Filing, FilingVersion
from tests.factories import make_filing, make_grant, make_paper
from workflow import outbox
from workflow.models import Job, Task


def browser(actor: Actor) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(actor.person)
    return client


def opened_filing(lead: Actor, **fields: Any) -> Filing:
    """A filing of some city that is open to the lead."""
    filing = make_filing(**fields)
    make_grant(filing.dossier, filing.tenant, lead.organisation, filing.tenant, "act")
    return filing


def accepted_filing(lead: Actor, **fields: Any) -> Filing:
    """A filing that was accepted, open to the lead."""
    filing = opened_filing(lead, **fields)
    request, acceptance = (make_paper(filing.tenant, dossier=filing.dossier, published=False) for _n in range(2))
    with system():
        Filing.objects.filter(pk=filing.pk).update(
            request_paper=request, acceptance_paper=acceptance, status="accepted"
        )
        filing.refresh_from_db()
    return filing


def frozen(filing: Filing, content: dict[str, Any], serial: int = 1) -> FilingVersion:
    """A submitted version with this content."""
    with system():
        return FilingVersion.objects.create(
            tenant_id=filing.tenant_id,
            dossier=filing.dossier,
            filing=filing,
            serial=serial,
            content=content,
            hash="0" * 64,
            frozen_by=filing.created_by,
            submitted_at=timezone.now(),
        )


def put_task(actor: Actor, filing: Filing, title: str = "审查", **fields: Any) -> Task:
    """A row on the desk of the actor's post."""
    with system():
        return Task.objects.create(
            **{
                "dossier": filing.dossier,
                "organisation": actor.organisation,
                "created_by": actor.organisation,
                "role": actor.role,
                "kind": "test",
                "subject_type": "tests.thing",
                "subject_id": filing.pk,
                "title": title,
                "address": "/papers/list/",
                **fields,
            }
        )


def preview(client: Client, act: str, tasks: list[Task], queue: str = "mine", **more: Any) -> str:
    """The preview page of an act on rows."""
    asked = {"act": act, "rows": [str(task.pk) for task in tasks], "query": f"queue={queue}", **more}
    return client.post("/desk/bulk/", asked).content.decode()


def start(client: Client, act: str, tasks: list[Task], queue: str = "mine", key: str = "k", **more: Any) -> Any:
    """Start the act; the response."""
    asked = {"act": act, "rows": [str(task.pk) for task in tasks], "query": f"queue={queue}", "key": key}
    return client.post("/desk/bulk/", {**asked, "seen": "1", "run": "1", **more})


def job_of(response: Any) -> Job:
    """The job that a response leads to."""
    found = re.fullmatch(r"/desk/jobs/([0-9a-f-]{36})/", response["Location"])
    assert found
    with system():
        return Job.objects.get(pk=found[1])


def done(response: Any) -> Job:
    """The job of a response after the worker has done all that is due."""
    job = job_of(response)
    outbox.deliver_all(1000)
    with system():
        job.refresh_from_db()
    return job


def outcomes(job: Job) -> list[tuple[str, str]]:
    """The result of every row."""
    with system():
        return list(job.items.order_by("serial").values_list("outcome", "words"))
