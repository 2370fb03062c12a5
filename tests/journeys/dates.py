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
