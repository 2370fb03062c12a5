"""T17: a year is computed, proposed for release by one person, and released by another with the 通报."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.queries import the_lead
from indicators import released
from indicators.enums import Listing, Programme, RunStatus
from indicators.models import Assessment, Run
from indicators.services import computing, index_signing, recomputing
from indicators.services.computing import Inputs, Result
from indicators.transitions_run import runs
from notifications.models import Paper
from notifications.notices import notify
from policy.composite.errors import CompositeError
from policy.facts import FactsError
from policy.parameters import ParameterError
from policy.yamlfile import DataError
from workflow import instants, ledger, outbox
from workflow.ledger import recorded
from workflow.machine import Refused

log = logging.getLogger(__name__)
FIRST_YEAR = 2011
UNDER_WAY = (RunStatus.QUEUED, RunStatus.COMPUTING)
UNUSABLE = (FactsError, ParameterError, DataError, CompositeError)


@transaction.atomic
def start_run(programme: Programme | str, year: int, actor: Actor | None, dry: bool = False) -> Run:
    """Ask for a year's computation; the worker performs it, its progress stands in `done` of `total`.

    Gives the newest run back while it is under way, and when nothing that goes in has changed since. `actor` None is
    a command, under the system scope. Raises Refused.
    """
    if actor is not None and not (actor.is_lead and actor.is_handler):
        raise Refused([_("年度测算由省科技厅经办人发起。")])
    if programme not in Programme.values or not FIRST_YEAR <= year <= instants.today().year:
        said = {"first": FIRST_YEAR, "last": instants.today().year}
        raise Refused([_("年度应在 %(first)d 至 %(last)d 之间。") % said])
    lead = actor.organisation if actor else the_lead()
    # One after the other: the year's next number is given once.
    type(lead).objects.select_for_update(no_key=True).get(pk=lead.pk)
    of_year = Run.objects.filter(programme=programme, year=year)
    newest = of_year.order_by("-number").first()
    if newest and (newest.status in UNDER_WAY or _is_same(newest, dry)):
        return newest
    run = Run.objects.create(
        tenant=lead,
        programme=programme,
        year=year,
        number=(of_year.aggregate(last=Max("number"))["last"] or 0) + 1,
        dry=dry,
        asked_by=actor.person if actor else None,
    )
    ledger.open_chain(run.dossier, lead)
    label = recorded("发起试算") if dry else recorded("发起年度测算")
    ledger.append(run, "start", label, actor, dossier=run.dossier, after=run.status, basis="T17")
    if actor and not dry:
        recomputing.close(programme, year, actor)
    transaction.on_commit(_wake)
    return run


def _is_same(run: Run, dry: bool) -> bool:
    """Whether to compute the year again would give what this run gave."""
    if run.status == RunStatus.FAILED or (run.dry and not dry):
        return False
    inputs = computing.inputs_of(run.programme, run.year)
    given = (inputs.hash, inputs.clause_sets, computing.code_version())
    return given == (run.input_hash, run.clause_sets, run.code_version)


def _wake() -> None:
    from indicators.tasks import compute_runs

    try:
        compute_runs.apply_async(retry=False, ignore_result=True)
    except Exception as error:
        log.warning("the broker could not be told; the sweep will find it: %s", error)


def waiting() -> list[UUID]:
    """The runs that the worker has to begin, or to begin again after it was stopped half-way."""
    return list(Run.objects.filter(status__in=UNDER_WAY).order_by("asked_at").values_list("pk", flat=True))


def hold(run: UUID) -> bool:
    """Take a run in hand for this connection; False where another worker has it. A killed worker lets go by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_lock(run)])
        return bool(cursor.fetchone()[0])


