"""What a metric is given, what it gives back, and the names under which clauses call it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from policy import decimals, figures
from policy.facts import Facts
from policy.outcomes import Outcome
from policy.parameters import Settings

_NOTHING: Mapping[int, Fraction | None] = {}


class MissingFigureError(Exception):
    """A needed figure is unknown; the text says which ones and of which years."""

    def __init__(self, wanted: Iterable[tuple[str, int]]) -> None:
        listed = "、".join(f"{year} 年 {figures.name(code)}" for code, year in wanted)
        super().__init__(f"缺少数据：{listed}")


@dataclass(frozen=True)
class Measure:
    """What a metric found: a value to compare, or an outcome where no comparison is to be made.

    `threshold` is the other side's value, of metrics that compare two sides; a metric that also has a
    threshold in its clause may replace it, or say by `unbounded` that the replacement is unknown.
    """

    value: Fraction | None = None
    formula: str = ""
    threshold: Fraction | None = None
    outcome: Outcome | None = None
    reason: str = ""
    proposal: Outcome | None = None
    unbounded: bool = False


@dataclass(frozen=True)
class Used:
    """One figure that a metric asked for; None is unknown."""

    code: str
    year: int
    value: Fraction | None


@dataclass(frozen=True)
class Scope:
    """The facts of one subject as one clause sees them: its inputs, its parameters, its threshold.

    `used` gathers every figure asked for, in the order of asking.
    """

    facts: Facts
    settings: Settings
    codes: Mapping[str, tuple[str, ...]]
    threshold: Fraction | None = None
    used: dict[tuple[str, int], Fraction | None] = field(default_factory=dict)

    def code(self, name: str) -> str:
        """The one figure code behind an input."""
        (code,) = self.codes[name]
        return code

    def read(self, *wanted: tuple[str, int]) -> list[Fraction]:
        """Values of (code, years back from the judged year), in order; MissingFigureError names all unknown."""
        known: list[Fraction] = []
        unknown: list[tuple[str, int]] = []
        for code, back in wanted:
            year = self.facts.year - back
            value = self.look(code, back)
            if value is None:
                unknown.append((code, year))
            else:
                known.append(value)
        if unknown:
            raise MissingFigureError(unknown)
        return known

    def inputs(self, *names: str, back: int = 0) -> list[Fraction]:
        """Values of one-code inputs, all so many years back; MissingFigureError names all unknown."""
        return self.read(*((self.code(name), back) for name in names))

    def look(self, code: str, back: int = 0) -> Fraction | None:
        """A value that may be unknown."""
        year = self.facts.year - back
        value = self.facts.figures.get(code, _NOTHING).get(year)
        self.used[code, year] = value
        return value


@dataclass(frozen=True)
class Metric:
    """A named function over figures. `unit` is None when it has the unit of its first input.

    `two_sided` metrics bring the other side's value as threshold; the clause has none of its own.
    """

    name: str
    unit: str | None
    inputs: tuple[str, ...]
    two_sided: bool
    compute: Callable[[Scope], Measure]


UNKNOWABLE = "分母为 0，比值无意义"
METRICS: dict[str, Metric] = {}
RULES: dict[str, Callable[[Scope], str]] = {}


def metric(
    name: str, *, unit: str | None, inputs: tuple[str, ...], two_sided: bool = False
) -> Callable[[Callable[[Scope], Measure]], Callable[[Scope], Measure]]:
    """Register a metric under a name that clause files use."""

    def register(compute: Callable[[Scope], Measure]) -> Callable[[Scope], Measure]:
        METRICS[name] = Metric(name, unit, inputs, two_sided, compute)
        return compute

    return register


def rule(name: str) -> Callable[[Callable[[Scope], str]], Callable[[Scope], str]]:
    """Register a rule of applicability: it returns why a clause does not apply, or an empty string."""

    def register(check: Callable[[Scope], str]) -> Callable[[Scope], str]:
        RULES[name] = check
        return check

    return register


def written(value: Fraction) -> str:
    """A figure as it stands in a formula; a negative one in brackets."""
    text = decimals.render(value)
    return f"({text})" if value < 0 else text
