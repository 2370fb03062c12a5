"""The judge: applies a clause set to facts and says what became of each clause, and of the whole."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from policy import decimals, figures
from policy.clauses import Clause, ClauseSet, Threshold
from policy.facts import Decision, Facts, FactsError
from policy.metrics import RULES, Measure, MissingFigureError, Scope, Used
from policy.outcomes import Audience, Kind, Outcome, Verdict
from policy.parameters import Settings

BY_REVIEW = "由评审判断"
_SHORT = 6
_COMPARISONS: Mapping[str, Callable[[Fraction, Fraction, Fraction], bool]] = {
    ">=": lambda value, low, high: value >= low,
    ">": lambda value, low, high: value > low,
    "<=": lambda value, low, high: value <= low,
    "<": lambda value, low, high: value < low,
    "between": lambda value, low, high: low <= value <= high,
}
_UNOBSERVED = (Outcome.NOT_ASSESSABLE, Outcome.NOT_APPLICABLE)


@dataclass(frozen=True)
class Finding:
    """What became of one clause.

    `observed` and `threshold` are plain decimal strings in `unit`, printed so that their order is true;
    `proposal` is what the policy suggests where people must rule; `decided` marks a signed ruling.
    `value` and `bounds` are the exact numbers behind them, for pages that round; `figures` are those asked for.
    A finding that does not count (`counts`) is a recommendation, left out of the verdict.
    """

    clause: str
    label: str
    quote: str
    kind: Kind
    outcome: Outcome
    observed: str | None
    threshold: str | None
    operator: str
    unit: str
    formula: str
    reason: str
    proposal: str
    advice: str
    decided: bool = False
    value: Fraction | None = None
    bounds: tuple[Fraction, ...] = ()
    figures: tuple[Used, ...] = ()
    counts: bool = True

    @property
    def shown(self) -> str:
        """The observed value for a page: whole numbers as they are, others to two places or as many as it
        takes for a failed value not to look passed; empty when nothing was observed."""
        if self.value is None:
            return ""
        return decimals.amount(self.value, self.bounds)

    def as_json(self) -> dict[str, str | None]:
        """The members that the contract names, in its order."""
        names = ("clause", "outcome", "observed", "threshold", "operator", "unit", "formula", "reason")
        return {name: getattr(self, name) for name in (*names, "proposal")}


@dataclass(frozen=True)
class Assessment:
    """All findings of one subject and year under one clause set, and their verdict."""

    set: str
    digest: str
    subject: str
    year: int
    on: date
    params: Mapping[str, str]
    findings: tuple[Finding, ...]
    verdict: Verdict

    def finding(self, clause_id: str) -> Finding:
        """One finding by clause id. Raises KeyError."""
        return {finding.clause: finding for finding in self.findings}[clause_id]

    def as_json(self) -> dict[str, object]:
        """The answer of the command `judge`."""
        return {
            "set": self.set,
            "digest": self.digest,
            "subject": self.subject,
            "year": self.year,
            "on": self.on.isoformat(),
            "params": dict(self.params),
            "findings": [finding.as_json() for finding in self.findings],
            "verdict": self.verdict,
        }


def judge(
    clause_set: ClauseSet,
    facts: Facts,
    on: date | None = None,
    params: Mapping[str, str] | None = None,
    audience: Audience | str = Audience.PORTAL,
) -> Assessment:
    """Apply a clause set to the facts of one subject and year.

    `on` picks the dated thresholds: by default 31 December of the year, or what the set says.
    Raises FactsError when the set needs a date that the facts lack, ParameterError for unusable params.
    """
    settings = Settings(dict(params or {}))
    day = on or _default_day(clause_set, facts)
    for name in clause_set.requires:
        if getattr(facts, name) is None:
            raise FactsError(f"{facts.subject}：{name} 缺失，{clause_set.label}需要它")
    findings = tuple(_find(clause, facts, settings, day) for clause in clause_set.of(Audience(audience)))
    return Assessment(
        set=clause_set.name,
        digest=clause_set.digest,
        subject=facts.subject,
        year=facts.year,
        on=day,
        params=settings.given,
        findings=findings,
        verdict=verdict_of(findings),
    )


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The verdict over findings; clauses left to review count only once a ruling decides them."""
    outcomes = {
        finding.outcome
        for finding in findings
        if finding.counts and (finding.kind is not Kind.REVIEW or finding.decided)
    }
    if Outcome.NOT_MET in outcomes:
        return Verdict.NOT_MET
    if Outcome.NOT_ASSESSABLE in outcomes:
        return Verdict.OPEN
    if outcomes <= {Outcome.NOT_APPLICABLE}:
        return Verdict.NOT_APPLICABLE
    return Verdict.MET


def _default_day(clause_set: ClauseSet, facts: Facts) -> date:
    if clause_set.default_on == "applied_on" and facts.applied_on:
        return facts.applied_on
    return date(facts.year, 12, 31)


