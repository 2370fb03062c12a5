"""The best parks of the circulated year are laid before 省科技厅 for national status, as its release does (N12)."""

from __future__ import annotations

from collections.abc import Callable

from accounts.scope import system
from indicators.models import Run
from portal.sample.clocks import days_ago
from portal.sample.years import CIRCULATED, RELEASED, days_since
from reviews.models import Recommendation
from reviews.services import recommending


def load(progress: Callable[[str], None]) -> None:
    """Propose them once; the worker, who follows the release later, finds it done."""
    with system():
        run = Run.objects.filter(programme="park", year=CIRCULATED, paper__isnull=False).first()
        if run is None or Recommendation.objects.exists():
            return
        with days_ago(days_since(RELEASED)):
            recommending.after_release(run)
        progress(f"Proposed for national status: {Recommendation.objects.count()}")
