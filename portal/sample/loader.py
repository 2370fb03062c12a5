"""Loads the sample province step by step; a second run changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from accounts.scope import system
from portal.founding import places
from portal.sample import (
    applying,
    city_years,
    codes,
    determining,
    evaluating,
    filings,
    ledgers,
    monitoring,
    national,
    opening,
    organisations,
    people,
    practices,
    recognising,
    recommending,
    sanctions,
    targets,
    titles,
    years,
)
from workflow import outbox

Progress = Callable[[str], None]
# What is done in the sample's offices through the real services, after the province is there.
AFFAIRS: tuple[Callable[[Progress], None], ...] = (
    filings.load,
    years.load,
    city_years.load,
    sanctions.load,
    ledgers.load,
    recognising.load,
    recommending.load,
    applying.load,
    evaluating.load,
    determining.load,
    national.load,
    monitoring.load,
    practices.load,
    opening.load,
)


def load(progress: Progress) -> None:
    """Load everything, the province in one transaction; `progress` is told each step."""
    began = timezone.now()
    with system():
        progress(f"Divisions: {places.load_divisions()}")
        progress(f"Organisations: {organisations.load_organisations(timezone.localdate())}")
        progress(f"Posts: {people.load_people()}")
        progress(f"Titles of cities and counties: {titles.load()}")
        progress(f"Values that the province's targets are held against: {targets.load()}")
        progress(f"Host zones: {places.load_zones()}")
        parks, untold = places.load_parks()
        progress(f"Industry codes: {codes.load_industries()}")
        progress(f"Parks: {len(parks)}; left out, as no source tells their status: {'、'.join(untold) or '-'}")
    for load_affair in AFFAIRS:
        load_affair(progress)
    with system():
        outbox.nobody_waits_for(began)