def _find(clause: Clause, facts: Facts, settings: Settings, day: date) -> Finding:
    dated = clause.threshold_on(day)
    threshold = dated.under(settings) if dated else None
    codes = {name: source.codes(settings) for name, source in clause.inputs.items()}
    scope = Scope(facts, settings, codes, threshold.low if threshold else None)
    decision = facts.decisions.get(clause.id)
    if decision:
        return _finding(clause, threshold, _decided(_measure(clause, scope), decision), scope, decided=True)
    reason = _inapplicable(clause, scope, day)
    if reason:
        return _finding(clause, threshold, Measure(outcome=Outcome.NOT_APPLICABLE, reason=reason), scope)
    return _finding(clause, threshold, _measure(clause, scope), scope)


def _inapplicable(clause: Clause, scope: Scope, day: date) -> str:
    if clause.first_day and day < clause.first_day:
        return f"该条款自 {clause.first_day.isoformat()} 起施行"
    return next((reason for name in clause.applies if (reason := RULES[name](scope))), "")


def _measure(clause: Clause, scope: Scope) -> Measure:
    if clause.metric is None:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, reason=BY_REVIEW)
    try:
        return clause.metric.compute(scope)
    except MissingFigureError as missing:
        return Measure(outcome=Outcome.NOT_ASSESSABLE, reason=str(missing))


def _decided(measure: Measure, decision: Decision) -> Measure:
    """A ruling replaces the outcome; what was measured stays visible unless the ruling leaves it open."""
    return replace(
        measure,
        value=None if decision.outcome in _UNOBSERVED else measure.value,
        outcome=decision.outcome,
        reason=f"依据裁定 {decision.paper}：{decision.outcome.label}",
        proposal=None,
    )


def _finding(
    clause: Clause, threshold: Threshold | None, measure: Measure, scope: Scope, *, decided: bool = False
) -> Finding:
    bounds = _bounds(threshold, measure)
    outcome = measure.outcome or _compare(clause.operator, measure.value, bounds)
    observed, printed = _print(measure.value, bounds)
    reason = measure.reason
    if outcome is Outcome.NOT_MET and measure.outcome is None:
        reason = "；".join(part for part in (_shortfall(clause, measure.value, bounds, printed), reason) if part)
    return Finding(
        clause=clause.id,
        label=clause.label,
        quote=clause.quote,
        kind=clause.kind,
        outcome=outcome,
        observed=observed,
        threshold=_threshold_text(threshold, measure, printed),
        operator=clause.operator,
        unit=clause.unit,
        formula=measure.formula,
        reason=reason,
        proposal=measure.proposal or "",
        advice=clause.advice,
        decided=decided,
        value=measure.value,
        bounds=bounds,
        figures=tuple(Used(code, year, value) for (code, year), value in scope.used.items()),
        counts=not clause.recommendation,
    )


def _threshold_text(threshold: Threshold | None, measure: Measure, printed: tuple[str, ...]) -> str | None:
    if threshold is None or measure.threshold is not None or measure.unbounded:
        return next(iter(printed), None)
    return threshold.text


def _bounds(threshold: Threshold | None, measure: Measure) -> tuple[Fraction, ...]:
    if measure.threshold is not None:
        return (measure.threshold,)
    if threshold is None or measure.unbounded:
        return ()
    return tuple(dict.fromkeys((threshold.low, threshold.high)))


def _print(value: Fraction | None, bounds: tuple[Fraction, ...]) -> tuple[str | None, tuple[str, ...]]:
    if value is None:
        return None, tuple(decimals.render(bound) for bound in bounds)
    return decimals.render_beside(value, bounds)


def _compare(operator: str, value: Fraction | None, bounds: tuple[Fraction, ...]) -> Outcome:
    """Compare exactly; a metric that gives no outcome gives a value, and its clause is in force."""
    if value is None or not bounds:
        raise AssertionError("a metric gave neither an outcome nor a value to compare")
    met = _COMPARISONS[operator](value, bounds[0], bounds[-1])
    return Outcome.MET if met else Outcome.NOT_MET


def _shortfall(clause: Clause, value: Fraction | None, bounds: tuple[Fraction, ...], printed: tuple[str, ...]) -> str:
    """Say how far a value is from what is asked, both rounded for reading so that their order stays true.

    A clause on a yes-or-no figure asks for yes.
    """
    if not clause.unit and _asks_for_yes(clause):
        return "尚未具备"
    signs = {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "between": ""}
    unit = f" {clause.unit}" if clause.unit else ""
    others = [] if value is None else [value]
    short = (len(text) <= _SHORT for text in printed)
    asked = " 至 ".join(
        text if fits else decimals.amount(bound, others)
        for bound, text, fits in zip(bounds, printed, short, strict=True)
    )
    observed = "" if value is None else decimals.amount(value, bounds)
    return f"{observed}{unit}，要求 {signs[clause.operator]}{asked}{unit}"


def _asks_for_yes(clause: Clause) -> bool:
    codes = (code for source in clause.inputs.values() for options in source.options.values() for code in options)
    return any(figure.type is figures.Type.BOOLEAN for code in codes if (figure := figures.find(code)))
