"""One place in the report: its three ranks, five dimensions, key figures, findings, parks, and its course."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from indicators import queries
from indicators.enums import RankingList
from indicators.enums_monitoring import Measure
from indicators.monitoring.numbers import (
    UNKNOWN,
    amount,
    growth,
    interval,
    middle_and_best,
    moved,
    parsed,
    shown,
    signed,
)
from indicators.monitoring.sources import Place, Sources, Tier
from policy import decimals, figures, index
from policy.index import Part
from policy.outcomes import Outcome
from registry.enums import ParkStatus

Data = dict[str, Any]
# What everybody looks for first, before the figures behind the index.
FIRST = ("C.gdp", "C.population", "C.rd_expenditure", "C.fiscal_st_expenditure", "C.fiscal_recurrent_revenue")
SIGNS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜"}
UNITS = {"pp": "个百分点"}


def profile(place: Place, tier: Tier, sources: Sources) -> Data:
    """Everything that the report says of one place."""
    dims = dimensions(place, tier)
    ranks = {str(measure): rank(place, tier, measure) for measure in tier.measured}
    lines = key_figures(place, tier.parts, sources.year)
    return {
        "code": place.code,
        "name": place.name,
        "tier": str(place.one.list),
        "tier_label": "设区市" if place.one.list == RankingList.CITY else "县（市、区）",
        "titles": list(place.titles),
        "ranks": ranks,
        "dimensions": dims,
        "indicators": indicators(place, tier),
        "figures": lines,
        "findings": [_finding(one) for one in place.findings],
        "parks": [_park(park, one) for park, one in place.parks],
        "course": [_year(one) for one in place.course],
        "left_out": left_out(place, tier),
        "words": words(place, dims, ranks),
    }


def rank(place: Place, tier: Tier, measure: Measure) -> Data:
    """The rank of a place by one measure; by level it is the released one."""
    one, found = place.one, tier.measured[measure].by_subject[place.code]
    if measure == Measure.LEVEL:
        told = (one.rank, one.rank_low, one.rank_high, one.score)
    else:
        told = (found.rank, found.rank_low, found.rank_high, found.score)
    return {
        "rank": told[0],
        "interval": interval(told[1], told[2]),
        "score": shown(told[3]),
        "ranked": tier.measured[measure].ranked,
    }


def dimensions(place: Place, tier: Tier) -> list[Data]:
    """The score of each dimension beside the median and the best of the list."""
    found = []
    for part in tier.dimensions:
        others = [value for one in tier.places if (value := parsed(one.one.scores.get(part.code))) is not None]
        own = parsed(place.one.scores.get(part.code))
        middle, best = middle_and_best(others)
        ahead = None if own is None or middle is None else own - middle
        found.append(
            {
                "code": part.code,
                "label": part.label,
                "weight": part.weight,
                "own": shown(own),
                "exact": place.one.scores.get(part.code, ""),
                "median": shown(middle),
                "best": shown(best),
                "ahead": signed(ahead),
                "place": 1 + sum(value > own for value in others) if own is not None else None,
                "points": {
                    "own": _point(own),
                    "median": _point(middle),
                    "best": _point(best),
                },
            }
        )
    return found


def _point(value: Fraction | None) -> float | None:
    """Where a score stands on the axis of a drawing, 0 to 100."""
    return None if value is None else round(min(max(float(value), 0.0), 100.0), 2)


def indicators(place: Place, tier: Tier) -> list[Data]:
    """The score of each indicator of the index, by its dimension."""
    names = {part.code: part.label for part in tier.parts}
    return [
        {
            "code": part.code,
            "label": part.label,
            "dimension": names.get(part.parent, ""),
            "weight": part.weight,
            "score": shown(place.one.scores.get(part.code)),
            "exact": place.one.scores.get(part.code, ""),
        }
        for part in index.indicators(tier.parts)
    ]


def key_figures(place: Place, parts: Sequence[Part], year: int) -> list[Data]:
    """The figures behind the index with those of the year before; breakdowns are left to the data files."""
    codes = [*FIRST, *(part.denominator for part in index.indicators(parts))]
    codes += [code for part in index.indicators(parts) for code in part.numerator]
    found = []
    for code in dict.fromkeys(codes):
        figure = figures.find(code) if code and "[" not in code else None
        known = place.figures.get(code, {})
        now, before = known.get(year), known.get(year - 1)
        if figure is None or (now is None and before is None):
            continue
        change = growth(now, before)
        found.append(
            {
                "code": code,
                "label": queries.named(code),
                "unit": figure.unit,
                "exact": ["" if value is None else decimals.render(value) for value in (before, now)],
                "now": amount(now),
                "before": amount(before),
                "change": signed(change) if change is not None else UNKNOWN,
            }
        )
    return found


def _finding(one: Any) -> Data:
    unit = UNITS.get(one.unit, one.unit)
    return {
        "clause": one.clause,
        "label": one.label,
        "shown": one.shown or UNKNOWN,
        "unit": unit,
        "threshold": f"{SIGNS.get(one.operator, one.operator)} {one.threshold}" if one.threshold else UNKNOWN,
        "outcome": one.outcome,
        "word": Outcome(one.outcome).label,
        "formula": one.formula,
        "reason": one.reason,
    }


def _park(park: Any, one: Any) -> Data:
    return {
        "slug": park.slug,
        "name": park.name,
        "status": str(ParkStatus(park.status).label),
        "rank": one.rank if one else None,
        "score": shown(one.score) if one else UNKNOWN,
    }


def _year(one: Any) -> Data:
    change = None if one.rank is None or one.previous_rank is None else one.previous_rank - one.rank
    return {
        "year": one.year,
        "rank": one.rank,
        "ranked": one.ranked,
        "low": one.rank_low,
        "high": one.rank_high,
        "interval": interval(one.rank_low, one.rank_high),
        "score": shown(one.score),
        "moved": moved(change),
    }


def left_out(place: Place, tier: Tier) -> list[str]:
    """The indicators that had no value, whose weight the others of the dimension share."""
    if Measure.LEVEL not in tier.measured:
        return []
    names = {part.code: part.label for part in tier.parts}
    return [names.get(code, code) for code in tier.measured[Measure.LEVEL].by_subject[place.code].left_out]


def words(place: Place, dims: Sequence[Data], ranks: Data) -> list[str]:
    """Two sentences on a place: where it stands, and where it leads or lags."""
    level, said = ranks.get(str(Measure.LEVEL)), []
    if level and level["rank"]:
        others = [
            f"{name}第{ranks[key]['rank']}位"
            for key, name in (("strength", "综合实力"), ("change", "相对上年变化"))
            if key in ranks and ranks[key]["rank"]
        ]
        more = f"；{'，'.join(others)}" if others else ""
        said.append(
            f"创新水平得分{level['score']}，在参加排序的{level['ranked']}个地区中居第{level['rank']}位"
            f"（位次区间{level['interval']}）{more}。"
        )
    known = [one for one in dims if one["points"]["own"] is not None and one["points"]["median"] is not None]
    if known:
        gaps = sorted(known, key=lambda one: one["points"]["own"] - one["points"]["median"])
        first, last = gaps[-1], gaps[0]
        if first["points"]["own"] > first["points"]["median"]:
            said.append(f"领先同组中位数最多的是“{first['label']}”（{first['ahead']}分）。")
        if last["points"]["own"] < last["points"]["median"]:
            said.append(f"落后同组中位数最多的是“{last['label']}”（{last['ahead']}分）。")
    return said
