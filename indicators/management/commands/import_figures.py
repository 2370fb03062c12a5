"""`import_figures FILE.{csv,xlsx} [--dry-run]`: yearly figures, all rows or none."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.scope import system
from indicators import sheets
from indicators.services import importing

UNUSABLE = 2


class Command(BaseCommand):
    """Standard output is how many figures are new, changed and the same; unusable input ends with 2."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("导入年度数据：列 %s；数值留空表示不掌握") % ",".join(sheets.COLUMNS)
        parser.add_argument("file", type=Path, metavar="FILE", help=_("CSV（UTF-8）或 XLSX"))
        parser.add_argument("--dry-run", action="store_true", help=_("只检查，不写入"))

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=UNUSABLE) from error
        try:
            lines = sheets.read(path.name, content)
            with system(), transaction.atomic():
                told: list[str] = []
                done = importing.store(importing.check(lines, told))
                transaction.set_rollback(bool(options["dry_run"]))
        except sheets.SheetRefused as refused:
            raise CommandError("\n".join(refused.problems), returncode=UNUSABLE) from refused
        for warning in told:
            self.stderr.write(warning)
        self.stdout.write(json.dumps({"new": done.new, "changed": done.changed, "same": done.same}))
