"""The sets hold exactly the clauses, operators, units and thresholds that callers rely on, in that order."""

import pytest

from policy import clauses
from policy.facts import Facts
from policy.judge import judge
from policy.outcomes import Audience

SHARE, ABOVE, BELOW = (">=", "%", "60"), (">", "%", None), ("<", "t/亿元", None)
CONTRACT: dict[str, dict[str, tuple[str, str, str | None]]] = {
    "park-creation": {"P-II.1.2e": (">=", "km²", "10"), "P-IV.2a": ("between", "个", "1..3")},
    "park-annual": {
        **dict.fromkeys(("P-II.2.1a", "P-II.2.1b", "P-II.2.1c", "P-II.2.1d"), SHARE),
        "P-II.2.2a": (">=", "pp", "3"),
        "P-II.2.2b": (">=", "%", "25"),
        "P-II.2.2c": (">=", "%", "20"),
        "P-II.2.2d": SHARE,
        **dict.fromkeys(("P-II.2.3a", "P-II.2.3b", "P-II.2.3c"), ABOVE),
    },
    "park-recognition": {
        "P-II.3.0a": (">=", "年", "3"),
        "P-II.3.1a": (">=", "亿元", "500"),
        "P-II.3.1b": SHARE,
        "P-II.3.1c": (">=", "%", "70"),
        "P-II.3.1d": (">=", "%", "15"),
        "P-II.3.1f": (">=", "%", "50"),
        "P-II.3.2b": ABOVE,
        "P-II.3.2c": ABOVE,
        "P-II.3.2d": (">", "件/万人", None),
        **{f"P-II.3.2{letter}": ABOVE for letter in "efghi"},
        "P-II.3.4d": (">=", "%", "100"),
        "P-II.3.4e": (">=", "亿元/km²", "50"),
        **{f"P-II.3.5f[{pollutant}]": BELOW for pollutant in ("cod", "nh3n", "so2", "nox")},
        "P-II.3.5g": ("<", "tce/万元", None),
    },
    "park-expansion": {"P-II.4a": ("<=", "", None), "P-II.4d": (">=", "km²", None), "P-II.4g": ("<=", "", "5")},
    "city-application": {"C-III.1a": (">=", "", "1")},
    "city-annual": {"C-V.3a": (">=", "pp", "1")},
    "province-targets": {
        "C-III.3b": (">=", "", "2"),
        "C-III.3c": (">=", "个", "8"),
        "C-III.3d": (">=", "个", "4"),
        "C-III.3e": (">=", "个", "30"),
        "C-III.3f": (">=", "个", "60"),
        **dict.fromkeys(
            (
                *("C-III.3g[innovative_enterprises]", "C-III.3g[patents_granted]", "C-III.3g[sei_va]"),
                *("C-III.3g[new_product_rate]", "C-III.3g[tech_smes]", "C-III.3g[hts_revenue]"),
            ),
            ABOVE,
        ),
        "C-IV.2h[100]": (">=", "个", "600"),
        "C-IV.2h[300]": (">=", "个", "150"),
        "C-IV.2h[1000]": (">=", "个", "30"),
        "C-IV.2h[2000]": (">=", "个", "10"),
    },
}


def test_clause_sets_are_these_seven() -> None:
    assert set(clauses.names()) == CONTRACT.keys()


@pytest.mark.parametrize("name", CONTRACT)
def test_clause_set_holds_exactly_its_clauses_in_order(name: str) -> None:
    facts = Facts.parse({"subject": "lx-park", "year": 2015, "listed_on": "2012-06-01"})
    answer = judge(clauses.load(name), facts, audience=Audience.CONTRACT)

    found = {item.clause: (item.operator, item.unit, item.threshold) for item in answer.findings}
    assert list(found.items()) == list(CONTRACT[name].items())
    assert len(answer.findings) == len(found)


def test_clause_set_knows_nothing_and_so_decides_nothing() -> None:
    facts = Facts.parse({"subject": "lx-park", "year": 2015, "listed_on": "2012-06-01"})
    verdicts = {name: judge(clauses.load(name), facts, audience=Audience.CONTRACT).verdict.value for name in CONTRACT}

    assert verdicts == dict.fromkeys(CONTRACT, "open")


def test_clause_recommendation_is_one() -> None:
    found = [clause.id for name in CONTRACT for clause in clauses.load(name).clauses if clause.recommendation]

    assert found == ["P-II.4g"]


@pytest.mark.parametrize(("applied_on", "day"), [("2016-03-01", "2016-03-01"), (None, "2015-12-31")])
def test_clause_set_of_recognition_is_judged_on_the_day_of_application(applied_on: str | None, day: str) -> None:
    document = {"subject": "lx-park", "year": 2015, "listed_on": "2012-06-01", "applied_on": applied_on}

    assert judge(clauses.load("park-recognition"), Facts.parse(document)).on.isoformat() == day
