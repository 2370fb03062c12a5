"""The kinds of filings: what each asks of the city, by which clauses it is judged, and in which words.

A kind is declared once, by a module of this package that the room imports when it is ready. Formal check, joint
review, publicity and decision are the same for all; what a decision does to the register is declared by the room
of joint review (reviews/outcomes.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from applications.enums import KindCode
from notifications.rendering.matters import Matter
from policy.facts import Facts

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from accounts.actors import Actor
    from accounts.models import Division
    from applications.facts import Dossier
    from applications.models import Filing
    from registry.models import Park


def nothing_against(actor: Actor, park: Park) -> list[str]:
    """No condition of its own."""
    return []


def nothing_to_note(park: Park) -> list[str]:
    """Nothing that the city should know beforehand."""
    return []


def nothing_against_place(place: Division) -> list[str]:
    """No condition of its own."""
    return []


def decided_by_the_lead(filing: Filing) -> bool:
    """省科技厅 has the last word."""
    return False


def never_waived(filing: Filing, content: Mapping[str, Any]) -> list[str]:
    """The departments are always asked."""
    from applications.kinds.reviewing import said

    return [said(filing.kind, "unwaivable")]


def nothing_missing(dossier: Dossier) -> list[tuple[str, str]]:
    """No gap of its own."""
    return []


@dataclass(frozen=True)
class FilingKind:
    """A kind of filing (申报类别).

    `matter` holds the phrases of its papers, `request_title` the pattern of the city's request ({city}, {park});
    `clause_set` names the clauses by which it is judged and `facts` gathers what they ask for; `places` tells where
    each is answered (a section's slug, a page, or a page with `#anchor`); `told` are the clauses whose gaps the plan
    itself tells, `elsewhere` those of the set that are judged on another occasion; `bars` whether a target that is
    missed bars sending; `draws` whether it draws a boundary; `direct` whether it goes to 省科技厅 itself (C-III.2b) and
    not by way of the provincial government; `request(said, content, *, signer, grounds, contact)`
    words the city's request where it is not that of a creation; `content` gives the parts of the frozen content that
    are read and not typed (figures, industries, boundary); `words` are screen words where creation's do not fit, by
    key (see `word`); `notes` is what the city is told of a park before it asks; `obstacles` gives the reasons why it
    cannot be started for a park, `against_place` for a city or county, `gaps` what else bars sending, each with the
    place where it is mended, `against_waiving(filing, content)` why 省科技厅 may not go on without a joint review;
    `alone` whether, once accepted, it lies before 省科技厅 alone, without evaluation and departments (CT-55, CT-90),
    and `upward` tells of which of these 省科技厅 reports to the provincial government all the same. Sections and
    materials lie in `plan.SECTIONS_OF` and `materials.MATERIALS_OF` under the same code.
    """

    code: KindCode
    label: str | Promise
    matter: Matter
    request_title: str
    clause_set: str
    facts: Callable[[Dossier], Facts]
    places: Mapping[str, str] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    bars: bool = True
    draws: bool = True
    direct: bool = False
    request: Callable[..., dict[str, Any]] | None = None
    content: Callable[[Dossier], dict[str, Any]] | None = None
    words: Mapping[str, str | Promise] = field(default_factory=dict)
    notes: Callable[[Park], list[str]] = nothing_to_note
    obstacles: Callable[[Actor, Park], list[str]] = nothing_against
    gaps: Callable[[Dossier], list[tuple[str, str]]] = nothing_missing
    against_waiving: Callable[[Filing, Mapping[str, Any]], list[str]] = never_waived
    alone: bool = False
    against_place: Callable[[Division], list[str]] = nothing_against_place
    upward: Callable[[Filing], bool] = decided_by_the_lead


_kinds: dict[str, FilingKind] = {}


def declare(kind: FilingKind) -> FilingKind:
    """Make a kind known. Raises ValueError where another one has its code."""
    if _kinds.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"filings of {kind.code} are declared twice")
    return kind


def kind_of(filing: Filing) -> FilingKind:
    """The kind of a filing."""
    return _kinds[filing.kind]


def topic_of(filing: Filing) -> str:
    """What is talked about: 创建某某园区, 认定某某园区."""
    return kind_of(filing).matter.topic.format(park=filing.park_name)


def words_of(filing: Filing) -> dict[str, str]:
    """The park and what is asked for it, for the title of a task or a message."""
    return {"park": filing.park_name, "noun": kind_of(filing).matter.noun}


def by_code(code: str) -> FilingKind:
    """The kind of that code; KeyError where none is declared."""
    return _kinds[code]


def kinds() -> list[FilingKind]:
    """Every kind, creation first."""
    return [_kinds[code] for code in KindCode.values if code in _kinds]


def word(kind: str, key: str, default: str | Promise) -> str | Promise:
    """A word in the words of a kind, e.g. `filing.listed`, `ruling.decline`; else creation's, which is the default."""
    return _kinds[kind].words.get(key, default)
