"""Template filters of the applications room."""
