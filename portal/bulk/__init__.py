"""Acts on several rows of the desk at once: remind, assign, ask for opinions, export."""

from portal.bulk.acts import ACTS, Act, Line, acts_of

__all__ = ["ACTS", "Act", "Line", "acts_of"]
