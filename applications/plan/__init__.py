"""The plan (创建规划) as data: sections, fields and the grid of base figures."""

from __future__ import annotations

import datetime as dt

from applications.plan import basics, industry, management
from applications.plan.figures import FIGURES, REQUIRED, YEARS, base_years, figure_key, figures_section
from applications.plan.industry import BASE_KINDS, FACTORS, INDUSTRIES
from applications.plan.management import ASSESSED, POLICY_AREAS
from applications.plan.schema import Field, Kind, Section

SECTIONS: tuple[Section, ...] = (*basics.SECTIONS, *industry.SECTIONS, *management.SECTIONS)
_BY_SLUG = {section.slug: section for section in SECTIONS}
SIDES = ("east", "south", "west", "north")

__all__ = [
    "ASSESSED",
    "BASE_KINDS",
    "FACTORS",
    "FIGURES",
    "INDUSTRIES",
    "POLICY_AREAS",
    "REQUIRED",
    "SECTIONS",
    "SIDES",
    "YEARS",
    "Field",
    "Kind",
    "Section",
    "base_years",
    "figure_key",
    "section_of",
    "sections",
]


def sections(opened_on: dt.date) -> tuple[Section, ...]:
    """Every section of a plan opened on a day, the grid of base figures included, in the order of the task list."""
    place = next(i for i, section in enumerate(SECTIONS) if section.slug == "foundation") + 1
    return (*SECTIONS[:place], figures_section(base_years(opened_on)), *SECTIONS[place:])


def section_of(slug: str, opened_on: dt.date) -> Section | None:
    """The section with that slug."""
    if slug == "figures":
        return figures_section(base_years(opened_on))
    return _BY_SLUG.get(slug)
