"""Look-ups over filings."""

from __future__ import annotations

from fractions import Fraction

from applications.kinds import kind_of
from applications.models import Filing, FilingVersion
from notifications.rendering import wording
from policy.decimals import parse, show


def latest_version(filing: Filing) -> FilingVersion | None:
    """The version that was submitted last; None before the first submission."""
    return filing.versions.exclude(submitted_at=None).order_by("-serial").first()


def in_words(filing: Filing, version: FilingVersion) -> wording.Filing:
    """What papers say of a filing, from the frozen version they rest on."""
    request = filing.request_paper
    return wording.Filing(
        applicant=filing.tenant.name,
        park=filing.park_name,
        host=filing.zone_name,
        area=area_in_words(version),
        matter=kind_of(filing).matter,
        request_title=request.title if request else request_title(filing),
        request_number=request.number if request else "",
    )


def area_in_words(version: FilingVersion) -> str:
    """The area in km² with two decimals, more where rounding would make 9.996 look like 10; empty without any."""
    boundary = version.content.get("boundary")
    return show(parse(boundary["area_km2"]), (Fraction(10),)) if boundary else ""


def request_title(filing: Filing) -> str:
    """The title of the city's request (T1): ×市人民政府关于创建××省级高新技术产业园区的请示, or its kind's."""
    return kind_of(filing).request_title.format(city=filing.tenant.name, park=filing.park_name)
