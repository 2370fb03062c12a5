"""What the portal's own programs find in their environment."""

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from .folder import ROOT, DataFolder
from .services import Services

MANAGE = (sys.executable, str(ROOT / "manage.py"))


def default_data_folder() -> Path:
    """The folder that PORTAL_DATA names, or .portal in the project's root."""
    return Path(os.environ.get("PORTAL_DATA") or ROOT / ".portal")


def portal_environment(folder: DataFolder, services: Services, address: str | None = None) -> dict[str, str]:
    """The variables of the serving programs; what the caller's environment says stays as it is."""
    env = {
        "PORTAL_DATA": str(folder.path),
        "SECRET_KEY": folder.secret("secret_key", 32),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
        **({"PORTAL_BASE_URL": address} if address else {}),
        **os.environ,
        **services.addresses,
    }
    env["PORTAL_DATA"] = str(folder.path)
    for name in ("PORTAL_DATABASE_ROLE", "DATABASE_OWNER_URL", "DATABASE_BACKUP_URL"):
        env.pop(name, None)
    return env


def owner_environment(env: dict[str, str], services: Services) -> dict[str, str]:
    """The same for commands that change the database's shape."""
    owner = services.addresses.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_OWNER_URL")
    return {**env, "PORTAL_DATABASE_ROLE": "owner", "DATABASE_OWNER_URL": owner or env["DATABASE_URL"]}


def fingerprint(paths: Iterable[Path]) -> str:
    """A digest over names and contents, to tell whether a step has to run again."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def migrations_fingerprint() -> str:
    """Changes whenever a migration of ours or a locked package does."""
    return fingerprint([*ROOT.glob("*/migrations/*.py"), ROOT / "requirements.lock"])
