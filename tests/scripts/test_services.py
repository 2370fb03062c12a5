"""The embedded services: where they can lie, what they refuse, what a crash leaves."""

import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest

from tests.stack import ROOT, mentioning, own_environment, parents, throw_away_folder, wait_for


def dev_services(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "script" / "dev-services", *arguments],
        env=own_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@contextmanager
def services(folder: Path) -> Iterator[dict[str, str]]:
    """The addresses of a pair in `folder`, stopped at the end without a trace."""
    done = dev_services(folder)
    assert done.returncode == 0, done.stderr
    try:
        yield {
            name: value for name, _, value in (shlex.split(line)[1].partition("=") for line in done.stdout.splitlines())
        }
    finally:
        assert dev_services(folder, "--stop").returncode == 0
    assert mentioning(folder) == set()


def answer(address: str, query: str) -> object:
    connection = psycopg2.connect(address)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()
    finally:
        connection.close()


def test_roles_are_what_row_security_needs() -> None:
    query = "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    with throw_away_folder() as home, services(home / "pair") as addresses:
        assert answer(addresses["DATABASE_OWNER_URL"], query) == (False, False, True, False)
        assert answer(addresses["DATABASE_URL"], query) == (False, False, False, False)
        assert answer(addresses["DATABASE_BACKUP_URL"], query) == (False, True, False, False)
        assert answer(addresses["DATABASE_BACKUP_URL"], "SHOW default_transaction_read_only") == ("on",)
        trigrams = "CREATE EXTENSION pg_trgm; SELECT array_length(show_trgm('高新技术'), 1) > 0"
        assert answer(addresses["DATABASE_OWNER_URL"], trigrams) == (True,)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            answer(addresses["DATABASE_URL"], "CREATE TABLE mine (); SELECT 1")


def test_long_path_gets_a_short_socket() -> None:
    with throw_away_folder() as home:
        folder = home / ("高新技术产业园区" * 4) / ("x" * 60)
        with services(folder) as addresses:
            assert answer(addresses["DATABASE_URL"], "SELECT 1") == (1,)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user for PostgreSQL")
def test_closed_folder_keeps_the_cluster_elsewhere() -> None:
    with throw_away_folder() as home:
        closed = home / "closed"
        closed.mkdir(mode=0o700)
        (home / "pair").symlink_to(closed / "data")
        with services(closed / "data") as addresses:
            place = Path((closed / "data" / "state" / "postgres-place").read_text().strip())
            assert place.stat().st_mode & 0o777 == 0o700
            assert answer(addresses["DATABASE_URL"], "SELECT 1") == (1,)
        with services(closed / "data") as addresses:
            assert (place / "cluster" / "PG_VERSION").exists()
            assert answer(addresses["DATABASE_URL"], "SELECT 1") == (1,)


def test_number_of_a_dead_postmaster_that_another_program_got_is_no_obstacle() -> None:
    with throw_away_folder() as home:
        with services(home / "pair") as addresses:
            lines = (home / "pair" / "postgres" / "cluster" / "postmaster.pid").read_text().splitlines()
        path = home / "pair" / "postgres" / "cluster" / "postmaster.pid"
        owner = path.parent.stat()
        command = ["sleep", "300"]
        account = {} if os.geteuid() else {"user": owner.st_uid, "group": owner.st_gid}
        with subprocess.Popen(command, **account) as stranger:
            path.write_text("\n".join([str(stranger.pid), *lines[1:], ""]))
            os.chown(path, owner.st_uid, owner.st_gid)
            with services(home / "pair") as addresses:
                assert answer(addresses["DATABASE_URL"], "SELECT 1") == (1,)
            stranger.kill()


def test_keeper_that_is_killed_leaves_nothing() -> None:
    with throw_away_folder() as home:
        folder = home / "pair"
        assert dev_services(folder).returncode == 0
        members = mentioning(folder)
        keeper = next(pid for pid in members if parents().get(pid) == 1 or "--keep" in command_of(pid))
        os.kill(keeper, 9)
        wait_for(lambda: not mentioning(folder), 10)
        with services(folder) as addresses:
            assert answer(addresses["DATABASE_URL"], "SELECT 1") == (1,)


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
