"""Who composes, checks and signs the yearly monitoring report (C-V.4b), and what stands in its way."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from indicators import queries_public
from indicators.enums import Programme
from indicators.models import MonitoringReport, Run
from notifications.rendering.coverage import in_signs_of_papers, unprintable


def standing_run(year: int) -> Run | None:
    """The released run of the cities' year that stands; None while nothing is released."""
    runs = queries_public.runs_of(Programme.CITY, year)
    return runs[0] if runs else None


def is_of_issuers(actor: Actor | None, report: MonitoringReport) -> bool:
    """A person of 省统计局 or of 省科技厅, who issue it together."""
    return actor is not None and actor.organisation.pk in (report.tenant_id, report.partner_id)


def writes(actor: Actor | None, report: MonitoringReport) -> bool:
    """A handler of either office, who writes beside the figures and has them composed anew."""
    return actor is not None and actor.is_handler and is_of_issuers(actor, report)


def composes(actor: Actor | None, report: MonitoringReport) -> bool:
    """A handler of either office, or the worker where the year's result changed."""
    return actor is None or writes(actor, report)


def is_worker(actor: Actor | None, report: MonitoringReport) -> bool:
    """The worker alone."""
    return actor is None


def is_handler(actor: Actor | None, report: MonitoringReport) -> bool:
    """A handler of 省统计局, the first issuer."""
    return actor is not None and actor.is_handler and actor.organisation.pk == report.tenant_id


def is_reviewer(actor: Actor | None, report: MonitoringReport) -> bool:
    """A reviewer of 省统计局 who did not draft it."""
    return (
        actor is not None
        and actor.is_reviewer
        and actor.organisation.pk == report.tenant_id
        and actor.person.pk != report.drafted_by_id
    )


def is_signatory(actor: Actor | None, report: MonitoringReport) -> bool:
    """A signer of either office who neither drafted nor checked it."""
    return (
        actor is not None
        and actor.is_signer
        and is_of_issuers(actor, report)
        and actor.person.pk not in (report.drafted_by_id, report.checked_by_id)
    )


def may_send_back(actor: Actor | None, report: MonitoringReport) -> bool:
    """A signer of either office, or whoever drafted or checked it at 省统计局."""
    return is_signatory(actor, report) or is_handler(actor, report) or is_reviewer(actor, report)


def outdated(report: MonitoringReport) -> list[str]:
    """It tells what stands of the year now."""
    if (run := standing_run(report.year)) is None or run.pk == report.run_id:
        return []
    return [_("本年度的评价结果已更正（第 %(n)d 次测算），请先重新编制。") % {"n": run.number}]


def unprintable_characters(report: MonitoringReport) -> list[str]:
    """Every character of it can be printed: once signed nothing can be mended."""
    found = unprintable(in_signs_of_papers([report.content, report.texts, report.differences]))
    if not found:
        return []
    said = _("公文字库中没有这些字符，无法印制：%(characters)s。")
    return [said % {"characters": " ".join(found)}]


def signatures_missing(report: MonitoringReport) -> list[str]:
    """Both offices have signed what the report says now."""
    digest = report.content_digest()
    if report.digest != digest:
        return [_("内容与送签时的摘要不一致，请退回重新审核。")]
    signed = set(report.signatures.filter(dropped_at=None, digest=digest).values_list("tenant_id", flat=True))
    absent = Organisation.objects.filter(pk__in={report.tenant_id, report.partner_id} - signed).order_by("order")
    return [_("%(office)s还没有签发。") % {"office": office.short_name} for office in absent]
