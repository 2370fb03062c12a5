"""Clears abandoned uploads and files without a row, as the scheduler does every hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.scope import system
from files import sweeping


class Command(BaseCommand):
    """`sweep_files [--dry-run]`: what was cleared, on one line."""

    help = "清理过期未传完的文件和没有登记的文件。"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只统计，不删除")

    def handle(self, *args: Any, **options: Any) -> None:
        with system():
            swept = sweeping.sweep(dry_run=options["dry_run"])
        done = "可清理" if options["dry_run"] else "已清理"
        self.stdout.write(f"{done}：未传完 {swept.abandoned} 个，无登记 {swept.orphans} 个，共 {swept.freed} 字节。")
