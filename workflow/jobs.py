"""Acts over many rows: asked for once, done row by row by the worker, each row in a transaction with its own result."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Post
from accounts.scope import enter
from workflow import outbox
from workflow.enums import JobOutcome
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Job, JobItem

log = logging.getLogger(__name__)
MOST_ROWS = 500
Told = tuple[str, dict[str, Any]]


def nothing_more(job: Job, actor: Actor) -> None:
    """Nothing follows when the last row is done."""


@dataclass(frozen=True)
class JobKind:
    """What a job does: `perform` one row (words of the result, and facts for `finished`), or `build` its file.

    Both run under the row scope of the person who asked. `perform` raises Refused where a row cannot be done;
    `finished` runs once, in the transaction of the last row.
    """

    code: str
    perform: Callable[[JobItem, Job, Actor], Told] | None = None
    build: Callable[[Job, Actor], None] | None = None
    finished: Callable[[Job, Actor], None] = nothing_more


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> JobKind:
    """Declare a kind of job; called by each room when it is ready."""
    _kinds[kind.code] = kind
    return kind


@transaction.atomic
def ask(
    kind: str, actor: Actor, key: str, rows: Sequence[tuple[UUID, str]], parameters: dict[str, Any] | None = None
) -> Job:
    """Start a job over rows of (subject, label); the same key of the same person gives the same job."""
    job, is_new = Job.objects.get_or_create(
        tenant=actor.organisation,
        person=actor.person,
        key=key[:64],
        defaults={"post": actor.post, "kind": kind, "parameters": parameters or {}},
    )
    if not is_new:
        return job
    items = [
        JobItem(tenant=actor.organisation, job=job, serial=number, subject_id=subject, label=label[:200])
        for number, (subject, label) in enumerate(rows, 1)
    ]
    JobItem.objects.bulk_create(items)
    if _kinds[kind].build or not items:
        payloads: list[tuple[str, str, dict[str, Any]]] = [("workflow.job_file", str(job.pk), {"job": str(job.pk)})]
    else:
        payloads = [
            ("workflow.job_row", f"{job.pk}:{item.serial}", {"job": str(job.pk), "serial": item.serial})
            for item in items
        ]
    outbox.follow_all(payloads, actor.organisation)
    return job


def actor_of(job: Job) -> Actor | None:
    """Who asked, where the post is still held."""
    posts = Post.objects.in_force().filter(pk=job.post_id, organisation__active=True, person__is_active=True)
    post = posts.select_related("organisation__division", "person").first()
    return Actor(post.person, post) if post else None


@outbox.effect("workflow.job_row")
def perform_row(payload: dict[str, Any]) -> None:
    """Do one row of a job, once, and close the job with its last row."""
    item = JobItem.objects.select_for_update(no_key=True, of=("self",)).select_related("job")
    row = item.get(job_id=payload["job"], serial=payload["serial"])
    if row.outcome != JobOutcome.WAITING:
        return
    actor = actor_of(row.job)
    row.outcome, row.words, row.told = _performed(row, actor)
    row.done_at = timezone.now()
    row.save(update_fields=["outcome", "words", "told", "done_at"])
    job = Job.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.job_id)
    if not job.items.filter(outcome=JobOutcome.WAITING).exists():
        _finish(job, actor)


def _performed(row: JobItem, actor: Actor | None) -> tuple[str, str, dict[str, Any]]:
    """The result of one row; what went wrong leaves nothing behind but the reason."""
    if actor is None:
        return JobOutcome.SKIPPED, recorded("您已不在提交时的岗位上，这一项没有办理。"), {}
    perform = _kinds[row.job.kind].perform
    assert perform is not None, "a kind without a file performs its rows"
    try:
        with enter(actor.scope):
            words, told = perform(row, row.job, actor)
    except Refused as refused:
        return JobOutcome.SKIPPED, "；".join(refused.reasons), {}
    except (OperationalError, InterfaceError):
        raise  # the database went away: the outbox tries again
    except Exception as error:
        log.exception("row %s of job %s failed", row.serial, row.job_id)
        return JobOutcome.FAILED, recorded("系统出错：%s") % type(error).__name__, {}
    return JobOutcome.DONE, words, told


@outbox.effect("workflow.job_file")
def build_file(payload: dict[str, Any]) -> None:
    """Make the file of a job; a worker that dies in between starts it anew."""
    job = Job.objects.select_for_update(no_key=True, of=("self",)).get(pk=payload["job"])
    if job.finished_at is not None:
        return
    actor, build, job.problem = actor_of(job), _kinds[job.kind].build, ""
    if actor is None:
        job.problem = recorded("您已不在提交时的岗位上，文件没有生成。")
    elif build is not None:
        with enter(actor.scope):
            build(job, actor)
    _finish(job, actor)


@outbox.on_failure("workflow.job_file")
def note_problem(payload: dict[str, Any]) -> None:
    """Say on the job that its file could not be made yet; the next try is due."""
    Job.objects.filter(pk=payload["job"], finished_at=None).update(problem=recorded("生成文件时出错，将自动重试。"))


def _finish(job: Job, actor: Actor | None) -> None:
    if actor is not None:
        with enter(actor.scope):
            _kinds[job.kind].finished(job, actor)
    job.finished_at = timezone.now()
    job.save(update_fields=["finished_at", "problem"])
