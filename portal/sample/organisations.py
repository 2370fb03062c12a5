"""The offices of the sample province: the real ones with their names then and now, and a few invented ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from portal.founding.offices import load_offices

OPERATOR = "operator"


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
    *(
        Invented(
            f"third-{number}",
            OrganisationKind.THIRD_PARTY,
            f"{name}（示例）",
            f"{name}（示例）",
            "330000",
            "",
            f"pg{number}",
            (("letter", f"示评{number}函"),),
        )
        for number, name in enumerate(("甲科技评估中心", "乙科技评估中心"), start=1)
    ),
    Invented(
        "county-330624",
        OrganisationKind.COUNTY_GOV,
        "新昌县人民政府（示例账号）",
        "新昌县政府（示例）",
        "330624",
        "gov-330600",
        "xc",
        (("request", "新政"), ("letter", "新政函")),
    ),
)


def load_organisations(today: dt.date) -> int:
    """The real offices under the names of `today`, then the invented ones; how many there are."""
    order = load_offices(today)
    for invented in INVENTED:
        order += 1
        _invented(invented, order)
    return order


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
