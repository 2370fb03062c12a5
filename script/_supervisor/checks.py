"""script/check: style, types, imports and drift, two at a time; all of them, even after one that failed."""

import argparse
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from . import drift
from .environment import MANAGE
from .folder import ROOT

AT_ONCE = 2
TYPED_STRICTLY = ("script/_supervisor", "script/_portal.py")


@dataclass(frozen=True)
class Check:
    """One thing to check: a command, or a function that returns its complaints."""

    name: str
    command: tuple[str, ...] = ()
    complaints: Callable[[], list[str]] | None = None
    env: tuple[tuple[str, str], ...] = ()

    def run(self) -> tuple[bool, str]:
        if self.complaints:
            found = self.complaints()
            return not found, "\n".join(found)
        env = {**os.environ, **dict(self.env)}
        done = subprocess.run(
            self.command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        return done.returncode == 0, (done.stdout + done.stderr).strip()


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(Path(sys.executable).parent / name), *arguments)


def like_production() -> tuple[tuple[str, str], ...]:
    """The settings of a public site behind HTTPS, for Django's deployment checks."""
    return (
        ("DEBUG", "false"),
        ("PORTAL_HTTPS", "true"),
        ("SECRET_KEY", secrets.token_urlsafe(64)),
        ("ALLOWED_HOSTS", "portal.example"),
        ("PORTAL_BASE_URL", "https://portal.example"),
    )


def checks() -> list[Check]:
    """All of them, the slowest first."""
    module = (sys.executable, "-m")
    return [
        Check("types", (*module, "mypy", ".")),
        Check("types of the scripts", (*module, "mypy", "--strict", "--config-file=", *TYPED_STRICTLY)),
        Check("templates", tool("djlint", "templates", "--lint", "--quiet")),
        Check("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run")),
        Check("deployment", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), env=like_production()),
        Check("style", tool("ruff", "check", ".")),
        Check("layout", tool("ruff", "format", "--check", "--output-format=concise", ".")),
        Check("directions of imports", tool("lint-imports")),
        Check("locks", complaints=drift.of_locks),
        Check("catalogues", complaints=drift.of_catalogues),
        Check("built assets", complaints=drift.of_built_assets),
        Check("rooms", complaints=drift.of_rooms),
        Check("length of files", complaints=drift.of_long_files),
    ]


def timed(check: Check) -> tuple[Check, bool, str, float]:
    started = time.monotonic()
    passed, output = check.run()
    return check, passed, output, time.monotonic() - started


def main(arguments: list[str]) -> int:
    """0 when every check passed, else 1."""
    known = {check.name: check for check in checks()}
    parser = argparse.ArgumentParser(prog="script/check", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="some of: " + ", ".join(known))
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in known]:
        parser.error(f"no such check: {', '.join(unknown)}")
    failed = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        wanted = [known[name] for name in options.names or known]
        for future in as_completed([pool.submit(timed, check) for check in wanted]):
            check, passed, output, seconds = future.result()
            print(f"{'ok    ' if passed else 'FAILED'} {seconds:5.1f} s  {check.name}", flush=True)
            if not passed:
                failed.append(check.name)
                print(output, flush=True)
    if failed:
        print(f"Checks failed: {', '.join(failed)}")
    return 1 if failed else 0
