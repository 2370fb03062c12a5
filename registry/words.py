"""How the register is worded on a page: tags, the line of a park's life, its history and its figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Division
from notifications.models import Paper
from registry import dates, park_parts
from registry.enums import CityTitleKind, ParkStatus, Precision
from registry.facts import loader
from registry.models import CityTitle, HostZone, LegalStatus, Park, ParkBoundary, ParkName
from registry.queries import published
from registry.spans import Span

UNKNOWN = gettext_lazy("未载明")
SAMPLE = {"kind": "warning", "text": gettext_lazy("示例数据")}
SIDES = {
    "east": gettext_lazy("东至"),
    "south": gettext_lazy("南至"),
    "west": gettext_lazy("西至"),
    "north": gettext_lazy("北至"),
}
STATUS_KINDS = {
    ParkStatus.CREATING: "progress",
    ParkStatus.REVOKED: "late",
    ParkStatus.RECOGNISED: "done",
    ParkStatus.NATIONAL: "info",
    ParkStatus.ENDED: "ended",
}


TITLES = {
    CityTitleKind.ST_STRONG: "info",
    CityTitleKind.PILOT: "progress",
    CityTitleKind.INNOVATIVE: "done",
    CityTitleKind.NATIONAL_PILOT: "done",
}


def status_tag(status: str) -> dict[str, Any]:
    """A status as shape and word."""
    return {"kind": STATUS_KINDS[ParkStatus(status)], "text": ParkStatus(status).label}


def title_tag(title: CityTitleKind | str, place: str) -> dict[str, Any]:
    """A title (称号) as a tag, in the words in which the place of that name bears it."""
    kind = CityTitleKind(title)
    return {"kind": TITLES[kind], "text": kind.of(place)}


def area(value: Decimal | None) -> str:
    """An area in words, rounded to 0.01 km² for reading; the data files carry it unrounded."""
    return str(UNKNOWN) if value is None else _("%(area)s 平方公里") % {"area": f"{value:,.2f}"}


def place(park: Park) -> str:
    """City and county of a park."""
    if park.county is None or park.county_id == park.city_id:
        return park.city.name
    return f"{park.city.name}{park.county.name}"


def industries(park: Park) -> str:
    """The leading industries (主导产业) in their order."""
    return "、".join(row.name for row in park.industries.all()) or str(UNKNOWN)


def four_sides(park: Park) -> list[dict[str, str]]:
    """The 四至 as rows; empty when unknown."""
    return [
        {"key": str(label), "value": park.four_sides[side].removeprefix(str(label))}
        for side, label in SIDES.items()
        if park.four_sides.get(side)
    ]


def paper_link(paper: Paper | None) -> dict[str, str] | None:
    """Number and public address of a published paper."""
    shown = published(paper)
    return {"number": shown.number, "href": shown.get_absolute_url()} if shown else None


def basis(status: LegalStatus) -> str:
    """What a legal status rests on: the paper's title, or the cited source."""
    if status.paper_id is None:
        return _("出处：%(source)s") % {"source": status.citation}
    shown = published(status.paper)
    return shown.title if shown else _("批准文件未公开")


def history(park: Park) -> list[dict[str, Any]]:
    """Legal statuses, other dated acts and renamings of a park, oldest first; what has no date stands where it must."""
    statuses = list(park.legal_statuses.all())
    acts = [row for row in park.facts if row.get("date")]
    told = {dates.iso(row.since, row.precision) for row in statuses}
    renamings = [
        row
        for row in park.names.all()
        if row.valid_from and row.valid_from not in told and not any(row.name in act["text"] for act in acts)
    ]
    before = [_day_key(row.since, row.precision) for row in statuses if row.pk != park.current_id]
    before += [_day_key(*dates.parse(row["date"])) for row in acts]
    events: list[tuple[Any, dict[str, Any]]] = [(_order(row, park, before), _status_event(row)) for row in statuses]
    events += [(_day_key(*dates.parse(row["date"])), _act_event(row)) for row in acts]
    events += [(_day_key(*dates.parse(row.valid_from)), _name_event(row)) for row in renamings]
    events += [(_day_key(act.day, Precision.DAY), _other_event(act)) for act in park_parts.acts_of(park)]
    return [event for _key, event in sorted(events, key=lambda pair: pair[0])]


