"""Parks, host zones and cities: boundaries, legal status and history."""
