"""Pages of sign-in, posts and people."""
