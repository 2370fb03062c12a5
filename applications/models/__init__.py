"""The tables of a filing: the filing, its plan and materials in work, its frozen versions and remarks."""

from applications.models.delegation import Delegation
from applications.models.filing import Filing
from applications.models.opening import PlaceOpening
from applications.models.plan import FilingBoundary, Material, PlanField
from applications.models.remark import Remark, RemarkEntry
from applications.models.version import FilingVersion

__all__ = [
    "Delegation",
    "Filing",
    "FilingBoundary",
    "FilingVersion",
    "Material",
    "PlaceOpening",
    "PlanField",
    "Remark",
    "RemarkEntry",
]
