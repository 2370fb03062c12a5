"""T15: a return goes from the committee by way of the county to the city government, is submitted, or comes back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.models import Organisation
from accounts.queries import the_lead
from files.models import Upload
from indicators import periods_returns, queries, rules
from indicators.enums import FigureLevel, ReturnStatus
from indicators.models import Figure, Return
from indicators.services.asking import ask, open_to
from indicators.transitions import returns
from notifications.notices import notify
from workflow import clocks, ledger, todo
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event, Task

SIGN = "sign_return"
ENTERED = ("value", "source", "note", "evidence_id")


def is_before_the_signer(report: Return) -> bool:
    """Whether the signer of the reporter was asked to hand the return on."""
    return Task.objects.filter(kind=SIGN, subject_id=report.pk, done_at=None).exists()


def against_asking(report: Return) -> list[str]:
    """What keeps a return from being put before the signer: the same as keeps it from being handed on."""
    if is_before_the_signer(report):
        return [_("已经送签发，等待本单位签发人报送。")]
    return [*rules.figures_missing(report), *rules.figures_unsound(report)]


@transaction.atomic
def ask_to_sign(report: Return, actor: Actor) -> Event:
    """The handler who filled the return in puts it before the signer of the own office (T15). Raises Refused."""
    report = Return.objects.select_for_update(no_key=True, of=("self",)).select_related("tenant").get(pk=report.pk)
    reasons = [] if rules.may_ask_to_sign(actor, report) else [_("由填报单位的经办人在填报期间送签发。")]
    if reasons := reasons or against_asking(report):
        raise Refused(reasons)
    event = ledger.append(report, "ask_to_sign", recorded("送签发"), actor, dossier=report.dossier, basis="T15")
    title = recorded("签发并报送%(year)s年度统计报表：%(name)s")
    ask(report, SIGN, title, actor.organisation, PostRole.SIGNER, actor.organisation)
    return event


@transaction.atomic
def hand_up(report: Return, actor: Actor) -> Event:
    """The reporter's signer hands the return to the county, or where there is none to the city government."""
    event = returns.perform(report, "hand_up" if report.county_id else "hand_to_city", actor)
    todo.close(report, actor, "fill_return", "confirm_figure", SIGN)
    _ask_next(report, actor)
    return event


@transaction.atomic
def pass_on(report: Return, actor: Actor) -> Event:
    """The county government found the return in order."""
    event = returns.perform(report, "pass_on", actor)
    todo.close(report, actor, "check_return")
    _ask_next(report, actor)
    return event


@transaction.atomic
def give_back(report: Return, reason: str, actor: Actor) -> Event:
    """County or city give the return back to be mended; the reason is compulsory."""
    name = "give_back" if report.status == ReturnStatus.COUNTY else "hand_back"
    event = returns.perform(report, name, actor, reason=_said(reason))
    todo.close(report, actor, "check_return", "submit_return")
    _ask_to_mend(report, event, actor)
    return event


@transaction.atomic
def reopen(report: Return, reason: str, actor: Actor) -> Event:
    """省统计局 sends a return back to be filled in again, with what the departments returned (T16)."""
    event = returns.perform(report, "reopen", actor, reason=_said(reason))
    todo.close(report, actor, "lock_return", "verify_return")
    _ask_to_mend(report, event, actor)
    periods_returns.begin_anew(report, event)
    return event


@transaction.atomic
def submit(report: Return, actor: Actor) -> Event:
    """The city government vouches for the return: what changed becomes a new vintage, and the departments are asked."""
    event = returns.perform(report, "submit", actor, changes={"submitted_at": timezone.now()})
    clocks.finish(report, event)
    todo.close(report, actor, "submit_return")
    hand_to_departments(report, actor)
    return event


def hand_to_departments(report: Return, actor: Actor) -> None:
    """What changed becomes a new vintage, and each department is asked for its word on what it owns."""
    changed = _freeze(report, actor)
    owners = set(queries.owners(changed).values())
    keeper = queries.office_of(queries.STATISTICS)
    for office in Organisation.objects.filter(pk__in={*owners, keeper}):
        open_to(report, office, GrantLevel.ACT, actor.organisation)
        if office.pk in owners:
            title = recorded("核定%(year)s年度数据：%(name)s")
            ask(report, "verify_return", title, office, PostRole.HANDLER, actor.organisation)
    open_to(report, the_lead(), GrantLevel.READ, actor.organisation)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused([_("请写明退回的理由，填报单位据此修改。")])
    return reason.strip()


def _freeze(report: Return, actor: Actor) -> list[str]:
    """Write what differs from the last vintage handed in; the codes that are new or changed."""
    stands, given = queries.newest(report), queries.reported(report)
    changed: list[Figure] = []
    for entry in report.entries.order_by("code"):
        last = given.get(entry.code)
        if last is None or any(getattr(last, name) != getattr(entry, name) for name in ENTERED):
            told = {name: getattr(entry, name) for name in ENTERED} | {"reason": entry.explanation}
            by = {"level": FigureLevel.REPORTED, "recorded_by": actor.person}
            changed.append(Figure.follow(report, entry.code, stands.get(entry.code), **told, **by))
    Figure.objects.bulk_create(changed)
    # Whoever verifies opens the evidence, from the moment it was vouched for.
    proofs = [figure.evidence_id for figure in changed if figure.evidence_id]
    Upload.objects.filter(pk__in=proofs, dossier=report.dossier, released_at=None).update(released_at=timezone.now())
    return [figure.code for figure in changed]


def _ask_next(report: Return, actor: Actor) -> None:
    if report.status == ReturnStatus.COUNTY and report.county:
        title = recorded("审核%(year)s年度统计报表：%(name)s")
        ask(report, "check_return", title, report.county, PostRole.SIGNER, actor.organisation)
    else:
        title = recorded("报送%(year)s年度统计报表：%(name)s")
        ask(report, "submit_return", title, report.tenant, PostRole.SIGNER, actor.organisation)


def _ask_to_mend(report: Return, event: Event, actor: Actor) -> None:
    title = recorded("修改%(year)s年度统计报表：%(name)s")
    told = recorded("%(name)s%(year)s年度统计报表已退回") % {"name": report.name, "year": report.year}
    fillers = queries.departments_of(report) if report.is_of_province else [report.reporter or report.tenant]
    for office in fillers:
        ask(report, "fill_return", title, office, PostRole.HANDLER, actor.organisation)
        notify(event, office, told, report.get_absolute_url(), event.reason)
