"""The kinds of affairs that can be archived, each declared by a module of this package."""

from portal.exports.kinds import filing, inspection, place, recommendation, sanction, year

__all__ = ["filing", "inspection", "place", "recommendation", "sanction", "year"]
