"""The paper of the yearly monitoring report (U8): its file is the report itself, with the paper's check code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import Organisation
from indicators.models import MonitoringReport
from indicators.monitoring import files
from indicators.papers.circular import addressees
from notifications import papers
from notifications.content import official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.rendering.rendered import RenderedPaper
from notifications.rendering.wording_monitoring import monitoring

CODE = "monitoring_report"


def content_of(report: MonitoringReport, former: MonitoringReport | None) -> dict[str, Any]:
    """The paper of a report as it stands: in Chinese, whatever language a screen has."""
    content = report.content
    told = "，".join(f"{tier['label']}{tier['number']}个" for tier in content["tiers"])
    found = files.made(content, report.texts)
    issuers = [official_name(office) for office in (report.tenant, report.partner)]
    with override(settings.LANGUAGE_CODE):
        wording = monitoring(
            issuers,
            report.year,
            places=told,
            digest=report.digest,
            summary=content["summary"],
            files=[(one.name, one.checksum) for one in found],
            corrected=former.paper.number if former and former.paper else "",
        )
    return wording | {
        "issuer_name": "、".join(issuers),
        "to": [str(office.pk) for office in addressees()],
        "cc_organisations": [],
    }


def issue(report: MonitoringReport, former: MonitoringReport | None) -> Paper:
    """Number and issue it under the first office, in the name of all who signed. Raises Refused."""
    live = list(report.signatures.filter(dropped_at=None).order_by("signed_at"))
    first = next(one for one in live if one.tenant_id == report.tenant_id)
    ordered = [first, *(one for one in live if one is not first)]
    assert report.drafted_by_id is not None, "it was drafted"
    assert report.checked_by_id is not None, "it was checked"
    people = (report.drafted_by_id, report.checked_by_id, first.person_id)
    tenant = Organisation.objects.get(pk=report.tenant_id)
    names = "、".join(one.name for one in ordered)[:40]
    return papers.issue_joint(KIND, tenant, report.dossier, content_of(report, former), people, names)


def _never(draft: Draft) -> dict[str, Any]:
    raise RuntimeError("the monitoring report is signed without a draft")


def _nothing(draft: Draft, paper: Paper, actor: Any) -> None:
    """Nothing follows from a draft that never is."""


def _press(paper: Paper) -> RenderedPaper:
    from indicators.monitoring.press import printed

    report = MonitoringReport.objects.select_related("paper").get(paper=paper)
    return printed(report, paper)


KIND = register(
    PaperKind(
        code=CODE,
        label=_("统计监测报告"),
        act="",
        series="letter",
        compose=_never,
        signed=_nothing,
        published=True,
        press=_press,
    )
)
