"""Commands of the registry room."""
