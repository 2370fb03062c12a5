"""Rules that say when a clause does not apply to a subject and year."""

from policy.metrics.registry import Scope, rule


@rule("principle")
def principle(scope: Scope) -> str:
    """A statement of principle, which is shown and not judged."""
    return "原则性表述，不作判定"


@rule("later_step")
def later_step(scope: Scope) -> str:
    """A step of procedure, or a right, that follows the filing."""
    return "程序性条款，由后续环节落实"


@rule("after_listing_year")
def after_listing_year(scope: Scope) -> str:
    """The first assessed year is the calendar year after listing (AMB-07). Needs `listed_on`."""
    listed_on = scope.facts.listed_on
    if listed_on is None or scope.facts.year > listed_on.year:
        return ""
    return f"{listed_on.year} 年列入创建名单，自 {listed_on.year + 1} 年起评价"


@rule("within_zone")
def within_zone(scope: Scope) -> str:
    """A park that is its whole host zone has nothing to be compared with (AMB-10)."""
    return "园区即整个产业集聚区（开发区），无可比整体" if scope.facts.whole_zone else ""
