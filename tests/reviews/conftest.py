"""The province of the whole-flow tests, loaded once per module and taken back at its end."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from tests.scenarios import Scene, load_province


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    """Offices, people and zones; every test adds its own filings and takes them back."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = load_province()
        connection.check_constraints()
        yield scene
        transaction.set_rollback(True)
