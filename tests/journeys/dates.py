"""The time that a journey cannot wait for."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import psycopg2


def lay_back(data: Path, notice: UUID | str) -> None:
    """A notice lies thirty days back: the owner of the tables writes it, as no page of the portal can."""
    secret = (data / "secrets" / "postgres_password").read_text().strip()
    connection = psycopg2.connect(
        host=str(data / "postgres" / "run"), dbname="portal", user="postgres", password=secret
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_publicity SET starts_on = starts_on - 30, ends_on = ends_on - 30 WHERE id = %s",
            [str(notice)],
        )
        assert cursor.rowcount == 1
    connection.close()


def lay_back_evaluation(data: Path, place: str, years: int) -> None:
    """The newest evaluation of a place, and its title of a pilot, lie some years back."""
    secret = (data / "secrets" / "postgres_password").read_text().strip()
    connection = psycopg2.connect(
        host=str(data / "postgres" / "run"), dbname="portal", user="postgres", password=secret
    )
    with connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE indicators_evaluationround SET year = year - %s WHERE id ="
            " (SELECT round_id FROM indicators_evaluationresult WHERE place_id = %s ORDER BY written_at DESC LIMIT 1)",
            [years, place],
        )
        assert cursor.rowcount == 1
        cursor.execute(
            "UPDATE registry_citytitle SET since = since - make_interval(years => %s)"
            " WHERE division_id = %s AND title = 'pilot'",
            [years, place],
        )
        assert cursor.rowcount == 1
    connection.close()
