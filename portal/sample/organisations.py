"""The offices of the sample province: the real ones with their names then and now, and a few invented ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.enums import OrganisationKind
from accounts.models import Organisation, OrganisationName
from registry.facts import loader
from registry.facts import records as facts
from registry.services import applicant_code

GOVERNMENT, LEAD, OPERATOR = "prov-gov-office", "kjt", "operator"
SOURCE_LENGTH = 200


@dataclass(frozen=True)
class Invented:
    """An office that does not exist (示例): for trying what counties, committees and bureaus do."""

    code: str
    kind: str
    name: str
    short: str
    division: str
    parent: str
    prefix: str
    series: tuple[tuple[str, str], ...] = ()


INVENTED = (
    Invented(OPERATOR, OrganisationKind.OPERATOR, "平台运维单位（示例）", "运维（示例）", "330000", "", ""),
    Invented(
        "county-330110",
        OrganisationKind.COUNTY_GOV,
        "余杭区人民政府（示例账号）",
        "余杭区政府（示例）",
        "330110",
        "gov-330100",
        "yh",
        (("request", "余政"), ("letter", "余政函")),
    ),
    Invented(
        "county-330521",
        OrganisationKind.COUNTY_GOV,
        "德清县人民政府（示例账号）",
        "德清县政府（示例）",
        "330521",
        "gov-330500",
        "dq",
        (("request", "德政"), ("letter", "德政函")),
    ),
    Invented(
        "committee-hangzhou",
        OrganisationKind.PARK_COMMITTEE,
        "杭州示例高新技术产业园区管理委员会（示例）",
        "杭州管委会（示例）",
        "330100",
        "gov-330100",
        "hzgwh",
    ),
    Invented(
        "committee-huzhou",
        OrganisationKind.PARK_COMMITTEE,
        "湖州示例高新技术产业园区管理委员会（示例）",
        "湖州管委会（示例）",
        "330500",
        "gov-330500",
        "huzgwh",
    ),
    Invented(
        "kjj-330100",
        OrganisationKind.CITY_ST_BUREAU,
        "杭州市科学技术局（示例账号）",
        "杭州市科技局（示例）",
        "330100",
        "gov-330100",
        "hzkjj",
    ),
    Invented(
        "kjj-330500",
        OrganisationKind.CITY_ST_BUREAU,
        "湖州市科学技术局（示例账号）",
        "湖州市科技局（示例）",
        "330500",
        "gov-330500",
        "huzkjj",
    ),
    Invented(
        "other-czt",
        OrganisationKind.OTHER_DEPARTMENT,
        "浙江省财政厅（示例账号）",
        "省财政厅（示例）",
        "330000",
        "",
        "czt",
        (("letter", "示财函"),),
    ),
    Invented(
        "other-jyt",
        OrganisationKind.OTHER_DEPARTMENT,
        "浙江省教育厅（示例账号）",
        "省教育厅（示例）",
        "330000",
        "",
        "jyt",
        (("letter", "示教函"),),
    ),
    *(
        Invented(
            f"expert-{number}",
            OrganisationKind.EXPERT,
            f"{name}（示例专家）",
            f"{name}（示例）",
            "330000",
            "",
            f"zj{number}",
            (("expert", f"专论{number}"),),
        )
        for number, name in enumerate(("产业规划专家", "科技管理专家", "土地利用专家"), start=1)
    ),
)


def load_organisations(today: dt.date) -> int:
    """The real offices under the names of `today`, then the invented ones; how many there are."""
    order = 0
    for office in loader.offices():
        order += 1
        _real(office, order, today)
    for invented in INVENTED:
        order += 1
        _invented(invented, order)
    return order


def code_of(office: facts.Office) -> str:
    """The code of a real office's organisation."""
    if office.kind is facts.OfficeKind.APPLICANT:
        return applicant_code(office.division)
    if office.kind is facts.OfficeKind.GOVERNMENT_OFFICE:
        return GOVERNMENT
    return office.code.replace("_", "-")


def _kind(office: facts.Office) -> OrganisationKind:
    if office.kind is facts.OfficeKind.APPLICANT:
        return OrganisationKind.APPLICANT_GOV
    if office.kind is facts.OfficeKind.GOVERNMENT_OFFICE:
        return OrganisationKind.PROV_GOV_OFFICE
    return OrganisationKind.LEAD if office.code == LEAD else OrganisationKind.DEPARTMENT


def _series(office: facts.Office, today: dt.date) -> dict[str, str]:
    """The codes (机关代字) by kind of paper; those the facts lack follow the custom of such codes."""
    if office.kind is facts.OfficeKind.APPLICANT:
        return {"request": office.series[0].prefix, "letter": f"{office.series[0].prefix}函"}
    if office.kind is facts.OfficeKind.GOVERNMENT_OFFICE:
        return {"request": "浙政", "reply": "浙政函", "letter": "浙政办函"}
    if office.code == LEAD:
        return {"request": "浙科发高", "letter": "浙科函", "minutes": "浙科纪"}
    valid = [
        series
        for series in office.series
        if (series.since is None or series.since.latest <= today)
        and (series.until is None or today < series.until.latest)
    ]
    return {"letter": next((series.prefix for series in valid if series.prefix.endswith("函")), valid[0].prefix)}


def _real(office: facts.Office, order: int, today: dt.date) -> None:
    name = office.name_on(today)
    organisation, made = Organisation.objects.get_or_create(
        code=code_of(office),
        defaults={
            "kind": _kind(office),
            "name": name.name,
            "short_name": name.short,
            "division_id": office.division,
            "series": _series(office, today),
            "order": order,
        },
    )
    if made:
        OrganisationName.objects.bulk_create(
            OrganisationName(
                organisation=organisation,
                name=row.name,
                valid_from=str(row.since or ""),
                valid_to=str(row.until or ""),
                source=row.source[:SOURCE_LENGTH],
            )
            for row in office.names
        )


def _invented(office: Invented, order: int) -> None:
    parent = Organisation.objects.get(code=office.parent) if office.parent else None
    Organisation.objects.get_or_create(
        code=office.code,
        defaults={
            "kind": office.kind,
            "name": office.name,
            "short_name": office.short,
            "division_id": office.division,
            "parent": parent,
            "series": dict(office.series),
            "order": order,
            "sample": True,
        },
    )
