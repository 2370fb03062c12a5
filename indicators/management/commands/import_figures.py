"""`import_figures FILE.{csv,xlsx} [--dry-run]`: yearly figures, all rows or none."""

from __future__ import annotations

from argparse import ArgumentParser

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.scope import system
from indicators import sheets
from indicators.management.table_command import TableCommand
from indicators.services import importing


class Command(TableCommand):
    """What the rules only warn of is told on standard error."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("导入年度数据：列 %s；数值留空表示不掌握") % ",".join(sheets.COLUMNS)
        super().add_arguments(parser)

    def load(self, name: str, content: bytes, *, dry: bool) -> importing.Imported:
        """Write the figures of a table."""
        lines = sheets.read(name, content)
        told: list[str] = []
        with system(), transaction.atomic():
            done = importing.store(importing.check(lines, told))
            transaction.set_rollback(dry)
        for warning in told:
            self.stderr.write(warning)
        return done
