"""What the bench found, as a table; each line with its limit."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from bench.measure import Figures


@dataclass(frozen=True)
class Limit:
    """A side must do at least `share` of what the bare side does (requests per second)."""

    side: str
    bare: str
    share: float
    told: str

    def line(self, figures: dict[str, Figures]) -> tuple[str, bool]:
        """The table's line, and whether the limit is kept."""
        mine, other = figures[self.side], figures[self.bare]
        ratio = mine.rate / other.rate
        kept = ratio >= self.share and not mine.failed and not other.failed
        told = f"{self.told:<42} {mine.rate:8.1f} {other.rate:8.1f} {ratio:7.2f}  ≥ {self.share:4.2f}  {_word(kept)}"
        return told, kept


def head() -> str:
    """The head of the table."""
    return f"{'':<42} {'portal':>8} {'bare':>8} {'ratio':>7}  {'limit':>6}\n{'':<42} {'r/s':>8} {'r/s':>8}"


def slow_line(told: str, figures: Figures, most: float) -> tuple[str, bool]:
    """A line about a 95th percentile in milliseconds."""
    kept = figures.slow <= most and not figures.failed
    return f"{told:<42} {figures.slow:8.0f} ms of at most {most:.0f} ms  {_word(kept)}", kept


def count_line(told: str, few: int, many: int) -> tuple[str, bool]:
    """A line about queries at few and at many rows."""
    return f"{told:<42} {few:8d} {many:8d} queries  {_word(few == many)}", few == many


def time_line(told: str, mine: list[float], bare: list[float], most: float | None) -> tuple[str, bool]:
    """A line about seconds of both sides, the ratio of the rounds' median; without a limit it is told only."""
    ratio = median(one / other for one, other in zip(mine, bare, strict=True))
    kept = most is None or ratio <= most
    limit = "(no limit)" if most is None else f"≤ {most:4.2f}  {_word(kept)}"
    return f"{told:<42} {median(mine):6.3f} s {median(bare):6.3f} s {ratio:7.2f}  {limit}", kept


def rate_line(told: str, rate: float, what: str) -> tuple[str, bool]:
    """A line about how many a second, which is told only."""
    return f"{told:<42} {rate:8.0f} {what}/s (no limit)", True


def _word(kept: bool) -> str:
    return "kept" if kept else "MISSED"
