"""Registers the outline of a host zone from a file, so that a park's containment can be said in percent."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.queries import the_lead
from accounts.scope import system
from registry import outlines
from registry.geometry import CRS_CHOICES, BoundaryError, Level, problems, read_boundary
from registry.models import HostZone
from workflow import instants


class Command(BaseCommand):
    """load_zone_outline SLUG FILE --crs EPSG:4490; exit 2 for a file that cannot be used."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The zone's slug, the file, its coordinate system (never guessed)."""
        parser.add_argument("slug")
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="由运维单位登记", help="what the outline rests on")
        parser.add_argument("--valid-from", type=dt.date.fromisoformat, help="since when it holds (default: today)")
        parser.add_argument("--crs", required=True, choices=[code for code, _label in CRS_CHOICES])

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, keep; print the area in km²."""
        try:
            boundary = read_boundary(options["file"].name, options["file"].read_bytes(), options["crs"])
        except (OSError, BoundaryError) as error:
            raise CommandError(str(error), returncode=2) from error
        if barring := [str(found.message) for found in problems(boundary) if found.level is Level.ERROR]:
            raise CommandError("; ".join(barring), returncode=2)
        with system(), transaction.atomic():
            zone = HostZone.objects.filter(slug=options["slug"]).first()
            if zone is None:
                raise CommandError(f"no host zone {options['slug']}", returncode=2)
            day = options["valid_from"] or instants.today()
            outlines.keep(
                zone,
                boundary,
                the_lead(),
                None,
                valid_from=day,
                source=options["source"],
                file_name=options["file"].name,
            )
        self.stdout.write(f"{boundary.area_km2:.6f}")
