"""python -m bench.fill PARK TO_PARK CASE TO_CASE: fill the database that the settings name, as its owner."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.scope import system  # noqa: E402
from bench.fill import register, review  # noqa: E402
from portal.founding import places  # noqa: E402
from portal.sample import organisations, people  # noqa: E402


def main(parks: range, cases: range) -> None:
    """The sample province's offices and people, then the rows in bulk; figures of the planner at the end."""
    with system():
        places.load_divisions()
        organisations.load_organisations(timezone.localdate())
        people.load_people()
        places.load_zones()
        register.fill(parks)
        review.fill(cases)
    call_command("index_search")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    first_park, to_park, first_case, to_case = map(int, sys.argv[1:])
    main(range(first_park, to_park), range(first_case, to_case))
