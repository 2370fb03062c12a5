"""bench/run: fill a database, serve both sides, ask them in turn, print the ratios; exit code 1 on a missed limit."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2

from bench import place as places
from bench.measure import Figures, Side, measure
from bench.place import Place, fetch
from bench.tell import Limit, count_line, head, rate_line, slow_line, time_line

FEW = 50
PARK = "bench-00010"  # has a boundary
TEXT = "依托现有基础发展高新技术产业，第%COUNT%稿。"
SEARCHED = "压测"  # two characters that stand in every title
RARE = "园区00042"  # stands in the name of one case and one park
LONGEST_IMPORT = 3.0  # times what the same reader takes for the file alone
LONGEST_OUTCOMES = 2.0  # times the same arithmetic in bare NumPy
LONGEST_DRAWS = 3.0  # times the bare matrix product and ranking
YEARLY_ROUNDS = 15  # each takes a fraction of a second
SLOWEST_SEARCH = 800.0  # milliseconds, eight searches at once on two cores
LIMITS = (
    Limit("kept list", "bytes of the list", 1 / 3, "public list, kept"),
    Limit("kept park", "bytes of the park", 1 / 3, "park page, kept"),
    Limit("list", "bare list", 1 / 2, "public list, made anew each time"),
    Limit("park", "bare list", 1 / 2, "park page, made anew each time"),
    Limit("desk", "bare signed-in list", 1 / 2.5, "desk"),
    Limit("autosave", "bare update", 1 / 2.5, "autosave"),
)


@dataclass(frozen=True)
class Addresses:
    """Where the servers listen."""

    kept: str
    anew: str
    bare: str


def say(text: str) -> None:
    """Progress, apart from the result."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def prepare(place: Place, parks: int, cases: int) -> tuple[dict[str, Any], dict[str, Any], list[tuple[str, bool]]]:
    """Fill the database; what to ask of both sides, and the lines about queries."""
    say("Migrating …")
    places.make_database(place)
    place.run("manage.py", "migrate", "-v0", owner=True)
    place.run("-m", "bench.fill", "0", str(FEW), "0", str(FEW), owner=True)
    few = count_queries(place)
    say(f"Filling: {parks} parks, {cases} cases …")
    place.run("-m", "bench.fill", str(FEW), str(parks), str(FEW), str(cases), owner=True)
    many = count_queries(place)
    asks = place.result("-m", "bench.asks", owner=True)
    bare = place.result("-m", "bench.bare.prepare", owner=True)
    return asks, bare, [count_line(f"queries of the {name}", few[name], many[name]) for name in few]


