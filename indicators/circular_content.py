"""What a year's circular (通报) says of a run: statistics always, names and ranks as far as the switch allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indicators import queries_public
from indicators.enums import Listing, RankingList, RunStatus, SubjectKind
from indicators.models import Assessment, Return, Run
from indicators.services import restating
from indicators.suppression import suppressed
from notifications.content import official_name
from notifications.rendering.wording_circular import KEPT_BACK, Year, statistics
from policy import decimals
from policy.outcomes import Outcome, Verdict
from registry.models import Park, ParkBoundary

# Papers are written in Chinese, whatever language the screen has.
WORDS = {
    Verdict.MET: "达到全部年度目标要求的",
    Verdict.NOT_MET: "未达到要求的",
    Verdict.OPEN: "尚待裁定的",
    Verdict.NOT_APPLICABLE: "不适用年度目标要求的",
}
SHORT = {Verdict.MET: "达到", Verdict.NOT_MET: "未达到", Verdict.OPEN: "待裁定", Verdict.NOT_APPLICABLE: "不适用"}
FEW = "不足3个或不单独公布"
NONE = "—"


def year_of(run: Run, cosigned: Sequence[str] = ()) -> Year:
    """The part of the circular that comes from the run; nothing that the switch keeps back is in it."""
    verdicts = queries_public.verdicts_of(run, RankingList.CREATING)
    recognised = Assessment.objects.filter(run=run, list=RankingList.RECOGNISED, rank__isnull=False).count()
    public = public_ones(run)
    places = _places(public)
    creating = [one for one in public if one.list == RankingList.CREATING]
    whole = run.listing == Listing.FULL
    return Year(
        year=run.year,
        judged=_judged(run.year, verdicts, whole),
        recognised=f"另有已认定的园区{recognised}个参加排序。" if recognised else "",
        all_met=[one.name for one in creating if one.verdict == Verdict.MET],
        top=run.top if run.listing == Listing.TOP else 0,
        creating_rows=[[*_row(one, places), SHORT[Verdict(one.verdict)]] for one in creating],
        recognised_rows=[_row(one, places) for one in public if one.list == RankingList.RECOGNISED],
        clause_rows=_clause_rows(run, whole),
        cosigned=cosigned,
        redrawn=redrawn(run.year, public),
    )


def redrawn(year: int, shown: Iterable[Assessment]) -> list[tuple[str, dt.date, bool]]:
    """Of the parks shown, those that got another boundary in the year: since when, and if the base was restated."""
    names = {one.subject: one.name for one in shown}
    drawn = ParkBoundary.objects.filter(park__slug__in=names, valid_from__year=year).values("park__slug")
    before = Return.objects.filter(kind=SubjectKind.PARK, subject__in=drawn, year=year - 1).order_by("subject")
    days = {report: restating.redrawn_on(report) for report in before}
    return [(names[report.subject], day, bool(restating.restated(report))) for report, day in days.items() if day]


def public_ones(run: Run) -> list[Assessment]:
    """The assessments that the release will show, or has shown."""
    rows = Assessment.objects.filter(run=run).order_by("list", "rank", "subject")
    if run.listing == Listing.OWN:
        return []
    if run.listing == Listing.TOP:
        return list(rows.filter(rank__lte=run.top))
    return sorted(rows, key=lambda one: (one.list, one.rank is None, one.rank or 0, one.subject))


def _places(found: Sequence[Assessment]) -> dict[str, str]:
    parks = Park.objects.filter(slug__in=[one.subject for one in found]).select_related("city")
    return {park.slug: park.city.name for park in parks}


def _row(one: Assessment, places: Mapping[str, str]) -> list[str]:
    return [
        str(one.rank) if one.rank else NONE,
        one.name,
        places.get(one.subject, NONE),
        score_shown(one) or NONE,
        change_shown(one) or NONE,
    ]


def score_shown(one: Assessment) -> str:
    """The score to two places; empty where there is none."""
    return decimals.show(decimals.parse(one.score)) if one.score else ""


def change_shown(one: Assessment) -> str:
    """升 2, 降 1, 持平 against last year's rank; empty where there was none."""
    if one.rank is None or one.previous_rank is None:
        return ""
    change = one.previous_rank - one.rank
    return "持平" if not change else f"升{change}" if change > 0 else f"降{-change}"


def _judged(year: int, verdicts: Mapping[Verdict, int], whole: bool) -> list[str]:
    total = sum(verdicts.values())
    told: Mapping[Verdict, int | None] = verdicts if whole else suppressed(verdicts)
    parts = [
        (WORDS[verdict], f"{number}个" if number is not None else FEW)
        for verdict, number in told.items()
        if number is None or number
    ]
    hides_all = bool(parts) and all(number is None for number in told.values())
    return statistics(year, f"{total}个", [] if hides_all else parts)


def _clause_rows(run: Run, whole: bool) -> list[list[str]]:
    """Of each clause how many met it; kept back where few did, unless every park's result is public anyway."""
    rows = []
    for clause, label, parts in queries_public.clauses_of(run):
        grouped = {"met": 0, "not_met": 0, "other": 0}
        for outcome, number in parts.items():
            grouped[{Outcome.MET: "met", Outcome.NOT_MET: "not_met"}.get(Outcome(outcome), "other")] += number
        told: Mapping[str, Any] = grouped if whole else suppressed(grouped)
        rows.append([clause, label, *(KEPT_BACK if number is None else str(number) for number in told.values())])
    return rows


def corrects(run: Run) -> str:
    """The number of the circular of the same year that stands so far; empty for the first."""
    former = queries_public.released_runs(run.programme).filter(year=run.year, number__lt=run.number)
    papers = [one.paper.number for one in former.filter(status=RunStatus.RELEASED) if one.paper]
    return papers[0] if papers else ""


def in_names(offices: Iterable[Any]) -> list[str]:
    """The departments under the names that papers use."""
    return [official_name(office) for office in offices]
