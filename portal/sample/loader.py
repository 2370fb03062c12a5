"""Loads the sample province step by step; a second run changes nothing."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable

from django.utils import timezone

from accounts.scope import system
from portal.sample import ledgers as books
from portal.sample import organisations, people, places, years

Progress = Callable[[str], None]
FILINGS = "portal.sample.filings"


def load(progress: Progress) -> None:
    """Load everything under the system scope, in one transaction; `progress` is told each step."""
    with system():
        progress(f"Divisions: {places.load_divisions()}")
        progress(f"Organisations: {organisations.load_organisations(timezone.localdate())}")
        progress(f"Posts: {people.load_people()}")
        progress(f"Host zones: {places.load_zones()}")
        parks, untold = places.load_parks()
        progress(f"Industry codes: {places.load_industries()}")
        progress(f"Parks: {len(parks)}; left out, as no source tells their status: {'、'.join(untold) or '-'}")
    if importlib.util.find_spec(FILINGS):
        importlib.import_module(FILINGS).load(progress)
    years.load(progress)
    with system():
        progress(f"Rows of ledgers: {books.load()}")
