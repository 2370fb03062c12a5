"""The plan (创建规划) as data: sections, fields and the grid of base figures."""

from __future__ import annotations

import datetime as dt

from applications.enums import KindCode
from applications.plan import basics, industry, management
from applications.plan.change import CHANGE
from applications.plan.city import CITY
from applications.plan.expansion import EXPANSION
from applications.plan.figures import FIGURES, REQUIRED, YEARS, base_years, figure_key, figures_section
from applications.plan.industry import BASE_KINDS, FACTORS, INDUSTRIES
from applications.plan.leaving import EXIT
from applications.plan.management import ASSESSED, POLICY_AREAS
from applications.plan.national import NATIONAL
from applications.plan.recognition import RECOGNITION
from applications.plan.schema import Field, Kind, Section

CREATION: tuple[Section, ...] = (*basics.SECTIONS, *industry.SECTIONS, *management.SECTIONS)
# The sections of each kind of filing; a slug and a key mean the same wherever they stand.
SECTIONS_OF: dict[str, tuple[Section, ...]] = {
    KindCode.CREATION: CREATION,
    KindCode.RECOGNITION: RECOGNITION,
    KindCode.EXPANSION: EXPANSION,
    KindCode.CHANGE: CHANGE,
    KindCode.CITY: CITY,
    KindCode.NATIONAL: NATIONAL,
    KindCode.EXIT: EXIT,
}
EVERY: tuple[Section, ...] = tuple(
    {section.slug: section for sections in SECTIONS_OF.values() for section in sections}.values()
)
SIDES = ("east", "south", "west", "north")

__all__ = [
    "ASSESSED",
    "BASE_KINDS",
    "EVERY",
    "FACTORS",
    "FIGURES",
    "INDUSTRIES",
    "POLICY_AREAS",
    "REQUIRED",
    "SECTIONS_OF",
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


def sections(opened_on: dt.date, kind: str = KindCode.CREATION) -> tuple[Section, ...]:
    """Every section of a plan of a kind opened on a day, in the order of the task list.

    A plan of creation holds the grid of base figures; later filings take the figures of the yearly returns.
    """
    found = SECTIONS_OF[kind]
    if kind != KindCode.CREATION:
        return found
    place = next(i for i, section in enumerate(found) if section.slug == "foundation") + 1
    return (*found[:place], figures_section(base_years(opened_on)), *found[place:])


def section_of(slug: str, opened_on: dt.date, kind: str = KindCode.CREATION) -> Section | None:
    """The section of a kind's plan with that slug."""
    return next((section for section in sections(opened_on, kind) if section.slug == slug), None)
