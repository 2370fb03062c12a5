"""Search in Chinese over what the scope lets one see: cases, opinions, papers, parks."""

from portal.search.find import GROUPS, Group, find
from portal.search.index import index_changed, index_dossier
from portal.search.words import excerpt, fold, terms

__all__ = ["GROUPS", "Group", "excerpt", "find", "fold", "index_changed", "index_dossier", "terms"]
