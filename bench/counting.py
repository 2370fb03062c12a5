"""python -m bench.counting NAME=ADDRESS …: how many queries each page takes, signed in where a cookie is given.

Reads lines of JSON ({"name", "address", "cookie"}) from standard input; prints one JSON object of counts.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def count(address: str, cookie: str) -> int:
    """The queries of a second visit; the first one warms what a process does once."""
    client = Client(headers={"cookie": cookie} if cookie else {}, raise_request_exception=True)
    for pair in filter(None, cookie.split("; ")):
        name, _, value = pair.partition("=")
        client.cookies[name] = value
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


if __name__ == "__main__":
    asked = [json.loads(line) for line in sys.stdin if line.strip()]
    sys.stdout.write(json.dumps({one["name"]: count(one["address"], one["cookie"]) for one in asked}) + "\n")