def _act_event(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": row["text"],
        "at": dates.in_words(*dates.parse(row["date"])),
        "text": _("出处：%(source)s") % {"source": row["source"]},
        "paper": None,
        "kind": "waiting",
    }


def _other_event(act: park_parts.Act) -> dict[str, Any]:
    return {
        "title": act.title,
        "at": dates.in_words(act.day, Precision.DAY),
        "text": act.text,
        "paper": act.paper,
        "href": act.href,
        "kind": act.kind,
    }


def _day_key(day: dt.date | None, precision: str) -> tuple[int, dt.date]:
    return (1, day) if day else (0, dt.date.min)


def _order(row: LegalStatus, park: Park, before: list[tuple[int, dt.date]]) -> tuple[int, dt.date, int]:
    """Today's status without a date follows what the register knows before it, not what was done since."""
    if row.since is None and row.pk == park.current_id:
        return *max(before, default=(0, dt.date.min)), 1
    return *_day_key(row.since, row.precision), 0


def _status_event(row: LegalStatus) -> dict[str, Any]:
    known = row.since is not None and row.precision != Precision.UNKNOWN
    return {
        "title": ParkStatus(row.status).label,
        "at": dates.since_in_words(row) if known else _("日期未载明"),
        "text": "。".join(part for part in (row.note.rstrip("。"), basis(row)) if part),
        "paper": paper_link(row.paper),
        "kind": STATUS_KINDS[ParkStatus(row.status)],
    }


def _name_event(row: ParkName) -> dict[str, Any]:
    return {
        "title": _("定名为%(name)s") % {"name": row.name},
        "at": dates.in_words(*dates.parse(row.valid_from)),
        "text": _("出处：%(source)s") % {"source": row.source} if row.source and not row.paper_id else "",
        "paper": paper_link(row.paper),
        "kind": "info",
    }


