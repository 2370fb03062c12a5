"""What is asked of one address: whose objects it is about, who may open it, who may act there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.architecture import audiences as who
from tests.architecture.visits import Visit
from tests.markers import WORDS, Audience
from tests.scenarios import Scene

Who = Callable[[Audience, str], bool]
SEARCH = dict.fromkeys(("text", "q", "name"), WORDS["jia"])


@dataclass(frozen=True)
class Case:
    """One address name. `reads` may open it, `acts` may change something there (and is not tried)."""

    visits: Callable[[Scene], list[Visit]]
    reads: Who
    acts: Who = who.nobody
    post: Callable[[str, Audience], dict[str, Any]] | None = None
    get: bool = True
    public: bool = False
    reveals: frozenset[str] = frozenset()
    searches: bool = False
