"""Pages of papers: sign-off, list, public check."""
