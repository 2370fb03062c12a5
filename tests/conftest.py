"""What every test shares: tests run as the owner role, which forced row security binds like anybody."""

import os

os.environ["PORTAL_DATABASE_ROLE"] = "owner"

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let several runs share one server: PYTEST_DB_SUFFIX is added to the test database's name."""
    from django.conf import settings

    suffix = os.environ.get("PYTEST_DB_SUFFIX")
    if suffix:
        test = settings.DATABASES["default"].setdefault("TEST", {})
        test["NAME"] = f"test_portal_{suffix}"
