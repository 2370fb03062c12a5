"""What a year's circular on cities and counties says of a run: who took part, C-V.3a, and what the switch allows."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import Division
from indicators.circular_content import FEW, NONE, change_shown, public_ones, score_shown
from indicators.enums import Listing, RankingList
from indicators.models import Assessment, Run
from indicators.suppression import suppressed
from notifications.rendering.wording_circular_city import CITIES, COUNTIES, CityYear
from policy.outcomes import Verdict

TIERS = ((RankingList.CITY, CITIES), (RankingList.COUNTY, COUNTIES))
# C-V.3a alone is judged of a city's year, so the verdict is the finding.
FISCAL = {Verdict.MET: "达到", Verdict.NOT_MET: "未达到", Verdict.OPEN: "待裁定", Verdict.NOT_APPLICABLE: "不适用"}
REQUIREMENT = "财政科技经费增幅高于本级财政经常性收入增幅1个百分点以上"


def year_of(run: Run, cosigned: Sequence[str] = ()) -> CityYear:
    """The part of the circular that comes from the run; nothing that the switch keeps back is in it."""
    public = public_ones(run)
    return CityYear(
        year=run.year,
        told=[_told(run, tier, label) for tier, label in TIERS],
        tiers=[(label, _rows(tier, [one for one in public if one.list == tier])) for tier, label in TIERS],
        top=run.top if run.listing == Listing.TOP else 0,
        cosigned=cosigned,
    )


def _told(run: Run, tier: RankingList, label: str) -> str:
    """How many of a tier took part, and how many kept to C-V.3a; small numbers are kept back unless all is public."""
    rows = list(Assessment.objects.filter(run=run, list=tier).values_list("verdict", flat=True))
    if not rows:
        return f"没有{label}参加本年度监测评价。"
    counts = {"met": rows.count(Verdict.MET), "other": len(rows) - rows.count(Verdict.MET)}
    shown = counts if run.listing == Listing.FULL else suppressed(counts)
    met = f"{shown['met']}个" if shown["met"] is not None else FEW
    return f"参加监测评价的{label}共{len(rows)}个，其中{REQUIREMENT}的{met}。"


def _rows(tier: RankingList, found: Sequence[Assessment]) -> list[list[str]]:
    places = Division.objects.select_related("parent").in_bulk([one.subject for one in found])
    rows = []
    for one in found:
        place = places.get(one.subject)
        within = [place.parent.name if place and place.parent else NONE] if tier == RankingList.COUNTY else []
        rank = str(one.rank) if one.rank else NONE
        fiscal = FISCAL.get(Verdict(one.verdict), NONE) if one.verdict else NONE
        rows.append([rank, one.name, *within, score_shown(one) or NONE, change_shown(one) or NONE, fiscal])
    return rows
