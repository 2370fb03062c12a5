"""Load the sample province (示例数据): real places, offices and parks with sources, invented people."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.sample import loader


class Command(BaseCommand):
    """`manage.py load_sample`: progress on standard error, nothing on standard output; a second run changes nothing."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, telling each step."""
        loader.load(lambda step: self.stderr.write(step, self.style.NOTICE))
