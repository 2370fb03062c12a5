"""What a year's report says, composed from its sources as plain data: everything printed, shown or given as a file."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from indicators.enums import RankingList
from indicators.enums_monitoring import Measure
from indicators.monitoring import methods, profiles, words
from indicators.monitoring.numbers import UNKNOWN, growth, interval, middle_and_best, moved, parsed, shown, signed
from indicators.monitoring.sources import FISCAL, Place, Sources, Tier
from notifications.rendering.measures import chinese_date
from policy.outcomes import Outcome

Data = dict[str, Any]
TITLE = "浙江省创新型城市（县、区）建设统计监测报告"
SIGNS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜"}
UNITS = {"pp": "个百分点"}
# The order in which the rankings stand, and what each is called in its heading.
MEASURES = (Measure.STRENGTH, Measure.LEVEL, Measure.CHANGE)
NAMES = {Measure.STRENGTH: "综合实力", Measure.LEVEL: "创新水平", Measure.CHANGE: "相对上年变化"}
TIERS = {RankingList.CITY: "设区市", RankingList.COUNTY: "县（市、区）"}


def compose(sources: Sources, issuers: list[str], edition: int = 1) -> Data:
    """The whole content; nothing in it depends on when it is composed."""
    tiers = [tier_of(tier, sources) for tier in sources.tiers]
    found: Data = {
        "title": TITLE,
        "year": sources.year,
        "edition": edition,
        "issuers": issuers,
        "run": methods.run_of(sources),
        "places": [_place(place) for place in sources.places],
        "targets": _targets(sources),
        "tiers": tiers,
        "fiscal": _fiscal(sources),
        "evaluations": _evaluations(sources),
        "profiles": [profiles.profile(place, tier, sources) for tier in sources.tiers for place in tier.places],
        "methods": methods.methods_of(sources),
        "sources": methods.origins(sources),
        "errata": methods.errata(sources),
        "recompute": methods.recompute(sources),
    }
    found["summary"] = words.summary(found)
    return found


def _place(place: Place) -> Data:
    parent = place.division.parent if place.division else None
    since = {one.year for one in place.course}
    return {
        "code": place.code,
        "name": place.name,
        "tier": str(place.one.list),
        "city": parent.name if parent and place.one.list == RankingList.COUNTY else "",
        "titles": list(place.titles),
        "first": place.before is None,
        "years": sorted(since),
    }


def _targets(sources: Sources) -> Data:
    targets = sources.targets
    rows = [
        {
            "clause": one.clause,
            "label": one.label,
            "quote": one.quote,
            "shown": one.shown or UNKNOWN,
            "threshold": f"{SIGNS.get(one.operator, one.operator)} {one.threshold}" if one.threshold else UNKNOWN,
            "unit": UNITS.get(one.unit, one.unit),
            "gap": _gap(one.observed, one.threshold, one.operator),
            "outcome": str(one.outcome),
            "word": one.outcome.label,
            "reason": one.reason,
        }
        for one in targets.findings
    ]
    return {"day": chinese_date(targets.day), "digest": targets.digest, "rows": rows}


def _gap(observed: str | None, threshold: str | None, operator: str) -> str:
    """How much is lacking; nothing where it is reached or unknown."""
    value, wanted = parsed(observed), parsed(threshold)
    if value is None or wanted is None or operator not in (">=", ">"):
        return UNKNOWN
    return shown(wanted - value) if value < wanted else "0"


def tier_of(tier: Tier, sources: Sources) -> Data:
    """One list: its three rankings and its dimensions."""
    return {
        "code": str(tier.ranking),
        "label": TIERS[tier.ranking],
        "number": len(tier.places),
        "rankings": [_ranking(tier, measure) for measure in MEASURES if measure in tier.measured],
        "dimensions": dimensions_of(tier),
        "average": shown(_mean([parsed(place.one.score) for place in tier.places])),
    }


def _mean(values: list[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def _ranking(tier: Tier, measure: Measure) -> Data:
    scores = tier.measured[measure]
    rows = []
    for place in tier.places:
        if measure == Measure.LEVEL:
            one = place.one
            told = (one.rank, one.rank_low, one.rank_high, one.score)
        else:
            found = scores.by_subject[place.code]
            told = (found.rank, found.rank_low, found.rank_high, found.score)
        rows.append(_line(place, *told))
    rows.sort(key=lambda row: (row["rank"] is None, row["rank"] or 0, row["code"]))
    return {
        "measure": str(measure),
        "name": NAMES[measure],
        "ranked": sum(row["rank"] is not None for row in rows),
        "rows": rows,
    }


def _line(place: Place, rank: int | None, low: int | None, high: int | None, score: str) -> Data:
    one = place.one
    before = one.previous_rank
    change = None if one.rank is None or before is None else before - one.rank
    return {
        "code": place.code,
        "name": place.name,
        "rank": rank,
        "low": low,
        "high": high,
        "interval": interval(low, high),
        "exact": score,
        "score": shown(score),
        "moved": moved(change),
        "rise": signed(_rise(place)),
    }


def _rise(place: Place) -> Fraction | None:
    """By how many points the index changed since last year."""
    now, before = parsed(place.one.score), parsed(place.before.score) if place.before else None
    return None if now is None or before is None else now - before


def dimensions_of(tier: Tier) -> Data:
    """The scores by dimension of every place, with the median and the best of the list."""
    parts = tier.dimensions
    rows = [
        {
            "code": place.code,
            "name": place.name,
            "rank": place.one.rank,
            "scores": [shown(place.one.scores.get(part.code)) for part in parts],
            "exact": [place.one.scores.get(part.code, "") for part in parts],
        }
        for place in tier.places
    ]
    spread = [
        middle_and_best(
            value for place in tier.places if (value := parsed(place.one.scores.get(part.code))) is not None
        )
        for part in parts
    ]
    return {
        "parts": [{"code": part.code, "label": part.label, "weight": part.weight} for part in parts],
        "rows": rows,
        "median": [shown(middle) for middle, _best in spread],
        "best": [shown(best) for _middle, best in spread],
        "leaders": [_leaders(tier, part.code, best) for part, (_middle, best) in zip(parts, spread, strict=True)],
    }


def _leaders(tier: Tier, code: str, best: Fraction | None) -> list[str]:
    return [place.name for place in tier.places if best is not None and parsed(place.one.scores.get(code)) == best]


def _fiscal(sources: Sources) -> Data:
    """C-V.3a of every place: how much faster the money for science grew than the revenue."""
    rows = []
    for place in sources.places:
        for one in place.findings:
            if one.clause == FISCAL:
                rows.append(
                    {
                        "code": place.code,
                        "name": place.name,
                        "tier": str(place.one.list),
                        "own": signed(_grown(place, "C.fiscal_st_expenditure", sources.year)),
                        "other": signed(_grown(place, "C.fiscal_recurrent_revenue", sources.year)),
                        "shown": one.shown or UNKNOWN,
                        "observed": one.observed or "",
                        "threshold": one.threshold or "",
                        "outcome": one.outcome,
                        "word": Outcome(one.outcome).label,
                        "formula": one.formula,
                        "reason": one.reason,
                    }
                )
    order = {Outcome.MET: 0, Outcome.NOT_MET: 1}
    rows.sort(key=lambda row: (row["tier"] != RankingList.CITY, order.get(Outcome(row["outcome"]), 2), row["code"]))
    counts = {str(outcome): sum(row["outcome"] == outcome for row in rows) for outcome in Outcome}
    return {"clause": FISCAL, "rows": rows, "counts": counts}


def _grown(place: Place, code: str, year: int) -> Fraction | None:
    """By how many per cent a figure grew since last year."""
    known = place.figures.get(code, {})
    return growth(known.get(year), known.get(year - 1))


def _evaluations(sources: Sources) -> list[Data]:
    """What third parties' biennial rounds of the year came to, as far as it is published."""
    return [
        {
            "code": one.place_id,
            "name": one.name,
            "tier": str(one.list),
            "round": f"{one.round.year}年第{one.round.number}轮",
            "score": shown(one.score),
            "exact": one.score,
            "paper": one.paper.number if one.paper_id else "",
        }
        for one in sources.evaluations
    ]
