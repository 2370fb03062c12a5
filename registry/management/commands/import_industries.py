"""Import the operator's table of industry codes from a CSV file: all rows or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.scope import system
from registry import industries


class Command(BaseCommand):
    """`manage.py import_industries FILE.csv [--dry-run] [--sample]`: exit 2 with every problem of unusable input."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE with the columns code, name, source; it replaces the table that was there."""
        parser.add_argument("file", type=Path, help="CSV (UTF-8): code,name,source")
        parser.add_argument("--dry-run", action="store_true", help="check the file and change nothing")
        parser.add_argument("--sample", action="store_true", help="mark the entries as sample data (示例数据)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check everything, then write everything."""
        try:
            rows = industries.read(options["file"].read_bytes())
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}", returncode=2) from error
        except industries.ImportRefused as refused:
            raise CommandError("\n".join(refused.problems), returncode=2) from refused
        if options["dry_run"]:
            self.stdout.write(f"{len(rows)}")
            return
        with system():
            count, gone = industries.replace(rows, sample=options["sample"])
        self.stdout.write(f"{count}")
        self.stderr.write(f"{gone} removed", self.style.NOTICE)
