"""Pages of the filing room, by audience."""
