"""What the bench found, as a table; each line with its limit."""

from __future__ import annotations

from dataclasses import dataclass

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


def _word(kept: bool) -> str:
    return "kept" if kept else "MISSED"
