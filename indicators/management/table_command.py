"""A command that takes a table from a file: CSV or XLSX, all rows or none, or a dry run."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from indicators.sheets import SheetRefused

UNUSABLE = 2


class Loaded(Protocol):
    """What became of the rows."""

    @property
    def new(self) -> int: ...

    @property
    def changed(self) -> int: ...

    @property
    def same(self) -> int: ...


class TableCommand(BaseCommand):
    """Standard output is how many rows are new, changed and the same; unusable input ends with 2."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("CSV（UTF-8）或 XLSX"))
        parser.add_argument("--dry-run", action="store_true", help=_("只检查，不写入"))

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=UNUSABLE) from error
        try:
            done = self.load(path.name, content, dry=bool(options["dry_run"]))
        except SheetRefused as refused:
            raise CommandError("\n".join(refused.problems), returncode=UNUSABLE) from refused
        self.stdout.write(json.dumps({"new": done.new, "changed": done.changed, "same": done.same}))

    def load(self, name: str, content: bytes, *, dry: bool) -> Loaded:
        """Read the rows and write them unless `dry`. Raises SheetRefused."""
        raise NotImplementedError
