"""Brings the portal's tables, and its sample province, to where the code expects them."""

from .environment import MANAGE, migrations_fingerprint, owner_environment
from .folder import DataFolder
from .services import Services
from .supervisor import Supervisor, say


def migrate(supervisor: Supervisor, folder: DataFolder, services: Services, env: dict[str, str]) -> None:
    """Migrate as the owner when a migration is new; an external database is asked every time."""
    mark = folder.state / "migrated"
    wanted = migrations_fingerprint()
    if not services.external_database and mark.exists() and mark.read_text() == wanted:
        return
    say("Migrating the database …")
    command = [*MANAGE, "migrate", "--no-input"]
    supervisor.run_or_fail(command, owner_environment(env, services), log="migrate", what="The migration")
    mark.write_text(wanted)


def load_sample(supervisor: Supervisor, folder: DataFolder, env: dict[str, str], *, empty: bool) -> bool:
    """On the first run load the sample province, unless `empty`; True when it is there."""
    mark = folder.state / "sample"
    if not mark.exists():
        if not empty:
            say("Loading the sample province; this is done once …")
            command = [*MANAGE, "load_sample"]
            supervisor.run_or_fail(command, env, log="sample", what="Loading the sample", echo=True)
        mark.write_text("none" if empty else "loaded")
    return mark.read_text() == "loaded"
