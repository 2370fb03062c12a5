"""`import_enterprises FILE.{csv,xlsx} [--dry-run]`: rows of the enterprises' ledgers, all rows or none."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser

from django.utils.translation import gettext as _

from accounts.scope import system
from indicators.enums import Book
from indicators.ledgers import reading, storing, working
from indicators.management.table_command import Loaded, TableCommand
from indicators.models import Ledger
from indicators.services import ledgers as services
from workflow.ledger import recorded

BAR = 40


class Command(TableCommand):
    """How far it has come stands on standard error."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("导入企业台账；第一行是列名，园区写代码或名称")
        super().add_arguments(parser)

    def load(self, name: str, content: bytes, *, dry: bool) -> Loaded:
        """Write the rows of a table."""
        origin = storing.Origin(reason=recorded("批量导入：%s") % name)
        tables = reading.tables(name, content)
        with system():
            services.open_ledgers()
            found = list(Ledger.objects.order_by("park"))
            loaded = storing.load(Book.ENTERPRISES, tables, found, origin, dry=dry, progress=self.progress)
            if not dry:
                told = {"file": name, "sha256": hashlib.sha256(content).hexdigest()}
                working.conclude(Book.ENTERPRISES, loaded, told, None)
        return loaded

    def progress(self, done: int, total: int) -> None:
        """A bar on standard error."""
        part = BAR * done // max(total, 1)
        end = "\n" if done >= total else ""
        self.stderr.write(f"\r[{'=' * part}{' ' * (BAR - part)}] {done}/{total}", ending=end)
