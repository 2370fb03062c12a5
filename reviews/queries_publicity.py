"""What the public pages, the feed and the interface show of public notices."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications.enums import KindCode
from applications.kinds import word
from registry.words import SIDES
from reviews.enums_publicity import PublicityResult
from reviews.models import Publicity
from reviews.services.objections import is_open
from workflow import instants

RESULTS = {
    PublicityResult.UNDISPUTED: "done",
    PublicityResult.SETTLED: "done",
    PublicityResult.UPHELD: "late",
}


def notices() -> QuerySet[Publicity]:
    """All public notices, the newest first."""
    return Publicity.objects.select_related("paper").order_by("-starts_on", "-published_at", "pk")


def running() -> list[Publicity]:
    """The notices to which anybody may object now, the first to end first."""
    rows = notices().filter(closed_at=None, ends_on__gte=instants.today()).order_by("ends_on", "pk")
    return [notice for notice in rows if is_open(notice)]


def days_left(notice: Publicity) -> int:
    """Days on which objections are still taken, today included; 0 when it is over."""
    return max((notice.ends_on - instants.today()).days + 1, 0) if is_open(notice) else 0


def state(notice: Publicity) -> dict[str, str]:
    """Where a notice stands, as shape and word."""
    if notice.closed_at is not None:
        return {"kind": RESULTS[PublicityResult(notice.result)], "text": notice.get_result_display()}
    left = days_left(notice)
    if left:
        return {"kind": "progress", "text": _("公示中，还剩 %(n)d 天") % {"n": left}}
    return {"kind": "waiting", "text": _("公示期满，结果待公布")}


def line(notice: Publicity) -> dict[str, Any]:
    """A notice as one line of a list."""
    summary = notice.summary
    return {
        "href": notice.get_absolute_url(),
        "name": summary["park_name"],
        "applicant": summary["applicant"],
        "host_zone": summary["host_zone"],
        "intended": intended(notice),
        "starts_on": notice.starts_on,
        "ends_on": notice.ends_on,
        "tag": state(notice),
        "sample": notice.sample,
    }


def sides(notice: Publicity) -> list[dict[str, str]]:
    """The 四至 as rows."""
    said = notice.summary["four_sides"]
    found = [(label, said.get(side) or said.get(side[0]) or "") for side, label in SIDES.items()]
    return [{"key": str(label), "value": text.removeprefix(str(label))} for label, text in found if text]


def intended(notice: Publicity) -> str:
    """What the notice says is intended, in the words of the filing's kind."""
    return str(word(notice.summary.get("kind") or KindCode.CREATION, "intended", _("拟列入创建名单")))


def on_map(notice: Publicity) -> dict[str, Any] | None:
    """The boundary with what the map says of it."""
    if not notice.summary.get("geojson"):
        return None
    properties = {"name": notice.summary["park_name"], "kind": "waiting", "url": "", "text": intended(notice)}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": notice.summary["geojson"], "properties": properties}],
    }
