"""What a portal for real data starts with: divisions, offices, host zones and parks, each with its source."""