def life(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same events as marks of the line of a park's life."""
    return [
        {
            "date": event["at"],
            "text": event["title"],
            "kind": event["kind"],
            "href": event["paper"]["href"] if event["paper"] else event.get("href", ""),
            "paper": event["paper"]["number"] if event["paper"] else "",
        }
        for event in events
    ]


def span(one: Span) -> str:
    """How a park stood, in one line: name, status, area; what is not known is left out."""
    told = [one.name, str(one.status.label) if one.status else "", area(one.area_km2) if one.boundary else ""]
    return "　".join(part for part in told if part)


def boundary_rows(boundaries: list[ParkBoundary]) -> list[dict[str, Any]]:
    """The versions of a boundary, the newest first, each with the paper it rests on where that is public."""
    return [
        {"valid_from": row.valid_from, "area_km2": row.area_km2, "link": paper_link(row.paper)}
        for row in reversed(boundaries)
    ]


def names(park: Park) -> list[dict[str, str]]:
    """Former names with their spans and sources."""
    return [
        {
            "name": row.name,
            "span": dates.span_in_words(row.valid_from, row.valid_to),
            "source": row.source or str(UNKNOWN),
        }
        for row in park.names.all()
        if row.name != park.name
    ]


def facts(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What was found about a park or zone: when (empty where no year is told), what, and in which source."""
    return [
        {
            "when": _when(str(row.get("date") or row.get("year") or "")),
            "text": row["text"],
            "source": row["source"],
            "note": _("依通行说法，待核实") if row.get("evidence") == "customary" else "",
        }
        for row in rows
    ]


def _when(text: str) -> str:
    return dates.in_words(*dates.parse(text)) if text else str(UNKNOWN)


def head(park: Park) -> list[dict[str, Any]]:
    """The rows at the head of a park's page; what is unknown says so."""
    zone = park.host_zone
    return [
        {"key": _("现状态起始"), "value": since_line(park)},
        {
            "key": _("所在地"),
            "value": place(park),
            "href": reverse("registry:city", args=[park.city_id]),
            "link": _("查看城市"),
        },
        {"key": _("所在开发区"), "value": zone.name if zone else UNKNOWN},
        {"key": _("规划面积"), "value": area(park.area_km2)},
        {"key": _("主导产业"), "value": industries(park)},
        {"key": _("园区代码"), "value": park.slug, "note": _("永久代码，更名后不变")},
    ]


def since_line(park: Park) -> str:
    """Since when the park has been in its present status, and on what that rests."""
    return _("%(since)s；%(basis)s") % {"since": dates.since_in_words(park.current), "basis": basis(park.current)}


def list_row(park: Park) -> dict[str, Any]:
    """A park as one row of a table, or one card."""
    return {
        "name": park.name,
        "href": park.get_absolute_url(),
        "former": [row["name"] for row in names(park)],
        "now": park.name_now if park.name_now not in ("", park.name) else "",
        "tag": status_tag(park.status),
        "since": dates.since_in_words(park.current),
        "place": place(park),
        "zone": park.host_zone.name if park.host_zone else "",
        "industries": [row.name for row in park.industries.all()],
        "area": None if park.area_km2 is None else f"{park.area_km2:,.2f}",
        "sample": park.sample,
    }


def city_row(division: Division) -> dict[str, Any]:
    """A city as one row: counts by status, each a link to those parks."""
    parks: dict[str, int] = division.park_counts  # type: ignore[attr-defined]
    held: dict[str, CityTitle] = division.held  # type: ignore[attr-defined]
    address = reverse("registry:park_list")
    return {
        "name": division.name,
        "code": division.code,
        "href": reverse("registry:city", args=[division.code]),
        "within": division.parent.name if division.parent and division.level == "county" else "",
        "counts": [
            {
                "label": status.label,
                "n": parks.get(status, 0),
                "href": f"{address}?city={division.code}&status={status.value}",
            }
            for status in (ParkStatus.NATIONAL, ParkStatus.RECOGNISED, ParkStatus.CREATING)
        ],
        "zones": division.zone_count,  # type: ignore[attr-defined]
        "titles": [title_tag(kind, division.name) for kind in CityTitleKind if kind in held],
        "invented": any(row.sample for row in held.values()),
    }


def division_row(division: Division) -> dict[str, Any]:
    """A division then and now: its span, and the source of the change."""
    ended = bool(division.valid_to)
    spans = division.valid_from or division.valid_to
    return {
        "name": division.name,
        "code": division.code,
        "href": reverse("registry:city", args=[division.code]),
        "tag": {"kind": "ended", "text": _("已撤销")} if ended else {"kind": "done", "text": _("现行")},
        "span": dates.span_in_words(division.valid_from, division.valid_to) if spans else _("2012年10月版已载，至今"),
        "source": "；".join(dict.fromkeys(row.source for row in division.names.all() if row.source)) or str(UNKNOWN),
    }


def division_head(division: Division) -> list[dict[str, Any]]:
    """The rows at the head of a city's page."""
    row = division_row(division)
    parent = division.parent
    rows = [
        {"key": _("代码"), "value": division.code, "note": "GB/T 2260"},
        {"key": _("状态"), "value": row["span"], "tag": row["tag"]},
        {"key": _("出处"), "value": row["source"]},
    ]
    if parent is not None and division.level == "county":
        rows.insert(
            1,
            {
                "key": _("上级"),
                "value": parent.name,
                "href": reverse("registry:city", args=[parent.code]),
                "link": _("查看"),
            },
        )
    return rows


def zone(row: HostZone) -> dict[str, Any]:
    """A host zone with what was found about it."""
    return {
        "name": row.name,
        "kind": row.get_kind_display(),
        "city": row.city.name,
        "area": area(row.area_km2),
        "source": row.source or str(UNKNOWN),
        "facts": facts(row.facts),
        "sample": row.sample,
    }


def untold() -> list[dict[str, str]]:
    """Real parks that were found but whose status no source tells; empty where no real park was entered."""
    found = loader.parks()
    if not Park.objects.filter(slug__in=[fact.slug for fact in found]).exists():
        return []
    return [{"name": fact.name, "source": fact.names[-1].source} for fact in found if fact.status is None]


def crumbs(*places: tuple[str | Promise, str]) -> list[dict[str, Any]]:
    """Where a page stands, from the home page down; the last place has no address."""
    return [{"text": _("首页"), "href": "/"}, *({"text": text, "href": href} for text, href in places)]
