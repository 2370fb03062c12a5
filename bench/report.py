"""python -m bench.report: the monitoring report from its data to the PDF, next to plainly typesetting the same HTML.

Over the database that the settings name, which holds a published report (the sample has one of 38 places). Tells time
and memory of both sides and prints one JSON object; exit code 1 where a limit is missed. Writes nothing there.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bench.archive import memory

if TYPE_CHECKING:
    from indicators.models import MonitoringReport

LONGEST = 1.5  # times what the plain side takes
MOST_MEMORY = 1.5  # times what the plain side holds at most above its start
HTML, STYLE = "report.html", "report.css"

Told = dict[str, Any]


def newest() -> MonitoringReport:
    """The newest published report."""
    from indicators.enums_monitoring import MonitoringStatus
    from indicators.models import MonitoringReport

    rows = MonitoringReport.objects.filter(status=MonitoringStatus.PUBLISHED)
    found = rows.select_related("run__paper", "tenant", "partner", "paper").order_by("-year", "-edition").first()
    if found is None:
        sys.exit("The database holds no published report: load the sample (script/manage load_sample) first.")
    return found


def handed_over(folder: Path) -> Told:
    """What the plain side is given: the HTML of the report and its style."""
    from accounts.scope import system
    from indicators.monitoring import press

    with system():
        report = newest()
        (folder / HTML).write_text(press.page(report, report.paper), encoding="utf-8")
    (folder / STYLE).write_bytes(press.STYLE.read_bytes())
    return {"places": len(report.content["profiles"])}


def composed(_folder: Path) -> Told:
    """As the worker does it: gathered from the released run, computed again, in words, laid out, PDF/A with data."""
    from django.conf import settings
    from django.utils.translation import override

    from accounts.scope import system
    from indicators.monitoring import press
    from indicators.monitoring.content import compose
    from indicators.monitoring.sources import gathered

    with system(), override(settings.LANGUAGE_CODE):
        report = newest()
        started = time.perf_counter()
        report.content = compose(gathered(report.run), list(report.content["issuers"]), report.edition)
        content = time.perf_counter()
        made = press.printed(report, report.paper)
    told = {"digest": report.digest == report.content_digest(), "content": content - started}
    return {**told, "pages": made.pages, "sha256": made.sha256}


def plainly(folder: Path) -> Told:
    """WeasyPrint as it comes, over HTML that is there already, with the same typefaces; a plain PDF."""
    from notifications.rendering import typefaces

    with typefaces.only_prepared_fonts():
        import weasyprint

        style = weasyprint.CSS(filename=folder / STYLE)
        laid = weasyprint.HTML(filename=folder / HTML).render(stylesheets=[style], presentational_hints=True)
        pdf = laid.write_pdf()
    return {"pages": len(laid.pages), "sha256": hashlib.sha256(pdf).hexdigest()}


SIDES: dict[str, Callable[[Path], Told]] = {"mine": composed, "bare": plainly}


def measured(side: str, folder: Path) -> Told:
    """One side in this process: seconds, and the most memory above the start."""
    import django
    import weasyprint  # noqa: F401 (what is imported is not counted)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if side == "html":
        return handed_over(folder)
    from indicators.monitoring import content, press, sources  # noqa: F401

    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the most memory counts from here
    before, started = memory("VmRSS"), time.perf_counter()
    found = SIDES[side](folder)
    return {**found, "seconds": time.perf_counter() - started, "memory": memory("VmHWM") - before}


def asked(side: str, folder: Path) -> Told:
    """One side in a process of its own."""
    command = [sys.executable, "-m", "bench.report", "--side", side, "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Told = json.loads(done.stdout.splitlines()[-1])
    return found


def compared(folder: Path, rounds: int) -> Told:
    """Both sides in every round, the order turned round each time."""
    given = asked("html", folder)
    turns: dict[str, list[Told]] = {name: [] for name in SIDES}
    for number in range(rounds):
        for side in sorted(SIDES, reverse=bool(number % 2)):
            turns[side].append(asked(side, folder))
            sys.stderr.write(f"{side}: {turns[side][-1]['seconds']:.1f} s\n")
    mine, bare = turns["mine"], turns["bare"]
    most = {side: max(one["memory"] for one in found) for side, found in turns.items()}
    return {
        **given,
        "pages": {side: found[-1]["pages"] for side, found in turns.items()},
        "same content": all(one["digest"] for one in mine),
        "same bytes": len({one["sha256"] for one in mine}) == 1,
        "ratio": median(m["seconds"] / b["seconds"] for m, b in zip(mine, bare, strict=True)),
        "seconds": {side: [one["seconds"] for one in found] for side, found in turns.items()},
        "of which the content": [one["content"] for one in mine],
        "memory": most,
        "memory ratio": most["mine"] / most["bare"],
    }


def main() -> int:
    """0 when both limits are kept and each turn gave the same report, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.report", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--side", choices=["html", *SIDES], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        sys.stdout.write(json.dumps(measured(options.side, options.folder)) + "\n")
        return 0
    with TemporaryDirectory(prefix="portal-bench-") as folder:
        found = compared(Path(folder), options.rounds)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    kept = found["ratio"] <= LONGEST and found["memory ratio"] <= MOST_MEMORY
    whole = found["same content"] and found["same bytes"] and found["pages"]["mine"] == found["pages"]["bare"]
    told = f"ratio {found['ratio']:.2f} ≤ {LONGEST}, memory {found['memory ratio']:.2f} ≤ {MOST_MEMORY}"
    sys.stdout.write(f"{told}  {'kept' if kept and whole else 'MISSED'}\n")
    return 0 if kept and whole else 1


if __name__ == "__main__":
    sys.exit(main())
