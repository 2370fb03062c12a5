"""A park's yellow cards on its own page: the year of each, its paper, what became of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from indicators.enums_sanction import CardStatus
from indicators.models import YellowCard
from registry.models import Park
from registry.park_parts import Act, shows, tells

TAGS = {CardStatus.IN_FORCE: "card", CardStatus.ENDED: "done", CardStatus.ANNULLED: "ended"}


@tells
def given(park: Park) -> list[Act]:
    """Each yellow card as an act of the park's life."""
    rows = YellowCard.objects.filter(park=park, paper__published_at__isnull=False).select_related("paper")
    return [
        Act(
            card.paper.issued_on,
            _("%(year)d 年度黄牌警告") % {"year": card.year},
            card.get_status_display(),
            "card",
            {"number": card.paper.number, "href": card.paper.get_absolute_url()},
        )
        for card in rows
    ]


@shows
def cards(park: Park) -> dict[str, Any] | None:
    """The cards that a park was ever given, the newest first; None where there is none."""
    found = list(YellowCard.objects.filter(park=park).select_related("paper", "ended_by").order_by("-year"))
    if not found:
        return None
    return {
        "template": "indicators/sanctions/_park_cards.html",
        "in_force": [card.year for card in found if card.status == CardStatus.IN_FORCE],
        "rows": [
            {
                "card": card,
                "tag": {"kind": TAGS[CardStatus(card.status)], "text": card.get_status_display()},
                "ended": card.ended_by if card.ended_by and card.ended_by.published_at else None,
            }
            for card in found
        ],
    }
