"""How the titles of places are worded on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import DivisionLevel
from accounts.models import Division
from registry import dates, words
from registry.enums import CityTitleKind, TitleProposalStatus
from registry.models import CityTitle, TitleProposal
from registry.titles import COUNTED, OF_PROGRAMME, Standing
from workflow.models import Event

PROPOSAL_TAGS = {
    TitleProposalStatus.PROPOSED: "waiting",
    TitleProposalStatus.RETURNED: "warning",
    TitleProposalStatus.RECORDED: "done",
    TitleProposalStatus.DROPPED: "ended",
}


def in_order(held: Mapping[str, CityTitle]) -> list[CityTitle]:
    """The titles of a place in the order in which they are won."""
    return [held[kind] for kind in CityTitleKind if kind in held]


def row(one: CityTitle, place: str) -> dict[str, Any]:
    """A dated fact about a title of the place of that name: since when, on what it rests."""
    return {
        "tag": words.title_tag(one.title, place),
        "held": one.held,
        "since": dates.in_words(one.since, one.precision),
        "paper": words.paper_link(one.paper),
        "source": one.citation or (one.paper.number if one.paper else ""),
        "note": one.note,
        "sample": one.sample,
    }


def standing_rows(standing: Standing) -> list[dict[str, Any]]:
    """Each place that holds a title, in the order of the codes."""
    places = Division.objects.select_related("parent").in_bulk(list(standing))
    return [
        {
            "name": places[code].name,
            "code": code,
            "href": reverse("registry:city", args=[code]),
            "within": parent.name if (parent := places[code].parent) and places[code].level == "county" else "",
            "titles": [row(one, places[code].name) for one in in_order(standing[code])],
        }
        for code in sorted(standing)
    ]


def counts(found: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """How many places hold each title, cities and counties apart; those that nobody can hold or holds are left out."""
    levels = {DivisionLevel.PREFECTURE: _("设区市"), DivisionLevel.COUNTY: _("县（市、区）")}
    return [
        {"key": f"{title.label} · {name}", "value": _("%(n)d 个") % {"n": number}}
        for title in CityTitleKind
        for level, name in levels.items()
        if (number := found.get((str(level), str(title)), 0)) or (level, title) in COUNTED.values()
    ]


def tags(held: Mapping[str, CityTitle], place: str) -> list[dict[str, Any]]:
    """The titles that a place of that name holds, as tags."""
    return [words.title_tag(one.title, place) for one in in_order(held)]


def county_rows(standing: Standing) -> list[dict[str, Any]]:
    """The counties that hold a title, in the order of their codes, with the city above and the last title's day."""
    found = []
    for place in Division.objects.filter(pk__in=standing, level=DivisionLevel.COUNTY).select_related("parent"):
        held = standing[place.code]
        last = max(held.values(), key=lambda one: one.since)
        found.append({
            "name": place.name,
            "code": place.code,
            "href": reverse("registry:city", args=[place.code]),
            "city": place.parent,
            "city_href": reverse("registry:city", args=[place.parent_id]) if place.parent_id else "",
            "titles": tags(held, place.name),
            "since": dates.in_words(last.since, last.precision),
            "invented": any(one.sample for one in held.values()),
        })  # fmt: skip
    return sorted(found, key=lambda one: str(one["code"]))


def marks(rows: Iterable[CityTitle], place: str) -> list[dict[str, Any]]:
    """The dated life of a place's titles as marks of a line, the earliest first; `rows` are the newest first."""
    told = []
    for one in reversed(list(rows)):
        tag, paper = words.title_tag(one.title, place), words.paper_link(one.paper)
        told.append(
            {
                "date": dates.in_words(one.since, one.precision),
                "text": tag["text"] if one.held else _("不再是%(title)s") % {"title": tag["text"]},
                "kind": tag["kind"] if one.held else "ended",
                "href": paper["href"] if paper else "",
                "paper": paper["number"] if paper else "",
            }
        )
    return told


def history(rows: Iterable[CityTitle], place: str) -> list[dict[str, Any]]:
    """The facts about the titles of the place of that name, as they are given."""
    return [row(one, place) for one in rows]


def proposal(row: TitleProposal) -> dict[str, Any]:
    """What is proposed to be recorded of a title, and how far that has come."""
    title = words.title_tag(row.title, row.division.name)["text"]
    return {
        "href": row.get_absolute_url(),
        "place": row.division.name,
        "code": row.division_id,
        "fact": title if row.held else _("不再是%(title)s") % {"title": title},
        "since": dates.in_words(row.since, row.precision),
        "citation": row.citation,
        "note": row.note,
        "explanation": row.explanation,
        "remark": row.remark,
        "status": row.get_status_display(),
        "kind": PROPOSAL_TAGS[TitleProposalStatus(row.status)],
        "proposed_by": row.proposed_by.name,
        "proposed_at": row.proposed_at,
        "decided_by": row.decided_by.name if row.decided_by else "",
        "decided_at": row.decided_at,
    }


def course(events: Iterable[Event]) -> list[dict[str, Any]]:
    """What happened with a proposal, for components/timeline.html."""
    return [
        {
            "title": _(one.label), "at": timezone.localtime(one.at), "actor": one.actor_name,
            "organisation": one.actor_organisation_name, "text": one.reason, "basis": one.basis,
        }
        for one in events
    ]  # fmt: skip


def left(rows: Iterable[CityTitle], place: str) -> dict[str, Any] | None:
    """That a place left the programme of its own will (CT-90): since when, by which paper; None where it takes part.

    `rows` are the newest first; what was won again since counts. `state` is the title that only the state ends.
    """
    told = list(rows)
    last = next((one for one in told if one.title in OF_PROGRAMME), None)
    if last is None or last.held or last.paper is None:
        return None
    state = next((one for one in told if one.title == CityTitleKind.NATIONAL_PILOT), None)
    return {
        "since": dates.in_words(last.since, last.precision),
        "paper": words.paper_link(last.paper),
        "state": CityTitleKind.NATIONAL_PILOT.of(place) if state and state.held and state.since <= last.since else "",
    }
