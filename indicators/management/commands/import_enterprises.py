"""`import_enterprises FILE.{csv,xlsx} [--dry-run]`: rows of the enterprises' ledgers, all rows or none."""

from __future__ import annotations

import hashlib
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.scope import system
from indicators.enums import Book
from indicators.ledgers import reading, storing, working
from indicators.models import Ledger
from indicators.services import ledgers as services
from indicators.sheets import SheetRefused
from workflow.ledger import recorded

UNUSABLE = 2
BAR = 40


class Command(BaseCommand):
    """Standard output is how many rows are new, changed and the same; unusable input ends with 2."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("导入企业台账；第一行是列名，园区写代码或名称")
        parser.add_argument("file", type=Path, metavar="FILE", help=_("CSV（UTF-8）或 XLSX"))
        parser.add_argument("--dry-run", action="store_true", help=_("只检查，不写入"))

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=UNUSABLE) from error
        origin = storing.Origin(reason=recorded("批量导入：%s") % path.name)
        try:
            tables = reading.tables(path.name, content)
            with system():
                services.open_ledgers()
                found = list(Ledger.objects.order_by("park"))
                loaded = storing.load(
                    Book.ENTERPRISES, tables, found, origin, dry=options["dry_run"], progress=self.progress
                )
                if not options["dry_run"]:
                    told = {"file": path.name, "sha256": hashlib.sha256(content).hexdigest()}
                    working.conclude(Book.ENTERPRISES, loaded, told, None)
        except SheetRefused as refused:
            raise CommandError("\n".join(refused.problems), returncode=UNUSABLE) from refused
        self.stdout.write(json.dumps({"new": loaded.new, "changed": loaded.changed, "same": loaded.same}))

    def progress(self, done: int, total: int) -> None:
        """A bar on standard error."""
        part = BAR * done // max(total, 1)
        end = "\n" if done >= total else ""
        self.stderr.write(f"\r[{'=' * part}{' ' * (BAR - part)}] {done}/{total}", ending=end)
