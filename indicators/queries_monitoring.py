"""The monitoring reports (C-V.4b) that everybody reads."""

from __future__ import annotations

from django.db.models import QuerySet

from indicators.models import MonitoringReport


def published() -> QuerySet[MonitoringReport]:
    """Every published edition with its paper, the newest year and edition first."""
    rows = MonitoringReport.objects.filter(published_at__isnull=False).select_related("paper")
    return rows.order_by("-year", "-edition")


def newest() -> MonitoringReport | None:
    """The newest published edition without its contents; None while none is published."""
    return published().defer("content", "texts").first()
