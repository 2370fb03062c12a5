"""U8: the yearly monitoring report is composed by the worker, written beside, checked, signed by two, published."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.queries import sample_is_loaded, the_lead
from indicators import queries, queries_public
from indicators import rules_monitoring as rules
from indicators.enums import Programme
from indicators.enums_monitoring import OPEN, MonitoringStatus, Passage
from indicators.models import MonitoringReport, MonitoringSignature, MonitoringText, Run
from indicators.monitoring import differences
from indicators.monitoring.content import compose
from indicators.monitoring.sources import Inconsistent, gathered
from indicators.papers import monitoring as paper_of
from indicators.released import follows
from indicators.transitions_monitoring import reports as machine
from notifications import papers
from notifications.content import official_name
from notifications.notices import notify
from policy.composite.errors import CompositeError
from workflow import instants, ledger, outbox, todo
from workflow.enums import Rank
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event, Task

COMPOSE, RENDER, PUBLISH = "indicators.compose_report", "indicators.render_report", "indicators.publish_report"
SENT_BACK = "indicators.report_sent_back"
TO_SIGN = "sign_monitoring"
LONGEST = 4000


@transaction.atomic
def start(year: int, actor: Actor | None) -> MonitoringReport:
    """Begin the report of a year whose cities were released in full, or its corrected edition. Raises Refused.

    By a handler of 省统计局 or, when a year is released, by the worker (None).
    """
    office = queries.keeper()
    if office is None:
        raise Refused([_("请运维单位先在“核定部门”中指定省统计局。")])
    if actor is not None and not (actor.is_handler and actor.organisation.pk == office.pk):
        raise Refused([_("统计监测报告由省统计局经办人起草。")])
    run = rules.standing_run(year)
    if run is None or not queries_public.may_list(run):
        raise Refused([_("%(year)d 年度创新型城市（县、区）的评价结果没有全部公布，还不能编制报告。") % {"year": year}])
    rows = MonitoringReport.objects.filter(year=year)
    if rows.filter(status__in=OPEN).exists():
        raise Refused([_("%(year)d 年度的报告正在编制，请在其上办理。") % {"year": year}])
    if rows.filter(status=MonitoringStatus.PUBLISHED, run=run).exists():
        raise Refused([_("%(year)d 年度的报告已经发布，评价结果没有更正，不需要再编。") % {"year": year}])
    lead = the_lead()
    former = rows.filter(status=MonitoringStatus.PUBLISHED).first()
    report = MonitoringReport.objects.create(
        tenant=office,
        partner=lead,
        year=year,
        edition=(rows.aggregate(last=Max("edition"))["last"] or 0) + 1,
        run=run,
        texts=former.texts if former else {},
        drafted_by=actor.person if actor else None,
        sample=sample_is_loaded(),
    )
    ledger.open_chain(report.dossier, office)
    open_dossier(report.dossier, office.pk, lead, GrantLevel.ACT, office)
    event = ledger.append(
        report, "start", recorded("编制统计监测报告"), actor, dossier=report.dossier, after=report.status, basis="U8"
    )
    outbox.follow(event, COMPOSE, f"{COMPOSE}:{event.pk}", {"report": str(report.pk)}, office)
    return report


@outbox.effect(COMPOSE, Rank.RENDERING)
def when_asked(payload: dict[str, Any]) -> None:
    """Compose it from what is released, in one go; what cannot be composed says why."""
    report = MonitoringReport.objects.select_related("run__paper", "tenant", "partner").get(pk=payload["report"])
    if report.status == MonitoringStatus.COMPOSING:
        compose_now(report)


@transaction.atomic
def compose_now(report: MonitoringReport) -> None:
    """Compose the content from the standing run, and state what differs from the former content. For the worker."""
    run = rules.standing_run(report.year) or report.run
    issuers = [official_name(office) for office in (report.tenant, report.partner)]
    try:
        with override(settings.LANGUAGE_CODE):
            content = compose(gathered(run), issuers, report.edition)
    except (Inconsistent, CompositeError) as error:
        event = machine.perform(report, "fail", None, reason=str(error), changes={"failure": str(error)})
        told = recorded("统计监测报告未能编制：%(year)d年度")
        notify(event, report.tenant, told % {"year": report.year}, report.get_absolute_url(), str(error))
        return
    changes = {
        "content": content,
        "run": run,
        "composed_at": instants.now(),
        "failure": "",
        "differences": [*report.differences, *_statement(report, run, content)],
    }
    machine.perform(report, "composed", None, data={"run": run.number}, changes=changes)
    _ask(report, "write_monitoring", recorded("起草统计监测报告：%(year)d年度"), PostRole.HANDLER, report.tenant)
    # What was printed of the former content; pages are made again when it goes to be checked.
    transaction.on_commit(partial(report.path.unlink, missing_ok=True))


def _statement(report: MonitoringReport, run: Run, content: dict[str, Any]) -> list[dict[str, Any]]:
    """What differs from what the report said before, or a corrected edition from the published one."""
    former, base = report.content, report.run.number
    if not former:
        published = MonitoringReport.objects.filter(year=report.year, status=MonitoringStatus.PUBLISHED).first()
        if published is None:
            return []
        former, base = published.content, published.run.number
    rows = differences.between(former, content)
    return [{"from": base, "to": run.number, "rows": rows, "at": instants.now().isoformat()}]


@transaction.atomic
def recompose(report: MonitoringReport, actor: Actor) -> Event:
    """Have it composed anew from what is released now; texts stay. Raises Refused."""
    event = machine.perform(report, "recompose", actor)
    outbox.follow(event, COMPOSE, f"{COMPOSE}:{event.pk}", {"report": str(report.pk)}, report.tenant)
    return event


def mark_of(text: str) -> str:
    """The mark of a passage as a page showed it."""
    return ledger.digest(text)[:12]


@transaction.atomic
def write(
    report: MonitoringReport, typed: Mapping[str, str], shown: Mapping[str, str], actor: Actor, keep: bool = True
) -> list[str]:
    """Write passages beside the figures; the names of those that somebody else changed since `shown`, which stay.

    `shown` are the marks of what the page showed; `keep` makes a version of the whole, an autosave makes none. Raises
    Refused.
    """
    locked = MonitoringReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    if not rules.writes(actor, locked):
        raise Refused([_("报告的文字由省统计局、省科技厅的经办人起草。")])
    if locked.status != MonitoringStatus.DRAFT:
        raise Refused([_("报告现在的状态是“%(status)s”，不能修改。") % {"status": locked.get_status_display()}])
    texts, conflicts = dict(locked.texts), []
    for name in Passage.values:
        if name not in typed:
            continue
        text, stored = typed[name].replace("\r\n", "\n").strip()[:LONGEST], texts.get(name, "")
        if text != stored and shown.get(name, mark_of("")) != mark_of(stored):
            conflicts.append(name)
        else:
            texts[name] = text
    texts = {name: text for name, text in texts.items() if text}
    if texts != locked.texts:
        locked.texts, locked.edit = texts, locked.edit + 1
        locked.save(update_fields=["texts", "edit"])
    if keep and not conflicts:
        _keep(locked, actor)
    report.refresh_from_db()
    return conflicts


def _keep(report: MonitoringReport, actor: Actor) -> None:
    last = report.versions.order_by("-number").first()
    if (last is not None and last.texts == report.texts) or (last is None and not report.texts):
        return
    MonitoringText.objects.create(
        report=report,
        tenant=actor.organisation,
        dossier=report.dossier,
        number=(last.number if last else 0) + 1,
        texts=report.texts,
        person=actor.person,
        name=actor.person.name,
        office=actor.organisation.short_name,
    )


@transaction.atomic
def send_to_check(report: MonitoringReport, actor: Actor) -> Event:
    """省统计局's handler sends it to the reviewer. Raises Refused."""
    event = machine.perform(report, "check", actor, changes={"drafted_by": actor.person, "checked_by": None})
    _keep(report, actor)
    todo.close(report, actor, "write_monitoring")
    _ask(report, "check_monitoring", recorded("审核统计监测报告：%(year)d年度"), PostRole.REVIEWER, actor.organisation)
    outbox.follow(event, RENDER, f"{RENDER}:{event.pk}", {"report": str(report.pk)}, report.tenant)
    return event


