"""What a page that is kept may read: only tables whose changes make a new edition."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def unwatched(client: Client, address: str) -> set[str]:
    """The tables that a page reads although a change there would leave it as it is on the shelf."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'edition_insert'")
        watched = {table for (table,) in cursor.fetchall()}
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    read = {table for query in queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert read, f"{address} read no table at all"
    return read - watched
