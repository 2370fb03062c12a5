"""The clauses by which a kind of filing is judged; a change of the register is judged by none."""

from __future__ import annotations

from policy import clauses
from policy.clauses import Clause


def clauses_of(clause_set: str) -> tuple[Clause, ...]:
    """The clauses of a set by its name; none for the empty name."""
    return tuple(clauses.load(clause_set).clauses) if clause_set else ()