@transaction.atomic
def give_back(report: MonitoringReport, reason: str, actor: Actor) -> Event:
    """The reviewer gives it back; the reason is compulsory."""
    event = machine.perform(report, "give_back", actor, reason=_said(reason))
    todo.close(report, actor, "check_monitoring")
    _ask(report, "write_monitoring", recorded("修改统计监测报告：%(year)d年度"), PostRole.HANDLER, actor.organisation)
    return event


@transaction.atomic
def pass_on(report: MonitoringReport, actor: Actor) -> Event:
    """The reviewer found it in order: what it says gets its digest and goes to both signers. Raises Refused."""
    digest = report.content_digest()
    changes = {"digest": digest, "checked_by": actor.person}
    event = machine.perform(report, "pass_on", actor, data={"digest": digest}, changes=changes)
    todo.close(report, actor, "check_monitoring")
    for office in (report.tenant, report.partner):
        _ask(report, TO_SIGN, recorded("签发统计监测报告：%(year)d年度"), PostRole.SIGNER, office)
    outbox.follow(event, RENDER, f"{RENDER}:{event.pk}", {"report": str(report.pk)}, report.tenant)
    return event


@transaction.atomic
def sign(report: MonitoringReport, digest: str, actor: Actor) -> MonitoringSignature:
    """An office's signer signs what has that digest; after both the worker numbers and publishes it. Raises Refused."""
    if report.signatures.filter(tenant=actor.organisation, dropped_at=None).exists():
        raise Refused([_("贵单位已经签发这份报告。")])
    if not digest == report.digest == report.content_digest():
        raise Refused([_("内容与您看到的不一致，请刷新页面后重新核对。")])
    event = machine.perform(report, "sign", actor, data={"digest": digest})
    signature = MonitoringSignature.objects.create(
        report=report,
        tenant=actor.organisation,
        dossier=report.dossier,
        person=actor.person,
        name=actor.person.name,
        digest=digest,
        signed_at=instants.now(),
    )
    own = Task.objects.filter(subject_id=report.pk, organisation=actor.organisation, kind=TO_SIGN, done_at=None)
    own.update(done_at=instants.now(), done_by=actor.person)
    if not rules.signatures_missing(report):
        outbox.follow(event, PUBLISH, f"{PUBLISH}:{event.pk}", {"report": str(report.pk)}, report.tenant)
    return signature


