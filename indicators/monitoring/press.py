"""The report in print: its pages typeset as PDF, as a draft for those who check and sign, and as issued."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone, translation

from indicators.models import MonitoringReport
from indicators.monitoring.chapters import chapters
from notifications.models import Paper
from notifications.rendering.coverage import in_signs_of_papers
from notifications.rendering.measures import chinese_date
from notifications.rendering.press import publish
from notifications.rendering.rendered import RenderedPaper
from notifications.rendering.seal import check_mark

STYLE = Path(__file__).with_name("report.css")
TITLE_LINES = ("浙江省创新型城市（县、区）", "建设统计监测报告")


def printed(report: MonitoringReport, paper: Paper | None = None) -> RenderedPaper:
    """Typeset the report: with the number, date and check code of its paper, or as a draft. Raises as `publish`."""
    content, day = in_signs_of_papers(report.content), _day(report, paper)
    told = {"digest": report.content_digest(), "paper": paper.number if paper else "", "check": _check(paper)}
    data = json.dumps({**content, "texts": report.texts}, ensure_ascii=False, sort_keys=True)
    style = STYLE.read_text(encoding="utf-8")
    return publish(page(report, paper), style, told, day, {"report.json": (data, "报告数据")})


def page(report: MonitoringReport, paper: Paper | None = None) -> str:
    """What is typeset, as HTML."""
    content = in_signs_of_papers(report.content)
    with translation.override(settings.LANGUAGE_CODE):
        return str(get_template("reports/print.html").render(_context(report, content, paper, _day(report, paper))))


def _day(report: MonitoringReport, paper: Paper | None) -> dt.date:
    return paper.issued_on if paper else timezone.localdate(report.composed_at or report.created_at)


def keep_draft(report: MonitoringReport) -> None:
    """Print the draft and keep its file."""
    made = printed(report)
    report.path.parent.mkdir(parents=True, exist_ok=True)
    part = report.path.with_suffix(".part")
    part.write_bytes(made.pdf)
    os.replace(part, report.path)


def _context(report: MonitoringReport, content: dict[str, Any], paper: Paper | None, day: dt.date) -> dict[str, Any]:
    check = _check(paper)
    texts = in_signs_of_papers(report.texts)
    return {
        "title": content["title"],
        "title_lines": TITLE_LINES,
        "year": str(report.year),
        "edition": report.edition,
        "issuers": content["issuers"],
        "number": paper.number if paper else "",
        "signers": paper.signer_name if paper else "",
        "date_text": chinese_date(day),
        "day": day.isoformat(),
        "check": check,
        "check_mark": check_mark(check["url"]) if check else "",
        "draft": paper is None,
        "sample": report.sample,
        "digest": report.digest,
        "places": "，".join(f"{tier['label']}{tier['number']}个" for tier in content["tiers"]),
        "address": f"{settings.PORTAL_BASE_URL}/reports/cities/{report.year}/",
        "chapters": chapters(content, texts, in_signs_of_papers(report.differences)),
    }


def _check(paper: Paper | None) -> dict[str, str]:
    return dict(paper.data["check"]) if paper else {}
