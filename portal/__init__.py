"""Pages that combine rooms: home, desk, open data."""
