"""Writes the words to search by anew for every dossier that moved on."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.sweeps import sweep


class Command(BaseCommand):
    """`manage.py index_search`: what the worker does every few seconds, until nothing is left."""

    help = "Bring the words to search by up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        """Index in batches; print how many dossiers there were."""
        total = 0
        while count := sweep(500):
            total += count
        self.stdout.write(f"{total}")
