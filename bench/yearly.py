"""python -m bench.yearly ROUNDS: a year's outcomes and rank intervals next to the same arithmetic in bare NumPy.

3,000 parks in 10 years, one figure in fifty unknown; 10,000 draws for 100 units by 50 indicators. Prints one JSON
object: for each pair the seconds of both sides in each round, and how many rows are told in words or stored a second.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from functools import partial

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import transaction  # noqa: E402

from accounts.models import Organisation  # noqa: E402
from accounts.scope import system  # noqa: E402
from bench.bare import arithmetic  # noqa: E402
from indicators.enums import RankingList  # noqa: E402
from indicators.gathering import Known, Vintage  # noqa: E402
from indicators.models import Run  # noqa: E402
from indicators.services import computing  # noqa: E402
from indicators.subjects import Subject  # noqa: E402
from policy import clauses, columns, decimals, figures  # noqa: E402
from policy.composite import draws, hierarchy, pipeline, tables  # noqa: E402
from policy.facts import Facts  # noqa: E402

PARKS, YEARS, FIRST, LISTED = 3_000, 10, 2013, date(2012, 8, 1)
TOLD = 1_000  # park-years that are judged in words, and stored
DRAWS, UNITS, INDICATORS, SEED = 10_000, 100, 50, 2014
CENTS = 100


def made(pick: np.random.Generator) -> columns.Columns:
    """Counts are whole, amounts have two places; a figure is that of the year before, changed by up to a half."""
    codes = columns.codes_of(clauses.load("park-annual"))
    rows = PARKS * YEARS
    now: dict[str, columns.Numbers] = {}
    before: dict[str, columns.Numbers] = {}
    for code in codes:
        figure = figures.find(code)
        places = 1 if figure and figure.type is figures.Type.COUNT else CENTS
        start = pick.uniform(10, 1000, rows)
        for kept, amount in ((before, start), (now, start * pick.uniform(0.9, 1.6, rows))):
            kept[code] = np.where(pick.random(rows) < 0.02, np.nan, np.rint(amount * places) / places)
    years = np.repeat(np.arange(FIRST, FIRST + YEARS), PARKS)
    within = np.tile(np.arange(PARKS) % 20 != 0, YEARS)
    return columns.Columns(now, before, years, years > LISTED.year, within, np.zeros(rows, dtype=bool))


def facts_of(table: columns.Columns, row: int) -> Facts:
    """The facts of one row, exact."""
    year = int(table.years[row])

    def exact(value: float) -> Fraction | None:
        return None if np.isnan(value) else Fraction(round(float(value) * CENTS), CENTS)

    known = {code: {year: exact(table.now[code][row]), year - 1: exact(table.before[code][row])} for code in table.now}
    return Facts(
        subject=f"bench-{row % PARKS:05d}",
        year=year,
        figures=known,
        listed_on=LISTED,
        applied_on=None,
        whole_zone=not table.within[row],
        decisions={},
        peers=None,
    )


def an_index(pick: np.random.Generator) -> pipeline.Index:
    """Indicators in ten pillars."""
    units = [f"u{number:03d}" for number in range(UNITS)]
    codes = [f"i{number:02d}" for number in range(INDICATORS)]
    data = [",".join(["unit", *codes])]
    data += [",".join([unit, *(f"{value:.6f}" for value in pick.lognormal(2, 0.5, INDICATORS))]) for unit in units]
    meta = ["code,level,parent,weight,direction"]
    meta += [f"{code},1,p{number // 5},{1 + number % 3},1" for number, code in enumerate(codes)]
    meta += [*(f"p{pillar},2,index,1,1" for pillar in range(INDICATORS // 5)), "index,3,,1,1"]
    tree = hierarchy.read("\n".join(meta).encode(), "meta.csv")
    return pipeline.build(tables.read("\n".join(data).encode(), "data.csv", tree.columns), tree, pipeline.Options())


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compared(mine: Callable[[], object], other: Callable[[], object], rounds: int) -> dict[str, list[float]]:
    """Both sides in each round, after one that does not count."""
    mine(), other()
    found: dict[str, list[float]] = {"mine": [], "bare": []}
    for number in range(rounds):
        for name, work in ((("mine", mine), ("bare", other)), (("bare", other), ("mine", mine)))[number % 2]:
            found[name].append(seconds(work))
    return found


def in_words(table: columns.Columns) -> dict[str, float]:
    """Rows a second: judged with every finding in words, and written as a run writes them (taken back afterwards)."""
    rows = [facts_of(table, row) for row in range(TOLD)]
    inputs = _inputs(rows)
    documents = [inputs.known[one.subject].document for one in rows]
    started = time.perf_counter()
    found = computing.judged({one.subject: "creating" for one in rows}, documents, inputs.clause_set, {}, {})
    judged = time.perf_counter()
    with system(), transaction.atomic():
        run = Run.objects.create(
            tenant_id=inputs.subjects[0].tenant, programme="park", year=FIRST, number=999, dry=True
        )
        writing = time.perf_counter()
        computing.store(run, inputs, computing.Result(found))
        written = time.perf_counter()
        transaction.set_rollback(True)
    return {"judged": TOLD / (judged - started), "stored": TOLD / (written - writing)}


def _inputs(rows: Sequence[Facts]) -> computing.Inputs:
    with system():
        first = Organisation.objects.order_by("code").first()
    if first is None:
        sys.exit("The database holds no organisation: load the sample (script/manage load_sample) first.")
    tenant = first.pk
    return computing.Inputs(
        year=FIRST,
        subjects=[Subject(one.subject, one.subject, RankingList.CREATING, tenant) for one in rows],
        known={one.subject: _known(one) for one in rows},
        params={},
        clause_set=clauses.load("park-annual"),
        versions={},
        previous={},
    )


def _known(facts: Facts) -> Known:
    told: dict[str, dict[str, str | None]] = {}
    vintages = {}
    for code, series in facts.figures.items():
        for year, value in series.items():
            text = None if value is None else decimals.render(value)
            told.setdefault(code, {})[str(year)] = text
            vintages[code, year] = Vintage(None, facts.subject, text, 1, "locked")
    document = {"subject": facts.subject, "listed_on": str(LISTED), "year": facts.year, "figures": told}
    return Known(document | {"whole_zone": facts.whole_zone}, vintages)


def main(rounds: int) -> None:
    """Both comparisons, then the rates."""
    pick = np.random.default_rng(SEED)
    annual, table = clauses.load("park-annual"), made(pick)
    exact = partial(facts_of, table)
    judged = columns.outcomes(annual, table, exact)
    plain, verdicts = arithmetic.outcomes(table.now, table.before, table.assessed, table.within)
    sure = ~judged.rechecked
    assert np.array_equal(judged.outcomes[sure], plain[sure])
    assert np.array_equal(judged.verdicts[sure], verdicts[sure])
    index = an_index(pick)
    weights = pick.uniform(0.8, 1.2, (DRAWS, INDICATORS))
    told = {
        "rows": len(table),
        "rechecked": int(judged.rechecked.sum()),
        "outcomes": compared(
            lambda: columns.outcomes(annual, table, exact),
            lambda: arithmetic.outcomes(table.now, table.before, table.assessed, table.within),
            rounds,
        ),
        "draws": compared(
            lambda: draws.intervals(index, DRAWS, SEED), lambda: arithmetic.ranked(index.normalised, weights), rounds
        ),
        "in words": in_words(table),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal():
        sys.exit("Say how many rounds: python -m bench.yearly ROUNDS, over a database with the sample (load_sample).")
    main(int(sys.argv[1]))
