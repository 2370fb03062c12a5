"""Markers that say whose a confidential text is, and who may read it.

A marker is `MK<owner>.<filing>.<what>.` in plain ASCII, so that it survives every encoding of a page, an export or a
header. `may_see` is written from the visibility by stage in the rules, not from the code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from accounts.actors import Actor

MARKER = re.compile(r"MK(jia|yi)\.(\w+)\.([\w-]+)\.")
WORDS = {"jia": "机密标记甲", "yi": "机密标记乙"}
# How far a filing has come: 0 with the city, 1 with the government, 2 with the lead, 3 with the departments.
STAGE = {
    "people": 3,
    "draft": 0,
    "sending": 0,
    "submitted": 1,
    "check": 2,
    "returned": 2,
    "review": 3,
    "listed": 3,
    "publicity": 3,
}
WITHOUT_COMMITTEE = {"check", "review", "publicity"}


def mark(owner: str, key: str, what: str) -> str:
    """The marker of one confidential text."""
    return f"{WORDS[owner]}MK{owner}.{key}.{what}."


@dataclass(frozen=True)
class Audience:
    """Somebody who opens addresses: a group (public, city, helper, county, lead, …), whose side, and the actor."""

    name: str
    group: str
    actor: Actor | None = None
    side: str = ""

    @property
    def code(self) -> str:
        """The code of the organisation."""
        return self.actor.organisation.code if self.actor else ""


FROM_STAGE = {"government": 1, "lead": 2, "department": 3}
WITH_THE_CASE = {
    "plan", "file", "name", "request", "remark", "question", "reply", "conclusion", "refusal", "settled", "second",
}  # fmt: skip


def may_see(audience: Audience, owner: str, key: str, what: str) -> bool:
    """Whether an audience may read a text (visibility by stage; nothing is said of lists or counts)."""
    if what == "duties":  # the approval is published
        return True
    if what == "inspection":  # within the office until it is ordered
        return audience.group == "lead"
    if what in {"objection", "objector"}:
        return audience.group == "lead"
    if what == "figure":  # a return of the year
        own = audience.group in {"city", "helper"} and audience.side == owner
        return own or (key == "verifying" and (audience.group == "lead" or audience.name == "stat-handler"))
    if what == "strength":  # what reviewers say of a park that may rise
        return audience.group == "lead" or audience.code == "dept-stat"
    if what in {"sheet", "engagement", "evaluation"}:  # what an evaluator writes, what ties one, what came of it
        reader = {"sheet": "third", "engagement": "lead", "evaluation": "lead"}[what]
        # 省统计局 is asked for its word on the closed round.
        asked = audience.name.startswith("stat-") or (audience.group == "city" and audience.side == owner)
        own = what == "evaluation" and asked
        return audience.group == reader or own or (what == "engagement" and audience.group == "third")
    if what == "ruling":  # once it is signed, of one's own park
        own = audience.name == "jia-committee" or (audience.group == "city" and audience.side == owner)
        return audience.group == "lead" or (own and key == "signed")
    if what == "finding":  # a year's result: once released, of one's own park
        own = audience.name == "jia-committee" or (audience.group == "city" and audience.side == owner)
        asked = audience.code == "dept-fgw" and key == "computed"  # who countersigns the circular
        return audience.group == "lead" or asked or (own and key == "released")
    if what.startswith("sanction"):  # 甲 reads the answers with the decision, the department's opinion never
        own = audience.name == "jia-committee" or (audience.group == "city" and audience.side == owner)
        working_group = audience.group == "lead" or audience.code == "dept-fgw"
        return working_group or (own and what == "sanction")
    if what == "circular":  # to be countersigned
        return audience.group == "lead" or audience.code == key
    if audience.group == "public":
        return False
    what, _, office_code = what.partition("-")
    if what == "changedraft":
        return audience.group == "city" and audience.side == owner
    if what == "change":
        own = audience.group in {"city", "helper"} and audience.side == owner
        return own or audience.group in {"lead", "government", "department", "expert"}
    if what == "visit":
        return audience.group in {"lead", "government", "department", "expert"}
    if what == "note":  # the inner discussion: not even the government office
        return audience.group in {"lead", "department"} or _is_expert_of(audience, owner, key)
    if what == "proposal":
        return audience.group == "lead" or audience.code == office_code
    if what in {"recusal", "expertsaid"}:
        return audience.group in {"lead", "government"} or audience.code == office_code
    if what == "requirement":
        own = audience.group == "city" and audience.side == owner
        return own or audience.group in {"lead", "government"} or audience.code == office_code
    if audience.group == "expert":
        return what in WITH_THE_CASE and _is_expert_of(audience, owner, key)
    if what == "inquiry":
        return audience.group in {"lead", "government"} or (audience.group == "city" and audience.side == owner)
    if audience.group in {"city", "helper", "county"}:
        if audience.side != owner:
            return False
        if what in {"opinion", "opiniondraft", "minutes", "report", "remarkdraft"}:
            return False
        if audience.group == "city":
            return True
        if what in {"invitation", "requestdraft"} or audience.group == "county":
            return False
        return owner == "yi" or key not in WITHOUT_COMMITTEE or audience.code.startswith("kjj")
    if what == "opiniondraft":
        return audience.code == office_code
    if what == "opinion":
        return audience.code == office_code or audience.group in {"lead", "government"}
    if what == "report":  # who countersigns it reads it first
        return audience.group in {"lead", "government", "department"}
    if what == "minutes":
        return audience.group in {"lead", "government"}
    if what == "remarkdraft":
        return audience.group == "lead"
    return what in WITH_THE_CASE and STAGE[key] >= FROM_STAGE.get(audience.group, 9)


def _is_expert_of(audience: Audience, owner: str, key: str) -> bool:
    """The expert was invited to 甲's case under review alone, and reads there who acted for 甲."""
    return audience.group == "expert" and owner == "jia" and key in {"review", "people"}
