"""The pair of services and the environment variables by which the portal finds them."""

import os
from dataclasses import dataclass, field

from .folder import DataFolder
from .postgres import Postgres
from .supervisor import Supervisor, say
from .valkey import Valkey


@dataclass
class Services:
    """The database and the broker: embedded, unless the environment names external ones."""

    folder: DataFolder
    durable: bool = True
    ignore_environment: bool = False
    addresses: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        given = {} if self.ignore_environment else os.environ
        self.external_database = bool(given.get("DATABASE_URL"))
        self.external_broker = bool(given.get("REDIS_URL"))
        self.postgres = None if self.external_database else Postgres(self.folder, durable=self.durable)
        self.valkey = None if self.external_broker else Valkey(self.folder, durable=self.durable)
        if self.postgres:
            self.addresses["DATABASE_URL"] = self.postgres.url("web")
            self.addresses["DATABASE_OWNER_URL"] = self.postgres.url("owner")
            self.addresses["DATABASE_BACKUP_URL"] = self.postgres.url("backup")
        if self.valkey:
            self.addresses["REDIS_URL"] = self.valkey.url

    @property
    def embedded(self) -> bool:
        return self.postgres is not None or self.valkey is not None

    def start(self, supervisor: Supervisor) -> None:
        """Start what is embedded; returns when both answer."""
        if self.postgres:
            say("Starting PostgreSQL …")
            self.postgres.start(supervisor)
        if self.valkey:
            say("Starting the broker …")
            self.valkey.start(supervisor)
