"""Checks that no event of the ledger was changed, removed or slipped in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.scope import system
from workflow import ledger
from workflow.models import Chain, Event

BROKEN = 1


class Command(BaseCommand):
    """`verify_ledger`: exit 0 when every chain holds, 1 and the first broken event otherwise."""

    help = "核验办理记录：逐案卷重算哈希链，报告第一处不符。"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        with system():
            chains, events = Chain.objects.count(), Event.objects.count()
            self.stderr.write(f"正在核验 {chains} 个案卷的 {events} 条记录……")
            found = next(ledger.broken(), None) or self._stray()
            if found is not None:
                where, what = found
                self.stdout.write(f"{in_words(where)}: {what}")
                raise CommandError("办理记录的哈希链不完整。", returncode=BROKEN)
        self.stdout.write(f"{chains} 个案卷、{events} 条记录完整。")

    def _stray(self) -> tuple[Event | Chain, str] | None:
        """An event whose dossier has no chain at all."""
        known = Chain.objects.values("dossier")
        event = Event.objects.exclude(dossier__in=known).order_by("dossier", "serial").first()
        return (event, "belongs to no chain") if event else None


def in_words(where: Event | Chain) -> str:
    """Names the broken place: dossier, serial, event."""
    if isinstance(where, Chain):
        return f"dossier {where.dossier}, chain of {where.length}"
    return f"dossier {where.dossier}, event {where.serial} {where.name} ({where.pk})"
