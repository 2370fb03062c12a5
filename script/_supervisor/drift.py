"""Finds what has drifted apart: locks from their inputs, catalogues from their sources, rooms from the plan."""

import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

from .folder import ROOT

FORBIDDEN_ROOMS = ("utils", "common", "core")
LONGEST_FILE = 400
OUTSIDE = {".git", ".venv", ".portal", "node_modules", "assets", "static", "staticfiles"}


def sources(*suffixes: str) -> list[Path]:
    """The project's own files with one of these suffixes."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in OUTSIDE and not name.startswith(".")]
        found += [Path(folder, name) for name in names if name.endswith(suffixes)]
    return sorted(found)


def of_locks() -> list[str]:
    """A lock names no address, pins every wanted package, and says the same as the other one."""
    found, pins = [], {}
    for kind in ("", "-dev"):
        lock = (ROOT / f"requirements{kind}.lock").read_text()
        for number, line in enumerate(lock.splitlines(), 1):
            if "://" in line:
                found.append(f"requirements{kind}.lock:{number}: names an address")
        pins[kind] = dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", lock, re.MULTILINE))
        for line in (ROOT / f"requirements{kind}.in").read_text().splitlines():
            wanted = re.match(r"[A-Za-z0-9._-]+", line)
            if wanted and not line.startswith("-") and _plain(wanted[0]) not in pins[kind]:
                found.append(f"requirements{kind}.lock lacks {wanted[0]}; run script/lock")
    for name, version in pins[""].items():
        if pins["-dev"].get(name) != version:
            found.append(f"requirements-dev.lock disagrees about {name}; run script/lock")
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def of_catalogues() -> list[str]:
    """Every catalogue is well formed, complete, without guesses, and compiled since it was last changed."""
    found = []
    for source in sources(".po"):
        name = source.relative_to(ROOT)
        for option, complaint in (("--untranslated", "untranslated"), ("--only-fuzzy", "guessed")):
            command = ["msgattrib", option, "--no-obsolete", "--no-wrap", str(source)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                found.append(f"{name}: {done.stderr.strip()}")
            entries = re.findall(r'^msgid "(.+)"$', done.stdout, re.MULTILINE)
            found += [f"{name}: {complaint}: {entry}" for entry in entries]
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            found.append(f"{name} is not compiled; run script/bootstrap")
    return found


def of_built_assets() -> list[str]:
    """The style sheet, scripts and maps are those of their manifest, no more and no less."""
    built = ROOT / "static" / "dist"
    wanted: dict[str, str] = json.loads((built / "manifest.json").read_text())["files"]
    paths = {path.relative_to(built).as_posix(): path for path in built.rglob("*") if path.is_file()}
    paths.pop("manifest.json")
    found = [f"static/dist/{name} is not in the manifest" for name in set(paths) - set(wanted)]
    for name, digest in wanted.items():
        if name not in paths:
            found.append(f"static/dist/{name} is missing")
        elif hashlib.sha256(paths[name].read_bytes()).hexdigest() != digest:
            found.append(f"static/dist/{name} was changed by hand; build it from assets/")
    return sorted(found)


def of_rooms() -> list[str]:
    """No drawers: a helper lives in the lowest room that needs it."""
    folders = {path.parent for path in sources(".py")}
    return [f"{path.relative_to(ROOT)}: no room of that name" for path in folders if path.name in FORBIDDEN_ROOMS]


def of_long_files() -> list[str]:
    """Past 400 lines a file wants to be two; clause data and catalogues may be long."""
    found = []
    for path in sources(".py", ".html"):
        lines = path.read_text().count("\n")
        if lines > LONGEST_FILE and "migrations" not in path.parts:
            found.append(f"{path.relative_to(ROOT)}: {lines} lines")
    return found
