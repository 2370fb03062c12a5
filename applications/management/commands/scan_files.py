"""Asks the scanner for files that wait for it, now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.scope import system
from applications import scanning
from files import scanner
from files.enums import ScanState
from workflow import outbox

UNUSABLE = 2
# What else may be due meanwhile and is done along the way.
OTHERS = 200


class Command(BaseCommand):
    """`scan_files [--failed]`: exit 0 and how many were scanned; 2 where there is no scanner or it is away."""

    help = "查毒：立即处理待查毒的文件。"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--failed", action="store_true", help="未能查毒的文件也再查一次")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SCANNER:
            raise CommandError("没有配置查毒服务（PORTAL_SCANNER）。", returncode=UNUSABLE)
        try:
            version = scanner.ask("VERSION")
        except scanner.ScannerAway as error:
            raise CommandError(f"查毒服务没有应答：{error}", returncode=UNUSABLE) from error
        states = [ScanState.PENDING, ScanState.FAILED] if options["failed"] else [ScanState.PENDING]
        with system():
            scanning.ask_again(states, patience=dt.timedelta(0))
            waiting = scanning.make_due()
        outbox.deliver_all(limit=waiting + OTHERS)
        with system():
            left = scanning.make_due()
        self.stdout.write(f"{version}：已查 {waiting - left} 个，还有 {left} 个待查。")
