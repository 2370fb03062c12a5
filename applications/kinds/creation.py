"""创建: a city asks that a park be put on the list of those that are being created (P-II.1)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from applications.enums import KindCode
from applications.facts import facts_of
from applications.kinds import FilingKind, declare
from notifications.rendering import matters

CREATION = declare(
    FilingKind(
        code=KindCode.CREATION,
        label=_("创建"),
        matter=matters.CREATION,
        request_title="{city}关于创建{park}的请示",
        clause_set="park-creation",
        facts=facts_of,
        # Told better by the sections, the materials or the boundary themselves.
        told=frozenset({"P-II.1.2d[boundary]", "P-II.1.3[figures]", "P-II.1.4b", "P-II.1.5b", "P-IV.2d", "P-IV.4d"}),
        places={
            "P-II.1.1a": "purpose",
            "P-II.1.1b": "purpose",
            "P-II.1.2a[opinions]": "conformity",
            "P-II.1.2a[contiguous]": "space",
            "P-II.1.2b": "space",
            "P-II.1.2c": "materials#dev_block",
            "P-II.1.2d[boundary]": "boundary",
            "P-II.1.2d[one_zone]": "space",
            "P-II.1.2e": "boundary",
            "P-II.1.2f": "space",
            "P-II.1.3": "foundation",
            "P-II.1.3[figures]": "figures",
            "P-II.1.4a": "materials#industry_plan",
            "P-II.1.4b": "bases-1",
            "P-II.1.4c": "bases-3",
            "P-II.1.5a": "materials#policy",
            "P-II.1.5b": "policies-1",
            "P-II.1.6a": "materials#management",
            "P-II.1.6c": "management",
            "P-II.1.6d": "management",
            "P-II.1.7": "responsibility",
            "P-II.1.8a": "materials#argumentation",
            "P-II.1.8b": "materials",
            "P-IV.2a": "industry-1",
            "P-IV.2b": "foundation",
            "P-IV.2d": "industry-1",
            "P-IV.4d": "leaders",
        },
    )
)
