"""migrate: Django's own command, with models rendered on demand (see accounts.migrating)."""

from django.core.management.commands import migrate

from accounts.migrating import Executor

Command = migrate.Command
migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]
