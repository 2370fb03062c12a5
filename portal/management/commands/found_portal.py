"""Enter what a portal for real data starts with: divisions, offices, counties, host zones, parks and an operator."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from accounts.queries import sample_is_loaded
from accounts.scope import system
from accounts.services import link_of
from portal.founding import offices, places


class Command(BaseCommand):
    """`manage.py found_portal --operator NAME --admin NAME --email ADDRESS`: once, on an empty portal.

    Standard output is the link by which the operator's administrator signs in for the first time; that one opens the
    other offices on /offices/. Exit code 1 where a sample province or another operator is there already.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Who runs the portal, and its first administrator."""
        parser.add_argument("--operator", required=True, metavar="NAME", help="the operator (平台运维单位)")
        parser.add_argument("--admin", required=True, metavar="NAME", help="its first administrator")
        parser.add_argument("--email", required=True, metavar="ADDRESS", help="where the invitation is sent")

    def handle(self, *args: Any, **options: Any) -> None:
        """Enter everything in one transaction, telling each step."""
        with system(), transaction.atomic():
            if sample_is_loaded():
                raise CommandError("the sample province is loaded here; found a portal in an empty data folder")
            if Organisation.objects.filter(kind=OrganisationKind.OPERATOR).exists():
                raise CommandError("this portal was founded already; its operator opens further offices on /offices/")
            self._tell(f"Divisions: {places.load_divisions()}")
            real = offices.load_offices(timezone.localdate())
            self._tell(f"Offices: {real}")
            self._tell(f"County governments, not yet in use: {offices.load_counties(real)}")
            self._tell(f"Host zones: {places.load_zones()}")
            parks, untold = places.load_parks()
            self._tell(f"Parks: {len(parks)}; left out, as no source tells their status: {'、'.join(untold) or '-'}")
            invitation = offices.open_operator(options["operator"], options["admin"], options["email"])
        self.stdout.write(link_of(invitation))

    def _tell(self, step: str) -> None:
        self.stderr.write(step, self.style.NOTICE)
