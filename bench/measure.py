"""wrk against one address, again and again; every side gets its turn in each round."""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote

SCRIPT = Path(__file__).with_name("wrk.lua")
CONNECTIONS = 8
THREADS = 2


@dataclass(frozen=True)
class Side:
    """One address and how it is asked; `targets` are paths of the same server with what is posted to each."""

    name: str
    url: str
    cookie: str = ""
    csrf: str = ""
    targets: tuple[tuple[str, dict[str, str]], ...] = ()

    def in_lua(self) -> str:
        """The targets as wrk.lua reads them; the sign that it counts up stays as it is."""
        rows = []
        for path, form in self.targets:
            body = "&".join(f"{quote(name)}={quote(value, safe='%')}" for name, value in form.items())
            rows.append(f"{{[==[{path}]==], [==[{body}]==]}}")
        return "return {" + ",\n".join(rows) + "}\n"


@dataclass
class Figures:
    """What one side did in every round: requests per second, milliseconds."""

    rates: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p95: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def rate(self) -> float:
        """The median of requests per second."""
        return statistics.median(self.rates)

    @property
    def slow(self) -> float:
        """The median of the rounds' 95th percentiles in milliseconds."""
        return statistics.median(self.p95)


def ask(side: Side, seconds: int) -> dict[str, float]:
    """One turn of one side."""
    method = "POST" if side.targets else "GET"
    command = ["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", str(SCRIPT)]
    with NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(side.in_lua())
        file.flush()
        command += [side.url, "--", method, side.cookie, side.csrf, file.name if side.targets else ""]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("FIGURES "))
    found: dict[str, float] = json.loads(line.removeprefix("FIGURES "))
    return found


def measure(sides: Sequence[Side], rounds: int, seconds: int, told: Callable[[str], None]) -> dict[str, Figures]:
    """Every side in every round, the order turned round each time; a first short turn is not counted."""
    figures = {side.name: Figures() for side in sides}
    for side in sides:
        ask(side, 1)
    for number in range(rounds):
        told(f"Round {number + 1} of {rounds} …")
        for side in sides if number % 2 == 0 else list(reversed(sides)):
            one = ask(side, seconds)
            mine = figures[side.name]
            mine.rates.append(one["requests"] * 1e6 / max(one["microseconds"], 1))
            mine.p50.append(one["p50"] / 1000)
            mine.p95.append(one["p95"] / 1000)
            mine.failed += int(one["failed"])
    return figures
