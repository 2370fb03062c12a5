"""Writes docs/workflow.md from the machines."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from workflow.drawing import draw


class Command(BaseCommand):
    """Draw the machines into docs/workflow.md, or onto standard output with --print."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--print", action="store_true", dest="to_stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["to_stdout"]:
            self.stdout.write(draw())
            return
        target = settings.BASE_DIR / "docs" / "workflow.md"
        target.write_text(draw())
        self.stderr.write(f"wrote {target.relative_to(settings.BASE_DIR)}")