@transaction.atomic
def send_back(report: MonitoringReport, reason: str, actor: Actor) -> Event:
    """Back to the draft: a signature already given is void, and stays on record. The reason is compulsory."""
    live = report.signatures.filter(dropped_at=None)
    names = list(live.order_by("signed_at").values_list("name", flat=True))
    changes = {"digest": "", "checked_by": None}
    event = machine.perform(report, "reopen", actor, reason=_said(reason), data={"dropped": names}, changes=changes)
    live.update(dropped_at=instants.now(), dropped_reason=reason.strip()[:500])
    outbox.follow(event, SENT_BACK, f"{SENT_BACK}:{event.pk}", {"report": str(report.pk)}, report.tenant)
    return event


@outbox.effect(SENT_BACK)
def when_sent_back(payload: dict[str, Any]) -> None:
    """Nobody is asked to sign any longer; both offices are told, the first one's handler is asked to mend."""
    report = MonitoringReport.objects.select_related("tenant", "partner").get(pk=payload["report"])
    Task.objects.filter(subject_id=report.pk, kind=TO_SIGN, done_at=None).update(done_at=instants.now())
    if report.status == MonitoringStatus.DRAFT:
        _ask(report, "write_monitoring", recorded("修改统计监测报告：%(year)d年度"), PostRole.HANDLER, report.tenant)


@transaction.atomic
def drop(report: MonitoringReport, reason: str, actor: Actor) -> Event:
    """Give a report up; the reason is compulsory."""
    event = machine.perform(report, "drop", actor, reason=_said(reason))
    todo.close(report, actor)
    return event


@outbox.effect(PUBLISH)
def when_signed(payload: dict[str, Any]) -> None:
    """Both have signed: number the paper, publish, replace the former edition. A report that went back stays there."""
    report = MonitoringReport.objects.select_related("tenant", "partner").get(pk=payload["report"])
    if report.status == MonitoringStatus.SIGNING and not rules.signatures_missing(report):
        publish(report)


@transaction.atomic
def publish(report: MonitoringReport) -> None:
    """Issue the paper and publish the report. For the worker; raises Refused."""
    former = (
        MonitoringReport.objects.select_related("paper")
        .filter(year=report.year, status=MonitoringStatus.PUBLISHED)
        .first()
    )
    paper = paper_of.issue(report, former)
    if former is not None:
        machine.perform(former, "supersede", None, data={"by": report.edition})
        papers.supersede([former.paper] if former.paper else [], paper)
    data = {"paper": str(paper.pk), "number": paper.number, "digest": report.digest}
    event = machine.perform(
        report, "publish", None, data=data, changes={"paper": paper, "published_at": instants.now()}
    )
    told = recorded("统计监测报告已发布：%(year)d年度（%(number)s）") % {"year": report.year, "number": paper.number}
    for office in (report.tenant, report.partner):
        notify(event, office, told, report.get_absolute_url())


@outbox.effect(RENDER, Rank.RENDERING)
def when_to_render(payload: dict[str, Any]) -> None:
    """Print the draft as it stands, so that who checks and signs sees the pages."""
    from indicators.monitoring.press import keep_draft

    report = MonitoringReport.objects.select_related("tenant", "partner").get(pk=payload["report"])
    if report.content and report.status in (
        MonitoringStatus.DRAFT,
        MonitoringStatus.CHECKING,
        MonitoringStatus.SIGNING,
    ):
        keep_draft(report)


@follows
def ask_for_report(run: Run) -> None:
    """A released year of the cities wants its report; an open one of it wants to be composed anew."""
    if run.programme != Programme.CITY or not queries_public.may_list(run):
        return
    told = MonitoringReport.objects.filter(run=run).exclude(status=MonitoringStatus.DROPPED).exists()
    open_one = MonitoringReport.objects.filter(year=run.year, status__in=OPEN).select_related("tenant").first()
    if told:
        return
    if open_one is not None:
        title = recorded("评价结果已更正，请重新编制统计监测报告：%(year)d年度")
        _ask(open_one, "recompose_monitoring", title, PostRole.HANDLER, open_one.tenant)
    elif queries.keeper() is not None:
        start(run.year, None)


def _ask(report: MonitoringReport, kind: str, title: str, role: PostRole, office: Organisation) -> None:
    todo.assign(
        report,
        kind,
        title % {"year": report.year},
        report.get_absolute_url(),
        dossier=report.dossier,
        organisation=office,
        role=role,
        by=report.tenant,
    )


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused([_("请写明理由，以便修改。")])
    return reason.strip()
