"""The top of a park's archive: its life and every act of its affairs in one line of time, and what lies where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from portal.exports.archive import Archive
from portal.exports.words import moment
from registry import queries, words
from workflow.ledger import recorded

if TYPE_CHECKING:
    from portal.exports.cases import Folder


def write_top(archive: Archive, slug: str, folders: Sequence[Folder], mark: str) -> None:
    """The page 目录.html with links into every affair's folder, and the acts of all of them as 历程.csv."""
    park = queries.whole_park(slug)
    life = words.history(park) if park else []
    acts = _acts(folders)
    head = ["时间", "办件", "序号", "事项", "单位", "人员", "说明", "校验值"]
    archive.table("历程.csv", head, [[row["at"], row["affair"], *row["rest"]] for row in acts])
    context = {
        "park": park,
        "facts": [(row["key"], row["value"]) for row in words.head(park)] if park else [],
        "life": [
            {
                "at": event["at"],
                "title": event["title"],
                "text": event.get("text", ""),
                "paper": event["paper"]["number"] if event["paper"] else "",
            }
            for event in life
        ],
        "affairs": [
            {
                "kind": folder.affair.kind.label,
                "title": folder.affair.title,
                "path": folder.path,
                "files": len(folder.index),
                "missing": len(folder.missing),
            }
            for folder in folders
        ],
        "acts": acts,
        "mark": mark,
    }
    archive.text(recorded("目录.html"), render_to_string("portal/desk_export_park.html", context))


def _acts(folders: Sequence[Folder]) -> list[dict[str, Any]]:
    """Every event once, oldest first, with the affair in whose folder it stands."""
    seen: dict[Any, tuple[Any, Folder]] = {}
    for folder in folders:
        for event in folder.events:
            seen.setdefault(event.pk, (event, folder))
    ordered = sorted(seen.values(), key=lambda pair: (pair[0].at, pair[0].dossier, pair[0].serial))
    return [
        {
            "at": moment(event.at),
            "affair": folder.affair.title,
            "path": folder.path,
            "rest": [
                event.serial,
                event.label,
                event.actor_organisation_name,
                event.actor_name,
                event.reason,
                event.hash,
            ],
        }
        for event, folder in ordered
    ]
