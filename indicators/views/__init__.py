"""Pages of the yearly programme."""
