"""Pages of the joint review."""