def count_queries(place: Place) -> dict[str, int]:
    """Queries per page as the database stands."""
    asks = place.result("-m", "bench.asks", owner=True)
    pages = [("public list", "/parks/", ""), ("park page", f"/parks/{PARK}/", "")]
    pages += [("desk", asks["desk"], asks["lead"]), ("search", search(asks), asks["lead"])]
    lines = "".join(json.dumps(dict(zip(("name", "address", "cookie"), page, strict=True))) + "\n" for page in pages)
    env = {**place.env, "KEEP_PAGES": "false"}
    command = [sys.executable, "-m", "bench.counting"]
    done = subprocess.run(command, cwd=places.ROOT, env=env, input=lines, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def import_lines(place: Place, rows: int, rounds: int) -> list[tuple[str, bool]]:
    """How long a table of enterprises takes into its ledgers, next to merely being read."""
    say(f"Importing: {rows} rows …")
    found = place.result("-m", "bench.importing", str(rows), str(rounds))
    return [
        time_line(f"import of {rows} rows, {kind}", found[kind]["import"], found[kind]["read"], most)
        for kind, most in (("xlsx", LONGEST_IMPORT), ("csv", None))
    ]


def yearly_lines(place: Place) -> list[tuple[str, bool]]:
    """How long outcomes and rank intervals take, next to bare NumPy; words and writing are told without a limit."""
    say("Judging and drawing …")
    found = place.result("-m", "bench.yearly", str(YEARLY_ROUNDS))
    rows, words = f"{found['rows']} park-years", found["in words"]
    return [
        *(
            time_line(told, found[name]["mine"], found[name]["bare"], most)
            for name, told, most in (
                ("outcomes", f"outcomes of {rows}", LONGEST_OUTCOMES),
                ("draws", "10000 draws of the ranks of 100 units", LONGEST_DRAWS),
            )
        ),
        rate_line("findings in words", words["judged"], "park-years"),
        rate_line("findings stored", words["stored"], "park-years"),
    ]


def search(asks: dict[str, Any], words: str = SEARCHED) -> str:
    """The address of a search, for two characters if for nothing else."""
    return f"{asks['search']}?q={quote(words)}"


def sides(at: Addresses, asks: dict[str, Any], bare: dict[str, Any]) -> Iterator[Side]:
    """Everything that is measured, each portal page next to what it is compared with."""
    signed_in = f"sessionid={bare['session']}; csrftoken={asks['csrf']}"
    yield Side("kept list", f"{at.kept}/parks/")
    yield Side("bytes of the list", f"{at.bare}/bytes/list/")
    yield Side("kept park", f"{at.kept}/parks/{PARK}/")
    yield Side("bytes of the park", f"{at.bare}/bytes/park/")
    yield Side("list", f"{at.anew}/parks/")
    yield Side("bare list", f"{at.bare}/parks/")
    yield Side("park", f"{at.anew}/parks/{PARK}/")
    yield Side("desk", at.anew + asks["desk"], asks["lead"])
    yield Side("bare signed-in list", f"{at.bare}/cases/", signed_in)
    yield Side("search", at.anew + search(asks), asks["lead"])
    yield Side("rare search", at.anew + search(asks, RARE), asks["lead"])
    yield Side("autosave", at.anew, asks["writer"], asks["csrf"], tuple(_entries(asks)))
    notes = tuple((f"/notes/{pk}/", {"text": TEXT}) for pk in range(1, len(asks["pages"]) + 1))
    yield Side("bare update", at.bare, signed_in, asks["csrf"], notes)


def _entries(asks: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """What each page's script sends after a change; it knows every version that is to come."""
    for page, seal in asks["pages"].items():
        yield page, {"seal": seal, "versions": json.dumps({asks["field"]: 2**31}), asks["field"]: TEXT}


def after_publishing(place: Place, at: Addresses) -> float:
    """Milliseconds of the first view of the list after something was published."""
    asking = psycopg2.connect(place.env["DATABASE_OWNER_URL"])
    with asking, asking.cursor() as cursor:
        cursor.execute("UPDATE registry_edition SET stamp = gen_random_uuid()")
    asking.close()
    started = time.monotonic()
    status, _body = fetch(f"{at.kept}/parks/")
    assert status == 200
    return (time.monotonic() - started) * 1000


def run(place: Place, options: argparse.Namespace) -> bool:
    """One whole run; whether every limit was kept."""
    asks, bare, lines = prepare(place, options.parks, options.cases)
    if not options.only:
        lines += [*yearly_lines(place), *import_lines(place, options.rows, options.rounds)]
    with ExitStack() as stack:
        at = Addresses(
            stack.enter_context(places.server(place, "config.wsgi:application", "kept")),
            stack.enter_context(places.server(place, "config.wsgi:application", "anew", KEEP_PAGES="false")),
            stack.enter_context(places.server(place, "bench.bare.wsgi:application", "bare")),
        )
        for name, path in (("list", "/parks/"), ("park", f"/parks/{PARK}/")):
            status, body = fetch(at.kept + path)
            assert status == 200, f"{path}: {status}"
            (place.folder / "pages" / f"{name}.html").write_bytes(body)
        wanted = [side for side in sides(at, asks, bare) if not options.only or side.name in options.only]
        figures = measure(wanted, options.rounds, options.seconds, say)
        first = after_publishing(place, at)
    return tell(figures, lines, first)


def tell(figures: dict[str, Figures], lines: list[tuple[str, bool]], first: float) -> bool:
    """Print the table; whether every limit was kept."""
    asked = [limit for limit in LIMITS if {limit.side, limit.bare} <= figures.keys()]
    lines = [*(limit.line(figures) for limit in asked), *lines]
    for name, told in (("search", "search for two characters, p95"), ("rare search", "search for a rare name, p95")):
        if name in figures:
            one = figures[name]
            lines.append(slow_line(f"{told} ({one.rate:.0f} r/s)", one, SLOWEST_SEARCH))
    table = [head(), *(line for line, _kept in lines)]
    table += [f"{'first view of the list after publishing':<42} {first:8.0f} ms (no limit)"]
    table += [
        f"{name:<42} {one.rate:8.1f} r/s, p50 {one.p50[len(one.p50) // 2]:.0f} ms, p95 {one.slow:.0f} ms"
        + (f", {one.failed} FAILED" if one.failed else "")
        for name, one in figures.items()
    ]
    print("\n".join(table))  # noqa: T201
    return all(kept for _line, kept in lines)


def main() -> int:
    """0 when every limit was kept, 1 when one was missed, 2 when wrk is missing."""
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="of each side in each round")
    parser.add_argument("--parks", type=int, default=10_000)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--rows", type=int, default=200_000, help="of the table that is imported")
    parser.add_argument("--services", type=Path, help="the folder of a running script/dev-services, not --throw-away")
    parser.add_argument("--only", nargs="*", metavar="SIDE", help="some sides alone")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        say("wrk is missing: apt-get install wrk")
        return 2
    with places.services(options.services) as place:
        try:
            return 0 if run(place, options) else 1
        finally:
            places.drop_database(place)


if __name__ == "__main__":
    sys.exit(main())
