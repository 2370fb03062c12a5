"""Registers the outline of a host zone from a file, so that a park's containment can be said in percent."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.scope import system
from registry.geometry import CRS_CHOICES, BoundaryError, Level, problems, read_boundary
from registry.models import HostZone


class Command(BaseCommand):
    """load_zone_outline SLUG FILE --crs EPSG:4490; exit 2 for a file that cannot be used."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The zone's slug, the file, its coordinate system (never guessed)."""
        parser.add_argument("slug")
        parser.add_argument("file", type=Path)
        parser.add_argument("--crs", required=True, choices=[code for code, _label in CRS_CHOICES])

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, keep; print the area in km²."""
        try:
            boundary = read_boundary(options["file"].name, options["file"].read_bytes(), options["crs"])
        except (OSError, BoundaryError) as error:
            raise CommandError(str(error), returncode=2) from error
        if barring := [str(found.message) for found in problems(boundary) if found.level is Level.ERROR]:
            raise CommandError("; ".join(barring), returncode=2)
        with system():
            if not HostZone.objects.filter(slug=options["slug"]).update(geojson=boundary.geojson):
                raise CommandError(f"no host zone {options['slug']}", returncode=2)
        self.stdout.write(f"{boundary.area_km2:.6f}")
