"""python -m bench.archive: an archive over 4 GB written and verified, next to plainly copying and hashing its files.

Tells time and memory of both sides and prints one JSON object last; exit code 1 where a limit is missed. Needs no
database. Sources, copies and archive lie in a folder of their own, which is deleted at the end.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

MEGABYTE = 1024 * 1024
LARGE = 4400  # one member beyond 4 GiB by itself
SMALL, SMALL_SIZE = 8, 32
HOLES = 256  # zeroes that take no place on the disk and are deflated in the archive
LONGEST = 3.0  # times what the plain side takes
MOST_MEMORY = 32.0  # megabytes above what the process held before
BEYOND = 0xFFFFFFFF  # what a zip without Zip64 can tell

Told = dict[str, Any]


def made(folder: Path, large: int) -> list[Path]:
    """Files that do not compress, and one that is all holes; sizes in megabytes."""
    folder.mkdir()
    found = []
    for name, size in [("large.pdf", large), *((f"small-{n}.pdf", SMALL_SIZE) for n in range(SMALL))]:
        block, path = os.urandom(MEGABYTE), folder / name
        with path.open("wb") as target:
            for number in range(size):
                target.write(number.to_bytes(8, "big") + block[8:])
        found.append(path)
    path = folder / "holes.csv"
    with path.open("wb") as target:
        target.truncate(HOLES * MEGABYTE)
    return [*found, path]


def pieces(path: Path) -> Iterator[bytes]:
    """A file in megabytes."""
    with path.open("rb") as content:
        while chunk := content.read(MEGABYTE):
            yield chunk


def plainly(sources: list[Path], folder: Path) -> dict[str, str]:
    """Copy each file, force it to the disk, hash the copy."""
    folder.mkdir()
    found = {}
    for source in sources:
        copy, digest = folder / source.name, hashlib.sha256()
        with copy.open("wb") as target:
            for chunk in pieces(source):
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        for chunk in pieces(copy):
            digest.update(chunk)
        found[source.name] = digest.hexdigest()
    return found


def archived(sources: list[Path], path: Path) -> dict[str, str]:
    """The same files as an export archives them: written, every member read back, the whole file hashed."""
    from portal.exports import files
    from portal.exports.archive import Archive

    with Archive(path) as archive:
        for source in sources:
            archive.file(source.name, source)
        sums = [f"{member.sha256}  {member.path}" for member in archive.members]
        archive.text("SHA256SUMS.txt", "\n".join(sums) + "\n")
    with path.open("rb+") as written:
        os.fsync(written.fileno())
    count = files.as_written(archive.members)(path)
    _digest, size = files.hash_of(path)
    if (count, size) != (len(sources) + 1, path.stat().st_size):
        raise files.NotAsWritten(f"{count} members, {size} bytes")
    return {member.path: member.sha256 for member in archive.members[:-1]}


SIDES: dict[str, Callable[[list[Path], Path], dict[str, str]]] = {"mine": archived, "bare": plainly}


def memory(name: str) -> float:
    """What the process holds (VmRSS) or held at most (VmHWM), in megabytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def measured(side: str, folder: Path) -> Told:
    """One side in this process: seconds, the most memory above the start, and the hashes of the files."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from portal.exports import files  # noqa: F401 (what is imported is not counted)

    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the most memory counts from here
    before, started = memory("VmRSS"), time.perf_counter()
    found = SIDES[side](sorted((folder / "sources").iterdir()), folder / side)
    return {"seconds": time.perf_counter() - started, "memory": memory("VmHWM") - before, "hashes": found}


def asked(side: str, folder: Path) -> Told:
    """One side in a process of its own; what it wrote is looked at and deleted."""
    command = [sys.executable, "-m", "bench.archive", "--side", side, "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Told = json.loads(done.stdout.splitlines()[-1])
    target = folder / side
    if side == "mine":
        found["size"] = target.stat().st_size
        with zipfile.ZipFile(target) as archive:
            found["beyond"] = sum(info.file_size > BEYOND for info in archive.infolist())
        target.unlink()
    else:
        shutil.rmtree(target)
    return found


def compared(folder: Path, rounds: int, large: int) -> Told:
    """Both sides in every round, the order turned round each time."""
    sources = made(folder / "sources", large)
    total = sum(path.stat().st_size for path in sources)
    turns: dict[str, list[Told]] = {name: [] for name in SIDES}
    for number in range(rounds):
        for side in sorted(SIDES, reverse=bool(number % 2)):
            turns[side].append(asked(side, folder))
            sys.stderr.write(f"{side}: {turns[side][-1]['seconds']:.1f} s\n")
    mine, bare = turns["mine"], turns["bare"]
    return {
        "bytes": total,
        "archive": mine[-1]["size"],
        "members beyond 4 GiB": mine[-1]["beyond"],
        "same hashes": all(one["hashes"] == bare[0]["hashes"] for one in (*mine, *bare)),
        "ratio": median(m["seconds"] / b["seconds"] for m, b in zip(mine, bare, strict=True)),
        "seconds": {side: [one["seconds"] for one in found] for side, found in turns.items()},
        "memory": {side: max(one["memory"] for one in found) for side, found in turns.items()},
    }


def main() -> int:
    """0 when both limits are kept and the files are the same, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--large", type=int, default=LARGE, help="megabytes of the large file")
    parser.add_argument("--folder", type=Path, help="where there is room for three times as much")
    parser.add_argument("--side", choices=list(SIDES), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        sys.stdout.write(json.dumps(measured(options.side, options.folder)) + "\n")
        return 0
    with TemporaryDirectory(prefix="portal-bench-", dir=options.folder) as made_here:
        found = compared(Path(made_here), options.rounds, options.large)
    kept = found["ratio"] <= LONGEST and found["memory"]["mine"] <= MOST_MEMORY
    whole = found["same hashes"] and found["members beyond 4 GiB"] == (1 if options.large > 4096 else 0)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    sys.stdout.write(f"ratio {found['ratio']:.2f} ≤ {LONGEST}, memory {found['memory']['mine']:.0f} MB ≤ {MOST_MEMORY}")
    sys.stdout.write(f"  {'kept' if kept and whole else 'MISSED'}\n")
    return 0 if kept and whole else 1


if __name__ == "__main__":
    sys.exit(main())
