"""Filters of the templates of the year."""
