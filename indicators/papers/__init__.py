"""The papers of the year."""
