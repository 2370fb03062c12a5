"""The same arithmetic in bare NumPy: no clause file, no law of a year, nothing at a threshold judged again."""

from __future__ import annotations

import numpy as np

MET, NOT_MET, NOT_ASSESSABLE, NOT_APPLICABLE = range(4)


def outcomes(now, before, assessed, within):
    """Outcomes (clauses × rows) and verdicts of the yearly targets, in the order of the clause file."""

    def share(part, whole):
        return told(100 * now[part] / now[whole], 60, now[whole] == 0)

    def increment(part, whole):
        wider = now[whole] - before[whole]
        return told(100 * (now[part] - before[part]) / wider, 60, wider <= 0)

    def growth(code, asked):
        return told(100 * (now[code] / before[code] - 1), asked, before[code] == 0)

    def rise(part, whole):
        last = 100 * before[part] / before[whole]
        risen = 100 * now[part] / now[whole] - last
        none = (now[whole] == 0) | (before[whole] == 0)
        return told(risen, 3, none | ((last > 97) & (risen < 3)))

    def above(code):
        own, other = f"P.{code}", f"Z.{code}"
        ahead = now[own] / before[own] - now[other] / before[other]
        found = np.where(ahead > 0, MET, NOT_MET).astype(np.int8)
        found[np.isnan(ahead) | (before[own] == 0) | (before[other] == 0)] = NOT_ASSESSABLE
        found[~within] = NOT_APPLICABLE
        return found

    def told(value, asked, none):
        found = np.where(value >= asked, MET, NOT_MET).astype(np.int8)
        found[np.isnan(value) | none] = NOT_ASSESSABLE
        return found

    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.stack(
            [
                share("P.new_hitech_enterprises", "P.new_enterprises"),
                share("P.new_hitech_projects", "P.new_projects"),
                share("P.new_hitech_project_investment", "P.new_project_investment"),
                increment("P.hitech_va", "P.industrial_va"),
                rise("P.sei_va", "P.gdp"),
                growth("P.hitech_output", 25),
                growth("P.hts_revenue", 20),
                increment("P.tax_union", "P.tax_total"),
                above("ent_rd_institutions"),
                above("high_talents"),
                above("rd_expenditure"),
            ]
        )
    found[:, ~assessed] = NOT_APPLICABLE
    verdicts = np.where((found == NOT_APPLICABLE).all(axis=0), np.int8(3), np.int8(0))
    verdicts[(found == NOT_ASSESSABLE).any(axis=0)] = 2
    verdicts[(found == NOT_MET).any(axis=0)] = 1
    return found.T, verdicts


def ranked(scores, weights):
    """Ranks, draws × units: a matrix product of draws × indicators and units × indicators, and ranking."""
    totals = (weights / weights.sum(axis=1, keepdims=True)) @ scores.T
    places = np.empty(totals.shape, dtype=np.int32)
    np.put_along_axis(
        places, np.argsort(-totals, axis=1), np.arange(1, totals.shape[1] + 1, dtype=np.int32)[None, :], axis=1
    )
    return places
