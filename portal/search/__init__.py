"""Search in Chinese over what the scope lets one see: cases, opinions, papers, parks, rankings."""

from portal.search.find import GROUPS, PUBLIC, Group, Hit, find, find_public
from portal.search.index import changed, index_changed, index_dossier
from portal.search.words import Piece, excerpt, fold, terms

__all__ = [
    "GROUPS",
    "PUBLIC",
    "Group",
    "Hit",
    "Piece",
    "changed",
    "excerpt",
    "find",
    "find_public",
    "fold",
    "index_changed",
    "index_dossier",
    "terms",
]
