"""What every test shares."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings

pytest_plugins = ["tests.browser_fixtures"]


@pytest.fixture(scope="session", autouse=True)
def _private_files() -> Iterator[None]:
    """Files that tests store are gone with the session."""
    yield
    shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)
