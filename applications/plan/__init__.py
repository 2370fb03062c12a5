"""The plan (创建规划) as data: sections, fields and the grid of base figures."""

from applications.plan import basics, industry, management
from applications.plan.figures import FIGURES, base_years, figure_fields, figure_key
from applications.plan.industry import BASE_KINDS, FACTORS, INDUSTRIES
from applications.plan.management import ASSESSED, POLICY_AREAS
from applications.plan.schema import Field, Kind, Section

SECTIONS: tuple[Section, ...] = (*basics.SECTIONS, *industry.SECTIONS, *management.SECTIONS)
SIDES = ("east", "south", "west", "north")

__all__ = [
    "ASSESSED",
    "BASE_KINDS",
    "FACTORS",
    "FIGURES",
    "INDUSTRIES",
    "POLICY_AREAS",
    "SECTIONS",
    "SIDES",
    "Field",
    "Kind",
    "Section",
    "base_years",
    "figure_fields",
    "figure_key",
    "section_of",
]


def section_of(slug: str) -> Section | None:
    """The section with that slug."""
    return next((section for section in SECTIONS if section.slug == slug), None)
