"""Joint review: the case, opinions, conclusion and decision."""
