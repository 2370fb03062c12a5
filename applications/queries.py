"""Look-ups over filings."""

from __future__ import annotations

from fractions import Fraction

from applications.kinds import kind_of, topic_of
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
        we=we_of(filing),
    )


def we_of(filing: Filing) -> str:
    """How the applicant calls itself in its papers: a county or district too where it files for itself."""
    return wording.we_of(filing.park_name) if filing.division_id else "我市"


def area_in_words(version: FilingVersion) -> str:
    """The area in km² with two decimals, more where rounding would make 9.996 look like 10; empty without any."""
    boundary = version.content.get("boundary")
    return show(parse(boundary["area_km2"]), (Fraction(10),)) if boundary else ""


def withdrawal_title(filing: Filing) -> str:
    """The title of the letter that takes a filing back, about a park or about the place itself."""
    matter = kind_of(filing).matter
    what = f"{filing.park_name}{matter.noun}申请" if filing.division_id else f"{topic_of(filing)}申报"
    return f"{filing.tenant.name}关于撤回{what}的函"


def request_title(filing: Filing) -> str:
    """The title of the city's request (T1): ×市人民政府关于创建××省级高新技术产业园区的请示, or its kind's."""
    return kind_of(filing).request_title.format(city=filing.tenant.name, park=filing.park_name)
