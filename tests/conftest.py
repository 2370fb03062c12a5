"""What every test shares."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.database import Template

pytest_plugins = ["tests.browser_fixtures", "tests.stack_fixtures"]

# Tests that share one running portal stay with one worker; whatever takes longest begins first.
SHARED = {"tests/journeys": "portal", "tests/scripts": "portal"}
ALONE = {"tests/scripts/test_compose.py", "tests/scripts/test_services.py"}  # these start services of their own
FIRST = ("portal", "tests/architecture/test_addresses.py", *sorted(ALONE))
# A portal that has just begun prints its sample's papers: what has to wait for its worker comes after what has not.
# What the sample holds is asked before anybody acts on it.
UNTOUCHED = "tests/scripts/test_sample.py"
LATER = tuple(f"tests/journeys/test_{name}.py" for name in ("refused", "objection", "killed"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first."""
    items.sort(key=_turn)


class Groups(LoadScopeScheduling):
    """One process for those that share the running portal, else one for each file."""

    def _split_scope(self, nodeid: str) -> str:
        return _group(_file(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Groups:
    """Tests that go to one process together."""
    return Groups(config, log)


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def _group(path: str) -> str:
    return path if path in ALONE else SHARED.get(path.rpartition("/")[0], path)


def _turn(item: pytest.Item) -> tuple[int, int]:
    path = _file(item.nodeid)
    group = _group(path)
    late = LATER.index(path) + 1 if path in LATER else 0
    if path == UNTOUCHED:
        late = -1
    elif path.startswith("tests/scripts/"):
        late = len(LATER) + 1
    return FIRST.index(group) if group in FIRST else len(FIRST), late


@pytest.fixture(scope="session", autouse=True)
def _private_files() -> Iterator[None]:
    """Files that tests store are gone with the session."""
    yield
    shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def template(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Template | None:
    """What the processes of a run begin with, made by the first that needs a database; None for a single process."""
    return None if worker_id == "master" else Template(tmp_path_factory.getbasetemp().parent)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(template: Template | None) -> None:
    """A copy of the template where there is one."""
    if template:
        template.wait_for(connection.settings_dict)


@pytest.fixture(scope="session")
def django_db_setup(
    template: Template | None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """End sessions that a thread of a live server may have left open: a database in use cannot be dropped."""
    with django_db_blocker.unblock():
        if template:
            template.offer()
    yield
    with django_db_blocker.unblock():
        if template:
            template.close()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
            )
