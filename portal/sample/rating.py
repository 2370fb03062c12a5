"""Two named reviewers score the invented parks, or the cities and counties, of a year, before it is computed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Organisation, Post
from accounts.scope import enter, system
from indicators import queries_policy, queries_rating
from indicators.enums import Programme
from indicators.models import RatingSeat
from indicators.services import rating
from indicators.services.rating import Said
from indicators.subjects import Subject, subjects_of
from portal.sample.acting import Office, office
from portal.sample.clocks import days_ago
from workflow import instants
from workflow.ledger import recorded

DAYS = 14
REVIEWERS = (("expert-1", PostRole.SIGNER), ("dept-fgw", PostRole.HANDLER))
# What the first and the second give, one park after the other.
SCORES = (("82", "78"), ("74", "80"), ("88", "85.5"), ("65", "70"), ("79", "76"))
REASONS = (recorded("示例：创建规划各项任务按进度完成。"), recorded("示例：服务机构已入驻，部分服务尚待配套。"))


def score(year: int, before: int, offices: dict[str, Organisation], programme: Programme = Programme.PARK) -> None:
    """A closed round of each list of a year; it ends `before` days ago."""
    with system():
        lead = office(offices["kjt"])
        found = [Post.objects.in_force().get(organisation=offices[code], role=role) for code, role in REVIEWERS]
        people = [Actor(post.person, post) for post in found]
        subjects = subjects_of(programme, year)
    for ranking in sorted({str(one.list) for one in subjects}):
        _round(ranking, year, before, [one for one in subjects if one.list == ranking], lead, people)


def _round(ranking: str, year: int, before: int, subjects: list[Subject], lead: Office, people: list[Actor]) -> None:
    with system():
        version = queries_policy.index_in_force(ranking, year)
        parts = queries_rating.rated_parts(version)
    if version is None or not parts:
        return
    with days_ago(before + DAYS), lead.as_(PostRole.HANDLER):
        due = instants.today() + dt.timedelta(days=DAYS)
        asked = {part.code: [person.post for person in people] for part in parts}
        row = rating.open_round(version, year, subjects, asked, due, lead.handler)
    with days_ago(before + 1):
        for place, person in enumerate(people):
            with enter(person.scope):
                seat = RatingSeat.objects.get(round=row, person=person.person)
                for part in parts:
                    rating.give(seat, part.code, _said(subjects, place), person)
    with days_ago(before), lead.as_(PostRole.REVIEWER):
        row.refresh_from_db()
        rating.close(row, "", lead.reviewer)


def _said(subjects: list[Subject], place: int) -> dict[str, Said]:
    return {
        one.code: Said(Decimal(SCORES[number % len(SCORES)][place]), REASONS[place])
        for number, one in enumerate(subjects)
    }