def let_go(run: UUID) -> None:
    """Let another worker take it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_lock(run)])


def _lock(run: UUID) -> int:
    return run.int >> 65


def compute(run: Run) -> Run:
    """Compute a run in the transaction that there is, under the system scope."""
    for _step in steps(run):
        pass
    return run


def steps(run: Run) -> Iterator[int]:
    """Compute a run step by step, each under the system scope and, for progress to be seen, in its own transaction.

    Nothing but progress is written before the last step, which writes everything: a run that was stopped half-way
    begins again. Input that cannot be used ends the run with the reason.
    """
    if run.status not in UNDER_WAY:
        return
    if run.status == RunStatus.QUEUED:
        runs.perform(run, "begin", None)
    try:
        inputs = computing.inputs_of(run.programme, run.year)
        _tell(run, 0, len(inputs.subjects))
        yield 0
        for told in computing.computed(inputs):
            if isinstance(told, Result):
                _finish(run, inputs, told)
            else:
                _tell(run, told, len(inputs.subjects))
                yield told
    except UNUSABLE as error:
        give_up(run, str(error))


def give_up(run: Run, reason: str) -> None:
    """End a run that cannot be computed, with the reason."""
    runs.perform(run, "give_up", None, changes={"failure": reason, "finished_at": timezone.now()})


def _tell(run: Run, done: int, total: int) -> None:
    run.done, run.total = done, total
    run.save(update_fields=["done", "total"])


@transaction.atomic
def _finish(run: Run, inputs: Inputs, result: Result) -> None:
    computing.store(run, inputs, result)
    changes = {
        "finished_at": timezone.now(),
        "params": dict(inputs.params),
        "clause_sets": inputs.clause_sets,
        "index_versions": inputs.index_versions,
        "code_version": computing.code_version(),
        "input_hash": inputs.hash,
        "result_hash": result.hash,
    }
    told = {name: changes[name] for name in ("input_hash", "result_hash", "code_version")}
    event = runs.perform(run, "finish", None, data=told, changes=changes)
    if run.asked_by_id:
        said = {"year": run.year, "number": run.number}
        notify(event, run.tenant, recorded("%(year)d年度第%(number)d次测算已完成") % said, run.get_absolute_url())
    if not run.dry:
        for version in inputs.versions.values():
            index_signing.freeze(version)


@transaction.atomic
def propose_release(run: Run, listing: Listing | str, top: int, actor: Actor) -> Run:
    """Put a computed run before the signer, with what the public is to see. Raises Refused."""
    if listing not in Listing.values:
        raise Refused([_("请选择公开范围。")])
    if listing == Listing.TOP and top < 1:
        raise Refused([_("请填写公开前几名。")])
    top = top if listing == Listing.TOP else 0
    changes = {"proposed_by": actor.person, "listing": listing, "top": top}
    runs.perform(run, "propose", actor, data={"listing": str(listing), "top": top}, changes=changes)
    return run


@transaction.atomic
def withdraw_proposal(run: Run, reason: str, actor: Actor) -> Run:
    """Take a proposal back, with the reason. Raises Refused."""
    if not reason.strip():
        raise Refused([_("请写明撤回的理由。")])
    runs.perform(run, "withdraw", actor, reason=reason.strip(), changes={"proposed_by": None})
    return run


@transaction.atomic
def release(run: Run, actor: Actor, paper: Paper) -> Run:
    """Release a proposed run by the 通报 that is being signed: its assessments become final, some of them public.

    In the transaction of the signature; another person than who proposed. Raises Refused.
    """
    if run.proposed_by_id == actor.person.pk:
        raise Refused([_("提请发布与签发应由两人分别办理，您是提请人，请由其他签发人签发。")])
    changes = {"released_by": actor.person, "released_at": timezone.now(), "paper": paper}
    data = {"paper": str(paper.pk), "number": paper.number, "result_hash": run.result_hash}
    event = runs.perform(run, "release", actor, data=data, changes=changes)
    of_run = Assessment.objects.filter(run=run)
    of_run.update(final=True)
    if run.listing == Listing.FULL:
        of_run.update(shown=True)
    elif run.listing == Listing.TOP:
        of_run.filter(rank__lte=run.top).update(shown=True)
    outbox.follow(event, released.EFFECT, f"release:{run.pk}", {"run": str(run.pk)}, actor.organisation)
    return run
