"""Search in Chinese over what the scope lets one see: cases, opinions, papers, parks."""

from portal.search.find import GROUPS, Group, find
from portal.search.index import changed, index_changed, index_dossier
from portal.search.words import excerpt, fold, terms

__all__ = ["GROUPS", "Group", "changed", "excerpt", "find", "fold", "index_changed", "index_dossier", "terms"]
