"""Checks that every stored file is there, whole and unaltered."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.scope import system
from files import sweeping
from files.models import Upload

DAMAGED = 1


class Command(BaseCommand):
    """`verify_files`: exit 0 when every file matches its hash; else 1, and every one that does not."""

    help = "核验文件：逐个重算 SHA-256，报告缺失或被改动的文件。"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        with system():
            total = Upload.objects.count()
            self.stderr.write(f"正在核验 {total} 个文件……")
            found = 0
            for upload, problem in sweeping.damaged():
                found += 1
                self.stdout.write(f"{upload.pk} {upload.name} (dossier {upload.dossier}): {problem}")
        if found:
            raise CommandError(f"{total} 个文件中有 {found} 个缺失或被改动。", returncode=DAMAGED)
        self.stdout.write(f"{total} 个文件完整。")
