"""What the papers of the joint review share: fields of their forms, the case behind a draft."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse

from accounts.enums import DivisionLevel
from accounts.models import Division
from applications.kinds import kind_of
from applications.models import Filing
from applications.queries import in_words, latest_version
from notifications.models import Draft
from notifications.rendering import wording
from reviews.enums import Outcome
from reviews.models import Case

PROVINCE = "浙江省人民政府"


def concluded(filing: Filing, outcome: str) -> str:
    """What the meeting proposes, in the words of the filing's kind: to do it, to wait with it, or not to."""
    matter = kind_of(filing).matter
    words = {Outcome.RECOMMEND: "", Outcome.DEFER: "暂缓", Outcome.DECLINE: matter.no}
    return f"{words[Outcome(outcome)]}{matter.short}"


def case_of(draft: Draft) -> Case:
    return Case.objects.select_related("filing__tenant", "filing__host_zone", "filing__request_paper", "version").get(
        pk=draft.subject_id
    )


def case_page(draft: Draft) -> str:
    return reverse("reviews:case", args=[draft.subject_id])


def city_above(place: Division) -> str:
    """The city that a county belongs to; a dash for a city itself."""
    return place.parent.name if place.level == DivisionLevel.COUNTY and place.parent else "—"


def said(filing: Filing) -> wording.Filing:
    version = latest_version(filing)
    assert version is not None, "a filing under review was submitted"
    case = getattr(filing, "case", None)
    return replace(in_words(filing, version), reviewed=case is None or not case.is_waived)
