"""Search in Chinese over what the scope lets one see: cases, opinions, papers, parks, rankings."""

from portal.search.find import GROUPS, Group, Hit, find
from portal.search.index import changed, index_changed, index_dossier
from portal.search.words import Piece, excerpt, fold, terms

__all__ = [
    "GROUPS",
    "Group",
    "Hit",
    "Piece",
    "changed",
    "excerpt",
    "find",
    "fold",
    "index_changed",
    "index_dossier",
    "terms",
]
