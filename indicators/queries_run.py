"""Look-ups of the year's computation: who is judged on what facts, and which assessment stands."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from indicators import gathering
from indicators.enums import Programme, RunStatus
from indicators.models import Assessment, Run
from indicators.subjects import Subject, judged_parks, parks_of

__all__ = ["Subject", "facts_of", "judged_parks", "parks_of", "standing", "standings"]


def facts_of(subject: str, year: int) -> dict[str, Any]:
    """The document that `judge` takes, of a park, a city or the province, from what is final; peers included.

    A park need not be judged in the year. Raises LookupError for a code that is none of them.
    """
    return gathering.of_subject(subject, year).document


def standing(subject: str, year: int) -> Assessment | None:
    """What stands of a subject's year: the assessment of the newest released run; None while there is none."""
    return standings(year).filter(subject=subject).first()


def standings(year: int, programme: Programme | str | None = None) -> QuerySet[Assessment]:
    """The assessments of the newest released run of a year, of one programme or of both, with their runs."""
    released = Run.objects.filter(year=year, status=RunStatus.RELEASED)
    newest = [
        run.pk
        for one in ([programme] if programme else Programme.values)
        if (run := released.filter(programme=one).order_by("-number").first())
    ]
    return (
        Assessment.objects.filter(run__in=newest, final=True).select_related("run").order_by("list", "rank", "subject")
    )
