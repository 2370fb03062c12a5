"""python -m bench.importing ROWS ROUNDS: how long a table takes into the ledgers of enterprises, and merely to be read.

As the role that serves, under the row scope of a city's handler; each time into an empty book, to the commit. Prints
one JSON object: for each kind of file the seconds of each round, read alone and imported (reading included).
"""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import sys
import time
from collections.abc import Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import psycopg2  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from accounts.models import Organisation  # noqa: E402
from accounts.scope import Scope, enter, system  # noqa: E402
from indicators.enums import Book  # noqa: E402
from indicators.ledgers import credit_code, reading, storing  # noqa: E402
from indicators.ledgers.columns import COLUMNS  # noqa: E402
from indicators.models import Enterprise, Ledger  # noqa: E402
from workflow import ledger as events  # noqa: E402

CITY, PARKS = "gov-330100", 20
HEADS = ["park", *(column.name for column in COLUMNS[Book.ENTERPRISES])]


def lines(rows: int) -> Iterator[list[str]]:
    """Enterprises of twenty parks, each with its own code and name; one in seven with a certificate."""
    for number in range(rows):
        body = f"91330100MA{number:07d}"
        told = {
            "park": f"bench-import-{number % PARKS:02d}",
            "credit_code": body + credit_code.check_digit(body),
            "name": f"杭州压测科技{number}有限公司",
            "registered_on": f"{2000 + number % 20}-{1 + number % 12:02d}-15",
            "sei_year": "2014" if number % 5 == 0 else "",
            "hts_year": "2013" if number % 6 == 0 else "",
            "sme_year": "2015" if number % 4 == 0 else "",
            "rd_year": "2011" if number % 9 == 0 else "",
        }
        if number % 7 == 0:
            told |= {"hitech_number": f"GR2015330{number:05d}", "hitech_year": "2015"}
            told |= {"hitech_from": "2015-09-17", "hitech_to": "2018-09-16"}
        yield [told.get(head, "") for head in HEADS]


def files(rows: int) -> dict[str, bytes]:
    """The same table as XLSX and as CSV."""
    text = io.StringIO(newline="")
    writer, made = csv.writer(text), Workbook(write_only=True)
    sheet = made.create_sheet("企业")
    for line in (HEADS, *lines(rows)):
        writer.writerow(line)
        sheet.append([cell or None for cell in line])
    book = io.BytesIO()
    made.save(book)
    return {"xlsx": book.getvalue(), "csv": text.getvalue().encode("utf-8-sig")}


def prepare() -> Scope:
    """The ledgers of the city, and the scope of its people."""
    with system():
        city = Organisation.objects.get(code=CITY)
        for number in range(PARKS):
            park = f"bench-import-{number:02d}"
            made, is_new = Ledger.objects.get_or_create(park=park, defaults={"tenant": city, "name": park})
            if is_new:
                events.open_chain(made.dossier, city)
    return Scope("organisation", city.pk)


def empty() -> None:
    """Leave the book as a new one, without the rows of the round before."""
    asking = psycopg2.connect(os.environ["DATABASE_OWNER_URL"])
    with asking, asking.cursor() as cursor:
        cursor.execute("TRUNCATE indicators_enterprise")
    asking.close()


def read(kind: str, content: bytes) -> float:
    """Seconds to read the file with the reader of the import."""
    started = time.perf_counter()
    found = [list(table.rows) for table in reading.tables(f"a.{kind}", content)]
    spent = time.perf_counter() - started
    assert found[0]
    return spent


def take(kind: str, content: bytes, scope: Scope, rows: int) -> float:
    """Seconds of the whole import, from the bytes of the file to the commit."""
    started = time.perf_counter()
    tables = reading.tables(f"a.{kind}", content)
    with enter(scope):
        kept = list(Ledger.objects.filter(tenant=scope.organisation))
        loaded = storing.load(Book.ENTERPRISES, tables, kept, storing.Origin())
    spent = time.perf_counter() - started
    assert loaded.new == rows
    with enter(scope):
        assert Enterprise.objects.count() == rows
    return spent


def main(rows: int, rounds: int) -> None:
    """Each file is read and imported in each round."""
    scope, told = prepare(), {}
    for kind, content in files(rows).items():
        told[kind] = {"read": list[float](), "import": list[float]()}
        for _round in range(rounds):
            empty()
            gc.collect()
            told[kind]["read"].append(read(kind, content))
            gc.collect()
            told[kind]["import"].append(take(kind, content, scope, rows))
    empty()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3 or not all(one.isdecimal() for one in sys.argv[1:]):
        sys.exit("Say how many: python -m bench.importing ROWS ROUNDS, over a database with the sample (load_sample).")
    main(int(sys.argv[1]), int(sys.argv[2]))
