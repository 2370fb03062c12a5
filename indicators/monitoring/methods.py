"""How the report was made: index, weights, missing data, uncertainty; where the figures come from; errata."""

from __future__ import annotations

from typing import Any

from indicators import queries, scoring
from indicators.enums_monitoring import Measure
from indicators.monitoring import profiles
from indicators.monitoring.numbers import UNKNOWN
from indicators.monitoring.sources import Sources, Tier
from notifications.rendering.measures import chinese_date
from policy import figures, index

Data = dict[str, Any]
NORMALISED = {
    "minmax": "最小值与最大值",
    "rank": "位次",
    "percentile": "百分位",
    "target": "目标值，超过的按100",
    "goalposts": "评分本身",
}


def run_of(sources: Sources) -> Data:
    """The computation that the report tells of."""
    run = sources.run
    return {
        "number": run.number,
        "paper": run.paper.number if run.paper else "",
        "released": chinese_date(run.released_at.date()) if run.released_at else "",
        "input_hash": run.input_hash,
        "result_hash": run.result_hash,
        "code_version": run.code_version,
        "params": {str(key): str(value) for key, value in sorted((run.params or {}).items())},
    }


def methods_of(sources: Sources) -> Data:
    """The index of each list with weights and normalisation, what is missing, how sure the ranks are."""
    return {
        "draws": scoring.DRAWS,
        "seed": sources.year,
        "versions": [_version(tier) for tier in sources.tiers if tier.version],
        "missing": [
            {"code": place.code, "name": place.name, "indicators": lacking}
            for tier in sources.tiers
            for place in tier.places
            if (lacking := profiles.left_out(place, tier))
        ],
    }


def _version(tier: Tier) -> Data:
    version = tier.version
    assert version is not None, "asked of lists that have one"
    rows = [
        {
            "depth": depth,
            "label": part.label,
            "weight": part.weight,
            "formula": part.formula,
            "unit": part.unit,
            "clause": part.clause,
            "method": NORMALISED.get(part.method, "") if part.kind else "",
            "is_indicator": bool(part.kind),
            "qualitative": part.kind == index.REVIEW,
        }
        for depth, part in index.in_order(tier.parts)
    ]
    qualitative = sum(part.share for part in index.indicators(tier.parts) if part.kind == index.REVIEW)
    return {
        "tier": str(tier.ranking),
        "title": version.title,
        "number": version.number,
        "digest": version.digest,
        "basis": list(version.basis),
        "rows": rows,
        "quantitative": str(index.total(tier.parts) - qualitative),
        "signed": chinese_date(version.signed_at.date()) if version.signed_at else UNKNOWN,
    }


def origins(sources: Sources) -> list[Data]:
    """Which figures were used, in which unit, and which departments verified them."""
    codes: dict[str, None] = {}
    for tier in sources.tiers:
        for part in index.indicators(tier.parts):
            codes |= dict.fromkeys([*part.numerator, *filter(None, [part.denominator])])
    found: dict[str, Data] = {}
    for code in [*profiles.FIRST, *codes]:
        figure = figures.find(code)
        base = code.partition("[")[0]
        if figure is not None and base not in found:
            found[base] = {
                "code": base,
                "label": queries.named(code).partition("·")[0],
                "unit": figure.unit,
                "verifier": figure.verifier or UNKNOWN,
            }
    return list(found.values())


def errata(sources: Sources) -> list[Data]:
    """The figures behind the released result that were corrected since (AMB-33)."""
    return [
        {
            "code": one.assessment.subject,
            "name": one.assessment.name,
            "figure": queries.named(one.code),
            "year": one.year,
            "before": one.before or UNKNOWN,
            "after": one.after or UNKNOWN,
            "noted": chinese_date(one.noted_at.date()),
        }
        for one in sources.corrections
    ]


def recompute(sources: Sources) -> dict[str, str]:
    """The files from which `composite` gives each ranking again, by name."""
    files = {}
    for tier in sources.tiers:
        for measure in Measure:
            if found := tier.measured.get(measure):
                for name, content in (("data", found.data), ("meta", found.meta)):
                    files[f"{tier.ranking}-{measure}-{name}.csv"] = content.decode()
    return files
