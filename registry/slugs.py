"""Permanent ASCII codes of parks: the applicant's pinyin, the year of the listing, a serial: hangzhou-2026-1."""

from __future__ import annotations

from django.db import connection

from registry.models import Park

LOCK = 4_330_000  # one number for the whole register: two listings never take the same serial


def next_slug(place: str, year: int) -> str:
    """The next code of a place in a year, never given twice: serials count on from the highest ever given.

    `place` is the pinyin of the applicant's division (hangzhou, yiwu). The register is locked until the
    transaction ends, so that two parks signed at the same moment get different codes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    prefix = f"{place}-{year}-"
    given = Park.objects.filter(slug__startswith=prefix).order_by().values_list("slug", flat=True)
    serials = [int(tail) for slug in given if (tail := slug.removeprefix(prefix)).isdigit()]
    return f"{prefix}{max(serials, default=0) + 1}"
